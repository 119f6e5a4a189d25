"""Which column holds what, where the headings leave it open: columns that only count, and two that may hold the expected result."""

import pytest
from support.workbooks import workbook

from testgen.domain.errors import UnreadableInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import load_cases, load_procedures, read_columns, read_procedures

Steps = list[tuple[str, str]]


def steps(made: Procedure) -> Steps:
    return [(step.action, step.expected_result) for step in made.steps]


@pytest.mark.parametrize(
    "sheet",
    [
        "ID,テスト名,手順,操作,期待結果\nA-1,棚卸,1,開く,開いた\nA-1,棚卸,2,閉じる,閉じた\n",
        "ID,テスト名,ステップ番号,アクション,期待値\nA-1,棚卸,1,開く,開いた\n,,2,閉じる,閉じた\n",
        "No,項目,手順,内容,確認ポイント\n1,棚卸,(1),開く,開いた\n,,(2),閉じる,閉じた\n",
        "ID,Title,Steps,Description,Expected Result\nA-1,x,Step 1,開く,開いた\n,,Step 2,閉じる,閉じた\n",
    ],
)
def test_a_column_that_only_counts_numbers_the_actions_beside_it(sheet: str) -> None:
    [found] = read_procedures(sheet.encode(), name="a.csv")
    assert steps(found) == [("開く", "開いた"), ("閉じる", "閉じた")]


def test_where_nothing_is_known_to_hold_the_actions_the_team_is_asked() -> None:
    sheet = "ID,テスト名,手順,やるべきこと,期待結果\nA-1,棚卸,1,開く,開いた\nA-1,棚卸,2,閉じる,閉じた\n".encode()
    with pytest.raises(UnreadableInputError, match="does やるべきこと contain the steps"):
        load_procedures(sheet, name="a.csv")
    assert "column '手順' only counts the steps" in load_cases(sheet, name="a.csv").hint
    mapped = read_procedures(sheet, name="a.csv", columns={"やるべきこと": "action"})
    assert steps(mapped[0]) == [("開く", "開いた"), ("閉じる", "閉じた")]
    with pytest.raises(UnreadableInputError, match="has numbers instead of actions"):
        read_procedures(sheet, name="a.csv", columns={"手順": "action"})


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("ID,タイトル,確認内容,手順,期待結果\nA-1,上限,数量の上限,登録を押す,登録できること\n", "上限"),
        ("ID,中項目,確認内容,手順,期待結果\nA-1,登録,数量の上限,登録を押す,登録できること\n", "数量の上限"),
        ("ID,Title,Verification,Action,Expected result\nA-1,上限,limit,登録を押す,登録できること\n", "上限"),
        ("ID,タイトル,判定基準,手順,期待結果\nA-1,上限,0 件,登録を押す,登録できること\n", "上限"),
    ],
)
def test_the_expected_result_is_not_what_is_checked(sheet: str, title: str) -> None:
    found = load_procedures(sheet.encode(), name="a.csv")
    assert (found.entries[0].title, steps(found.entries[0])) == (title, [("登録を押す", "登録できること")])
    assert "holds the expected results; " in found.hint


def test_what_is_checked_is_the_objective_of_the_case() -> None:
    sheet = "ID,タイトル,確認内容,{}期待結果\nA-1,上限,数量の上限,{}登録できること\n"
    for action in (("", ""), ("手順,", "押す,")):
        [found] = load_cases(sheet.format(*action).encode(), name="a.csv").entries
        assert (found.objective, found.expected_results) == ("数量の上限", ("登録できること",))


def test_a_check_of_each_step_names_no_case() -> None:
    sheet = "ID,手順,確認内容,期待結果\nA-1,開く,画面,出る\n,押す,保存,増える\n".encode()
    [found] = read_procedures(sheet, name="a.csv", columns={"ID": "title"})
    assert (steps(found), found.custom) == ([("開く", "出る"), ("押す", "増える")], {"確認内容": ["画面", "保存"]})


@pytest.mark.parametrize("heading", ["確認事項", "確認内容", "検証ポイント", "Check point"])
def test_a_sheet_of_points_to_check_is_cases(heading: str) -> None:
    sheet = f"No,{heading},期待結果\n1,上限,登録できること\n2,下限,登録できないこと\n".encode()
    found = load_cases(sheet, name="a.csv").entries
    assert [(case.id, case.title, case.expected_results) for case in found] == [
        ("1", "上限", ("登録できること",)), ("2", "下限", ("登録できないこと",)),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["チェック項目", "点検項目", "Check item"])
def test_a_point_of_a_checklist_is_what_is_expected(heading: str) -> None:
    sheet = f"分類,No,{heading},結果\n表示,1,文字が欠けないこと,○\n".encode()
    [found] = load_cases(sheet, name="a.csv").entries
    assert (found.title, found.expected_results) == ("文字が欠けないこと", ("文字が欠けないこと",))


@pytest.mark.parametrize("heading", ["確認事項", "確認ポイント"])
def test_numbered_points_belong_to_the_steps_of_their_numbers(heading: str) -> None:
    sheet = f'項番,試験項目,試験手順,{heading}\n1-1,x,"①開く\n②押す","②出ること"\n'.encode()
    [found] = read_procedures(sheet, name="a.csv")
    assert (found.test_case_id, steps(found)) == ("1-1", [("開く", ""), ("押す", "出ること")])


def test_a_scenario_is_the_title_where_no_column_has_a_better_name() -> None:
    [found] = read_procedures(b"TC,Scenario,Step,Expected\nM-1,Start,Open,shown\n", name="a.csv")
    assert (found.test_case_id, found.title) == ("M-1", "Start")
    [found] = read_procedures(b"Test Scenario,Test Case,Steps\nStart,First start,Open\n", name="a.csv")
    assert (found.title, found.custom) == ("First start", {"Test Scenario": "Start"})


def test_without_a_heading_for_the_title_the_headings_are_named() -> None:
    with pytest.raises(
        UnreadableInputError, match=r"none of the headings Ziel, Action, Expected .* `title` with --columns"
    ):
        load_procedures(b"Ziel,Action,Expected\nx,Open,shown\n", name="a.csv")


def test_a_teams_heading_may_be_a_word_that_yaml_takes_for_false() -> None:
    assert read_columns(b"No: x\n".replace(b"x", b"id"), name="c.yaml") == {"No": "id"}
    assert read_columns(b"columns: {yes: action, Off: title}\n", name="c.yaml") == {"yes": "action", "Off": "title"}


@pytest.mark.parametrize("numbers", ["Step No", "Step #", "手順番号"])
def test_the_numbers_of_steps_stand_beside_the_steps(numbers: str) -> None:
    [found] = read_procedures(
        f"ID,Title,{numbers},Step,Expected\nA-1,x,1,Open,shown\n,,2,Close,gone\n".encode(), name="a.csv"
    )
    assert steps(found) == [("Open", "shown"), ("Close", "gone")]


@pytest.mark.parametrize(("more", "kept"), [("", ("正常系", {})), ("区分", ("A", {"種別": "正常系"}))])
def test_a_kind_that_is_none_of_a_step_is_the_type_of_the_case(more: str, kept: tuple[str, dict[str, str]]) -> None:
    sheet = f"ID,タイトル,種別,{more},手順,期待結果\nA-1,x,正常系,{more and 'A'},開く,開いた\n"
    [found] = read_procedures(sheet.encode(), name="a.csv")
    assert (found.type, dict(found.custom)) == kept


@pytest.mark.parametrize(
    "sheet",
    [
        "ID,Title,Step 1,Step 2,Step 3,Expected\nA-1,x,Open,Save,,saved\n",
        "ID,タイトル,手順①,手順②,期待結果②\nA-1,x,Open,Save,saved\n",
        "ID,タイトル,操作1,期待結果1,操作2,期待結果2\nA-1,x,Open,－,Save,saved\n",
    ],
)
def test_steps_may_stand_beside_one_another(sheet: str) -> None:
    [found] = read_procedures(sheet.encode(), name="a.csv")
    assert steps(found) == [("Open", ""), ("Save", "saved")]


def test_one_heading_may_be_merged_over_the_steps() -> None:
    rows = [
        ["ID", "タイトル", "手順", None, "期待結果"],
        [None, None, "手順1", "手順2"],
        ["A-1", "x", "Open", "Save", "saved"],
    ]
    [found] = read_procedures(workbook({"A": rows}, {"A": ["C1:D1"]}), name="a.xlsx")
    assert steps(found) == [("Open", ""), ("Save", "saved")]
