"""A reviewed procedure, and the location of each finding in its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from testgen.domain.procedure import Finding, Procedure
from testgen.interchange import Place

if TYPE_CHECKING:
    from testgen.reviewer import Review

_COLUMNS = {"expected_result": "expected"}  # a field of a step by its column, where the names differ


@dataclass(frozen=True)
class Reviewed:
    """`procedure` has the findings to report; `known` counts those in a baseline. `lines` are the lines of the fields by JSON Pointer,
    counted from 1, if the file is text."""

    file: str
    procedure: Procedure
    skipped: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)
    lines: Mapping[str, int] = field(default_factory=dict)
    known: int = 0

    def with_review(self, found: "Review") -> "Reviewed":
        """The same, with what the review found."""
        update = {"findings": found.findings, "readiness": found.readiness}
        return replace(self, procedure=self.procedure.model_copy(update=update), skipped=found.skipped)

    def row(self, finding: Finding) -> int | None:
        """The row of the finding's step, or the first row of its procedure; None if the format has no rows."""
        if finding.step and finding.step <= len(self.place.step_rows):
            return self.place.step_rows[finding.step - 1]
        return self.place.row

    def cell(self, finding: Finding) -> str:
        """The cell in a sheet, in a spreadsheet's notation; a row if the column is unknown; empty if there is no sheet."""
        row = self.row(finding)
        if row is None or not self.place.sheet:
            return ""
        name = finding.field.rpartition("/")[2]
        column = self.place.columns.get(_COLUMNS.get(name, name)) if finding.step else None
        return f"{_letters(column)}{row}" if column else f"A{row}"

    def line(self, finding: Finding) -> int | None:
        """The line in a text file of the finding's field, or else of its step, or else of its procedure."""
        step = f"/steps/{finding.step - 1}" if finding.step else ""
        return next((self.lines[key] for key in (finding.field, step, "") if key in self.lines), None)

    def where(self, finding: Finding) -> str:
        """What helps a person find it: sheet and cell, a row, or nothing if the step number is enough."""
        if cell := self.cell(finding):
            return f"{quoted(self.place.sheet)}!{cell}"
        row = self.row(finding)
        return f"row {row}" if row else ""


def quoted(sheet: str) -> str:
    """The name of a sheet, quoted for a reference to a cell."""
    return "'" + sheet.replace("'", "''") + "'"


def text_of(procedure: Procedure, finding: Finding) -> str:
    """The field that contains the finding; the excerpt if no field of a step contains it."""
    parts = finding.field.strip("/").split("/")
    if parts[0] == "steps" and len(parts) == 3:
        return str(getattr(procedure.steps[int(parts[1])], parts[2]) or "")
    return finding.excerpt


def _letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
