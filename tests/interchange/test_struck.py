"""What teams delete by striking it through, and the sheets that hold no tests: left out of what is read, and told."""

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from support.office import converted
from support.workbooks import workbook

from testgen.domain.procedure import Procedure
from testgen.interchange import Loaded, load_procedures

HEAD = ["項番", "テスト項目", "手順", "期待結果"]
STRUCK = InlineFont(strike=True)


def bytes_of(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_of(*rows: list[object], struck: str = "") -> Workbook:
    """A sheet of these rows; the cells named in `struck` are struck through."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "S"
    for row in [HEAD, *rows]:
        sheet.append(row)
    for name in struck.split():
        sheet[name].font = Font(strike=True)
    return book


def load(content: bytes, name: str = "a.xlsx") -> Loaded[Procedure]:
    return load_procedures(content, name=name)


def told(found: Loaded[Procedure]) -> list[tuple[int | None, str]]:
    return [(entry.row, entry.reason) for entry in found.skipped]


OLD = book_of(
    ["1", "表示", "開く", "出る"], ["2", "旧機能", "押す", "旧画面"], ["3", "変更", "編集を押す", "編集できる"],
    struck="A3 B3 C3 D3",
)  # fmt: skip


def test_a_struck_row_is_no_case_and_is_told() -> None:
    found = load(bytes_of(OLD))
    assert [entry.test_case_id for entry in found.entries] == ["1", "3"]
    assert [len(entry.steps) for entry in found.entries] == [1, 1]
    assert told(found) == [(3, "is struck through")]
    assert "2 旧機能 押す 旧画面" in str(found.skipped[0])


def test_a_row_whose_reason_alone_is_not_struck_is_gone_too() -> None:
    book = book_of(
        ["1", "表示", "開く", "出る"], ["2", "旧機能", "押す", "旧画面", "仕様変更により削除"], ["3", "変更", "押す", "出る", "要再確認"],
        struck="A3 B3 C3 D3",
    )  # fmt: skip
    book.worksheets[0]["E1"] = "備考"
    found = load(bytes_of(book))
    assert [entry.test_case_id for entry in found.entries] == ["1", "3"]
    assert told(found) == [(3, "is struck through")]
    assert "仕様変更により削除" in str(found.skipped[0])


def test_struck_rows_of_a_workbook_of_1997_are_no_cases_either(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(bytes_of(OLD))
    legacy, _ = converted(source, "xls", tmp_path / "done")
    found = load(legacy.read_bytes(), "a.xls")
    assert ([entry.test_case_id for entry in found.entries], told(found)) == (["1", "3"], [(3, "is struck through")])


def test_struck_words_of_a_cell_are_left_out_and_told() -> None:
    text = CellRichText(TextBlock(STRUCK, "1. 修正を押す"), "\n", "1. 編集を押す\n2. 保存を押す")
    found = load(bytes_of(book_of(["1", "変更", text, "2. 保存される"])))
    assert [(step.action, step.expected_result) for step in found.entries[0].steps] == [
        ("編集を押す", ""),
        ("保存を押す", "保存される"),
    ]
    assert found.left == ("text struck through in row 2 of sheet 'S'",)


def test_a_row_whose_name_alone_is_struck_stays_a_case_of_its_own() -> None:
    """Its steps would join the case above."""
    found = load(bytes_of(book_of(["1", "a", "開く", ""], ["2", "b", "押す", ""], struck="A3 B3")))
    assert [(entry.test_case_id, entry.title) for entry in found.entries] == [("1", "a"), ("2", "b")]
    assert found.left == ("text struck through in row 3 of sheet 'S'",)


def test_a_struck_result_is_none() -> None:
    found = load(bytes_of(book_of(["1", "a", "開く", "出る"], struck="D2")))
    assert found.entries[0].steps[0].expected_result == ""


def test_what_a_tools_workbook_has_struck_through_is_left_out_too() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "MD-1"
    for row in (
        ["Name", "Id", "Test Step Description", "Test Step Expected Result"],
        ["T", "TC-1", "open", "x"],
        ["", "", "old", "y"],
        ["", "", "close", "z"],
    ):
        sheet.append(row)
    for name in ("C3", "D3"):
        sheet[name].font = Font(strike=True)
    found = load(bytes_of(book))
    assert [step.action for step in found.entries[0].steps] == ["open", "close"]
    assert told(found) == [(3, "is struck through")]


def test_sheets_without_tests_and_hidden_ones_are_told() -> None:
    made = book_of(["1", "a", "開く", ""])
    made.create_sheet("表紙").append(["テスト仕様書"])
    made.create_sheet("空")
    hidden = made.create_sheet("旧版")
    hidden.append(HEAD)
    hidden.append(["1", "旧", "押す", ""])
    hidden.sheet_state = "hidden"
    assert load(bytes_of(made)).left == ("sheet 表紙", "sheet 旧版")


def test_ids_that_begin_anew_name_every_case_of_the_sheet() -> None:
    one = [HEAD, ["1", "正常", "入力する", ""], ["2", "異常", "空で押す", ""]]
    other = [HEAD, ["1", "検索する", "探す", ""]]
    found = load(workbook({"ログイン": one, "検索": other}))
    assert [entry.test_case_id for entry in found.entries] == ["ログイン-1", "ログイン-2", "検索-1"]
