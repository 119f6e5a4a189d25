"""Where a team's form names the case, what goes into which of its columns, and what has no place in it."""

import io
from typing import Any

from openpyxl import load_workbook
from support.procedures import procedure
from support.workbooks import workbook

from testgen.domain.procedure import Procedure
from testgen.interchange import load_procedures, read_form, read_procedures, write_form

LABELLED = [
    ["単体テストケース票"], [], ["テスト項番", None, None, "作成者"], ["テスト項目"], ["前提条件"], [], [],
    ["No", None, "操作手順", "期待する結果"], [], [], [],
]  # fmt: skip


def made(identifier: str, *steps: tuple[str, str] | tuple[str, str, str], **more: Any) -> Procedure:
    fields = {"test_case_id": identifier, "title": f"項目 {identifier}", **more}
    return procedure(*steps, language="ja").model_copy(update=fields)


def cells(content: bytes, sheet: str) -> dict[str, Any]:
    rows = load_workbook(io.BytesIO(content))[sheet].iter_rows()
    return {cell.coordinate: cell.value for row in rows for cell in row if cell.value is not None}


def test_a_number_in_front_of_the_steps_counts_them_where_labels_above_name_the_case() -> None:
    """With the headings merged over two columns and the precondition over two rows, as in forms drawn on squared paper."""
    blank = workbook({"票": LABELLED}, {"票": ["A8:B8", "B5:C6"]})
    cases = [made("T-1", ("開く", "出る"), ("押す", ""), preconditions=("会員", "空き")), made("T-2", ("探す", ""))]
    filled = write_form(cases, read_form(blank, name="f.xlsx"))
    first = cells(filled, "T-1")
    assert (first["B3"], first["B4"], first["B5"]) == ("T-1", "項目 T-1", "会員\n空き")
    assert (first["A9"], first["C9"], first["D9"], first["A10"], first["C10"]) == (1, "開く", "出る", 2, "押す")
    back = read_procedures(filled, name="f.xlsx")
    assert [(entry.test_case_id, entry.title, entry.preconditions) for entry in back] == [
        ("T-1", "項目 T-1", ("会員", "空き")),
        ("T-2", "項目 T-2", ()),
    ]


def test_a_value_beside_a_label_may_be_merged_over_rows() -> None:
    rows = [
        ["テスト項番", "T-1"], ["テスト項目", "ログイン"], ["前提条件", "会員である\n未ログイン"], [], [],
        ["No", "操作手順", "期待結果"], ["1", "開く", "出る"],
    ]  # fmt: skip
    for merged in (["B3:C4"], ["A3:A5", "B3:B5"], []):
        [found] = read_procedures(workbook({"S": rows}, {"S": merged}), name="a.xlsx")
        assert (found.test_case_id, found.title) == ("T-1", "ログイン"), merged
        assert found.preconditions == ("会員である", "未ログイン")


def test_a_label_without_a_value_does_not_take_the_next_label() -> None:
    rows = [["テスト項番", None, "優先度", "高", "作成者", "山田"], ["操作手順", "期待結果"], ["開く", "出る"]]
    [found] = read_procedures(workbook({"S": rows}), name="a.xlsx")
    assert (found.test_case_id, found.priority) == ("S", "高")


def test_whatever_has_no_place_is_told() -> None:
    form = read_form(workbook({"S": [["テスト項目", "手順", "期待結果"]]}), name="f.xlsx")
    entry = made(
        "T-1", ("開く", ""), section=("会員",), type="正常系", priority="高", tags=("a",), references=("R-1",),
        preconditions=("会員",), postconditions=("戻す",), custom={"Browser": "Firefox", "結果": "OK"},
    )  # fmt: skip
    assert form.without_place([entry]) == [
        "項番", "分類", "前提条件", "正常系／異常系", "優先度", "タグ", "要件ID", "後始末", "Browser", "結果",
    ]  # fmt: skip


def test_each_round_goes_into_a_column_of_its_own_and_one_without_is_told() -> None:
    entry = made("1", ("開く", ""), custom={"結果": "NG", "実施日": "4/3", "結果 (2)": "OK", "実施日 (2)": "4/10"})
    one = read_form(workbook({"S": [["テスト項目", "手順", "判定", "試験日"]]}), name="f.xlsx")
    assert one.without_place([entry])[-2:] == ["結果 (2)", "実施日 (2)"]
    assert cells(write_form([entry], one), "S")["C2"] == "NG"
    two = read_form(workbook({"S": [["テスト項目", "手順", "結果", "実施日", "結果", "実施日"]]}), name="f.xlsx")
    filled = cells(write_form([entry], two), "S")
    assert [filled[place] for place in ("C2", "D2", "E2", "F2")] == ["NG", "4/3", "OK", "4/10"]


def test_the_smallest_item_that_is_the_title_is_no_part_of_the_section() -> None:
    head = ["項番", "大項目", "中項目", "小項目", "手順", "期待結果"]
    content = workbook(
        {"S": [head, ["1", "受注", "登録", "正常登録", "開く", "出る"], ["2", "", "", "必須", "押す", ""]]}
    )
    found = load_procedures(content, name="a.xlsx").entries
    assert [(entry.section, entry.title) for entry in found] == [
        (("受注", "登録"), "正常登録"), (("受注", "登録"), "必須"),
    ]  # fmt: skip
    filled = cells(write_form(found, read_form(workbook({"S": [head]}), name="f.xlsx")), "S")
    assert [filled[f"{column}2"] for column in "BCD"] == ["受注", "登録", "正常登録"]


def test_a_teams_column_may_be_filled_on_a_row_of_its_own_for_the_title() -> None:
    rows = [
        ["ID", "テスト項目", "手順", "期待結果", "状態"],
        ["1", "予約", "", "", "設計"],
        ["", "", "開く", "出る", ""],
    ]
    [found] = read_procedures(workbook({"S": rows}), name="a.xlsx")
    assert ([step.action for step in found.steps], found.custom) == (["開く"], {"状態": "設計"})
