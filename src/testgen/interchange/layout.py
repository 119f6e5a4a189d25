"""Finds the tables of a sheet: the header in any row, merged cells, several tables, labels above a table."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from testgen.interchange import labels
from testgen.interchange.columns import CUSTOM, RESULTS, ColumnNames
from testgen.interchange.ditto import meant
from testgen.interchange.grid import Grid
from testgen.messages import say

_TELLING = {"title", "action", "expected", "minor"}  # a header has one of these
_OF_CASES_ONLY = {"objective", "specification", "language"}  # a procedure has no such field
_LISTS = {"tags", "references"}  # which may have several columns, as Jira writes them
_FIRST, _SHOWN, _MOST_SHOWN = 30, 30, 10  # rows looked at for headings; characters and number of those that are shown
_SURE = 3  # so many known headings make a header, whatever else is in the row


@dataclass(frozen=True)
class Line:
    """A row of a table by field; `repeated` are those whose cell belongs to a merged cell that began above."""

    number: int
    values: Mapping[str, str]
    repeated: frozenset[str] = frozenset()

    def own(self, name: str) -> str:
        """The value in exactly this row."""
        return "" if name in self.repeated else self.values.get(name, "")


@dataclass(frozen=True)
class Table:
    """A header and the rows below it; `head` has the values of labels above it, `width` the width of the header, `headings` the text
    of each column's heading."""

    head: Mapping[str, str]
    columns: Mapping[int, str]
    lines: list[Line]
    header_row: int
    width: int
    headings: Mapping[int, str] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        """The fields that have a column."""
        return set(self.columns.values())


def tables(grid: Grid, names: ColumnNames, *, empty: bool = False) -> list[Table]:
    """The tables of a sheet from top to bottom; none if no row looks like a header. In an `empty` form a label above a table
    counts although the cell beside it is empty."""
    headers = list(_headers(grid, names))
    found = []
    for index, (first, last) in enumerate(headers):
        previous = headers[index - 1][1] + 1 if index else 0
        head = labels.head(grid, names, previous, first, empty=empty)
        end = labels.begin(grid, names, last + 1, headers[index + 1][0]) if index + 1 < len(headers) else len(grid.rows)
        headings = _headings(grid, first, last)
        columns = _columns(grid, names, first, headings, head)
        width = max(columns, default=0) + 1
        columns |= _headless(grid, columns, last + 1, end)
        found.append(Table(head, columns, list(_lines(grid, columns, last + 1, end)), last, width, headings))
    return found


def _headers(grid: Grid, names: ColumnNames) -> Iterator[tuple[int, int]]:
    """First and last row of each header: two rows if the second divides what the first names. A later header is the
    first again, or has enough headings that it can be no row of data."""
    row, known = 0, [set[str]()]
    while row < len(grid.rows):
        found = _header(grid, names, row)
        if not found or (any(known) and found not in known and len(found) < _SURE):
            row += 1
            continue
        if found not in known:
            known.append(found)
        last = row
        if _header(grid, names, row + 1) or _parts_of_steps(grid, names, row):
            last = row + 1
        yield row, last
        row = last + 1


def _header(grid: Grid, names: ColumnNames, row: int) -> set[str]:
    """The fields that a header row names: known headings side by side; a row of labels and values has them one apart."""
    if row >= len(grid.rows):
        return set()
    cells = {
        column: names.field(text)
        for column, text in enumerate(grid.rows[row])
        if text and grid.left(row, column) == column
    }
    known = {column: name for column, name in cells.items() if name}
    occupied = sorted(cells)
    adjacent = any(here in known and after in known for here, after in itertools.pairwise(occupied))
    distinct = set(known.values())
    enough = len(distinct) >= _SURE or (len(distinct) > 1 and 2 * len(known) > len(cells))
    return distinct if adjacent and enough and distinct & _TELLING else set()


def _parts_of_steps(grid: Grid, names: ColumnNames, row: int) -> dict[int, str]:
    """Column -> field of the headings below one of steps that is merged over several columns: `手順`, and below it `No | 内容`."""
    parts: dict[int, str] = {}
    for column in range(len(grid.rows[row])) if row + 1 < len(grid.rows) else ():
        below = grid.own(row + 1, column).strip()
        merged = grid.left(row, column) < column or grid.left(row, column + 1) == column
        if below and merged and names.field(grid.cell(row, column)) == "action":
            parts[column] = "number" if names.field(below) in ("id", "number") else names.field(below) or "action"
    return parts if list(parts.values()) == ["number", "action"] else {}


def _headings(grid: Grid, first: int, last: int) -> dict[int, str]:
    """Column -> heading; the second row of a header names what the first only groups."""
    return {
        column: text.strip()
        for row in (first, last)
        for column, text in enumerate(grid.rows[row])
        if text.strip() and grid.left(row, column) == column
    }


def _columns(
    grid: Grid, names: ColumnNames, first: int, headings: Mapping[int, str], head: Mapping[str, str]
) -> dict[int, str]:
    """Column -> field. A heading that is not known, or comes twice, is a team's own column."""
    fields = {column: names.field(text) for column, text in headings.items()} | _parts_of_steps(grid, names, first)
    steps = "action" in fields.values()
    elsewhere = bool({"title", "id"} & set(head)) or not {"title", "major", "middle", "minor"} & set(fields.values())
    columns: dict[int, str] = {}
    for column, text in sorted(headings.items()):
        name = fields[column]
        if steps and name in _OF_CASES_ONLY:
            name = None
        named = elsewhere or {"title", "id"} & set(columns.values())
        if name == "id" and named and fields.get(_next(column, headings)) in ("action", "kind"):
            name = "number"  # a number beside the action counts steps if something else names the case
        if (
            name == "action"
            and fields.get(_next(column, headings)) == "kind"
            and list(fields.values()).count("action") > 1
        ):
            name = "number"  # 手順, 種別, 操作: as our own Markdown has them
        if name is None or (name in columns.values() and name not in _LISTS) or name in RESULTS:
            name = _unused(CUSTOM + text, columns)
        columns[column] = name
    if "action" not in columns.values():
        columns = {column: "action" if name == "number" else name for column, name in columns.items()}
    return columns


def _next(column: int, headings: Mapping[int, str]) -> int:
    """The column of the heading to the right; headings may be merged over several."""
    return min((other for other in headings if other > column), default=-1)


def _unused(name: str, columns: Mapping[int, str]) -> str:
    number, found = 1, name
    while found in columns.values():
        number += 1
        found = f"{name} ({number})"
    return found


def _headless(grid: Grid, columns: Mapping[int, str], start: int, end: int) -> dict[int, str]:
    """Columns with values but no heading, named by their letters, so that nothing is silently dropped."""
    filled = {
        column for row in range(start, end) for column in range(len(grid.rows[row])) if grid.own(row, column).strip()
    }
    unnamed = sorted(filled - set(columns))
    if not unnamed:
        return {}
    from openpyxl.utils import get_column_letter  # who has no such column pays for no Excel library

    return {column: f"{CUSTOM}列{get_column_letter(column + 1)}" for column in unnamed}


def _values(grid: Grid, columns: Mapping[int, str], row: int) -> dict[str, str]:
    values: dict[str, str] = {}
    for column, name in columns.items():
        text = grid.cell(row, column)
        values[name] = "\n".join(filter(None, (values[name], text))) if name in values else text
    return values


def headings_tried(grid: Grid) -> str:
    """The fullest of the first rows, which its author may have meant for headings; empty if none has several cells."""
    rows = [[text.strip() for text in row if text.strip()] for row in grid.rows[:_FIRST]]
    fullest = max(enumerate(rows, 1), key=lambda row: len(row[1]), default=(0, []))
    if len(fullest[1]) < _SURE:
        return ""
    return say(
        "row {row} has {headings}; if these are your headings, map them with --columns",
        row=fullest[0],
        headings=[" ".join(text.split())[:_SHOWN] for text in fullest[1][:_MOST_SHOWN]],
    )


def _lines(grid: Grid, columns: Mapping[int, str], start: int, end: int) -> Iterator[Line]:
    above: dict[str, str] = {}
    for row in range(start, end):
        values = _values(grid, columns, row)
        repeated = frozenset(name for column, name in columns.items() if (row, column) in grid.origin)
        values = {name: meant(name, text, above.get(name, "")) for name, text in values.items()}
        above |= {name: text for name, text in values.items() if text.strip()}
        if any(text.strip() and name not in repeated for name, text in values.items()):
            yield Line(row + 1, values, repeated)
