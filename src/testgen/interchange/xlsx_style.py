"""The look of our sheets: text for people is wrapped, framed, in rows of sufficient height, and prints on A4."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from testgen.messages import say
from testgen.version import __version__

MOST_CHARACTERS = (
    32_767  # a cell holds no more ("Excel specifications and limits", Microsoft); longer texts would be cut
)
_LINE = 15.0  # height of a line in points, at 10 points of type
_MOST_HEIGHT = 409.0  # points, the limit of Excel
_FONT = Font(name="游ゴシック", size=10)
_BOLD = Font(name="游ゴシック", size=10, bold=True)
_LARGE = Font(name="游ゴシック", size=18, bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_NUMERIC = Alignment(horizontal="left", vertical="top")  # as the texts beside them
_MIDDLE = Alignment(horizontal="center", vertical="top", wrap_text=True)
_EDGE = Side(style="thin", color="A6A6A6")
_FRAME = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_FRAMED, _UNFRAMED = "testgen", "testgen unframed"  # the styles of cells, by their names in the workbook
_HEAD = PatternFill("solid", start_color="DDEBF7")
_FORMULA = ("=", "+", "-", "@")
# A number that a sheet shows as it was written, and that fits a narrow column: no leading zero, none at the end.
_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]{0,6})(?:\.[0-9]{0,3}[1-9])?")
# A date that is read back as it was written, and the number format for it.
_DATES = {
    r"([1-9]\d{3})/(\d{2})/(\d{2})": "yyyy/mm/dd",
    r"([1-9]\d{3})/([1-9]\d?)/([1-9]\d?)": "yyyy/m/d",
    r"([1-9]\d{3})-(\d{2})-(\d{2})": "yyyy-mm-dd",
}
# Control characters, which XML cannot hold, and texts that look like their escapes (ECMA-376, ST_Xstring).
_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def workbook(title: str) -> Workbook:
    """An empty workbook without sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.add_named_style(NamedStyle(_FRAMED, font=_FONT, border=_FRAME, alignment=_WRAPPED))
    book.add_named_style(NamedStyle(_UNFRAMED, font=_FONT, alignment=_WRAPPED))
    book.properties.title = title
    book.properties.creator = f"testgen {__version__}"
    return book


def add_sheet(book: Workbook, name: str, widths: Mapping[str, float]) -> Worksheet:
    """A bare sheet with its headings, fixed at the top and repeated on each page."""
    sheet = bare_sheet(book, name)
    for column, (text, width) in enumerate(widths.items(), 1):
        head_cell(sheet, 1, column, text)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 2 * _LINE
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    return sheet


def bare_sheet(book: Workbook, name: str) -> Worksheet:
    """A sheet without headings; landscape A4, as wide as the paper."""
    sheet: Worksheet = book.create_sheet(name)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    sheet.page_margins.header = sheet.page_margins.footer = 0.4
    for part, text in ((sheet.oddHeader, "&A"), (sheet.oddFooter, "&P / &N")):
        if part is not None:
            part.center.text = text
    return sheet


def head_cell(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A heading, or a label."""
    put(sheet, row, column, text)
    cell = sheet.cell(row, column)
    cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, _CENTRED


def put_heading(sheet: Worksheet, text: str, columns: int) -> None:
    """What a sheet is, in large type over its first row."""
    put(sheet, 1, 1, text, framed=False)
    cell = sheet.cell(1, 1)
    cell.font, cell.alignment = _LARGE, _CENTRED
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=columns)
    sheet.row_dimensions[1].height = 3 * _LINE


def put(sheet: Worksheet, row: int, column: int, text: str, *, number: bool = False, framed: bool = True) -> None:
    """Writes text as text, whatever it looks like; a `number` as a number, if it reads back as the same text.

    Raises:
        ValueError: it is longer than a cell can hold; names the cell.
    """
    cell: Any = sheet.cell(row, column)
    # By name and at once: otherwise each cell would be hashed against all styles, part by part.
    cell.style = _FRAMED if framed else _UNFRAMED
    if number and is_number(text):
        cell.value = float(text) if "." in text else int(text)
        cell.alignment = _NUMERIC
        return
    if text:
        cell.value = escaped(text, f"{get_column_letter(column)}{row}")
        cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True


def put_date(sheet: Worksheet, row: int, column: int) -> None:
    """Makes a date of the text of a cell that is one, shown as it was written; else dates are typed in here."""
    cell: Any = sheet.cell(row, column)
    text = cell.value if isinstance(cell.value, str) else ""
    for shape, shown in _DATES.items():
        if found := re.fullmatch(shape, text):
            with suppress(ValueError):  # no such day
                cell.value = date(*map(int, found.groups()))
                cell.number_format = shown
                return
    cell.number_format = "yyyy/mm/dd"


def is_number(text: str) -> bool:
    """Whether a text can be kept as a number: it comes back as the same text."""
    return bool(_NUMBER.fullmatch(text))


def centre(sheet: Worksheet, row: int, column: int) -> None:
    """Puts a short value in the middle of its cell."""
    sheet.cell(row, column).alignment = _MIDDLE


def escaped(text: str, place: str) -> str:
    """A text as the format writes it; `place` is its cell.

    Raises:
        ValueError: it is longer than a cell can hold.
    """
    written = _ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(written) > MOST_CHARACTERS:
        raise ValueError(
            say(
                "has {count:,} characters for cell {place}; Excel allows {most:,}: use json or yaml",
                count=len(written),
                place=place,
                most=MOST_CHARACTERS,
            )
        )
    return written


def fit_height(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float], *, least: int = 1) -> None:
    """Makes a row as high as the text that takes the most lines: no program does it for merged cells."""
    lines = max([least, *(lines_of(text, width) for text, width in zip(texts, widths, strict=True))])
    sheet.row_dimensions[row].height = min(_MOST_HEIGHT, lines * _LINE + 3)


def lines_of(text: str, width: float) -> int:
    """The lines that a text takes in a column (width in half-width characters), kanji and kana counting double."""
    room = max(1, int(width))
    return sum(-(-max(1, _cells(line)) // room) for line in text.split("\n"))


def _cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)


def choose_from(sheet: Worksheet, column: int, rows: tuple[int, int], values: Sequence[str], *, strict: bool) -> None:
    """A list to choose from in a column; `strict` refuses other values."""
    validation = DataValidation(
        type="list", formula1=f'"{",".join(values)}"', allow_blank=True, showErrorMessage=strict
    )
    validation.error = " / ".join(values)
    letter = get_column_letter(column)
    validation.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
    sheet.add_data_validation(validation)
