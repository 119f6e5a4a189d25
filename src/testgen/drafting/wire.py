"""The wire between us and the model: rows of four cells, because every token costs time.

A row is `["action", "test data", "expected result", "1,2"]`; the fourth cell holds the numbers of the expected results
that the step verifies, or "" or "S" (setup) or "C" (cleanup).
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic_core import from_json

from testgen.domain.errors import InvalidOutputError
from testgen.domain.procedure import MAX_STEPS, Step, StepKind
from testgen.drafting.untrusted import as_data

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
_CHECKING = re.compile(
    r"(確認|検証|照合)(する|します|すること)?[。.]?$|^(check|verify|confirm|ensure|make sure)\b", re.IGNORECASE
)


class RowReader:
    """Reads rows out of an answer that is still being written."""

    def __init__(self) -> None:
        self._text = ""
        self._handed_on = 0

    def feed(self, piece: str) -> Iterator[Row]:
        """Rows whose fourth cell this piece closed, each once and before the next begins."""
        self._text += piece
        if '"' not in piece:
            return
        try:
            partial = from_json(self._text, allow_partial=True)
        except ValueError:
            return  # the strict parse at the end names the fault
        rows = partial if isinstance(partial, list) else []
        for row in rows[self._handed_on :]:
            if not isinstance(row, list) or len(row) < CELLS:
                return
            self._handed_on += 1
            yield _row(row, self._handed_on)

    def finish(self) -> Iterator[Row]:
        """Parses the whole answer strictly and yields the rows not handed on yet.

        Raises:
            InvalidOutputError: the answer is not an array of rows.
        """
        try:
            rows = json.loads(self._text)
        except ValueError as error:
            raise _invalid("the answer was not JSON") from error
        if not isinstance(rows, list):
            raise _invalid("the answer was not an array of rows")
        for number, row in enumerate(rows[self._handed_on :], self._handed_on + 1):
            yield _row(row, number)


def to_step(row: Row, number: int, expected_results: int) -> Step:
    """The step that a row means.

    Raises:
        InvalidOutputError: action or expected result is empty, or there are too many steps.
    """
    action, test_data, expected, mark = (cell.strip() for cell in row)
    if number > MAX_STEPS:
        raise _invalid(f"there were more than {MAX_STEPS} steps")
    if not action:
        raise _invalid(f"step {number} had no action")
    if not expected:
        raise _invalid(f"step {number} had no expected result")
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


def _row(row: Any, number: int) -> Row:
    if not isinstance(row, list) or len(row) != CELLS or not all(isinstance(cell, str) for cell in row):
        raise _invalid(f"row {number} was not four strings")
    return (row[0], row[1], row[2], row[3])


def _invalid(reason: str) -> InvalidOutputError:
    return InvalidOutputError(
        f"the model's answer is not a procedure: {reason}",
        reason=reason,
        remedy="try again, or use a model that obeys a JSON schema (`testgen doctor` probes it)",
    )
