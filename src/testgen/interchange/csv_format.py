"""CSV for spreadsheets: one row per step, the case's own columns on its first row, headings in the procedure's language.

UTF-8 with a byte order mark, since Excel in Japan opens anything else as cp932. Cells that a spreadsheet would run as a formula
get an apostrophe, which reading takes away again. Reading takes sheets as they are: see `layout` and `sheet`.
"""

from collections.abc import Iterator, Sequence

from testgen.domain.procedure import Procedure
from testgen.interchange.columns import ColumnNames, heading
from testgen.interchange.found import Objects
from testgen.interchange.grid import Grid
from testgen.interchange.ids import numbered_apart
from testgen.interchange.layout import has_table, headings_tried, tables
from testgen.interchange.rows import cells, delimiter_of
from testgen.interchange.sheet import LOST_CUSTOM, PATH, objects_of
from testgen.interchange.sheet_cells import case_cells, own_cells, step_cells
from testgen.interchange.tabular import Row, dump, plain, require_width
from testgen.messages import joined, say

LOST = ("findings", "readiness", say("> and / inside a part of section"), LOST_CUSTOM)
_FIELDS = (
    "id", "readiness", "title", "section", "preconditions", "number", "kind", "action", "test_data", "expected", "verifies", "type",
    "priority", "tags", "references", "expected_results", "postconditions", "case_data",
)  # fmt: skip


def write(procedures: Sequence[Procedure]) -> str:
    """One row per step; the first procedure's language decides the headings."""
    language = procedures[0].language if procedures else "en"
    columns = [heading(field, language) for field in _FIELDS]
    own = [own_cells(procedure.custom, len(procedure.steps), columns) for procedure in procedures]
    rows = (
        {heading(field, language): value for field, value in row.items()}
        | {name: texts[place] for name, texts in cells_of.items()}
        for procedure, cells_of in zip(procedures, own, strict=True)
        for place, row in enumerate(_rows(procedure))
    )
    return dump([*columns, *dict.fromkeys(name for names in own for name in names)], rows, neutralise=True)


def _rows(procedure: Procedure) -> Iterator[Row]:
    head = {**case_cells(procedure), "section": PATH.join(procedure.section)}
    for place in range(len(procedure.steps)):
        row = step_cells(procedure, place)
        yield {**head, **row} if place == 0 else row


def read(text: str, names: ColumnNames, delimiter: str | None = None) -> Objects:
    """Procedures if there is a column of actions, otherwise test cases.

    Raises:
        ValueError: no CSV, or no row that names the columns.
    """
    chosen = delimiter or delimiter_of(text, lambda row: len({names.field(cell) for cell in row} - {None}))
    rows = [[plain(cell) for cell in row] for row in cells(text, chosen)]
    grid = Grid("", rows)
    if not has_table(grid, names):
        names = names.with_points()
    for table in tables(grid, names):
        for number, row in enumerate(rows[table.header_row :], table.header_row + 1):
            require_width(row, number, table.width)
    found = objects_of(grid, names)
    if not found and not tables(grid, names):
        told = say(
            "has no row that names the columns: write a title (Title, テスト項目, …) and an action or expected results"
        )
        raise ValueError(joined("; ", (told, headings_tried(grid))))
    return numbered_apart([("", found)])
