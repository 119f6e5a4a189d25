"""The format between testgen and the model: rows of four cells, because every token costs time.

A row is `["action", "test data", "expected result", "1,2"]`; the fourth cell contains the numbers of the expected results that the step
verifies, or "" or "S" (setup) or "C" (cleanup).
"""

import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from testgen.domain.errors import InvalidOutputError
from testgen.domain.procedure import MAX_STEPS, Step, StepKind
from testgen.drafting.untrusted import as_data
from testgen.messages import say

Row = tuple[str, str, str, str]

CELLS = 4
SCHEMA: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": MAX_STEPS,
    "items": {
        "type": "array",
        "minItems": CELLS,
        "maxItems": CELLS,
        # llama.cpp refuses the grammar of 60 x 4 strings of 2,000 characters; 400 compiles and costs nothing.
        "items": {"type": "string", "maxLength": 400},
    },
}
LONGEST_CELL = 4_000  # characters; a server that does not constrain may write more than 400, and no step needs so much
LONGEST_ANSWER = 500_000  # characters; 60 rows as they are asked for have a fifth of it
_PARTS = re.compile(r'["\\[\]{}]|[^"\\[\]{}]+')  # a sign that may mean something, or text between such signs
_IN_ROW = 2  # brackets that are open inside a row
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # all but tab and new line: no document that we write can hold them
_CHECKING = re.compile(
    r"(確認|検証|照合)(する|します|すること)?[。.]?$|^(check|verify|confirm|ensure|make sure)\b", re.IGNORECASE
)


class RowReader:
    """Reads rows from an answer that is still being written; it looks at each character once, however the answer is split."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._handed_on = 0
        self._depth = 0
        self._in_string = self._escaped = self._broken = False
        self._cells = 0  # strings of the present row that are closed
        self._row = io.StringIO()

    def feed(self, piece: str) -> Iterator[Row]:
        """The rows whose fourth cell this piece completed, each once and before the next begins.

        Raises:
            InvalidOutputError: a row is not four strings, or the answer does not end.
        """
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > LONGEST_ANSWER:
            raise _invalid(say("the answer was longer than {longest:,} characters", longest=LONGEST_ANSWER))
        for part in _PARTS.findall(piece):
            if self._broken:
                return  # the strict parse at the end names the fault
            if self._closes_a_row(part) and (row := self._parsed()) is not None:
                self._handed_on += 1
                yield _row(row, self._handed_on)

    def _closes_a_row(self, part: str) -> bool:
        """Takes in a sign, or the text up to the next one; returns whether it completed the fourth cell of a row."""
        if self._depth > 1:
            self._row.write(part)
        if self._in_string:
            if self._escaped or part == "\\":
                self._escaped = not self._escaped
            elif part == '"':
                self._in_string = False
                self._cells += self._depth == _IN_ROW
                return self._depth == _IN_ROW and self._cells == CELLS
        elif part == '"':
            self._in_string = True
        elif part in "[{":
            self._depth += 1
            if self._depth == _IN_ROW:
                self._cells, self._row = 0, io.StringIO()
                self._row.write(part)
        elif part in "]}":
            self._depth -= 1
            self._broken = self._depth == _IN_ROW - 1 and self._cells < CELLS
        elif not self._depth and not part.isspace():
            self._broken = True  # talk before the array
        return False

    def _parsed(self) -> Any:
        try:
            return json.loads(self._row.getvalue() + "]")
        except (ValueError, RecursionError):
            self._broken = True
            return None

    def finish(self) -> Iterator[Row]:
        """Parses the whole answer strictly and yields the rows that have not been yielded yet.

        Raises:
            InvalidOutputError: the answer is not an array of rows.
        """
        try:
            rows = json.loads("".join(self._pieces))
        except (ValueError, RecursionError) as error:
            raise _invalid(say("the answer was not JSON")) from error
        if not isinstance(rows, list):
            raise _invalid(say("the answer was not an array of rows"))
        for number, row in enumerate(rows, 1):
            _require_cells(row, number)  # a row that was handed on may have gone on behind its fourth cell
            if number > self._handed_on:
                yield _row(row, number)


def to_step(row: Row, number: int, expected_results: int, blank: str = "") -> Step:
    """The step that a row describes; `blank` stands for a missing expected result.

    Raises:
        InvalidOutputError: action or expected result is empty, or there are too many steps.
    """
    action, test_data, expected, mark = (cell.strip() for cell in row)
    if number > MAX_STEPS:
        raise _invalid(say("there were more than {most} steps", most=MAX_STEPS))
    if not action:
        raise _invalid(say("step {number} had no action", number=number))
    expected = expected or blank
    if not expected:
        raise _invalid(say("step {number} had no expected result", number=number))
    numbers = sorted({int(digits) for digits in re.findall(r"\d{1,3}", mark) if 1 <= int(digits) <= expected_results})
    return Step(
        number=number,
        kind=_kind(mark, action, verifies=bool(numbers)),
        action=action,
        test_data=test_data or None,
        expected_result=expected,
        verifies=tuple(numbers),
    )


def to_row(step: Step) -> Row:
    """The row of a step, as the model would have written it."""
    mark = ",".join(map(str, step.verifies)) or {"setup": "S", "cleanup": "C"}.get(step.kind, "")
    return (step.action, step.test_data or "", step.expected_result, mark)


def dump_rows(rows: Sequence[Row]) -> str:
    """Rows as minified JSON: the form that examples show and the model imitates."""
    return as_data(rows)


def _kind(mark: str, action: str, *, verifies: bool) -> StepKind:
    letters = mark.upper()
    if "S" in letters:
        return "setup"
    if "C" in letters:
        return "cleanup"
    return "check" if verifies and _CHECKING.search(action) else "action"


def _require_cells(row: Any, number: int) -> None:
    if not isinstance(row, list) or [type(cell) for cell in row] != [str] * CELLS:
        raise _invalid(say("row {number} was not four strings", number=number))


def _row(row: Any, number: int) -> Row:
    _require_cells(row, number)
    if any(len(cell) > LONGEST_CELL for cell in row):
        raise _invalid(
            say(
                "row {number} had a cell of more than {longest:,} characters",
                number=number,
                longest=LONGEST_CELL,
            )
        )
    if any(_HALF.search(cell) for cell in row):
        raise _invalid(say("row {number} held half a character", number=number))
    action, data, expected, mark = (_CONTROL.sub("", cell) for cell in row)
    return (action, data, expected, mark)


def _invalid(reason: str) -> InvalidOutputError:
    return InvalidOutputError(
        say("the model's answer is not a procedure: {reason}", reason=reason),
        reason=reason,
        remedy=say("try again, or use a model that follows a JSON schema (`testgen doctor` probes it)"),
    )
