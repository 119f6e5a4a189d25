"""The workbook that is written: a Japanese QA lead would print it, and a tester fill it in."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.cases import EN, ROOT, load
from support.office import converted
from support.packages import packed, parts_of
from support.procedures import procedure
from support.workbooks import workbook

import testgen
from testgen.config import ServiceConfig
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Finding, Procedure
from testgen.interchange import load_cases, read_cases, read_procedures, write_procedures
from testgen.interchange.xlsx_template import template

TITLE = "テスト手順"


@pytest.fixture(scope="module")
def made() -> Procedure:
    [case] = load(ROOT / "examples/login-lockout.ja.yaml")
    made = testgen.generate(case, config=ServiceConfig(engine="outline"))
    return made.model_copy(update={"section": ("認証", "ログイン")})


def book_of(*procedures: Procedure) -> Any:
    return load_workbook(io.BytesIO(write_procedures(procedures, "xlsx")))


def test_columns_are_those_of_japanese_teams(made: Procedure) -> None:
    sheet = book_of(made)[TITLE]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:15] == [
        "項番", "完成度", "大項目", "中項目", "小項目", "テスト項目", "前提条件", "手順番号", "手順", "テストデータ", "期待結果",
        "結果", "実施日", "実施者", "備考",
    ]  # fmt: skip
    assert sheet.print_area == f"'{TITLE}'!$A$1:$O${len(made.steps) + 1}", "what testgen alone needs is not printed"


def test_a_case_has_merged_cells_and_a_row_a_step(made: Procedure) -> None:
    sheet = book_of(made)[TITLE]
    last = len(made.steps) + 1
    assert {f"A2:A{last}", f"B2:B{last}", f"F2:F{last}", f"G2:G{last}"} <= {
        str(area) for area in sheet.merged_cells.ranges
    }
    assert [sheet.cell(row, 9).value for row in range(2, last + 1)] == [step.action for step in made.steps]
    assert (sheet["C2"].value, sheet["D2"].value, sheet["E2"].value) == ("認証", "ログイン", None)


def test_it_is_made_for_reading_and_printing(made: Procedure) -> None:
    sheet = book_of(made)[TITLE]
    assert sheet.freeze_panes == "A2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["I2"].alignment.wrap_text
    assert sheet.column_dimensions["I"].width > sheet.column_dimensions["H"].width
    [validation] = sheet.data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == (f"L2:L{len(made.steps) + 1}", '"OK,NG,保留,未実施,○,×,－"')
    assert validation.showErrorMessage


def test_a_row_is_high_enough_for_its_text_and_for_merged_cells() -> None:
    tall = procedure(("あ" * 100, "x"), language="ja").model_copy(
        update={"preconditions": tuple("あいうえおかきくけこ")}
    )
    height = book_of(tall)[TITLE].row_dimensions[2].height
    assert height >= 10 * 15


def test_open_questions_stand_on_a_sheet_of_their_own_by_step() -> None:
    finding = Finding(rule="open-question", severity="info", step=2, field="/steps/1/action", message="場所は？")
    other = finding.model_copy(update={"rule": "eager-action"})
    asked = procedure(("開く", "開く"), ("確認する", "x"), language="ja").model_copy(
        update={"findings": (finding, other)}
    )
    rows = list(book_of(asked)["確認事項"].iter_rows(values_only=True))
    assert rows[0] == ("項番", "テスト項目", "手順番号", "該当する手順", "確認事項", "回答", "回答者", "回答日")
    assert [row[:5] for row in rows[1:]] == [("T-1", "T", "2", "確認する", "場所は？")]
    assert len(read_procedures(write_procedures([asked], "xlsx"), name="a.xlsx")) == 1, "it is no second table of tests"


def test_nothing_runs_as_a_formula_and_no_character_is_lost() -> None:
    nasty = procedure(("=1+1", "_x0041_ \x0b \x1b", "@SUM"), ("-1", "+1", "'x"))
    sheet = book_of(nasty)["Test procedures"]
    assert {sheet.cell(row, 9).data_type for row in (2, 3)} == {"s"}
    assert sheet["I2"].quotePrefix
    [back] = read_procedures(write_procedures([nasty], "xlsx"), name="a.xlsx")
    assert [step.model_dump() for step in back.steps] == [step.model_dump() for step in nasty.steps]


def test_a_text_that_no_cell_can_hold_is_refused_with_its_place() -> None:
    most = procedure(("x" * 32_767, "y"))
    [back] = read_procedures(write_procedures([most], "xlsx"), name="a.xlsx")
    assert len(back.steps[0].action) == 32_767
    with pytest.raises(
        InvalidInputError, match="has 32,768 characters for cell J2; Excel allows 32,767: use json or yaml"
    ):
        write_procedures([procedure(("x", "y" * 32_768, "z"))], "xlsx")


def test_a_case_without_a_section_does_not_take_that_of_the_case_above() -> None:
    first = procedure(("a", "b")).model_copy(update={"section": ("A", "B", "C", "D")})
    second = procedure(("a", "b")).model_copy(update={"test_case_id": "T-2"})
    back = read_procedures(write_procedures([first, second], "xlsx"), name="a.xlsx")
    assert [entry.section for entry in back] == [("A", "B", "C", "D"), ()]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_filled_in_template_is_read_as_cases(language: Any) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    wanted = {"id": "T-1", "title": "Save", "test_data": "name: ito\nage: 3", "expected": "It is saved\nIt is shown"}
    from testgen.interchange.columns import heading

    for field, text in wanted.items():
        sheet.cell(2, columns[heading(field, language)], text)
    sheet.cell(1, sheet.max_column + 1, "担当チーム")
    sheet.cell(2, sheet.max_column, "決済")
    buffer = io.BytesIO()
    book.save(buffer)
    found = load_cases(buffer.getvalue(), name="a.xlsx")
    assert found.left == (), "what the second sheet tells is nobody's own"
    [case] = found.entries
    assert (case.id, case.title, case.test_data) == ("T-1", "Save", {"name": "ito", "age": "3"})
    assert case.expected_results == ("It is saved", "It is shown")
    assert case.custom == {"担当チーム": "決済"}


def test_an_empty_template_says_that_it_is_empty() -> None:
    with pytest.raises(InvalidInputError, match="there is no test case in it"):
        read_cases(template("ja"), name="a.xlsx")


def with_verdicts(*verdicts: str, identifier: str = "T-1", **more: Any) -> Procedure:
    steps = procedure(*[("開く", "開く")] * len(verdicts), language="ja")
    return steps.model_copy(update={"test_case_id": identifier, "custom": {"結果": list(verdicts)}, **more})


def test_numbers_are_numbers_but_leading_zeros_stay() -> None:
    own = {"工数": "1.5", "型番": "1.50", "実施日": ["2026/11/02", "2026/2/30"]}
    sheet = book_of(with_verdicts("", "", identifier="12", priority="2").model_copy(update={"custom": own}))[TITLE]
    by_heading = {cell.value: [below.value for below in column[1:]] for column in sheet.columns if (cell := column[0])}
    assert (by_heading["項番"][0], by_heading["手順番号"], by_heading["優先度"][0]) == (12, [1, 2], 2)
    assert (by_heading["工数"][0], by_heading["型番"][0]) == (1.5, "1.50")
    assert [str(day) for day in by_heading["実施日"]] == ["2026-11-02 00:00:00", "2026/2/30"], "no such day is a text"
    assert book_of(with_verdicts("", identifier="007"))[TITLE]["A2"].value == "007"
    written = write_procedures([with_verdicts("", "").model_copy(update={"custom": own})], "xlsx")
    [back] = read_procedures(written, name="a.xlsx")
    assert back.custom == own


def test_a_filter_finds_every_step_of_a_case() -> None:
    content = write_procedures([with_verdicts("", "", "")], "xlsx")
    assert load_workbook(io.BytesIO(content))[TITLE].auto_filter.ref == "A1:X4"
    part = parts_of(content)["xl/worksheets/sheet3.xml"].decode()
    assert [re.findall(rf'<c r="A{row}"[^>]*><is><t>(.*?)</t>', part) for row in (2, 3, 4)] == [["T-1"]] * 3


def test_cover_and_summary_are_no_procedures() -> None:
    content = write_procedures([with_verdicts("OK", section=("A",))], "xlsx")
    assert load_workbook(io.BytesIO(content)).sheetnames == ["表紙", "集計", TITLE, "確認事項"]
    saved_elsewhere = io.BytesIO()
    load_workbook(io.BytesIO(content)).save(saved_elsewhere)  # without the values of formulas
    for written in (content, saved_elsewhere.getvalue()):
        assert [entry.test_case_id for entry in read_procedures(written, name="a.xlsx")] == ["T-1"]


def test_a_teams_own_sheet_called_summary_is_read() -> None:
    rows = [["ID", "Title", "Action", "Expected result"], ["1", "Open", "Open it", "It is open"]]
    [found] = read_procedures(workbook({"Summary": rows}), name="a.xlsx")
    assert found.title == "Open"


COUNTED = [
    with_verdicts("OK", "○", "NG", "", section=("認証",), readiness="ready"),
    with_verdicts("×", "保留", "－", "未実施", identifier="T-2", section=("検索*?~",), readiness="open_points"),
    with_verdicts("OK", identifier="T-3", section=("<3",), readiness="skeleton"),
]
# cases, steps, passed, failed, held, not applicable, not run, carried out
SUMMARY = {
    "全体": [3, 9, 3, 2, 1, 1, 2, 0.625],
    "実施可": [1, 4, 2, 1, 0, 0, 1, 0.75],
    "要記入": [1, 4, 0, 1, 1, 1, 1, 1 / 3],
    "骨子のみ・要加筆": [1, 1, 1, 0, 0, 0, 0, 1],
    "認証": [1, 4, 2, 1, 0, 0, 1, 0.75],
    "検索*?~": [1, 4, 0, 1, 1, 1, 1, 1 / 3],
    "<3": [1, 1, 1, 0, 0, 0, 0, 1],
}


FORMULAS = "xl/worksheets/sheet2.xml"


def summary_of(content: bytes) -> dict[str, list[Any]]:
    rows = load_workbook(io.BytesIO(content), data_only=True)["集計"].iter_rows(min_row=2, values_only=True)
    return {str(label): list(values) for label, *values in rows if isinstance(values[0], int | float)}


def approximately(rows: dict[str, list[float]]) -> dict[str, Any]:
    return {label: pytest.approx(values, abs=1e-4) for label, values in rows.items()}


def test_the_summary_counts_both_ways_to_write_a_verdict() -> None:
    assert summary_of(write_procedures(COUNTED, "xlsx")) == approximately(SUMMARY)


def test_libreoffice_calculates_what_the_summary_says(tmp_path: Path) -> None:
    parts = parts_of(write_procedures(COUNTED, "xlsx"))
    parts[FORMULAS] = re.sub(rb"<v>[^<]*</v></c>", b"</c>", parts[FORMULAS])
    source = tmp_path / "a.xlsx"
    source.write_bytes(packed(parts))
    calculated, _ = converted(source, "xlsx", tmp_path / "done")
    assert summary_of(calculated.read_bytes()) == approximately(SUMMARY)


def test_libreoffice_prints_both_sheets_without_a_warning(made: Procedure, tmp_path: Path) -> None:
    english = testgen.generate(EN, config=ServiceConfig(engine="outline"))
    for name, content in {"ja": write_procedures([made, english], "xlsx"), "template": template("ja")}.items():
        source = tmp_path / f"{name}.xlsx"
        source.write_bytes(content)
        pdf, said = converted(source, "pdf")
        assert pdf.read_bytes().startswith(b"%PDF")
        assert "warn" not in said.lower()
        assert said.count("\n") == 0, said
