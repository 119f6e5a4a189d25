"""An empty workbook in which a team writes its test cases, with what each column is for on a second sheet."""

import io

from testgen.domain.language import Language
from testgen.interchange.columns import heading
from testgen.interchange.words import words_for
from testgen.interchange.xlsx_style import add_sheet, choose_from, fit_height, put, workbook

_ROWS = 200  # framed and with their lists; more can be added below


_WIDTHS = {
    "id": 12, "major": 12, "middle": 12, "minor": 12, "title": 28,
    "objective": 28, "preconditions": 28, "test_data": 26, "specification": 44,
    "expected": 40, "postconditions": 22, "type": 12, "priority": 9, "references": 14, "tags": 12,
}  # in half-width characters  # fmt: skip


def template(language: Language) -> bytes:
    """The workbook. Columns that a team adds to it come back in what testgen writes."""
    words = words_for(language).template
    fields = list(_WIDTHS)
    book = workbook(words.cases)
    sheet = add_sheet(book, words.cases, {heading(field, language): width for field, width in _WIDTHS.items()})
    for row in range(2, _ROWS + 2):
        for number in range(1, len(fields) + 1):
            put(sheet, row, number, "")
    for field, values in (("type", words.types), ("priority", words.priorities)):
        choose_from(sheet, fields.index(field) + 1, (2, _ROWS + 1), values, strict=False)
    help_sheet = add_sheet(book, words.guide, dict(zip(words.titles, (18, 50, 50), strict=True)))
    for row, field in enumerate(fields, 2):
        texts = [heading(field, language), *words.columns[field]]
        for number, text in enumerate(texts, 1):
            put(help_sheet, row, number, text)
        fit_height(help_sheet, row, texts, (18, 50, 50))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
