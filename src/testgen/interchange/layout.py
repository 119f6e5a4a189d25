"""Finds the tables of a sheet: the header in any row, merged cells, several tables, labels above a table."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from testgen.interchange import column_fields, labels
from testgen.interchange.column_fields import COUNTS, OURS
from testgen.interchange.columns import CUSTOM, ColumnNames
from testgen.interchange.ditto import is_nothing, meant
from testgen.interchange.grid import Grid
from testgen.messages import say

_TELLING = {"title", "action", "expected", "minor"}  # a header has one of these
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
    """A header and the rows below it.

    `head` has the values of labels above it, `width` the width of the header, `headings` the text of each column's heading, `told` what a
    person should know about its reading. With `blocks`, the cells of actions were known by the headings within them. `foot` is what is
    signed below the rows, from `foot_row`, or above those of a form, label by label; `unread` are the labels there that nobody knows.
    """

    head: Mapping[str, str]
    columns: Mapping[int, str]
    lines: list[Line]
    header_row: int
    width: int
    headings: Mapping[int, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    blocks: bool = False
    foot: Mapping[str, str] = field(default_factory=dict)
    foot_row: int = 0
    unread: tuple[str, ...] = ()

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
        fields = {column: names.field(text) for column, text in headings.items()} | _parts_of_steps(grid, names, first)
        below_it = _foot(grid, names, fields, headings, (last + 1, end))
        signed, unread = labels.others(grid, names, previous, first) if {"id", "title"} & set(head) else ({}, [])
        foot = signed | labels.signatures(grid, names, below_it, end)
        end = below_it
        below = _below(grid, headings, last + 1, end)
        settled = column_fields.settled(fields, headings, below, names, head)
        columns = settled.columns
        width = max(columns, default=0) + 1
        columns |= _headless(grid, columns, last + 1, end)
        lines = list(_lines(grid, columns, settled.turns, last + 1, end))
        found.append(
            Table(
                head,
                columns,
                lines,
                last,
                width,
                headings,
                settled.told,
                settled.blocks,
                foot,
                below_it + 1,
                tuple(unread),
            )
        )
    return found


def has_table(grid: Grid, names: ColumnNames) -> bool:
    """Whether some row looks like a header."""
    return next(_headers(grid, names), None) is not None


def _headers(grid: Grid, names: ColumnNames) -> Iterator[tuple[int, int]]:
    """First and last row of each header: two rows if the second divides what the first names. A later header is the
    first again, or has enough headings that it can be no row of data."""
    row, known = 0, [set[str]()]
    while row < len(grid.rows):
        found = _header(grid, names, row)
        if any(before >= OURS and found != before for before in known):
            found = set()  # what testgen writes has one header; a row of it may hold any text
        if not found or (any(known) and found not in known and len(found) < _SURE):
            row += 1
            continue
        if found not in known:
            known.append(found)
        last = row
        if not found >= OURS and (_header(grid, names, row + 1) or _parts_of_steps(grid, names, row)):
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
    beside = {column for column in cells if column in known or _perhaps(grid.rows[row][column], names)}
    adjacent = any(here in beside and after in beside for here, after in itertools.pairwise(occupied))
    distinct = set(known.values())
    enough = len(distinct) >= _SURE or (len(distinct) > 1 and 2 * len(beside) > len(cells))
    return distinct if adjacent and enough and distinct & _TELLING else set()


def _perhaps(text: str, names: ColumnNames) -> bool:
    return bool(names.perhaps(text) or column_fields.in_turn(text, names))


def _parts_of_steps(grid: Grid, names: ColumnNames, row: int) -> dict[int, str | None]:
    """Column -> field of the headings below one of steps that is merged over several columns: `手順`, and below it `No | 内容`, or
    `手順1 | 手順2`, whose fields their numbers tell."""
    parts: dict[int, str | None] = {}
    for column in range(len(grid.rows[row])) if row + 1 < len(grid.rows) else ():
        below = grid.own(row + 1, column).strip()
        merged = grid.left(row, column) < column or grid.left(row, column + 1) == column
        if below and merged and names.field(grid.cell(row, column)) == "action":
            parts[column] = "number" if names.field(below) in ("id", "number") else names.field(below) or "action"
    counted = len(parts) > 1 and all(COUNTS.fullmatch(grid.own(row + 1, column).strip()) for column in parts)
    return parts if list(parts.values()) == ["number", "action"] else dict.fromkeys(parts) if counted else {}


def _headings(grid: Grid, first: int, last: int) -> dict[int, str]:
    """Column -> heading; the second row of a header names what the first only groups."""
    return {
        column: text.strip()
        for row in (first, last)
        for column, text in enumerate(grid.rows[row])
        if text.strip() and grid.left(row, column) == column
    }


def _foot(
    grid: Grid, names: ColumnNames, fields: Mapping[int, str | None], headings: Mapping[int, str], rows: tuple[int, int]
) -> int:
    """Where the rows of a table end and its foot begins; what testgen writes has none."""
    start, end = rows
    leftmost = min(headings)
    counts = fields[leftmost] in ("id", "number") or COUNTS.fullmatch(grid.own(start, leftmost).strip())
    counted = leftmost if counts else None
    return end if set(fields.values()) >= OURS else labels.foot(grid, names, start, end, counted)


def _below(grid: Grid, headings: Mapping[int, str], start: int, end: int) -> dict[int, dict[int, str]]:
    """Column -> row -> text of what is filled in below each heading."""
    below: dict[int, dict[int, str]] = {column: {} for column in headings}
    for row in _filled(grid, start, end):
        for column in range(len(grid.rows[row])):
            if column in below and (text := grid.own(row, column).strip()):
                below[column][row] = text
    return below


def _headless(grid: Grid, columns: Mapping[int, str], start: int, end: int) -> dict[int, str]:
    """Columns with values but no heading, named by their letters, so that nothing is silently dropped."""
    filled = {
        column
        for row in _filled(grid, start, end)
        for column in range(len(grid.rows[row]))
        if grid.own(row, column).strip()
    }
    unnamed = sorted(filled - set(columns))
    if not unnamed:
        return {}
    from openpyxl.utils import get_column_letter  # who has no such column pays for no Excel library

    return {column: f"{CUSTOM}列{get_column_letter(column + 1)}" for column in unnamed}


def _filled(grid: Grid, start: int, end: int) -> Iterator[int]:
    """The rows in which something stands: a file may have many thousands of others."""
    return (row for row in range(start, end) if any(map(str.strip, grid.rows[row])))


def _values(grid: Grid, columns: Mapping[int, str], turns: Mapping[int, int], row: int) -> dict[str, str]:
    """The texts of a row by field; steps in columns of their own are numbered as in one cell."""
    values: dict[str, str] = {}
    for column, name in columns.items():
        text = grid.cell(row, column)
        if column in turns:
            text = "" if not text.strip() or is_nothing(text) else f"{turns[column]}. {text}"
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


def _lines(grid: Grid, columns: Mapping[int, str], turns: Mapping[int, int], start: int, end: int) -> Iterator[Line]:
    above: dict[str, str] = {}
    for row in _filled(grid, start, end):
        values = _values(grid, columns, turns, row)
        repeated = frozenset(name for column, name in columns.items() if (row, column) in grid.origin)
        values = {name: meant(name, text, above.get(name, "")) for name, text in values.items()}
        above |= {name: text for name, text in values.items() if text.strip()}
        if any(text.strip() and name not in repeated for name, text in values.items()):
            yield Line(row + 1, values, repeated)
