"""Sheets as teams keep them: whatever their layout, the cases and steps in them are read right."""

from datetime import date, datetime
from typing import Any

import pytest
from support.workbooks import workbook

from testgen.domain.errors import UnreadableInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import load_cases, read_cases, read_columns, read_procedures, write_procedures

Steps = list[tuple[str, str | None, str]]


def steps(procedure: Procedure) -> Steps:
    return [(step.action, step.test_data, step.expected_result) for step in procedure.steps]


def read(sheets: dict[str, Any], merged: dict[str, Any] | None = None, **more: Any) -> list[Procedure]:
    return read_procedures(workbook(sheets, merged), name="a.xlsx", **more)


LOGIN: Steps = [("ログイン画面を開く", None, "画面が表示される"), ("ID を入力する", "tanaka", "入力した値が表示される")]


def test_1_title_rows_stand_above_the_header() -> None:
    [found] = read(
        {"Sheet1": [
            ["ログイン機能 テスト仕様書"], ["作成者", "山田", None, "作成日", date(2026, 4, 1)], [],
            ["項番", "テスト項目", "手順", "テストデータ", "期待結果"],
            ["1", "ログインできる", "ログイン画面を開く", None, "画面が表示される"],
            [None, None, "ID を入力する", "tanaka", "入力した値が表示される"],
        ]}
    )  # fmt: skip
    assert (found.test_case_id, found.title, steps(found)) == ("1", "ログインできる", LOGIN)


def test_id_and_title_may_stand_on_each_row_of_a_case() -> None:
    """As exports write them; what is said of the case again is said once."""
    login, again = ["ST-1", "ログインできる", "会員である"], ["ST-2", "ログインできる", "退会済みである"]
    found = read(
        {"Sheet1": [
            ["テストケースID", "テスト項目", "前提条件", "手順", "テストデータ", "期待結果"],
            [*login, "ログイン画面を開く", None, "画面が表示される"],
            [*login, "ID を入力する", "tanaka", "入力した値が表示される"],
            [*again, "ログイン画面を開く", None, "画面が表示される"],
        ]}
    )  # fmt: skip
    assert [(one.test_case_id, one.preconditions) for one in found] == [
        ("ST-1", ("会員である",)),
        ("ST-2", ("退会済みである",)),
    ]
    assert [steps(one) for one in found] == [LOGIN, LOGIN[:1]]


def test_a_title_without_an_id_is_repeated_where_its_steps_are_counted_on() -> None:
    rows = [["Title", "Step", "Action", "Expected result"], ["Save", 1, "Open", "a"], ["Save", 2, "Click", "b"]]
    assert [len(one.steps) for one in read({"S": rows})] == [2]
    assert [len(one.steps) for one in read({"S": [*rows, ["Save", 1, "Open", "c"]]})] == [2, 1], "another of that title"
    uncounted = [[row[0], *row[2:]] for row in rows]
    assert [len(one.steps) for one in read({"S": uncounted})] == [1, 1], "nothing tells that the second row goes on"


@pytest.mark.parametrize(
    ("expected", "per_step"),
    [
        ("2. b\n4. d", ["", "b", "", "d"]),
        ("2) b\n3) c", ["", "b", "c", ""]),
        ("1. －\n2. b\n3. -\n4. d", ["", "b", "", "d"]),
        ("2. b\n7. g", ["", "", "", "2. b\n7. g"]),
    ],
)
def test_results_numbered_as_some_of_the_steps_belong_to_these(expected: str, per_step: list[str]) -> None:
    [found] = read({"S": [["Title", "Action", "Expected result"], ["t", "1. A\n2. B\n3. C\n4. D", expected]]})
    assert [step.expected_result for step in found.steps] == per_step


@pytest.mark.parametrize("said", ["－", "-", "—", "なし", "特になし", "None"])
def test_no_precondition_is_none(said: str) -> None:
    [found] = read({"S": [["Title", "前提条件", "Action"], ["t", said, "Open"]]})
    assert found.preconditions == ()


def test_2_headings_have_other_names_marks_and_line_breaks() -> None:
    [found] = read(
        {"結合": [
            ["No.", "【確認項目】", "事前条件\n（環境）", "手順内容", "入力値", "期待する結果", "判定"],
            [1, "ログインできる", "会員である", "ログイン画面を開く", None, "画面が表示される", "ＯＫ"],
            [None, None, None, "ID を入力する", "tanaka", "入力した値が表示される", "NG"],
        ]}
    )  # fmt: skip
    assert (found.title, found.preconditions, steps(found)) == ("ログインできる", ("会員である",), LOGIN)
    assert found.custom == {"判定": ["ＯＫ", "NG"]}


def test_3_the_cells_of_a_case_are_merged_and_items_go_on_below() -> None:
    first, second, third = read(
        {"S": [
            ["項番", "大項目", "中項目", "小項目", "前提条件", "手順", "期待結果"],
            ["1", "会員", "ログイン", "正しい ID", "会員である", "ログイン画面を開く", "画面が表示される"],
            [None, None, None, None, None, "ボタンを押す", "ホームが表示される"],
            ["2", None, None, "誤った ID", None, "誤った ID を入力する", "エラーが表示される"],
            ["3", None, "退会", "退会できる", "会員である", "「退会」を押す", "退会画面が表示される"],
        ]},
        {"S": ["A2:A3", "B2:B5", "C2:C4", "D2:D3", "E2:E4"]},
    )  # fmt: skip
    assert [found.title for found in (first, second, third)] == ["正しい ID", "誤った ID", "退会できる"]
    assert [found.section for found in (first, second, third)] == [
        ("会員", "ログイン"), ("会員", "ログイン"), ("会員", "退会"),
    ]  # fmt: skip
    assert second.preconditions == ("会員である",), "it is merged over both cases"
    assert [len(found.steps) for found in (first, second, third)] == [2, 1, 1]


def test_4_the_header_has_two_rows() -> None:
    [found] = read(
        {"S": [
            ["項番", "分類", None, "テスト項目", "テスト手順", None, "期待結果"],
            [None, "大項目", "中項目", None, "操作", "入力値", None],
            ["1", "会員", "ログイン", "ログインできる", "ログイン画面を開く", None, "画面が表示される"],
            [None, None, None, None, "ID を入力する", "tanaka", "入力した値が表示される"],
        ]},
        {"S": ["A1:A2", "B1:C1", "D1:D2", "E1:F1", "G1:G2"]},
    )  # fmt: skip
    assert (found.title, found.section, steps(found)) == ("ログインできる", ("会員", "ログイン"), LOGIN)


def test_5_several_cases_have_blocks_of_labels_and_a_table_each() -> None:
    block = [
        ["ケースID", "LOGIN-1", "テスト項目", "ログインできる"], ["前提条件", "会員である"], [],
        ["No", "手順", "入力値", "期待結果"], [1, *LOGIN[0]], [2, *LOGIN[1]], [],
    ]  # fmt: skip
    other = [
        ["テストケースID：LOGIN-2"], ["タイトル：ログアウトできる"], ["No", "手順", "入力値", "期待結果"],
        [1, "「ログアウト」を押す", None, "ログイン画面に戻る"],
    ]  # fmt: skip
    first, second = read({"S": [["テスト仕様書"], [], *block, *other]})
    assert (first.test_case_id, first.title, first.preconditions, steps(first)) == (
        "LOGIN-1", "ログインできる", ("会員である",), LOGIN,
    )  # fmt: skip
    assert (second.test_case_id, second.title, second.preconditions) == ("LOGIN-2", "ログアウトできる", ())
    assert steps(second) == [("「ログアウト」を押す", None, "ログイン画面に戻る")]


def test_a_block_has_lists_and_other_rows_between_its_labels_and_its_steps() -> None:
    """The template that many English teams start from; label and value have merged cells between them."""

    def block(number: str, title: str, conditions: list[str], step: tuple[str, str]) -> list[list[Any]]:
        return [
            ["Test Case ID", None, number, "Test Case Description", None, title],
            ["Created By", None, "Mark", "Version", None, "2.1"], [],
            ["S #", "Prerequisites:", None, "S #", "Test Data"],
            *([index, text, None, index, f"Userid = u{index}"] for index, text in enumerate(conditions, 1)), [],
            ["Step #", "Step Details", None, "Expected Results", "Actual Results"],
            [1, step[0], None, step[1], "As expected"], [],
        ]  # fmt: skip

    first, second = read(
        {"Login": [
            *block("BU_001", "Log in", ["A browser is open", "The account is open"], ("Open the site", "It opens")),
            *block("BU_002", "Wrong password", ["A browser is open"], ("Click Submit", "An error is shown")),
        ]}
    )  # fmt: skip
    assert [(one.test_case_id, one.title, one.preconditions) for one in (first, second)] == [
        ("BU_001", "Log in", ("A browser is open", "The account is open")),
        ("BU_002", "Wrong password", ("A browser is open",)),
    ]
    assert dict(first.test_data) == {"Userid": "u1", "Userid (2)": "u2"}
    assert steps(first) == [("Open the site", None, "It opens")]
    assert steps(second) == [("Click Submit", None, "An error is shown")]


def test_a_heading_of_steps_may_be_divided_into_their_number_and_what_it_only_calls_contents() -> None:
    [found] = read(
        {"S": [
            ["No.", "小項目", "手順", None, "期待結果"],
            [None, None, "No", "内容", None],
            ["1-1", "新規登録", "1", "「新規」を押下する", "登録画面が表示されること"],
            [None, None, "2", "「登録」を押下する", "「登録しました」と表示されること"],
        ]},
        {"S": ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "A3:A4", "B3:B4"]},
    )  # fmt: skip
    assert (found.test_case_id, found.title) == ("1-1", "新規登録")
    assert [step.action for step in found.steps] == ["「新規」を押下する", "「登録」を押下する"]


@pytest.mark.parametrize(
    "cells", [["「新規」を押す", "「登録」を押す"], ["1. 「新規」を押す\n2. 「登録」を押す", None]]
)
def test_cases_whose_unknown_column_looks_like_steps_are_asked_about(cells: list[str | None]) -> None:
    rows = [
        ["No", "小項目", "内容", "期待結果"],
        [1, "新規登録", cells[0], "画面が開く"],
        [None, None, cells[1], "登録される"],
    ]
    hint = "does 内容 contain the steps? If so, map it to `action` with --columns"
    assert load_cases(workbook({"S": rows}), name="a.xlsx").report("a.xlsx") == [f"a.xlsx: {hint}"]
    plain = [rows[0], [1, "新規登録", "画面のひな形", "画面が開く"]]
    assert load_cases(workbook({"S": plain}), name="a.xlsx").report("a.xlsx") == []


def test_a_label_that_a_procedure_has_no_field_for_is_carried_along() -> None:
    [found] = read(
        {
            "S": [
                ["テスト目的", "在庫の整合性を確認する"],
                ["タイトル", "入庫"],
                ["手順", "期待結果"],
                ["確定を押す", "増える"],
            ]
        }
    )
    assert found.custom == {"目的": "在庫の整合性を確認する"}


def test_6_several_sheets_number_their_cases_anew_beside_a_cover_and_hidden_notes() -> None:
    header = ["項番", "テスト項目", "手順", "期待結果"]
    found = read(
        {
            "表紙": [["テスト仕様書"], ["改訂履歴"], ["版", "日付", "内容"], ["1.0", "2026/4/1", "新規作成"]],
            "ログイン": [header, [1, "ログインできる", "開く", "表示される"]],
            "退会": [
                header,
                [1, "退会できる", "「退会」を押す", "退会する"],
                [2, "取り消せる", "「戻る」を押す", "戻る"],
            ],
        }
    )
    assert [(case.test_case_id, case.title) for case in found] == [
        ("ログイン-1", "ログインできる"), ("退会-1", "退会できる"), ("退会-2", "取り消せる"),
    ]  # fmt: skip


@pytest.mark.parametrize("marks", ["1. {}\n2. {}", "①{}\n② {}", "(1) {}\n(2) {}", "１）{}\n２）{}", "1、{}\n2、{}"])
def test_7_everything_is_in_one_cell_as_a_numbered_list(marks: str) -> None:
    [found] = read(
        {"S": [
            ["項番", "テスト項目", "前提条件", "手順", "期待結果", "備考"],
            ["1", "ログインできる", "・会員である\n・ロックされていない", marks.format("画面を開く", "ID を入力し\n「次へ」を押す"),
             marks.format("画面が表示される", "次の画面に進む"), "要確認"],
        ]}
    )  # fmt: skip
    assert steps(found) == [
        ("画面を開く", None, "画面が表示される"), ("ID を入力し\n「次へ」を押す", None, "次の画面に進む"),
    ]  # fmt: skip
    assert found.preconditions == ("会員である", "ロックされていない")
    assert found.custom == {"備考": "要確認"}


def test_8_a_single_expected_result_follows_the_last_of_its_actions() -> None:
    [listed] = read(
        {
            "S": [
                ["ID", "Title", "Steps", "Expected results"],
                ["T-1", "Sign in", "1. Open it\n2. Press Enter", "It is open"],
            ]
        }
    )
    assert steps(listed) == [("Open it", None, ""), ("Press Enter", None, "It is open")]
    [merged] = read(
        {"S": [["ID", "Title", "Action", "Expected result"], ["T-1", "Sign in", "Open it", "It is open"], [None, None, "Press Enter"]]},
        {"S": ["D2:D3"]},
    )  # fmt: skip
    assert steps(merged) == steps(listed)


def test_9_rows_without_an_action_go_on_with_the_step_above() -> None:
    [found] = read(
        {"S": [
            ["項番", "テスト項目", "手順", "テストデータ", "期待結果"],
            ["1", "ログインできる", "ログインする", "ID: tanaka", "ホームが表示される"],
            [None, None, None, "PW: x", "名前が表示される"],
        ]}
    )  # fmt: skip
    assert steps(found) == [("ログインする", "ID: tanaka\nPW: x", "ホームが表示される\n名前が表示される")]


def test_10_numbers_and_dates_are_what_the_sheet_shows() -> None:
    from openpyxl import load_workbook

    content = workbook(
        {"S": [["ID", "Title", "Action", "Test data", "Expected result"], [7, "x", "Enter it", 0.5, date(2026, 12, 31)],
               [None, None, "Enter it", datetime(2026, 1, 5, 9, 30), True]]}
    )  # fmt: skip
    import io

    book = load_workbook(io.BytesIO(content))
    book["S"]["A2"].number_format, book["S"]["D2"].number_format, book["S"]["D3"].number_format = (
        "000",
        "0%",
        "yyyy/mm/dd hh:mm",
    )
    buffer = io.BytesIO()
    book.save(buffer)
    [found] = read_procedures(buffer.getvalue(), name="a.xlsx")
    assert found.test_case_id == "007"
    assert steps(found) == [("Enter it", "50%", "2026-12-31"), ("Enter it", "2026/01/05 09:30", "TRUE")]


def test_11_a_number_beside_the_action_counts_steps_and_columns_may_have_no_heading() -> None:
    [found] = read(
        {"S": [
            ["テスト項目", "No", "手順", "期待結果", None],
            ["ログインできる", 1, "ログイン画面を開く", "画面が表示される", "済"],
            [None, 2, "「次へ」を押す", "次の画面に進む", None],
        ]}
    )  # fmt: skip
    assert (found.test_case_id, len(found.steps)) == ("ログインできる", 2)
    assert found.custom == {"列E": "済"}


def test_12_a_header_repeated_for_printing_is_no_case() -> None:
    header = ["項番", "テスト項目", "手順", "期待結果"]
    found = read({"S": [header, ["1", "a", "開く", "開く"], header, ["2", "b", "閉じる", "閉じる"]]})
    assert [case.test_case_id for case in found] == ["1", "2"]


def test_a_team_maps_its_own_headings() -> None:
    columns = read_columns(
        "columns:\n  なにをする: action\n  どうなる: expected\n  名前: title\n".encode(), name="c.yaml"
    )
    sheet = {"S": [["名前", "なにをする", "どうなる"], ["ログイン", "開く", "表示される"]]}
    [found] = read(sheet, columns=columns)
    assert (found.title, steps(found)) == ("ログイン", [("開く", None, "表示される")])
    with pytest.raises(UnreadableInputError, match="has no table of tests in 'S'"):
        read(sheet)


def test_a_sheet_of_procedures_is_read_for_the_cases_behind_it() -> None:
    content = workbook(
        {"S": [["項番", "テスト項目", "目的", "手順", "入力値", "期待結果"], ["1", "ログイン", "確認する", "ID を入力する", "tanaka", "表示される"],
               [None, None, None, "押す", None, "ホームに移る"]]}
    )  # fmt: skip
    [case] = read_cases(content, name="a.xlsx")
    assert (case.id, case.title, case.objective) == ("1", "ログイン", "確認する")
    assert case.expected_results == ("表示される", "ホームに移る")
    assert case.specification == "1. ID を入力する\n2. 押す"
    assert case.test_data == {"1": "tanaka"}


def test_verdicts_on_old_steps_are_not_those_of_new_ones() -> None:
    rows = [
        ["項番", "テスト項目", "手順", "期待結果", "結果", "実施日", "備考", "環境"],
        ["1", "a", "開く", "表示される", "OK", "2026/11/24", "遅い", "検証"],
        [None, None, "閉じる", "閉じる", "NG", "2026/11/25", "固まる", None],
    ]
    [case] = read_cases(workbook({"S": rows}), name="a.xlsx")
    assert case.custom == {"備考": "遅い\n固まる", "環境": "検証"}


def test_results_of_testers_and_a_teams_columns_survive() -> None:
    rows = [
        ["項番", "テスト項目", "手順", "期待結果", "判定", "実施日", "担当者", "備考", "環境"],
        ["1", "a", "開く", "表示される", "OK", "2026/11/24", "山田", None, "検証"],
        [None, None, "閉じる", "閉じる", "NG", "2026/11/25", "山田", "画面が固まる", None],
        ["2", "b", "開く", "表示される", None, None, None, None, "本番"],
    ]
    found = read({"S": rows})
    back = read_procedures(write_procedures(found, "xlsx"), name="b.xlsx")
    assert back[0].custom == {
        "結果": ["OK", "NG"], "実施日": ["2026/11/24", "2026/11/25"], "実施者": ["山田", "山田"],
        "備考": ["", "画面が固まる"], "環境": "検証",
    }  # fmt: skip
    assert back[1].custom == {"環境": "本番"}
    again = read_procedures(write_procedures(back, "csv"), name="b.csv")
    assert [entry.custom for entry in again] == [entry.custom for entry in back]


MARKDOWN = """# ログインのテスト

## LOGIN-001 誤ったパスワードでロックされる

- 優先度: 高

### 前提条件
- 会員 `tanaka` が登録済みである
- ロックされていない

### テストデータ
| 名前 | 値 |
|---|---|
| 会員ID | tanaka |

### 仕様
パスワードを **5 回**続けて誤ると、

アカウントをロックする。

### 期待結果
1. 「ロックされました」と表示される
2. 監査ログに記録される

## LOGIN-002: ログアウトできる

### 期待結果
ログイン画面に戻る
"""


def test_cases_are_read_from_markdown() -> None:
    first, second = read_cases(MARKDOWN.encode(), name="a.md")
    assert (first.id, first.title, first.section, first.priority) == (
        "LOGIN-001", "誤ったパスワードでロックされる", ("ログインのテスト",), "高",
    )  # fmt: skip
    assert first.preconditions == ("会員 tanaka が登録済みである", "ロックされていない")
    assert first.test_data == {"会員ID": "tanaka"}
    assert first.specification == "パスワードを **5 回**続けて誤ると、\n\nアカウントをロックする。"
    assert first.expected_results == ("「ロックされました」と表示される", "監査ログに記録される")
    assert (second.id, second.expected_results) == ("LOGIN-002", ("ログイン画面に戻る",))


def test_a_table_in_markdown_is_a_sheet() -> None:
    table = "| 項番 | テスト項目 | 期待結果 |\n|---|---|---|\n| T-1 | a | x<br>y |\n| T-2 | b | z |\n"
    cases = read_cases(f"# 一覧\n\n{table}".encode(), name="a.md")
    assert [(case.id, case.expected_results) for case in cases] == [("T-1", ("x", "y")), ("T-2", ("z",))]
    assert {case.section for case in cases} == {("一覧",)}, "what it stands below"


SCENARIOS = {
    "English": 'Given a page\nAnd a user\nWhen I press "Go"\nThen an error is shown\nAnd it stays',
    "Japanese": "前提 会員である\nもし 「検索」を押す\nならば 一覧が表示される",
    "a whole scenario": "Scenario: x\n  Given a page\n  When I press it\n  Then it is shown",
}


@pytest.mark.parametrize("text", SCENARIOS.values(), ids=SCENARIOS)
def test_gherkin_in_a_cell_is_read_as_steps(text: str) -> None:
    [found] = read({"S": [["No", "テスト項目", "手順"], ["1", "a", text]]})
    assert len(found.steps) == 1
    assert found.preconditions[0] in ("a page", "会員である")
    assert found.steps[0].expected_result.split("\n")[0] in ("an error is shown", "一覧が表示される", "it is shown")


ORDINARY = [
    "もしエラーが出たら、再試行する",
    "When it is ready, press Go",
    "Then press Go\nWhen it rings, stop",
    "Scenario Outline: x\nWhen <a>\nThen <b>\nExamples:\n|a|b|\n|1|2|\n|3|4|",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_a_sentence_that_begins_so_is_a_text_like_any_other(text: str) -> None:
    [found] = read({"S": [["No", "テスト項目", "手順"], ["1", "a", text]]})
    assert [step.action for step in found.steps] == [text]


def test_a_cell_that_begins_as_a_note_and_goes_on_with_many_blanks_is_told() -> None:
    rows = f"項番,テスト項目,期待結果\nT-1,保存,保存される\n,,Note{' ' * 30_000}x\n"
    with pytest.raises(UnreadableInputError, match="is too long"):
        load_cases(rows.encode(), name="a.csv")
