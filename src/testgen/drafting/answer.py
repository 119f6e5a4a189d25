"""What a model has answered so far: its rows, taken as steps one by one or refused."""

from dataclasses import dataclass, field

from testgen.domain.errors import InvalidOutputError, WrongLanguageError
from testgen.domain.language import Language
from testgen.domain.ports import DraftRequest
from testgen.domain.procedure import Step
from testgen.drafting.loops import before_a_loop, numbers_in
from testgen.drafting.wire import Row, to_step
from testgen.messages import say
from testgen.text.language import NAMES, is_written_in
from testgen.text.marks import open_point

_RESULT: dict[Language, str] = {"ja": "期待結果", "en": "expected result"}


class LoopError(InvalidOutputError):
    """The model goes round in circles; the steps before that can be kept."""

    def __init__(self, good: int) -> None:
        reason = say("the same steps were repeated after step {good}", good=good)
        super().__init__(
            say("the model repeats itself: {reason}", reason=reason),
            reason=reason,
            remedy=say("try again, or use a larger model"),
            good=good,
        )


@dataclass
class Answer:
    """What one draft has yielded so far, and what it has cost."""

    steps: list[Step] = field(default_factory=list)
    complete: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    digest: str | None = None
    _case_numbers: frozenset[str] | None = None  # known once a step has been written

    def accept(self, row: Row, request: DraftRequest) -> Step:
        """The step that a row is.

        Raises:
            InvalidOutputError: it lacks a field, or repeats what stands before.
            WrongLanguageError: it is in another language.
        """
        blank = open_point(_RESULT[request.language], request.language) if request.final else ""
        step = to_step(row, len(self.steps) + 1, len(request.case.expected_results), blank)
        _require_language(step, request)
        self.steps.append(step)
        if self._case_numbers is None:
            self._case_numbers = numbers_in(request.case)
        good = before_a_loop(self.steps, self._case_numbers)
        if good is not None:
            raise LoopError(good)
        return step


def _require_language(step: Step, request: DraftRequest) -> None:
    prose = f"{step.action}\n{step.expected_result}"
    for value in request.case.test_data.values():
        prose = prose.replace(value, " ") if value else prose
    if not is_written_in(prose, request.language):
        wanted = NAMES[request.language]
        raise WrongLanguageError(
            say("step {number} is not in {wanted}", number=step.number, wanted=wanted),
            reason=say("step {number} was not in {wanted}", number=step.number, wanted=wanted),
            remedy=say("try again, or use a model that is better at this language"),
        )
