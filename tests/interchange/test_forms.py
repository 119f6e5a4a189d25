"""A team's own form is filled in: its headings are found, and whatever else it holds stays as it was."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from support.office import converted
from support.packages import packed, parts_of
from support.procedures import procedure
from support.workbooks import workbook

from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import load_procedures, read_form, read_procedures, write_form

FRAME = Border(left=Side(style="thin"), right=Side(style="thin"), top=Side(style="thin"), bottom=Side(style="thin"))
HEADINGS = ["No.", "大分類", "中分類", "テスト項目名", "事前準備", "操作手順", "期待する動作", "判定", "実行者"]
DRAWING = b"<xdr:wsDr xmlns:xdr='x'><odd/></xdr:wsDr>"


def bytes_of(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def form(rows: int = 6, *, below: str = "") -> Workbook:
    """Title rows, a header in row 5, framed rows that are numbered, verdicts to choose from, a second sheet that counts."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "試験項目"
    sheet["A1"], sheet["A1"].font = "結合試験成績書", Font(size=20, bold=True)
    sheet["A3"], sheet["C3"] = "システム名", "販売管理"
    for column, text in enumerate(HEADINGS, 1):
        sheet.cell(5, column, text).fill = PatternFill("solid", start_color="FFCC00")
        sheet.column_dimensions[sheet.cell(5, column).column_letter].width = 8 + column
    for row in range(6, 6 + rows):
        for column in range(1, len(HEADINGS) + 1):
            sheet.cell(row, column).border = FRAME
        sheet.cell(row, 1, row - 5)
        sheet.cell(row, 8, "未実施")
    if below:
        sheet.cell(6 + rows, 1, below)
    validation = DataValidation(type="list", formula1='"○,×,未実施"', sqref=f"H6:H{5 + rows}")
    sheet.add_data_validation(validation)
    sheet.print_area = f"A1:I{5 + rows}"
    sheet.print_title_rows = "5:5"
    sheet.sheet_view.tabSelected = True
    sheet.page_setup.orientation = "landscape"
    other = book.create_sheet("集計表")
    other["A1"] = "件数"
    return book


def made(identifier: str, *steps: tuple[str, str] | tuple[str, str, str], **more: Any) -> Procedure:
    fields = {"test_case_id": identifier, "title": f"項目 {identifier}", **more}
    return procedure(*steps, language="ja").model_copy(update=fields)


LOGIN = made(
    "1",
    ("開く", "画面"),
    ("押す", "値: 1", "=1+1"),
    section=("認証", "ログイン", "再試行"),
    preconditions=("会員", "空き"),
)
SEARCH = made("S-02", ("探す", "一覧"), custom={"結果": ["○"], "実施者": ["佐藤"]})
MANY = made("9", *[("押す" + "あ" * 60, "")] * 9)


def filled(book: Workbook | bytes, *procedures: Procedure) -> bytes:
    content = book if isinstance(book, bytes) else bytes_of(book)
    return write_form(procedures, read_form(content, name="form.xlsx"))


def rows_of(content: bytes, sheet: str, first: int = 6) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content))[sheet].iter_rows(min_row=first, values_only=True))


def test_procedures_stand_one_after_another_where_a_column_names_the_case() -> None:
    assert rows_of(filled(form(), LOGIN, SEARCH), "試験項目") == [
        (1, "認証", "ログイン > 再試行", "項目 1", "会員\n空き", "開く", "画面", "未実施", None),
        (None, None, None, None, None, "押す\n【テストデータ】 値: 1", "=1+1", "未実施", None),
        ("S-02", "－", None, "項目 S-02", None, "探す", "一覧", "○", "佐藤"),
        (None, None, None, None, None, None, None, "未実施", None),
        (None, None, None, None, None, None, None, "未実施", None),
        (None, None, None, None, None, None, None, "未実施", None),
    ]


def test_all_else_stays_as_it_is() -> None:
    content = bytes_of(form())
    before, after = parts_of(content), parts_of(filled(content, LOGIN))
    known = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {name for name in before if before[name] != after[name]} - known == {"xl/worksheets/sheet1.xml"}
    sheet = load_workbook(io.BytesIO(packed(after)))["試験項目"]
    assert (sheet["A1"].value, sheet["A1"].font.size, sheet["C3"].value) == ("結合試験成績書", 20, "販売管理")
    assert [sheet.column_dimensions[letter].width for letter in "AI"] == [9, 17]
    assert (sheet.print_area, sheet.print_title_rows) == ("'試験項目'!$A$1:$I$11", "$5:$5")
    assert sheet["F6"].border.left.style == "thin"
    assert sheet["G7"].data_type == "s", "no text of a procedure is a formula"


def test_shapes_and_pictures_stay() -> None:
    """openpyxl drops what it does not know; the form is changed in its own XML."""
    parts = {**parts_of(bytes_of(form())), "xl/drawings/drawing1.xml": DRAWING, "xl/media/image1.png": b"\x89PNG"}
    after = parts_of(filled(packed(parts), LOGIN))
    assert (after["xl/drawings/drawing1.xml"], after["xl/media/image1.png"]) == (DRAWING, b"\x89PNG")


def test_a_long_text_is_shown_whole_in_the_forms_own_format() -> None:
    cell = load_workbook(io.BytesIO(filled(form(), MANY)))["試験項目"]["F6"]
    assert (cell.alignment.wrap_text, cell.alignment.vertical, cell.border.left.style) == (True, "top", "thin")


def test_further_rows_look_like_those_of_the_form() -> None:
    content = filled(form(3), MANY)
    sheet = load_workbook(io.BytesIO(content))["試験項目"]
    assert [sheet.cell(row, 6).border.left.style for row in range(6, 15)] == ["thin"] * 9
    assert sheet.print_area == "'試験項目'!$A$1:$I$14"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "H6:H14"
    assert sheet.row_dimensions[14].height > 60, "high enough for its text"


def test_what_it_writes_is_read_back_alike() -> None:
    for procedures in ([LOGIN, SEARCH], [LOGIN], [MANY, LOGIN]):
        back = read_procedures(filled(form(), *procedures), name="a.xlsx")
        assert [entry.title for entry in back] == [entry.title for entry in procedures]
        for one, other in zip(back, procedures, strict=True):
            assert (one.test_case_id, one.section, one.preconditions) == (
                other.test_case_id,
                other.section,
                other.preconditions,
            )
            assert [step.model_dump() for step in one.steps] == [step.model_dump() for step in other.steps]


def test_where_the_room_ends_a_copy_of_the_sheet_goes_on() -> None:
    content = filled(form(3, below="※ 以上"), LOGIN, SEARCH, made("3", ("a", "b")))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["試験項目", "試験項目 (2)", "集計表"]
    assert [book[name]["A9"].value for name in book.sheetnames[:2]] == ["※ 以上"] * 2
    assert [row[5] for row in rows_of(content, "試験項目 (2)")[:2]] == ["a", None]
    assert book["試験項目 (2)"].print_area == "'試験項目 (2)'!$A$1:$I$8"
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, None, None]
    assert len(load_procedures(content, name="a.xlsx").entries) == 3


def test_a_procedure_that_has_no_room_is_refused_with_the_remedy() -> None:
    with pytest.raises(
        InvalidInputError, match="has 3 empty rows above row 9 of sheet '試験項目', and 9 has 9 steps: insert"
    ):
        filled(form(3, below="※ 以上"), MANY)


def single(label: str = "テスト項目") -> bytes:
    rows = [["単体試験仕様書"], [], [label, None, None, "前提条件", None], [], ["手順番号", "手順", "期待結果", "結果"]]
    return workbook({"仕様書": rows, "表": [["=仕様書!A1"]]}, {"仕様書": ["B3:C3"]})


def test_each_procedure_has_its_sheet_where_the_case_is_named_above_the_table() -> None:
    content = filled(single(), LOGIN, SEARCH)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["1", "S-02", "表"]
    assert book["表"]["A1"].value == "='1'!A1", "what refers to the sheet follows its new name"
    assert (book["1"]["B3"].value, book["1"]["E3"].value, book["S-02"]["B3"].value) == (
        "項目 1",
        "会員\n空き",
        "項目 S-02",
    )
    assert rows_of(content, "S-02") == [(1, "探す", "一覧", "○")]


def test_a_form_that_names_no_case_has_it_as_the_name_of_the_sheet() -> None:
    content = filled(workbook({"S": [["手順", "期待結果"]]}), LOGIN, made("a/b*c" + "x" * 40, ("押す", "y")))
    assert load_workbook(io.BytesIO(content)).sheetnames == ["1", "a b c" + "x" * 26]
    assert [entry.title for entry in read_procedures(content, name="a.xlsx")] == ["1", "a b c" + "x" * 26]


def test_merged_cells_of_a_case_are_merged_as_high_as_each_case_is() -> None:
    book = form(8)
    for area in ("A6:A9", "D6:D9", "A10:A13", "D10:D13"):
        book["試験項目"].merge_cells(area)
    content = filled(book, SEARCH, LOGIN)
    areas = {str(area) for area in load_workbook(io.BytesIO(content))["試験項目"].merged_cells.ranges}
    assert {"A7:A8", "D7:D8", "A10:A13", "D10:D13"} == areas
    assert [entry.title for entry in read_procedures(content, name="a.xlsx")] == ["項目 S-02", "項目 1"]


def test_a_form_of_levels_alone_has_the_title_as_the_last() -> None:
    content = filled(workbook({"S": [["大項目", "中項目", "小項目", "手順", "期待結果"]]}), LOGIN)
    assert rows_of(content, "S", 2)[0][:3] == ("認証", "ログイン", "再試行 > 項目 1")


def test_a_formula_that_numbers_the_rows_gives_way_to_the_ids() -> None:
    book = form(4)
    for row in range(6, 10):
        book["試験項目"].cell(row, 1, "=ROW()-5")
        book["試験項目"].cell(row, 9, '=IF(H6="","","済")')
    assert [(row[0], row[8]) for row in rows_of(filled(book, SEARCH), "試験項目")] == [
        ("S-02", '=IF(H6="","","済")'),
        *[(None, '=IF(H6="","","済")')] * 3,
    ]


BAD = [
    (workbook({"S": [["項目", "内容"], ["a", "b"]]}), "no row of headings with a column for the action .* in 'S'"),
    (
        workbook({"S": [["No", "テスト項目", "手順"], ["1", "a", "b"]]}),
        "has something in row 2 of sheet 'S', .* empty the form",
    ),
    (b"PK\x03\x04", "is not an Excel workbook"),
    (b"No,\xe6\x89\x8b", "is not an Excel workbook"),
]


@pytest.mark.parametrize(("content", "says"), BAD)
def test_what_is_no_form_is_refused_before_any_work(content: bytes, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says):
        read_form(content, name="form.xlsx")


@pytest.mark.parametrize("styles", [None, b"<styleSheet/>"], ids=["left out", "empty"])
def test_a_form_without_cell_formats_is_filled_in(styles: bytes | None) -> None:
    """Programs that write no formats leave their part out, which the standard allows."""
    whole = parts_of(workbook({"S": [["No", "テスト項目", "手順"]]}))
    for part in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        whole[part] = re.sub(
            rb"<(Override|Relationship) [^>]*styles[^>]*>", b"" if styles is None else rb"\g<0>", whole[part]
        )
    del whole["xl/styles.xml"]
    content = packed({**whole, **({"xl/styles.xml": styles} if styles else {})})
    after = write_form([SEARCH], read_form(content, name="f.xlsx"))
    assert b">\xe6\x8e\xa2\xe3\x81\x99</t>" in parts_of(after)["xl/worksheets/sheet1.xml"], "探す"


def test_own_headings_are_known() -> None:
    content = workbook({"S": [["テスト項目", "なにをする"]]})
    after = write_form([SEARCH], read_form(content, name="f.xlsx", own={"なにをする": "action"}))
    assert rows_of(after, "S", 2) == [("項目 S-02", "探す")]
    assert read_form(content, name="f.xlsx", own={"なにをする": "action"}).without_place([LOGIN]) == [
        "項番",
        "分類",
        "前提条件",
        "期待結果",
    ]


def test_libreoffice_opens_a_filled_form(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(filled(form(3, below="※ 以上"), LOGIN, SEARCH))
    after, said = converted(source, "xlsx", tmp_path / "done")
    assert said.count("\n") == 0
    assert not re.search("warn|error", said, re.IGNORECASE)
    assert len(load_procedures(after.read_bytes(), name="a.xlsx").entries) == 2
