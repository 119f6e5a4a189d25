"""Japanese clauses: where they end, what their predicate is, how they hang together."""

import pytest

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.morphemes import CHAIN, END, TRIGGER


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("IDを入力し「ログイン」を押すと認証する", [("入力する", CHAIN), ("押す", TRIGGER), ("認証する", END)]),
        (
            "画面を開いた後に他の担当者が更新していた場合は表示する",
            [("開く", TRIGGER), ("更新する", TRIGGER), ("表示する", END)],
        ),
        ("「カートに入れる」押下時に在庫数をチェックする", [("押下する", TRIGGER), ("チェックする", END)]),
        ("再ログイン後に画面が開く", [("再ログインする", TRIGGER), ("開く", END)]),
        ("氏名を入力せずに「登録」を押した場合", [("入力する", CHAIN), ("押す", TRIGGER)]),
        ("店舗マスタから9999を削除", [("削除する", END)]),
    ],
)
def test_a_clause_ends_at_its_predicate(sentence: str, clauses: list[tuple[str, str]]) -> None:
    assert [(clause.verb, clause.link) for clause in split_clauses(sentence) if clause.verb] == clauses


def test_nothing_is_split_inside_quotes() -> None:
    (clause,) = split_clauses("「更新しました。再検索してください」と表示する")
    assert clause.verb == "表示する"


@pytest.mark.parametrize(
    ("sentence", "passive", "potential", "negative", "state"),
    [
        ("登録される", True, False, False, False),
        ("直接入力できる", False, True, False, False),
        ("登録しない", False, False, True, False),
        ("表示している", False, False, False, True),
        ("表示されていない", True, False, True, True),
    ],
)
def test_the_endings_say_voice_polarity_and_aspect(
    sentence: str, passive: bool, potential: bool, negative: bool, state: bool
) -> None:
    (clause,) = split_clauses(sentence)
    assert (clause.passive, clause.potential, clause.negative, clause.state) == (passive, potential, negative, state)


def test_a_text_that_is_too_long_for_a_sentence_is_left_whole() -> None:
    assert len(split_clauses("押すと" * 1000)) == 1
