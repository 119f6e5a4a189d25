"""The first sheet of a workbook (表紙): what the document is, with room for what only the team knows."""

from collections.abc import Sequence

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure
from testgen.interchange.words import words_for
from testgen.interchange.xlsx_style import bare_sheet, head_cell, put, put_heading

_FIRST = 3  # row of the facts, below the heading
_BLANK_REVISIONS = 6
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def cover(book: Workbook, procedures: Sequence[Procedure], language: Language) -> None:
    """System, version, environment, who made and approved it are left blank; then what is known, and a table of revisions."""
    words = words_for(language)
    sheet, last = bare_sheet(book, words.cover_sheet), len(words.revisions)
    for column, width in enumerate(words.revisions.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    put_heading(sheet, words.cover["heading"], last)
    facts = dict.fromkeys(words.cover_blanks, "") | {
        words.cover["cases"]: str(len(procedures)),
        words.cover["steps"]: str(sum(len(made.steps) for made in procedures)),
        words.cover["created"]: max((made.provenance.created_at.date().isoformat() for made in procedures), default=""),
        words.cover["tool"]: _tool(procedures),
    }
    for row, (label, text) in enumerate(facts.items(), _FIRST):
        head_cell(sheet, row, 1, label)
        for column in range(2, last + 1):
            put(sheet, row, column, text if column == 2 else "", number=True)
            sheet.cell(row, column).alignment = _LEFT
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=last)
        sheet.row_dimensions[row].height = 24
    _revisions(sheet, _FIRST + len(facts) + 1, words.cover["history"], list(words.revisions))


def _tool(procedures: Sequence[Procedure]) -> str:
    """What wrote the procedures: `testgen 0.1.0 (outline)`."""
    versions = dict.fromkeys(made.provenance.testgen_version for made in procedures)
    engines = dict.fromkeys(made.provenance.engine for made in procedures if made.provenance.engine)
    return " ".join(["testgen", ", ".join(versions), *([f"({', '.join(engines)})"] if engines else [])])


def _revisions(sheet: Worksheet, row: int, title: str, headings: Sequence[str]) -> None:
    put(sheet, row, 1, title, framed=False)
    for number in range(row + 1, row + _BLANK_REVISIONS + 2):
        for column, text in enumerate(headings, 1):
            if number == row + 1:
                head_cell(sheet, number, column, text)
            else:
                put(sheet, number, column, "")
        sheet.row_dimensions[number].height = 20
