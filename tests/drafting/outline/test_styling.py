"""Steps in a team's words and style."""

import pytest

from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Step
from testgen.drafting.outline.styling import in_style


def styled(action: str, **glossary: object) -> str:
    return in_style(Step(number=1, kind="action", action=action, expected_result="x"), Glossary.parse(glossary)).action


@pytest.mark.parametrize(
    ("action", "ending", "wanted"),
    [
        ("ログイン画面を開く", "ですます", "ログイン画面を開きます"),
        ("値を入力する", "ですます", "値を入力します"),
        ("「保存」を押す", "ですます", "「保存」を押します"),
        ("画面を閉じる", "ですます", "画面を閉じます"),
        ("一覧に戻る", "ですます", "一覧に戻ります"),
        ("31分待つ", "ですます", "31分待ちます"),
        ("値を入力する", "すること", "値を入力すること"),
        ("値を入力する", "する", "値を入力する"),
        ("「ログイン」を押す。手順2〜3を合計5回行う", "ですます", "「ログイン」を押す。手順2〜3を合計5回行います"),
        ("「保存」", "ですます", "「保存」"),
    ],
)
def test_the_ending_of_japanese_steps(action: str, ending: str, wanted: str) -> None:
    assert styled(action, style={"ending": ending}) == wanted


def test_labels_get_the_teams_brackets_and_open_points_stay() -> None:
    assert styled("「保存」を押す", style={"brackets": "[]"}) == "[保存]を押す"
    assert styled("【要記入: 場所】で確認する", style={"brackets": "「」"}) == "【要記入: 場所】で確認する"


def test_words_are_replaced_outside_labels_only() -> None:
    terms = [{"term": "ボタン", "instead_of": ["釦"]}]
    assert styled("釦「釦」を押す", terms=terms) == "ボタン「釦」を押す"
    assert styled("Click the button", terms=[{"term": "Press", "instead_of": ["Click"]}]) == "Press the button"


def test_without_a_glossary_nothing_changes() -> None:
    step = Step(number=1, kind="action", action="x", expected_result="y")
    assert in_style(step, Glossary()) == step
