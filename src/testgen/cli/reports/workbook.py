"""Findings as a workbook: one row per finding, with a link to its cell if the procedure came from a workbook, and the totals."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from testgen.cli.reports import totals
from testgen.cli.reports.reviewed import Reviewed, quoted
from testgen.domain.language import Language
from testgen.domain.procedure import Finding
from testgen.interchange.words import Report, words_for
from testgen.interchange.xlsx_style import MOST_CHARACTERS, add_sheet, fit_height, put, workbook
from testgen.reviewer import RULES

_LINK = Font(name="游ゴシック", size=10, color="0563C1", underline="single")
_PLACE = 6  # the column of the place
_MOST_LINKS = 65_530  # of a sheet ("Excel specifications and limits", Microsoft)


def write(results: Sequence[Reviewed], output: Path | None) -> bytes:
    """The workbook; the language of the first procedure determines its words. Its links are relative to the folder of `output`."""
    folder = output.parent if output else Path()
    words = words_for(results[0].procedure.language if results else "en").report
    book = workbook(words.findings)
    sheet = add_sheet(book, words.findings, words.columns)
    sheet.auto_filter.ref = f"A1:I{1 + sum(len(result.procedure.findings) for result in results)}"
    row = 1
    for result in results:
        for finding in result.procedure.findings:
            row += 1
            _finding(sheet, row, result, finding)
            if (cell := result.cell(finding)) and row <= _MOST_LINKS:
                _link(sheet, row, f"{quoted(result.place.sheet)}!{cell}", result.file, folder)
    _totals(add_sheet(book, words.totals, dict(zip(words.by_rule, (10, 30, 12, 12), strict=True))), results, words)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _finding(sheet: Worksheet, row: int, result: Reviewed, finding: Finding) -> None:
    procedure, words = result.procedure, words_for(result.procedure.language).report
    line = result.line(finding)
    place = result.where(finding) or (f"{result.file}:{line}" if line else result.file)
    texts = [
        *(words.severities[finding.severity], RULES[finding.rule].words[procedure.language].name),
        *(procedure.test_case_id, procedure.title, str(finding.step or ""), place),
        *(finding.excerpt, finding.message, finding.suggestion or ""),
    ]
    texts = [text if len(text) < MOST_CHARACTERS // 2 else text[: MOST_CHARACTERS // 2] + " …" for text in texts]
    for column, text in enumerate(texts, 1):
        put(sheet, row, column, text)
    fit_height(sheet, row, texts, list(words.columns.values()))


def _link(sheet: Worksheet, row: int, location: str, file: str, folder: Path) -> None:
    """A link to the cell of the reviewed workbook."""
    place = sheet.cell(row, _PLACE)
    target = quote(Path(os.path.relpath(file, folder)).as_posix())
    place.hyperlink = Hyperlink(ref=place.coordinate, target=target, location=location, tooltip=file)
    place.font = _LINK


def _totals(sheet: Worksheet, results: Sequence[Reviewed], words: Report) -> None:
    language: Language = results[0].procedure.language if results else "en"
    row, told = 1, words_for(language).readiness
    for severity, rule, found, procedures in totals.by_rule(results):
        row += 1
        texts = (words.severities[severity], RULES[rule].words[language].name, str(found), str(procedures))
        _row(sheet, row, texts)
    row += 2
    _row(sheet, row, ("", words.readiness, "", words.procedures))
    for state, number in totals.by_readiness(results).items():
        row += 1
        _row(sheet, row, ("", told[state], "", str(number)))


def _row(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, 1):
        put(sheet, row, column, text)
        if text.isdecimal():
            number = sheet.cell(row, column)
            number.value, number.data_type = int(text), "n"
