"""What stands in a sheet beside its tests: totals, comments, and what is signed below a form."""

import pytest
from support.workbooks import workbook

from testgen.interchange import load_cases, load_procedures, read_procedures, write_procedures


@pytest.mark.parametrize(
    ("total", "reason"),
    [
        (",,,TOTAL,2", "total"),
        ("合計,,,,2件", "total"),
        (",,小計：,,10", "total"),
        ("OK件数,,,,1", "total"),
        (",Grand total,,,3", "total"),
        ("# TODO: ask Tom,,,,", "note"),
        ("// second part,,,,", "note"),
        (",,,# --- Profile ---,", "note"),
    ],
)
def test_totals_and_comments_are_left_out_and_told(total: str, reason: str) -> None:
    sheet = f"ID,タイトル,手順,期待結果,結果\nA-1,上限,押す,出る,OK\n{total}\nA-2,合計,計算する,10,OK\n".encode()
    found = load_procedures(sheet, name="a.csv")
    assert [(made.test_case_id, made.custom, len(made.steps)) for made in found.entries] == [
        ("A-1", {"結果": "OK"}, 1), ("A-2", {"結果": "OK"}, 1),
    ]  # fmt: skip
    assert [(entry.row, reason in entry.reason) for entry in found.skipped] == [(3, True)]


@pytest.mark.parametrize(
    ("sheet", "cases"),
    [
        ("Title,Steps,Expected result\nA,open,ok\n#tag page,,\n,open,seen\n", ["A", "#tag page"]),
        ("Title,Expected result\n#hashtag search,results shown\n// in URL,404\nplain,ok\n",
         ["#hashtag search", "// in URL", "plain"]),
        ("タイトル,データ,期待結果\n#タグ検索,,結果が出る\n", ["#タグ検索"]),
    ],
)  # fmt: skip
def test_a_title_that_begins_with_a_hash_or_slashes_is_a_test(sheet: str, cases: list[str]) -> None:
    assert [made.title for made in load_cases(sheet.encode(), name="a.csv").entries] == cases


@pytest.mark.parametrize(
    ("marks", "custom"),
    [(("○", "×"), True), (("OK", "NG"), True), (("Pass", ""), True), (("画面が出る", "○"), False)],
)
def test_a_column_that_is_ticked_expects_nothing(marks: tuple[str, str], custom: bool) -> None:
    sheet = f"No,項目,手順,Check\n1,入る,押す,{marks[0]}\n2,出る,押す,{marks[1]}\n"
    first = read_procedures(sheet.encode(), name="a.csv")[0]
    seen = "" if custom else marks[0]
    assert (first.steps[0].expected_result, first.custom) == (seen, {"Check": marks[0]} if custom else {})


def test_a_step_that_sums_up_is_a_step() -> None:
    sheet = "ID,タイトル,手順,期待結果\nA-1,上限,開く,出る\n,,合計,10\n".encode()
    assert [step.action for step in read_procedures(sheet, name="a.csv")[0].steps] == ["開く", "合計"]


HEAD = [["テスト票"], ["テストケースID", "T-1"], ["テストケース名", "入庫"], ["テストデータ", "数量: 5"], []]
ROWS = [["手順", "操作", "期待結果", "判定"], [1, "開く", "出る", "合格"], [2, "押す", "増える", "合格"]]
FEET = [
    ([[], ["実施日", "2024/11/05", "実施者", "山本"]], {"実施日": "2024/11/05", "実施者": "山本"}),
    ([["備考", "Firefoxでは未確認"]], {"備考": "Firefoxでは未確認"}),
    ([[], ["承認", "確認"], ["佐藤", "林"], ["所見：なし"]], {"承認": "佐藤", "確認": "林", "所見": "なし"}),
    ([[], ["実施日", None, "実施者", None]], {}),
]


@pytest.mark.parametrize(("foot", "told"), FEET)
def test_what_is_signed_below_a_form_is_no_step(foot: list[list[str | None]], told: dict[str, str]) -> None:
    [found] = read_procedures(workbook({"T-1": [*HEAD, *ROWS, *foot]}), name="a.xlsx")
    assert [(step.action, step.expected_result) for step in found.steps] == [("開く", "出る"), ("押す", "増える")]
    assert (found.custom, found.test_data) == ({**told, "判定": ["合格", "合格"]}, {"数量": "5"})
    [back] = read_procedures(write_procedures([found], "xlsx"), name="b.xlsx")
    assert (back.test_case_id, back.title, back.steps) == (found.test_case_id, found.title, found.steps)


def test_what_is_signed_above_a_form_is_kept_and_a_label_that_nobody_knows_is_told() -> None:
    head = [*HEAD[:-1], ["作成者", "山本", "作成日", "2024/11/01"], ["開発ライン", "B"], []]
    found = load_procedures(workbook({"T-1": [["テスト票"], *head[1:], *ROWS]}), name="a.xlsx")
    assert found.entries[0].custom == {"作成者": "山本", "作成日": "2024/11/01", "判定": ["合格", "合格"]}
    assert found.left == ("開発ライン",)


def test_what_is_signed_below_an_english_form_goes_on_over_several_lines() -> None:
    rows = [["Test ID", "T-1"], ["Title", "Receive"], [], ["Step", "Action", "Expected result"], [1, "Open", "shown"]]
    foot = [[], ["Tester: Kim", "Date: 2025/1/2"], ["Comments", "slow"], ["very slow"]]
    [found] = read_procedures(workbook({"T": [*rows, *foot]}), name="a.xlsx")
    assert (len(found.steps), found.custom) == (1, {"Tester": "Kim", "Date": "2025/1/2", "Comments": "slow\nvery slow"})


def test_below_a_list_of_cases_it_is_skipped() -> None:
    rows = [["ID", "タイトル", "手順", "期待結果"], ["A-1", "x", "開く", "出る"], [], ["備考", "次回見直す"]]
    found = load_procedures(workbook({"S": rows}), name="a.xlsx")
    assert [len(made.steps) for made in found.entries] == [1]
    assert [(entry.row, entry.reason) for entry in found.skipped] == [(4, "stands below the table and is not a test")]


def test_what_testgen_wrote_has_one_header_whatever_its_steps_say() -> None:
    sheet = "ID,Title,Action,Expected result\nA-1,x,操作,期待結果\n,,合計,\n,,備考,\n".encode()
    made = read_procedures(sheet, name="a.csv")
    made = [made[0].model_copy(update={"custom": {"判定": ["手順", "", ""], "テスト項目": ["前提条件", "", ""]}})]
    for name, format_name in (("b.xlsx", "xlsx"), ("b.csv", "csv")):
        [back] = read_procedures(write_procedures(made, format_name), name=name)
        assert back.steps == made[0].steps


@pytest.mark.parametrize("blank", [[], [[]]])
def test_an_item_of_a_screen_may_be_called_as_what_is_signed(blank: list[list[str]]) -> None:
    head = ["テスト項目", "手順", "期待結果"]
    rows = [["氏名", "入力する", "表示される"], *blank, ["日付", "選ぶ", "入る"], ["備考", "入力する", "表示される"]]
    found = load_procedures(workbook({"S": [head, *rows]}), name="a.xlsx")
    assert [made.title for made in found.entries] == ["氏名", "日付", "備考"]


def test_a_case_may_be_about_a_total_and_a_result_may_begin_as_a_comment_does() -> None:
    sheet = 'No,項目,期待結果\n1,小計,"1,000"\n,合計,"1,100"\n3,合計,"1,100"\n'.encode()
    assert [case.title for case in load_cases(sheet, name="a.csv").entries] == ["小計", "合計", "合計"]
    shell = b"ID,Title,Action,Expected result\n1,Log in,Enter,prompt\n,,,# show version\n,,,//server/share\n"
    [found] = read_procedures(shell, name="a.csv")
    assert found.steps[0].expected_result == "prompt\n# show version\n//server/share"


def test_below_the_last_row_there_may_be_nothing() -> None:
    [found] = read_procedures(b"ID,Title,Action\n1,x,open\n\n\n", name="a.csv")
    assert len(found.steps) == 1


def test_rows_in_which_nothing_stands_change_nothing() -> None:
    head = "ID,Title,Action,Expected result\nT-1,Sign in,Open it,shown\n"
    apart = head + "\n ,,\n,,,\n" * 20 + ",,Save,同上\n\n"
    [found] = read_procedures(apart.encode(), name="a.csv")
    [close] = read_procedures((head + ",,Save,同上\n").encode(), name="a.csv")
    assert found.steps == close.steps
    assert [step.expected_result for step in found.steps] == ["shown", "shown"]
