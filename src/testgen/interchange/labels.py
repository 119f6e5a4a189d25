"""Labels above a table: `前提条件 | 会員である`, `前提条件：会員である` in one cell, and short lists below a heading of their own."""

import re

from testgen.interchange.columns import HEADINGS, ColumnNames
from testgen.interchange.grid import Grid

_LABEL = re.compile(r"\s*([^:：]{1,20})[:：]\s*(.+)", re.DOTALL)
_NAMES_A_CASE = {"id", "title"}
_LISTED = {"preconditions": "preconditions", "postconditions": "postconditions", "test_data": "case_data"}


def head(grid: Grid, names: ColumnNames, start: int, end: int, *, empty: bool) -> dict[str, str]:
    """What labels above the header at `end` say. In an `empty` form one counts although the cell beside it is empty."""
    found: dict[str, str] = {}
    first = begin(grid, names, start, end)
    for row in range(first, end):
        for name, value in _labels(grid, names, row):
            if name in HEADINGS and (empty or value.strip()):
                found.setdefault(name, value.strip())
    return {**_lists(grid, names, first, end), **found}


def begin(grid: Grid, names: ColumnNames, start: int, end: int) -> int:
    """Where the labels that belong to the header at `end` begin: around one that names a case, `Test Case ID | BU_002`, whatever stands
    between, else directly above the header."""
    row = next((row for row in range(start, end) if _names_a_case(grid, names, row)), end)
    while row > start and (grid.is_free(row - 1) or _labels(grid, names, row - 1)):
        row -= 1
    return row


def _names_a_case(grid: Grid, names: ColumnNames, row: int) -> bool:
    return any(name in _NAMES_A_CASE and value.strip() for name, value in _labels(grid, names, row))


def _lists(grid: Grid, names: ColumnNames, start: int, end: int) -> dict[str, str]:
    """The text below a heading down to the next empty cell: `Prerequisites:`, and a condition a row below it."""
    found: dict[str, str] = {}
    for row in range(start, end):
        for column in range(0 if _labels(grid, names, row) else len(grid.rows[row])):
            name = _LISTED.get(names.field(grid.own(row, column)) or "")
            if name and (entries := _below(grid, row + 1, end, column)):
                found.setdefault(name, "\n".join(entries))
    return found


def _below(grid: Grid, row: int, end: int, column: int) -> list[str]:
    entries: list[str] = []
    while row < end and (text := grid.own(row, column).strip()):
        entries.append(text)
        row += 1
    return entries


def _labels(grid: Grid, names: ColumnNames, row: int) -> list[tuple[str, str]]:
    cells = [grid.own(row, column) for column in range(len(grid.rows[row]))]
    filled = [text for text in cells if text.strip()]
    found = []
    for text, after in zip(filled, [*filled[1:], ""], strict=False):
        if name := names.field(text):
            found.append((name, "" if names.field(after) else after))  # two labels side by side: the first has no value
        elif (pair := _LABEL.fullmatch(text)) and (name := names.field(pair[1])):
            found.append((name, pair[2]))
    return found if filled and (names.field(filled[0]) or _LABEL.fullmatch(filled[0])) else []
