"""Headings of teams and tools: which are ids, which come twice, which name a section, and which nobody knows."""

import pytest
from support.workbooks import workbook

from testgen.domain.errors import UnreadableInputError
from testgen.interchange import load_procedures, read_procedures

HEAD = ["No", "テスト項目", "手順", "期待結果"]


@pytest.mark.parametrize("name", ["Issue Key", "Key", "TCID", "Test ID"])
def test_a_tools_key_is_the_id(name: str) -> None:
    content = f"{name},Summary,Step,Test Data,Expected Result\nZ-1,A,open,d,opened\n,,click,,clicked\n".encode()
    [found] = read_procedures(content, name="a.csv")
    assert (found.test_case_id, found.title, len(found.steps)) == ("Z-1", "A", 2)


def test_labels_that_come_twice_are_all_tags() -> None:
    [found] = read_procedures(b"ID,Title,Labels,Labels,Action\n1,T,smoke,,open\n", name="a.csv")
    assert found.tags == ("smoke",)
    [found] = read_procedures(b"ID,Title,Labels,Labels,Action\n1,T,smoke,calc,open\n", name="a.csv")
    assert (found.tags, found.custom) == (("smoke", "calc"), {})


def test_a_row_that_only_names_what_follows_is_its_section() -> None:
    rows = [
        HEAD, ["1. ログイン機能"], ["1-1", "正常", "入力する", "入れる"], ["■検索機能"], ["2-1", "検索", "探す", "出る"],
        ["", "", "閉じる", ""], ["2-2"], ["3-1", "終わり", "押す", ""], ["以上"],
    ]  # fmt: skip
    found = load_procedures(workbook({"S": rows}), name="a.xlsx")
    assert [(entry.test_case_id, entry.section, len(entry.steps)) for entry in found.entries] == [
        ("1-1", ("1. ログイン機能",), 1), ("2-1", ("検索機能",), 2), ("3-1", ("検索機能",), 1),
    ]  # fmt: skip
    assert [entry.row for entry in found.skipped] == [7, 9]


def test_a_table_without_known_headings_says_what_stands_there() -> None:
    finnish = "ID;Työkohde;Otsikko;Testivaihe;Toiminto\n41;Testi;Huoneen varaus;;\n;;;1;Avaa\n".encode()
    says = r"row 1 has ID, Työkohde, Otsikko, Testivaihe, Toiminto; if these are .* --columns"
    with pytest.raises(UnreadableInputError, match=says):
        load_procedures(finnish, name="a.csv")
    rows = [["Otsikko", "Vaihe", "Tulos"], ["a", "b", "c"]]
    with pytest.raises(UnreadableInputError, match="row 1 has Otsikko, Vaihe, Tulos"):
        load_procedures(workbook({"S": rows}), name="a.xlsx")


def test_where_no_column_holds_steps_the_unknown_headings_are_named() -> None:
    content = workbook({"S": [["項番", "テスト項目", "手順・期待結果", "結果"], ["1", "入金", "1. 押す → 出る", "OK"]]})
    with pytest.raises(
        UnreadableInputError, match=r"not procedures: .* does 手順・期待結果 contain the steps\? .*--columns"
    ):
        load_procedures(content, name="a.xlsx")


def test_an_english_sheet_may_call_the_title_a_description() -> None:
    """The commonest English template has no other title."""
    sheet = b"S.No;Module;Test Case ID;Test Case Description;Pre-Condition;Test Steps;Expected Result\n1;Cart;TC-1;Verify the limit;NA;1. Open\n"
    [found] = read_procedures(sheet, name="a.csv")
    assert (found.test_case_id, found.title, found.preconditions) == ("TC-1", "Verify the limit", ())


@pytest.mark.parametrize("heading", ["Pre-Conditions", "Pre-requisites", "pre‐condition", "Pre-requisite"])
def test_a_heading_may_have_a_hyphen(heading: str) -> None:
    sheet = f"Test Summary,Module,{heading},Step,Expected result\nSave,Files,A file is open,Click,Saved\n"
    [found] = read_procedures(sheet.encode(), name="a.csv")
    assert (found.title, found.section, found.preconditions) == ("Save", ("Files",), ("A file is open",))


def test_tags_in_one_cell_stand_between_commas() -> None:
    [found] = read_procedures(b'Title,Labels,Action\nSave,"smoke, files",Click\n', name="a.csv")
    assert found.tags == ("smoke", "files")


@pytest.mark.parametrize(
    "sheet",
    [
        "No,項目,手順,期待結果\n■検索,,,\n1,a,押す,x\n2,b,押す,x\n■登録,,,\n1,c,押す,x\n",
        "大項目,No,項目,手順,期待結果\n検索,1,a,押す,x\n,2,b,押す,x\n登録,1,c,押す,x\n",
    ],
)
def test_numbers_that_restart_in_each_section_get_its_name(sheet: str) -> None:
    assert [made.test_case_id for made in read_procedures(sheet.encode(), name="a.csv")] == [
        "検索-1",
        "検索-2",
        "登録-1",
    ]


def test_an_id_that_comes_twice_is_a_mistake_also_in_another_section() -> None:
    sheet = "大項目,ID,項目,手順\n検索,T-1,a,押す\n登録,T-1,c,押す\n"
    with pytest.raises(UnreadableInputError, match="duplicate id"):
        read_procedures(sheet.encode(), name="a.csv")


def test_labels_above_a_table_may_stand_among_others() -> None:
    rows = [
        ["Project:", "Orchid"],
        ["Module Name:", "Discounts"],
        ["Created By:", "R. Gill"],
        [],
        HEAD,
        [1, "a", "Open", "x"],
    ]
    [found] = read_procedures(workbook({"A": rows}), name="a.xlsx")
    assert found.section == ("Discounts",)
