"""What the user sees while a procedure is written: on stderr, live on a terminal, one line a case elsewhere."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.markup import escape

from testgen.cli.screen import Screen
from testgen.domain.errors import EngineError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, RepairEvent, ResetEvent, StepEvent
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.interchange.readiness import told


class Progress:
    """Follows the events of one case after the other."""

    def __init__(self, console: Screen | None = None) -> None:
        self._console = console or Screen(stderr=True)

    @contextmanager
    def of(self, case: TestCase) -> Iterator[Callable[[Event], None]]:
        """Shows a case's events as they come; at the end, who wrote it and why, or what went wrong."""
        started = time.monotonic()
        name = escape(case.id)
        with self._console.status(f"{name}: waiting for the first step") as status:

            def show(event: Event) -> None:
                seconds = time.monotonic() - started
                match event:
                    case StepEvent(_, step):
                        status.update(f"{name}: step {step.number} ({seconds:.0f} s) {escape(step.action[:60])}")
                    case ResetEvent(attempt, _, reason, _):
                        self._console.print(f"{name}: attempt {attempt}, because {escape(reason)}")
                    case RepairEvent(number, before, _):
                        self._console.print(
                            f"{name}: step {number} {'written again' if before else 'added'} after review"
                        )
                    case ProcedureEvent(procedure):
                        count = len(procedure.steps)
                        self._console.print(
                            f"{name}: {escape(told(procedure))}; {escape(authorship(procedure))}, "
                            f"{count} {'step' if count == 1 else 'steps'} in {seconds:.1f} s",
                            soft_wrap=True,
                        )
                    case ErrorEvent(error):
                        kept = len(error.steps) if isinstance(error, EngineError) else 0
                        more = "; the steps complete by then:" if kept else ""
                        self._console.print(
                            f"testgen: {name}: {escape(' '.join(str(error).split()))}{more}", soft_wrap=True
                        )
                        for step in error.steps if isinstance(error, EngineError) else ():
                            self._console.print(
                                f"  {step.number}. {escape(step.action)} → {escape(step.expected_result)}"
                            )
                    case _:
                        pass

            yield show


def counted(procedures: Sequence[Procedure]) -> str:
    """How many procedures can be carried out, and how many need a person first."""
    of = Counter(procedure.readiness for procedure in procedures)
    return f"{of['ready']} ready, {of['open_points']} with open points, {of['skeleton']} only skeletons"


def authorship(procedure: Procedure) -> str:
    """Which engine wrote a procedure, or steps of it, and why it was not another."""
    made = procedure.provenance
    if made.engine is None:
        return "as it was read"
    wrote = "written" if made.origin == "generated" else "improved"
    if made.model is None:
        why = f" because {made.fallback_reason}" if made.fallback_reason else ", as asked"
        return f"{wrote} by engine {made.engine} (rules, no model){why}"
    digest = f", digest {made.model_digest[:12]}" if made.model_digest else ""
    attempts = f", attempt {made.attempts}" if (made.attempts or 1) > 1 else ""
    return f"{wrote} by engine {made.engine} (model {made.model}{digest}{attempts})"
