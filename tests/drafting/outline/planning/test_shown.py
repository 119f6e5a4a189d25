"""A check whose place an earlier step showed: the record or the screen is opened again; where no step showed it, the place is asked for."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline

ARTICLE = (
    'The editor opens the article. The editor enters the text and clicks "Save".\n'
    'When the text is empty, the system shows "Nothing to save".'
)
ROLES = (
    'On the Members page, the user selects a member, selects a new role and clicks "Save".\n'
    'If the user is no owner, the system shows "Not allowed" and keeps the role.'
)
STOCK = (
    "在庫引当画面では受注番号を入力して「検索」を押すと明細が表示され、引当数量を入力して「引当」を押すと引き当てる。"
    "在庫が足りない場合は「不足しています」を表示する。"
)


def told(*results: str, language: str = "en", **fields: Any) -> list[str]:
    case = TestCase.parse({"id": "x", "title": "A test", "expected_results": results, **fields})
    return [step.action for step in outline(case, language)[0]]  # type: ignore[arg-type]


def member(*results: str) -> list[str]:
    return told(*results, specification=ROLES, test_data={"member": "ito", "new role": "Owner"})[4:]


def test_a_record_that_was_opened_is_opened_again() -> None:
    about = {"specification": ARTICLE, "test_data": {"article": "Checklist", "text": "none"}}
    steps = told('"Nothing to save" is shown', "the article still contains the old text", **about)
    assert steps[3:] == ["Open the article again", "Check the article"]


def test_a_screen_on_which_the_thing_was_chosen_is_opened_again_and_only_once() -> None:
    again = ["Open the Members page again", "Check the role of ito on the Members page"]
    assert member('"Not allowed" is shown', "the role of ito is still Member") == again
    assert member('"Not allowed" is shown', "the role of ito is still Member", "ito's role is not changed") == [
        *again,
        "Check ito's role on the Members page",
    ]


def test_what_was_looked_up_is_looked_up_again() -> None:
    about = {"specification": STOCK, "test_data": {"受注番号": "J-1", "引当数量": "3"}}
    steps = told("「不足しています」が表示される", "受注 J-1 は未引当のままである", language="ja", **about)
    assert steps[-4:] == [
        "在庫引当画面をもう一度開く",
        "受注番号を入力する",
        "「検索」を押す",
        "在庫引当画面で受注 J-1 を確認する",
    ]


def test_the_place_of_what_no_step_showed_is_asked_for() -> None:
    """The screen is about roles: that it shows a balance as well would be guessed."""
    asked = ['Click "Save"', "Check the balance of ito at [FILL IN: where]"]
    assert member('"Not allowed" is shown', "the balance of ito is unchanged") == asked


def test_nothing_is_opened_again_before_a_later_result_that_goes_on_where_things_stand() -> None:
    later = 'When "Cancel" is clicked, the form is empty'
    steps = member('"Not allowed" is shown', "the role of ito is still Member", later)
    assert steps == ["Check the role of ito at [FILL IN: where]", 'Click "Cancel"']
