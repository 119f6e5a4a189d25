"""Workbooks, of Excel today or of 1997: sheets of teams, and exports of tools that come as a workbook."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from testgen.interchange import rows as table
from testgen.interchange import squash, xls_reader, xlsx_reader
from testgen.interchange.columns import ColumnNames
from testgen.interchange.found import Left, Objects, Skipped
from testgen.interchange.grid import Grid
from testgen.interchange.ids import numbered_apart
from testgen.interchange.layout import has_table, headings_tried, tables
from testgen.interchange.sheet import objects_of
from testgen.interchange.words import all_words
from testgen.messages import joined, say

_WORKBOOKS = (b"PK\x03\x04", xls_reader.MARK)
_MOST_LOOKED_AT = 50  # lines
_MOST_TOLD = 500  # characters
Tool = tuple[table.Headers, Callable[[Sequence[table.Row]], Objects]]  # the columns that tell a tool, and its reader


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an Excel workbook, of any kind."""
    return content.startswith(_WORKBOOKS)


def is_text_table(content: bytes) -> bool:
    """Whether the bytes are rows with tabs, commas or semicolons, which some systems save under the name of a workbook."""
    if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    lines = [line for line in content.splitlines()[:_MOST_LOOKED_AT] if line.strip(b"\0 \t\r")]
    divided = [line for line in lines if any(sign in line for sign in (b"\t", b",", b";"))]
    return len(divided) > 1 and not xlsx_reader.is_page(content)


def grids_of(content: bytes) -> list[Grid]:
    """The sheets of a workbook; of a hidden one only its name.

    Raises:
        ValueError: no workbook, one with macros or a password, or too large.
    """
    return list(xls_reader.grids(content) if content.startswith(xls_reader.MARK) else xlsx_reader.grids(content))


def tool_of(grids: Sequence[Grid], tools: dict[str, table.Headers]) -> str:
    """The tool whose columns the first sheet with rows has; empty if it is a team's own sheet."""
    if {squash.CASES, squash.STEPS} <= {grid.name for grid in grids}:
        return "squash"
    first = next((row for grid in grids for row in grid.rows if any(map(str.strip, row))), [])
    return next((name for name, headers in tools.items() if table.has_headers(first, headers)), "")


def read_tool(grids: Sequence[Grid], tool: Tool) -> tuple[Objects, tuple[str, ...]]:
    """What a tool's reader makes of each sheet that has its columns, and the columns that were left behind."""
    found: Objects = []
    left: dict[str, None] = {}
    for grid in grids:
        rows = table.Rows(grid.rows)
        if any(names <= rows.columns for names in tool[0]):
            found += [*_placed(tool[1](rows.rows), grid), *_struck(grid)]
            left |= dict.fromkeys(rows.left())
        elif rows.columns or grid.hidden:
            left[f"sheet {grid.name}"] = None
    return found, tuple(left)


def read_squash(grids: Sequence[Grid]) -> tuple[Objects, tuple[str, ...]]:
    """The cases of a workbook of Squash TM.

    Raises:
        ValueError: it has not its columns.
    """
    by_name = {grid.name: table.Rows(grid.rows) for grid in grids}
    cases, steps = (by_name.get(name, table.Rows([])) for name in (squash.CASES, squash.STEPS))
    cases.require(squash.HEADERS)
    others = (
        say("sheet {name}", name=name)
        for name in by_name
        if by_name[name].rows and name not in (squash.CASES, squash.STEPS)
    )
    return squash.read(cases.rows, steps.rows), (*cases.left(), *steps.left(), *others)


def read_sheets(grids: Sequence[Grid], names: ColumnNames) -> Objects:
    """The contents of a team's sheets. Case numbers that restart on each sheet get the sheet's name.

    Raises:
        ValueError: no sheet with a table of tests.
    """
    if not any(has_table(grid, names) for grid in grids):
        names = names.with_points()
    found = [(grid.name, [*_placed(objects_of(grid, names, untitled=True), grid), *_struck(grid)]) for grid in grids]
    without = [grid for grid, (_, objects) in zip(grids, found, strict=True) if not objects and not tables(grid, names)]
    if len(without) == len(grids):
        visible = [repr(grid.name) for grid in grids if not grid.hidden] or say("any visible sheet")
        told = [told for grid in grids if (told := headings_tried(grid))][:_MOST_TOLD]
        fault = say(
            "has no table of tests in {visible}: a row must name the columns, a title (テスト項目, Title, …) and 手順 "
            "(Action) or 期待結果 (Expected result)",
            visible=visible,
        )
        raise ValueError(joined("; ", (fault, *told)))
    guides = {words.template.guide for words in all_words()}  # the second sheet of our own template
    left = (grid for grid in without if (grid.hidden or grid.rows) and grid.name not in guides)
    return [*numbered_apart(found), *(Left(say("sheet {name}", name=grid.name)) for grid in left)]


def _struck(grid: Grid) -> Iterator[Skipped | Left]:
    """What is struck through: a whole row, or a part of one."""
    for row, text in grid.struck.items():
        if any(map(str.strip, grid.rows[row])):
            yield Left(say("text struck through in row {row} of sheet {name!r}", row=row + 1, name=grid.name))
        else:
            yield Skipped(say("is struck through"), row + 1, text, grid.name)


def _placed(objects: Iterable[Any], grid: Grid) -> Objects:
    """The objects with the sheet that they are from."""
    return [entry if isinstance(entry, Left) else _on(grid.name, entry) for entry in objects]


def _on(sheet: str, entry: Any) -> Any:
    return replace(entry, sheet=sheet) if isinstance(entry, Skipped) else entry | {"sheet": sheet}
