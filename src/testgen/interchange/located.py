"""Wrong fields, named by their places in the file that somebody gave: heading and cell of a sheet, line of a YAML or JSON file."""

from collections.abc import Sequence
from dataclasses import replace

from testgen.domain.errors import FieldProblem
from testgen.interchange import json_format, yaml_format
from testgen.interchange.columns import CUSTOM
from testgen.interchange.found import Place
from testgen.messages import say

_LINES = {"json": json_format.lines_of, "yaml": yaml_format.lines_of}
# Fields of a case or procedure -> the columns that they may come from, the likeliest first.
_SOURCES = {
    "test_case_id": ("id",),
    "title": ("title", "minor", "middle", "major", "objective"),
    "section": ("section", "minor", "middle", "major"),
    "expected_results": ("expected_results", "expected"),
    "expected_result": ("expected",),
    "test_data": ("case_data", "test_data"),
}
_ONE_CELL = {
    "id",
    "test_case_id",
    "title",
    "section",
    "type",
    "priority",
    "language",
}  # later rows of a case add nothing


def in_sheet(problems: Sequence[FieldProblem], place: Place, *, lettered: bool) -> list[FieldProblem]:
    """The problems with the heading instead of a pointer, and with the cell if the columns are `lettered`, as in a workbook. A field
    that has no column keeps its pointer."""
    return [replace(problem, pointer=_where(problem.pointer, place, lettered)) for problem in problems]


def _where(pointer: str, place: Place, lettered: bool) -> str:
    first, *rest = _parts(pointer) or [""]
    row = place.row if place.row == place.last_row or first in _ONE_CELL else None
    if first == "steps" and len(rest) > 1:
        number, first = rest[0], rest[1]
        row = place.step_rows[int(number)] if number.isdigit() and int(number) < len(place.step_rows) else None
        names: tuple[str, ...] = ("test_data",) if first == "test_data" else _SOURCES.get(first, (first,))
    else:
        names = (CUSTOM + rest[0],) if first == "custom" and rest else _SOURCES.get(first, (first,))
    column, heading = next((place.headings[name] for name in names if name in place.headings), (0, ""))
    if not (column and heading):
        return pointer
    if lettered and row:
        from openpyxl.utils import get_column_letter  # who reads no workbook pays for no Excel library

        return say("cell {cell} {heading!r}", cell=f"{get_column_letter(column)}{row}", heading=heading)
    return say("column {heading!r}", heading=heading)


def in_text(problems: Sequence[FieldProblem], text: str, format_name: str, index: int) -> list[FieldProblem]:
    """The problems of one entry of a YAML or JSON file, with their lines."""
    lines = _LINES[format_name](text, index, [_parts(problem.pointer) for problem in problems])
    return [replace(problem, line=line) for problem, line in zip(problems, lines, strict=True)]


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
