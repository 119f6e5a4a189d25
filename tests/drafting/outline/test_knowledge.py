"""What the engine `outline` does with what a team tells of its product."""

import sys
from collections.abc import Sequence

import pytest
from support.cases import ROOT

from testgen.domain.knowledge import Knowledge
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.text.marks import OPEN_POINT

sys.path.insert(0, str(ROOT))
from bench.knowledge import counted

SHOP = Knowledge.parse(
    {
        "screens": [
            {
                "name": "受注一覧画面",
                "open": "メニュー「販売」→「受注一覧」",
                "shows": ["受注の表"],
                "fields": ["受注番号"],
            },
            {
                "name": "受注詳細画面",
                "open": "受注一覧画面で受注番号を押す",
                "shows": ["変更履歴", "送料"],
                "fields": ["備考"],
            },
            {"name": "カート", "open": "ヘッダーのカートを押す", "shows": ["割引の行"], "fields": ["クーポンコード"]},
            {"name": "監査ログ", "open": "メニュー「管理」から「監査ログ」を選ぶ", "shows": ["操作者"]},
            {"name": "トップ", "open": "ログインすると表示される", "shows": ["お知らせ"]},
        ],
        "shared_steps": {
            "管理者ログイン": [
                "ログイン画面を開く",
                {"action": "IDとパスワードを入力する", "expected_result": "入力した値が表示される"},
                "「ログイン」を押す",
            ]
        },
        "accounts": [{"name": "admin01", "role": "管理者", "note": "パスワードは社内金庫にあります"}],
        "data": {"得意先コード": "C-001"},
    }
)
GARDEN = Knowledge.parse(
    {
        "screens": [
            {
                "name": "Programs",
                "open": "Choose Programs in the left menu",
                "shows": ["Preview"],
                "fields": ["Run time"],
            },
            {"name": "Event log", "open": "Menu > Event log", "shows": ["Audit tab"]},
            {"name": "Dashboard", "open": "Opens after sign-in", "shows": ["Stop all"]},
        ],
        "accounts": [{"name": "mgreen", "role": "Manager"}],
    }
)


def drafted(knowledge: Knowledge, results: Sequence[str], **facts: object) -> list[Step]:
    case = TestCase.parse({"id": "T", "title": "x", "expected_results": list(results), **facts})
    return outline(case, case.resolved_language(), knowledge)[0]


def actions(steps: Sequence[Step]) -> list[str]:
    return [step.action for step in steps]


def marks(steps: Sequence[Step]) -> list[str]:
    return OPEN_POINT.findall("\n".join(f"{step.action}\n{step.test_data}\n{step.expected_result}" for step in steps))


def test_a_screen_is_opened_the_teams_way_over_the_screens_that_lead_to_it() -> None:
    steps = drafted(
        SHOP,
        ["「保存しました」と表示される"],
        title="備考",
        specification="受注詳細画面で「保存」を押すと「保存しました」と表示する。",
    )
    assert actions(steps) == [
        "受注一覧画面を開く（メニュー「販売」→「受注一覧」）",
        "受注一覧画面で受注番号を押す",
        "「保存」を押す",
    ]
    assert [step.expected_result for step in steps[:2]] == ["受注一覧画面が表示される", "受注詳細画面が表示される"]


def test_what_the_case_has_for_a_screen_on_the_way_is_entered_there() -> None:
    steps = drafted(
        SHOP,
        ["「出荷しました」と表示される"],
        title="受注の出荷",
        test_data={"受注番号": "O-1"},
        specification="受注詳細画面で「出荷」を押すと「出荷しました」と表示する。",
    )
    assert ("受注番号を入力する", "O-1") in [(step.action, step.test_data) for step in steps]
    assert actions(steps).index("受注番号を入力する") == 1


def test_the_words_of_a_way_that_is_no_act_stand_behind_the_act() -> None:
    steps = drafted(SHOP, ["「新着」と表示される"], specification="トップ画面で「更新」を押すと「新着」と表示する。")
    assert actions(steps)[0] == "トップ画面を開く（ログインすると表示される）"
    steps = drafted(GARDEN, ['"Stopped" is shown'], specification='On the Dashboard page, the user clicks "Stop all".')
    assert actions(steps)[0] == "Open the Dashboard (Opens after sign-in)"


def test_a_result_is_looked_up_where_the_team_says_that_it_is_seen() -> None:
    told = {"title": "送料の計算", "specification": "受注詳細画面で「計算」を押すと計算する。"}
    steps = drafted(
        SHOP, ["「計算」を押すと「済」と表示される", "計算したことが記録されること", "割引が残ること"], **told
    )
    assert not marks(steps)
    assert actions(steps)[-4:] == [
        "メニュー「管理」から「監査ログ」を選ぶ",
        "監査ログで計算したことを確認する",
        "ヘッダーのカートを押す",
        "カートで割引を確認する",
    ]
    steps = drafted(GARDEN, ['After "Run now" is clicked, "Running" is shown', "The start is recorded"])
    assert actions(steps)[-2:] == ["Open the Event log (Menu > Event log)", "Check the start in the Event log"]


def test_steps_go_on_where_they_were_before_a_check_looked_elsewhere() -> None:
    steps = drafted(
        SHOP,
        [
            "「出荷」を押すと「出荷しました」と表示される",
            "監査ログに操作者が残る",
            "「取消」を押すと「取り消しました」と表示される",
        ],
        specification="受注詳細画面で「出荷」を押すと出荷する。「取消」を押すと取り消す。",
    )
    last = actions(steps)
    assert last[last.index("「取消」を押す") - 1] == "受注一覧画面で受注番号を押す"


def test_shared_steps_are_done_where_a_case_says_their_name() -> None:
    steps = drafted(
        SHOP, ["「保存しました」と表示される"], preconditions=["管理者ログイン済みであること（admin01）"],
        specification="受注詳細画面で「保存」を押すと保存する。",
    )  # fmt: skip
    assert [(step.kind, step.action, step.test_data) for step in steps[:3]] == [
        ("setup", "ログイン画面を開く", None),
        ("setup", "IDとパスワードを入力する", "admin01"),
        ("setup", "「ログイン」を押す", None),
    ]
    assert steps[1].expected_result == "入力した値が表示される"


def test_a_value_that_the_case_leaves_out_comes_from_the_test_environment() -> None:
    told = {"specification": "受注一覧画面で得意先コードを入力し「検索」を押すと「3件」と表示する。"}
    steps = drafted(SHOP, ["「3件」と表示される"], **told)
    assert ("得意先コードを入力する", "C-001") in [(step.action, step.test_data) for step in steps]
    login = {"specification": "ログインIDとパスワードを入力し「ログイン」を押すと「ようこそ」と表示する。"}
    entered = [step.test_data for step in drafted(SHOP, ["「ようこそ」と表示される"], **login) if step.test_data]
    assert entered == ["admin01 / パスワードは社内金庫にあります"]


def test_data_lead_to_the_screen_that_has_fields_for_them() -> None:
    steps = drafted(
        SHOP, ["2枚目でエラーになること"], test_data={"クーポン1": "A", "クーポン2": "B"}, title="クーポン2枚目の入力"
    )
    assert [(step.action, step.test_data) for step in steps] == [
        ("ヘッダーのカートを押す", None),
        ("クーポンコードを入力する", "A"),
        ("クーポンコードを入力する", "B"),
    ]
    steps = drafted(GARDEN, ["Preview shows the adjusted minutes"], test_data={"run time": "7 min"})
    assert [(step.action, step.test_data) for step in steps] == [
        ("Choose Programs in the left menu", None),
        ("Enter the Run time", "7 min"),
    ]


def test_what_happens_by_itself_is_not_taken_for_something_to_look_up() -> None:
    """A check would hide that nobody says how to bring it about."""
    steps = drafted(GARDEN, ["The programs and the master valve close"], title="Fault")
    assert marks(steps)


@pytest.mark.parametrize(
    "results", [["申請が承認されること"], ["「保存」を押すと「保存しました」と表示される"], ["The claim is approved"]]
)
def test_knowledge_that_has_nothing_to_do_with_a_case_changes_nothing(results: list[str]) -> None:
    assert drafted(SHOP, results) == drafted(Knowledge(), results)


def test_of_thirty_thin_cases_about_a_third_of_the_open_points_is_left() -> None:
    """Three products, whose cases and knowledge somebody wrote who had not seen the code."""
    found = counted()
    without, told = sum(entry.without for entry in found), sum(entry.told for entry in found)
    assert len(found) == 30
    assert told <= 9
    assert told <= without * 0.36
