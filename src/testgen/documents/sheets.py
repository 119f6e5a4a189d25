"""Reads Excel with the readers of test sheets: headings, texts and tables, including graph-paper sheets (方眼紙) with merged cells."""

import re
from collections.abc import Iterator, Sequence

from testgen.documents.block import Block
from testgen.documents.bounds import MOST_COLUMNS, Tally
from testgen.documents.headings import heading_level
from testgen.documents.shapes import Shape, has_shapes, shapes_of
from testgen.interchange.grid import Grid
from testgen.interchange.workbooks import grids_of

_PACKAGE = b"PK"
_KANA = re.compile("[ぁ-んァ-ヶー]")
_SPELT = 0.2  # of a sheet's cells hold one kana each
_Cells = dict[int, str]  # column -> text, of the cells that begin there


def blocks(content: bytes, tally: Tally) -> Iterator[Block]:
    """The content of the visible sheets, from top to bottom.

    Raises:
        ValueError: it is not a workbook, contains macros or has a password, or is too large.
    """
    drawn = content.startswith(_PACKAGE) and has_shapes(content)
    for grid in grids_of(content):
        if not grid.hidden:
            yield from _of_sheet(grid, tally, shapes_of(content, grid.name) if drawn else [])


def _of_sheet(grid: Grid, tally: Tally, shapes: list[Shape]) -> Iterator[Block]:
    lines = _spelt_out([_line(grid, row) for row in range(len(grid.rows))])
    yield Block("", 1, at=grid.name)
    number = 0
    while number < len(lines):
        yield from _lying_above(number, shapes, grid, tally)
        end = _table_end(lines, number)
        if end > number:
            columns = sorted({column for line in lines[number:end] for column in line})[:MOST_COLUMNS]
            rows = [tuple(_filled(grid, row, column, lines[row]) for column in columns) for row in range(number, end)]
            for row in rows:
                tally.row()
                tally.text("".join(row))
            yield Block(rows=tuple(rows), at=grid.name, row=number + 1)
            number = end
            continue
        if cells := lines[number]:
            text = " ".join(cells.values())
            tally.text(text)
            level = heading_level(text, alone=len(cells) <= 2)
            yield Block(text, 1 + level if level else 0, at=grid.name, row=number + 1)
        number += 1
    yield from _lying_above(None, shapes, grid, tally)


def _lying_above(row: int | None, shapes: list[Shape], grid: Grid, tally: Tally) -> Iterator[Block]:
    """The texts of shapes that begin in a row or above it and have not been read yet; without a row, of all that remain."""
    while shapes and (row is None or shapes[0][0] <= row):
        begins, text = shapes.pop(0)
        tally.text(text)
        yield Block(text, at=grid.name, row=begins + 1)


def _line(grid: Grid, row: int) -> _Cells:
    """The cells of a row that contain text; each merged area once, where it begins."""
    cells = ((column, grid.own(row, column).strip()) for column in range(len(grid.rows[row])))
    return {column: text for column, text in cells if text}


def _spelt_out(lines: list[_Cells]) -> list[_Cells]:
    """The lines with one text where a sheet has a letter a cell, as forms on graph paper have: a kana alone says nothing elsewhere."""
    letters = [text for line in lines for text in line.values() if len(text) == 1]
    if sum(bool(_KANA.match(letter)) for letter in letters) < _SPELT * sum(map(len, lines)):
        return lines
    return [_joined(line) for line in lines]


def _joined(line: _Cells) -> _Cells:
    """With the letters of neighbouring cells as one text, where the first of them stands."""
    made: _Cells = {}
    first, before = 0, -1
    for column, text in line.items():
        if len(text) == 1 and before == column - 1:
            made[first] += text
        else:
            made[first := column] = text
        before = column if len(text) == 1 else -1
    return made


def _table_end(lines: Sequence[_Cells], first: int) -> int:
    """The row after the table that begins here, or `first` if none does. A table has a header of at least two cells, and rows below it
    whose cells begin in the columns of the header."""
    header = set(lines[first])
    if len(header) < 2:
        return first
    end = first + 1
    while end < len(lines) and lines[end] and (set(lines[end]) <= header or len(header & set(lines[end])) > 1):
        if len(lines[end]) == 1 and heading_level(next(iter(lines[end].values())), alone=True):
            break
        end += 1
    return end if end - first > 1 and any(len(line) > 1 for line in lines[first + 1 : end]) else first


def _filled(grid: Grid, row: int, column: int, line: _Cells) -> str:
    """The text of a cell; one that is merged with rows above has their text."""
    if column in line:
        return line[column]
    origin = grid.origin.get((row, column))
    return grid.cell(*origin).strip() if origin and origin[0] < row and origin[1] == column else ""
