"""The steps as a course of events: screens, clean-up, results that say the action again."""

import pytest
from support.procedures import procedure

from testgen.domain.background import Background
from testgen.domain.knowledge import Knowledge
from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Procedure
from testgen.reviewer import review

SEEN: dict[Language, str] = {"en": "The title is blue", "ja": "件数が 3 と表示される"}


def findings(rule: str, made: Procedure) -> list[Finding]:
    return [finding for finding in review(made).findings if finding.rule == rule]


def steps(language: Language, *actions: str) -> Procedure:
    return procedure(*((action, SEEN[language]) for action in actions), language=language)


@pytest.mark.parametrize(
    ("language", "actions", "excerpt"),
    [
        ("en", ["On the orders page, select order 12", "Go to the orders page"], "orders page"),
        ("en", ['Click "Edit" on the user list screen', "Open the user list screen"], "user list screen"),
        ("ja", ["受注一覧画面で受注 12 を選択する", "受注一覧画面を開く"], "受注一覧画面"),
        ("ja", ["明細画面の「編集」を押す", "明細画面に遷移する"], "明細画面"),
        # it is there already, or may be
        ("en", ["Open the orders page", "On the orders page, select order 12", "Open the orders page"], None),
        ("en", ["On the orders page, select order 12", "Close the window"], None),
        ("en", ["On the home page, select order 12", "Go to the home page"], None),
        ("en", ["On the next page, select order 12", "Open the next page"], None),
        ("ja", ["受注一覧画面を開く", "受注一覧画面で受注 12 を選択する", "受注一覧画面を開く"], None),
        ("ja", ["トップ画面で「受注」を押す", "トップ画面を開く"], None),
    ],
)
def test_a_screen_is_used_before_it_is_opened(language: Language, actions: list[str], excerpt: str | None) -> None:
    assert [f.excerpt for f in findings("unreachable-screen", steps(language, *actions))] == [excerpt] * bool(excerpt)


def test_a_screen_that_the_team_tells_how_to_open_is_reached() -> None:
    made = steps("en", "On the orders page, select order 12", "Open the orders page")
    told = Knowledge.parse({"screens": [{"name": "Orders", "open": "Menu Sales > Orders"}]})
    assert "unreachable-screen" in [found.rule for found in review(made).findings]
    assert "unreachable-screen" not in [found.rule for found in review(made, background=Background(told)).findings]


def test_a_screen_that_a_precondition_or_an_earlier_result_names_is_reached() -> None:
    actions = ["On the orders page, select order 12", "Open the orders page"]
    made = steps("en", *actions).model_copy(update={"preconditions": ("The orders page is shown",)})
    assert not findings("unreachable-screen", made)
    made = procedure(("Sign in as mori", "The orders page is shown"), *((action, SEEN["en"]) for action in actions))
    assert not findings("unreachable-screen", made)


@pytest.mark.parametrize(
    ("language", "actions", "excerpt"),
    [
        ("en", ["Open the list", "Create a user account for mori"], "Create a user account"),
        ("en", ["Open the menu and change the time zone to UTC"], "change the time zone"),
        ("ja", ["会員 mori を登録する"], "会員 mori を登録する"),
        ("ja", ["パスワードを abc に変更する"], "パスワードを abc に変更する"),
        # put back, or nothing that stays
        ("en", ["Create a user account for mori", "Delete the account"], None),
        ("en", ["Change the time zone to UTC", "Change the time zone back to JST"], None),
        ("en", ["Open the list of users that were created"], None),
        ("ja", ["会員 mori を登録する", "会員 mori を削除する"], None),
        ("ja", ["設定を A に変更する", "設定を元に戻す"], None),
        ("ja", ["登録画面を開く"], None),
    ],
)
def test_what_is_made_and_never_put_back(language: Language, actions: list[str], excerpt: str | None) -> None:
    assert [f.excerpt for f in findings("no-cleanup", steps(language, *actions))] == [excerpt] * bool(excerpt)


def test_clean_up_may_be_a_postcondition_and_a_refused_entry_makes_nothing() -> None:
    made = steps("en", "Create a user account for mori")
    assert findings("no-cleanup", made)
    assert not findings("no-cleanup", made.model_copy(update={"postconditions": ("mori is kept for T-2",)}))
    assert not findings("no-cleanup", procedure(("Create a user account for mori", "An error is shown")))
    assert not findings("no-cleanup", procedure(("会員 mori を登録する", "登録できない"), language="ja"))


@pytest.mark.parametrize(
    ("language", "action", "result", "found"),
    [
        ("en", 'Click "Save"', '"Save" is clicked', True),
        ("en", "Press the power button", "The power button was pressed.", True),
        ("en", "Enter 100 into Amount", "100 is entered in Amount", True),
        ("en", "Close the window", "Close the window", True),
        ("en", 'Click "Save"', '"Save" is greyed out', False),
        ("en", "Open Settings", "Settings opens", False),
        ("en", 'Click "Save"', '"Save" cannot be clicked', False),
        ("en", "Verify that the list is empty", "Verify that the list is empty", False),
        ("ja", "「保存」を押す", "「保存」が押される", True),
        ("ja", "氏名を入力する", "氏名が入力できること", True),
        ("ja", "窓を閉じる", "窓を閉じる", True),
        ("ja", "「保存」を押す", "「保存」が押せない", False),
        ("ja", "氏名を入力する", "入力した氏名が表示される", False),
        ("ja", "受注画面を開く", "受注画面が開く", False),
    ],
)
def test_a_result_that_only_says_the_action_again(language: Language, action: str, result: str, found: bool) -> None:
    made = procedure((action, result), language=language)
    assert bool(findings("expected-result-repeats-action", made)) is found
