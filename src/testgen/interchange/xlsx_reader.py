"""Excel workbooks (.xlsx): the cells as a person sees them. What is too large or could do harm is refused."""

import codecs
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from testgen.domain.language import LANGUAGES
from testgen.interchange.grid import Grid, Place
from testgen.interchange.struck import Runs, leave_out
from testgen.interchange.words import words_for
from testgen.interchange.xlsx_bounds import require_bounded
from testgen.interchange.xlsx_struck import has_struck_runs, struck_cells
from testgen.messages import Original, say

# Of what is filled in; beyond these whole columns were filled by mistake.
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_QUESTIONS = {words_for(language).questions_sheet for language in LANGUAGES}
# In a workbook of ours: no table of tests, and formulas that other programs save without their values.
_OURS = {name for words in map(words_for, LANGUAGES) for name in (words.cover_sheet, words.summary_sheet)}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how the format writes control characters (ECMA-376, ST_Xstring)


def grids(content: bytes) -> Iterator[Grid]:
    """The sheets of a workbook, cell by cell; of a hidden one only its name.

    Raises:
        ValueError: no workbook, one with macros or a password, or too large.
    """
    _require_workbook(content)
    yield from _grids(content)


def form_grids(content: bytes) -> Iterator[Grid]:
    """The same for a form to fill in: a formula is returned as it is written, and needs no value.

    Raises:
        ValueError: no workbook, one with macros or a password, or too large.
    """
    _require_workbook(content)
    yield from _grids(content, calculated=False)


def is_page(content: bytes) -> bool:
    """Whether the bytes are HTML or XML, with or without a byte order mark."""
    return content[:200].lstrip(codecs.BOM_UTF8 + codecs.BOM_UTF16 + b"\0 \t\r\n").startswith(b"<")


def _require_workbook(content: bytes) -> None:
    if is_page(content):
        raise ValueError(
            say("is a page (HTML or XML) under the name of a workbook: open it in Excel and save it as .xlsx")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _require_parts(package.namelist())
            require_bounded(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):  # an odd or locked archive too
        raise ValueError(say("is not an Excel workbook, or is incomplete: save it again as .xlsx")) from None


def _require_parts(names: list[str]) -> None:
    if "word/document.xml" in names:
        raise ValueError(say("is a Word document: copy its table into an Excel sheet, or give it with --document"))
    if "xl/workbook.xml" not in names:
        raise ValueError(say("is a ZIP file, but not an Excel workbook: save it as .xlsx"))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValueError(say("contains macros, which are refused: save it as .xlsx, which cannot contain them"))


def _grids(content: bytes, *, calculated: bool = True) -> Iterator[Grid]:
    book, results = _load(content), None
    rich = _load(content, rich=True) if has_struck_runs(content) else None
    ours = (book.properties.creator or "").startswith("testgen ")
    for sheet in book.worksheets:
        if sheet.title in _QUESTIONS or (ours and sheet.title in _OURS):
            continue
        if sheet.sheet_state != "visible":
            yield Grid(sheet.title, [], hidden=True)
            continue
        # Cells are kept sparsely; walking from A1 to the last styled cell could be 17 billion.
        filled = {place: cell for place, cell in sheet._cells.items() if cell.value is not None}
        _require_size(sheet.title, filled)
        if calculated and any(cell.data_type == "f" for cell in filled.values()):
            results = results or _load(content, values=True)
            values = {place: results[sheet.title]._cells[place] for place in filled}
            _require_calculated(sheet.title, filled, values)
            filled = values
        struck = struck_cells(sheet, filled, rich[sheet.title]._cells if rich else {})
        yield _grid(sheet, filled, struck)


def _load(content: bytes, *, values: bool = False, rich: bool = False) -> Any:
    from openpyxl import load_workbook

    from testgen.interchange.xlsx_merges import merges_without_borders

    try:
        with warnings.catch_warnings(), merges_without_borders():
            warnings.simplefilter("ignore")  # of parts that openpyxl would not write back, and we do not read
            return load_workbook(io.BytesIO(content), data_only=values, rich_text=rich)
    except MemoryError:  # said of this process, not of the workbook: whoever bounds the work tells it
        raise
    except Exception as error:  # a broken workbook can fail anywhere in openpyxl, with any exception
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ValueError(
            say(
                "is not a workbook that can be read{reason}: open it and save it again as .xlsx",
                reason=Original(f" ({reason})"),
            )
        ) from None


def _require_size(sheet: str, filled: dict[Place, Any]) -> None:
    rows = max((row for row, _ in filled), default=0)
    columns = max((column for _, column in filled), default=0)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise ValueError(
            say(
                "reaches to row {rows:,}, column {columns:,} in sheet {sheet!r}; at most {most_rows:,} "
                "rows and {most_columns} columns are read: remove everything outside the tests, or split "
                "the sheet",
                rows=rows,
                columns=columns,
                sheet=sheet,
                most_rows=MOST_ROWS,
                most_columns=MOST_COLUMNS,
            )
        )


def _require_calculated(sheet: str, filled: dict[Place, Any], values: dict[Place, Any]) -> None:
    for place, cell in filled.items():
        if cell.data_type == "f" and values[place].value is None:
            raise ValueError(
                say(
                    "has a formula without a value in {coordinate} of sheet {sheet!r}: open and save it in Excel",
                    coordinate=cell.coordinate,
                    sheet=sheet,
                )
            )


def _grid(sheet: Any, filled: dict[Place, Any], struck: dict[Place, Runs]) -> Grid:
    """The cells as text, 0-based; each cell of a merged range gets the text of its first."""
    height, width = (max((place[side] for place in filled), default=0) for side in (0, 1))
    merged = [area.bounds for area in sheet.merged_cells.ranges]
    height = min(MOST_ROWS, max([height, *(bottom for left, top, _, bottom in merged if (top, left) in filled)]))
    width = min(MOST_COLUMNS, max([width, *(right for left, top, right, _ in merged if (top, left) in filled)]))
    rows = [[""] * width for _ in range(height)]
    for (row, column), cell in filled.items():
        rows[row - 1][column - 1] = _text(cell)
    left_out = leave_out(rows, struck)
    origin: dict[Place, Place] = {}
    for left, top, right, bottom in merged:
        for row in range(top - 1, min(bottom, height)):
            for column in range(left - 1, min(right, width)):
                if (row, column) != (top - 1, left - 1):
                    rows[row][column] = rows[top - 1][left - 1]
                    origin[row, column] = (top - 1, left - 1)
    return Grid(sheet.title, rows, origin, left_out)


def _text(cell: Any) -> str:
    """A value as the sheet shows it: leading zeros, dates and decimals as formatted."""
    value, shown = cell.value, str(cell.number_format)
    match value:
        case bool():
            return str(value).upper()
        case int() | float():
            return number_as_shown(value, shown)
        case datetime() | date():
            return date_as_shown(value, shown)
        case time():
            return value.strftime("%H:%M:%S" if value.second else "%H:%M")
        case _:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
            return text.replace("\r\n", "\n").replace("\r", "\n")


def number_as_shown(value: float, shown: str) -> str:
    """A number in the format of its cell: leading zeros, decimals, groups and percent."""
    if re.fullmatch("0{2,}", shown) and value == int(value):
        return str(int(value)).zfill(len(shown))
    if found := re.fullmatch(r"(#,##)?0(?:\.(0+))?(%?)", shown):
        grouped, decimals, percent = found[1], len(found[2] or ""), found[3]
        return f"{value * 100 if percent else value:{',' if grouped else ''}.{decimals}f}{percent}"
    return str(int(value)) if value == int(value) else format(value, ".15g")


def date_as_shown(value: date, shown: str) -> str:
    """A date in the format of its cell."""
    if "年" in shown:
        day = f"{value.year}年{value.month}月{value.day}日"
    elif "yyyy-mm" in shown.lower():
        day = value.strftime("%Y-%m-%d")
    elif "mm/dd" in shown.lower():
        day = value.strftime("%Y/%m/%d")
    else:
        day = f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, datetime) and value.time() != time():
        day += value.strftime(" %H:%M:%S" if value.second else " %H:%M")
    return day
