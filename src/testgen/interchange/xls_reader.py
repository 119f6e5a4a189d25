"""Workbooks of Excel 97-2003 (.xls), by xlrd: written in Python alone, it knows number formats and merged cells, and runs nothing."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from testgen.interchange.grid import Grid, Place
from testgen.interchange.struck import Runs, leave_out
from testgen.interchange.xlsx_reader import MOST_COLUMNS, MOST_ROWS, date_as_shown, number_as_shown
from testgen.messages import say

MARK = b"\xd0\xcf\x11\xe0"  # OLE2, which workbooks with a password are, too


def grids(content: bytes) -> Iterator[Grid]:
    """The sheets of a workbook; of a hidden one only its name.

    Raises:
        ValueError: not such a workbook, one with a password, or too large.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=_Silent())
    except MemoryError:  # said of this process, not of the workbook: whoever bounds the work tells it
        raise
    except Exception as error:  # a broken workbook can fail anywhere in xlrd, with any exception
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ValueError(
            say(
                "is an old workbook (.xls) or has a password, and cannot be read ({reason}): save it as .xlsx "
                "without a password",
                reason=reason,
            )
        ) from None
    for sheet in book.sheets():
        yield Grid(sheet.name, [], hidden=True) if sheet.visibility else _grid(book, sheet)


class _Silent:
    def write(self, text: str) -> None:
        """Hides the output of xlrd."""

    def flush(self) -> None:
        """Nothing waits."""


def _grid(book: Any, sheet: Any) -> Grid:
    if sheet.nrows > MOST_ROWS or sheet.ncols > MOST_COLUMNS:
        raise ValueError(
            say(
                "reaches to row {nrows:,}, column {ncols:,} in sheet {name!r}; at most {most_rows:,} rows"
                " and {most_columns} columns are read: remove everything outside the tests, or split the "
                "sheet",
                nrows=sheet.nrows,
                ncols=sheet.ncols,
                name=sheet.name,
                most_rows=MOST_ROWS,
                most_columns=MOST_COLUMNS,
            )
        )
    rows = [[_text(book, cell) for cell in sheet.row(row)] for row in range(sheet.nrows)]
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    struck = leave_out(rows, _struck(book, sheet))
    origin: dict[Place, Place] = {}
    for top, bottom, left, right in sheet.merged_cells:
        for row in range(top, min(bottom, len(rows))):
            for column in range(left, min(right, width)):
                if (row, column) != (top, left):
                    rows[row][column] = rows[top][left]
                    origin[row, column] = (top, left)
    return Grid(sheet.name, rows, origin, struck)


def _struck(book: Any, sheet: Any) -> dict[Place, Runs]:
    """The cells with text that is struck through."""
    found: dict[Place, Runs] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            whole = bool(book.font_list[book.xf_list[cell.xf_index].font_index].struck_out)
            changes = sheet.rich_text_runlist_map.get((row, column), ())
            runs = [(0, whole), *((start, bool(book.font_list[font].struck_out)) for start, font in changes)]
            if any(gone for _, gone in runs):
                text, ends = _text(book, cell), [start for start, _ in runs[1:]]
                pairs = zip(runs, [*ends, len(text)], strict=True)
                found[row, column] = [(text[start:end], gone) for (start, gone), end in pairs]
    return found


def _text(book: Any, cell: Any) -> str:
    import xlrd

    shown = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return number_as_shown(cell.value, shown)
        case xlrd.XL_CELL_DATE:
            return _date(book, cell.value, shown)
        case xlrd.XL_CELL_BOOLEAN:
            return str(bool(cell.value)).upper()
        case xlrd.XL_CELL_TEXT:
            return str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
        case _:
            return ""


def _date(book: Any, value: float, shown: str) -> str:
    import xlrd

    try:
        found: datetime | date | time = xlrd.xldate.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError):  # no day of the calendar
        return number_as_shown(value, "General")
    if value < 1 and isinstance(found, datetime):
        return found.strftime("%H:%M:%S" if found.second else "%H:%M")
    assert isinstance(found, date)
    return date_as_shown(found, shown)
