"""Excel as Japanese QA teams keep test procedures: one row per step, merged cells for a case, columns for the testers' entries.

A cover (表紙) and a summary (集計) come first; 確認事項 lists what the author of the specification must answer. Columns to the right
of 備考 contain what else testgen knows; they are not printed.
"""

import io
from collections.abc import Sequence

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure
from testgen.interchange.columns import RESULTS, ColumnNames, heading
from testgen.interchange.sheet import NONE, PATH
from testgen.interchange.sheet_cells import case_cells, own_cells, step_cells
from testgen.interchange.words import words_for
from testgen.interchange.xlsx_cover import cover
from testgen.interchange.xlsx_package import with_values
from testgen.interchange.xlsx_style import add_sheet, centre, choose_from, fit_height, lines_of, put, put_date, workbook
from testgen.interchange.xlsx_summary import Place, Tested, summary

# Widths in half-width characters. The first are the case's, the next the step's, then the tester's: these are printed.
_CASE = {"id": 11, "readiness": 11, "major": 9, "middle": 9, "minor": 9, "title": 17, "preconditions": 19}
_STEP = {"number": 9, "action": 31, "test_data": 17, "expected": 31}
_TESTER = {"result": 8, "executed_on": 11, "executed_by": 9, "remarks": 12}
_MORE_CASE = {
    "type": 12,
    "priority": 8,
    "tags": 12,
    "references": 12,
    "expected_results": 34,
    "postconditions": 20,
    "case_data": 24,
}
_MORE_STEP = {"kind": 8, "verifies": 8}
_WIDTHS = _CASE | _STEP | _TESTER | _MORE_STEP | _MORE_CASE
_OWN_WIDTH = 14
_NUMBERS = {"id", "number", "verifies", "priority"}
# Under a merged cell each row keeps the value, so that a filter finds every step of a case, and formulas count them.
_FILTERED = {"id", "readiness", "major", "middle", "minor", "title", "type", "priority"}
_GREEN, _RED, _YELLOW, _GREY = "E2EFDA", "F8CBAD", "FFF2CC", "EDEDED"
_COLOURS = {"passed": _GREEN, "failed": _RED, "held": _YELLOW, "excluded": _GREY, "waiting": _GREY}
_READINESS = {"ready": _GREEN, "open_points": _YELLOW, "skeleton": _RED}


def write(procedures: Sequence[Procedure]) -> bytes:
    """A workbook; the first procedure's language decides headings and choices.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    language: Language = procedures[0].language if procedures else "ja"
    book = workbook(words_for(language).procedures_sheet)
    fixed = {heading(field, language): float(width) for field, width in _WIDTHS.items()}
    own = [_own(procedure, ColumnNames(), list(fixed)) for procedure in procedures]
    cover(book, procedures, language)
    tested = [Tested(made, columns.get("result", ())) for made, columns in zip(procedures, own, strict=True)]
    counted = summary(book, tested, _place(language), language)
    _procedures(book, procedures, own, fixed, language)
    _questions(book, procedures, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return with_values(buffer.getvalue(), "xl/worksheets/sheet2.xml", counted)


def _place(language: Language) -> Place:
    fields = list(_WIDTHS)
    letters = (get_column_letter(fields.index(field) + 1) for field in ("number", "readiness", "major", "result"))
    return Place(words_for(language).procedures_sheet, *letters)


def _procedures(
    book: Workbook,
    procedures: Sequence[Procedure],
    own: Sequence[dict[str, list[str]]],
    fixed: dict[str, float],
    language: Language,
) -> None:
    others = dict.fromkeys(name for columns in own for name in columns if name not in _TESTER)
    sheet = add_sheet(book, words_for(language).procedures_sheet, fixed | dict.fromkeys(others, float(_OWN_WIDTH)))
    row = 2
    for procedure, columns in zip(procedures, own, strict=True):
        _case(sheet, row, procedure, [*_WIDTHS, *others], columns)
        row += len(procedure.steps)
    sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{max(row - 1, 2)}"
    _tester_columns(sheet, row - 1, language)


def _own(procedure: Procedure, names: ColumnNames, taken: Sequence[str]) -> dict[str, list[str]]:
    """The team's columns by heading; the first that is a tester's, under the name of that field."""
    columns: dict[str, list[str]] = {}
    tester = {name: names.field(name) for name in procedure.custom}
    for name, texts in own_cells(procedure.custom, len(procedure.steps), ()).items():
        field = tester.get(name)
        if field and field in RESULTS and field not in columns:
            columns[field] = texts
        else:
            columns |= own_cells({name: texts}, len(procedure.steps), [*taken, *columns])
    return columns


def _case(sheet: Worksheet, first: int, procedure: Procedure, fields: Sequence[str], own: dict[str, list[str]]) -> None:
    """The rows of one case; its own cells are merged over them."""
    head = _head(procedure)
    widths = [float(_WIDTHS.get(field, _OWN_WIDTH)) for field in fields]
    for place in range(len(procedure.steps)):
        step = step_cells(procedure, place)
        texts = [step.get(field) or (own[field][place] if field in own else "") for field in fields]
        for column, text in enumerate(texts, 1):
            field = fields[column - 1]
            shown = head[field] if field in head and (place == 0 or field in _FILTERED) else text
            put(sheet, first + place, column, shown, number=field in _NUMBERS or field not in _WIDTHS)
        fit_height(sheet, first + place, texts, widths)
    if procedure.readiness:
        colour = _READINESS[procedure.readiness]
        sheet.cell(first, fields.index("readiness") + 1).fill = PatternFill("solid", start_color=colour)
    _stretch(sheet, first, len(procedure.steps), head)
    for column, field in enumerate(fields, 1):
        if field in head and len(procedure.steps) > 1:
            # `merge_cells` compares with every range there is, which takes minutes for thousands of cases.
            sheet.merged_cells.ranges.add(CellRange(None, column, first, column, first + len(procedure.steps) - 1))


def _head(procedure: Procedure) -> dict[str, str]:
    major, middle, *minor = (*procedure.section, "", "")
    levels = {"major": major or NONE, "middle": middle, "minor": PATH.join(filter(None, minor))}
    return {**case_cells(procedure), **levels}


def _stretch(sheet: Worksheet, first: int, rows: int, head: dict[str, str]) -> None:
    """If the printed cells of the case need more lines than its steps, each row gets its share."""
    lines = max(lines_of(head[field], _CASE[field]) for field in _CASE)
    share = -(-lines // rows)
    for row in range(first, first + rows):
        dimension = sheet.row_dimensions[row]
        fit_height(sheet, row, [], [], least=max(share, int((dimension.height or 0) // 15)))


def _tester_columns(sheet: Worksheet, last: int, language: Language) -> None:
    fields = [*_WIDTHS]
    last = max(last, 2)
    verdict = fields.index("result") + 1
    choose_from(sheet, verdict, (2, last), words_for(language).verdicts, strict=True)
    letter = get_column_letter(verdict)
    for outcome, values in words_for(language).outcomes.items():
        fill = PatternFill("solid", start_color=_COLOURS[outcome], end_color=_COLOURS[outcome])
        for value in values:
            rule = CellIsRule("equal", [f'"{value}"'], fill=fill)  # type: ignore[no-untyped-call]
            sheet.conditional_formatting.add(f"{letter}2:{letter}{last}", rule)
    for row in range(2, last + 1):
        put_date(sheet, row, fields.index("executed_on") + 1)
        for column in (verdict, fields.index("number") + 1):
            centre(sheet, row, column)
    sheet.print_area = f"A1:{get_column_letter(fields.index('remarks') + 1)}{last}"


def _questions(book: Workbook, procedures: Sequence[Procedure], language: Language) -> None:
    """What the specification leaves open, by step, with room for the answers."""
    widths = words_for(language).questions
    sheet = add_sheet(book, words_for(language).questions_sheet, widths)
    row = 2
    for procedure in procedures:
        for finding in procedure.findings:
            if finding.rule != "open-question":
                continue
            # In an edited procedure a finding may name a step that is no longer there.
            step = next((step.action for step in procedure.steps if step.number == finding.step), "")
            number = str(finding.step or "")
            texts = [procedure.test_case_id, procedure.title, number, step, finding.message, "", "", ""]
            for column, text in enumerate(texts, 1):
                put(sheet, row, column, text)
            fit_height(sheet, row, texts, list(widths.values()))
            row += 1
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{max(row - 1, 2)}"
    sheet.auto_filter.ref = sheet.print_area.rpartition("!")[2].replace("$", "")
