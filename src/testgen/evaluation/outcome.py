"""One draft of one case by one model, as far as a comparison needs it."""

import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from testgen.domain.errors import EngineError, TestgenError, WrongLanguageError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, ResetEvent
from testgen.domain.procedure import Procedure, Readiness
from testgen.domain.test_case import TestCase

Draft = Callable[[TestCase, int], AsyncGenerator[Event, None]]  # a case, and which time it is drafted, from 0
GRADES: dict[Readiness | None, float] = {"ready": 1.0, "open_points": 0.5, "skeleton": 0.0, None: 0.0}
INVENTED, NOT_COVERED, MIXED = "ungrounded-value", "expected-result-not-covered", "mixed-language"


@dataclass(frozen=True)
class Outcome:
    """The result for a case. `resets` counts the drafts that were discarded; `code` says why there is no procedure."""

    subject: str
    case: TestCase
    repeat: int
    seconds: float
    resets: tuple[str, ...] = ()
    procedure: Procedure | None = None
    code: str = ""

    @property
    def grade(self) -> float:
        """1 for a procedure that is ready, 0.5 for one with open points, 0 for a skeleton or no procedure."""
        return GRADES[self.procedure.readiness if self.procedure else None]

    @property
    def rules(self) -> Counter[str]:
        """The findings by rule."""
        return Counter(finding.rule for finding in self.procedure.findings) if self.procedure else Counter()

    @property
    def findings_per_step(self) -> float | None:
        """None if there is no procedure."""
        return self.rules.total() / len(self.procedure.steps) if self.procedure else None

    @property
    def covered(self) -> int:
        """The expected results of the case that a step verifies, according to the review."""
        return len(self.case.expected_results) - self.rules[NOT_COVERED] if self.procedure else 0

    @property
    def language_faults(self) -> int:
        """The number of drafts and findings in another language."""
        wrong = WrongLanguageError.code
        return self.resets.count(wrong) + self.rules[MIXED] + (self.code == wrong)


async def evaluate(subject: str, draft: Draft, cases: Sequence[TestCase], repeats: int) -> AsyncIterator[Outcome]:
    """Drafts each case a number of times, one after the other, because parallel drafts would affect each other's times.

    Raises:
        EngineError: the engine is gone, so that all further cases would fail in the same way.
    """
    for repeat in range(repeats):
        for case in cases:
            outcome, error = await _outcome(subject, draft, case, repeat)
            if isinstance(error, EngineError) and error.exit_code == FATAL:
                raise error
            yield outcome


FATAL = 3  # the exit code of errors that a further case would meet too


async def _outcome(subject: str, draft: Draft, case: TestCase, repeat: int) -> tuple[Outcome, TestgenError | None]:
    started, resets = time.monotonic(), list[str]()
    procedure, error = None, None
    async with aclosing(draft(case, repeat)) as events:
        async for event in events:
            match event:
                case ResetEvent():
                    resets.append(event.code)
                case ProcedureEvent():
                    procedure = event.procedure
                case ErrorEvent():
                    error = event.error
                case _:
                    pass
    seconds = time.monotonic() - started
    code = error.code if error else ""
    return Outcome(subject, case, repeat, seconds, tuple(resets), procedure, code), error
