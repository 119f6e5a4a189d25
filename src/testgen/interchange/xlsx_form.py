"""A team's own form as the target: its header row is found by the synonyms that reading knows, its columns are filled in, and all
else stays as it is.

Where the form has a column that names the case (項番, テスト項目, 大項目, …), procedures stand one after another in its table. Where it
has none (the case is named above the table, or by the sheet), each procedure gets a copy of the sheet.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from testgen.domain.procedure import Procedure
from testgen.interchange.columns import CUSTOM, HEADINGS, RESULTS, ColumnNames, heading
from testgen.interchange.grid import Grid, Place
from testgen.interchange.layout import Table, tables
from testgen.interchange.xlsx_reader import MOST_ROWS, form_grids
from testgen.messages import say

NUMBERING = {"id", "number"}  # which a form may have filled in for its empty rows
_COUNTED = re.compile(r"[\w.-]{0,20}\d")  # 1, TC-001
_NAMES_A_CASE = {"id", "title", "section", "major", "middle", "minor"}
_OF_STEPS = {"number", "kind", "action", "expected", "verifies"}  # no labels for one case
# Reported if a form has no place for it. Test data then follows the action; the rest is useful only to testgen.
_TOLD: Mapping[str, Callable[[Procedure], bool]] = {
    "id": lambda made: made.test_case_id != made.title,
    "title": lambda made: bool(made.title),
    "section": lambda made: bool(made.section),
    "preconditions": lambda made: bool(made.preconditions),
    "expected": lambda made: any(step.expected_result for step in made.steps),
    "type": lambda made: bool(made.type),
    "priority": lambda made: bool(made.priority),
    "tags": lambda made: bool(made.tags),
    "references": lambda made: bool(made.references),
    "postconditions": lambda made: bool(made.postconditions),
}
_LEVELS = {"major", "middle", "minor"}


@dataclass(frozen=True)
class Form:
    """The place in a form to fill in. Rows and columns count from 1."""

    content: bytes
    sheet: str
    columns: Mapping[str, int]  # by field, and `custom:NAME`
    labels: Mapping[str, Place]  # cells beside labels above the table, by field
    start: int  # first row below the headings
    end: int  # first row with something else
    names: ColumnNames

    @classmethod
    def of(cls, content: bytes, own: Mapping[str, str] | None = None) -> "Form":
        """Looks at a form; `own` are the team's headings.

        Raises:
            ValueError: no workbook, or no row that names at least a column of actions, or no empty row below it.
        """
        names = ColumnNames(own)
        grids = [grid for grid in form_grids(content) if not grid.hidden]
        for grid in grids:
            for table in tables(grid, names, empty=True):
                if "action" in table.fields:
                    return cls._in(content, grid, table, names)
        listed = [repr(grid.name) for grid in grids] or say("any visible sheet")
        raise ValueError(
            say(
                "has no row of headings with a column for the action (手順, 操作手順, Action, …) in {listed}: "
                "rename one, or map your heading with --columns",
                listed=listed,
            )
        )

    @classmethod
    def _in(cls, content: bytes, grid: Grid, table: Table, names: ColumnNames) -> "Form":
        columns = {name: column + 1 for column, name in table.columns.items()}
        start = table.header_row + 2
        end = next(
            (row for row in range(start, len(grid.rows) + 1) if not _is_free(grid, row - 1, table, names)),
            MOST_ROWS + 1,
        )
        if end == start:
            raise ValueError(
                say(
                    "has something in row {start} of sheet {name!r}, below its headings: empty the form first",
                    start=start,
                    name=grid.name,
                )
            )
        return cls(content, grid.name, columns, dict(_labels(grid, names, table.header_row)), start, end, names)

    @property
    def one_sheet_each(self) -> bool:
        """Whether nothing in a row names the case."""
        return not _NAMES_A_CASE & set(self.columns)

    def without_place(self, procedures: Sequence[Procedure]) -> list[str]:
        """The headings of what procedures say and the form has neither column nor label for; last the team's own columns."""
        places = {*self.columns, *self.labels} | ({"id", "title"} if self.one_sheet_each else set())
        if _LEVELS & places:
            places |= {"section", "title"}
        missing = [field for field, held in _TOLD.items() if field not in places and any(map(held, procedures))]
        own = dict.fromkeys(
            name for made in procedures for name in made.custom if name not in self.own_places(made.custom)
        )
        return [*(heading(field, procedures[0].language) for field in missing), *own]

    def own_places(self, custom: Iterable[str]) -> dict[str, str]:
        """Which of the form's own columns each of a procedure's takes: that of the same name, otherwise the next free one of those
        for the same of what testers fill in."""
        columns = [column for column in self.columns if column.startswith(CUSTOM)]
        names = list(custom)
        places = {name: CUSTOM + name for name in names if CUSTOM + name in columns}
        for name in names:
            field = self.names.field(name)
            free = (column for column in columns if column not in places.values() and field)
            same = (column for column in free if self.names.field(column.removeprefix(CUSTOM)) == field)
            if name not in places and (column := next(same, "")):
                places[name] = column
        return places


def _is_free(grid: Grid, row: int, table: Table, names: ColumnNames) -> bool:
    """A row to be filled in: nothing in it but numbers, formulas and verdicts that the form has set before."""
    for column in range(min(table.width, len(grid.rows[row]))):
        text, field = grid.own(row, column).strip(), table.columns.get(column, "")
        verdict = field.startswith(CUSTOM) and names.field(field.removeprefix(CUSTOM)) in RESULTS
        numbered = field in NUMBERING and _COUNTED.fullmatch(text)
        if text and not (numbered or verdict or text.startswith("=")):
            return False
    return True


def _labels(grid: Grid, names: ColumnNames, header: int) -> Iterator[tuple[str, Place]]:
    """The empty cells beside labels above a table, by field."""
    for row in range(header):
        for column in range(len(grid.rows[row])):
            field = names.field(grid.own(row, column))
            if field is None or field not in HEADINGS or field in _OF_STEPS:
                continue
            beside = column + 1
            while grid.origin.get((row, beside)) == (row, column):
                beside += 1
            if not grid.cell(row, beside).strip():
                yield field, (row + 1, beside + 1)
