"""Procedures side by side: the same twice, and two names for one thing."""

import pytest
from support.procedures import procedure

from testgen.domain.background import Background
from testgen.domain.glossary import Glossary
from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Procedure
from testgen.reviewer import compare, review

NAMES = ("amounts", "customers", "dates of delivery")
LONG = ("Open the list of orders of the shop", "The list of all orders is shown")


def titled(title: str, *steps: tuple[str, str], language: Language = "en") -> Procedure:
    return procedure(*steps, language=language).model_copy(update={"title": title, "test_case_id": title})


def found(rule: str, *procedures: Procedure) -> list[list[Finding]]:
    """The findings of a rule for each procedure, of itself and among the others."""
    hits = compare(procedures)
    return [
        [finding for finding in review(made, among=among).findings if finding.rule == rule]
        for made, among in zip(procedures, hits, strict=True)
    ]


def test_the_later_of_two_that_are_the_same_is_reported_with_the_share() -> None:
    more = [(f"Look at the column of the {name} of every order", f"The {name} is filled in") for name in NAMES]
    same = (LONG, *more, ("Sort the list of orders by their date", "The newest order stands first"))
    other = (LONG, *more, ("Sort the list of orders by  their dates.", "The newest order stands first"))
    first, second, third = found(
        "duplicate-procedure", titled("A", *same), titled("B", ("Close it", "It closes")), titled("C", *other)
    )
    assert (first, second) == ([], [])
    [finding] = third
    assert finding.message == '92% of the steps match those of "A A".'
    assert (finding.field, finding.step) == ("/steps", None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('Sort the list of orders by "date"', 'Sort the list of orders by "name"'),
        ("Enter 100 into the field of the amount", "Enter 101 into the field of the amount"),
        ("The newest order stands first in it", "The newest order is not the first in it"),
        ("Sort the list of orders by their date", "Delete every order that was shipped"),
    ],
)
def test_a_value_a_label_or_a_denial_makes_another_test(one: str, other: str) -> None:
    more = tuple(
        (f"Look at the column {name} of the list", "It is filled in") for name in ("amount", "name", "customer")
    )
    assert found(
        "duplicate-procedure", titled("A", LONG, *more, (one, "Ok")), titled("B", LONG, *more, (other, "Ok"))
    ) == [[], []]


def test_other_preconditions_make_another_test() -> None:
    one, other = titled("A", LONG), titled("B", LONG)
    assert found("duplicate-procedure", one, other)[1]
    assert (
        found("duplicate-procedure", one, other.model_copy(update={"preconditions": ("mori is signed in",)}))[1] == []
    )


def test_japanese_procedures_are_compared_too() -> None:
    steps = (
        ("受注一覧の画面を開き、受注番号の列を見る", "受注番号が昇順に並んでいる"),
        ("「アーカイブ」を押し、確認の画面で「はい」を押す", "一覧から消える"),
    )
    one, other = (titled(title, *steps, language="ja") for title in "AB")
    assert found("duplicate-procedure", one, other)[1][0].message == "手順の100%が「A A」と同じです。"


@pytest.mark.parametrize(
    ("language", "one", "other", "excerpt"),
    [
        ("en", "Tick the checkbox of the row", "Clear the check box", "check box"),
        ("en", "Pick a colour for the text", "Reset the color", "color"),
        (
            "en",
            "Look at the order list page. Open the order list page",
            "Close the order list screen",
            "order list screen",
        ),
        ("ja", "サーバーを起動する", "サーバを停止する", "サーバ"),
        ("ja", "申込を取り消す", "申し込みを行う", "申し込み"),
        ("ja", "会員登録画面を開く", "会員登録ページを閉じる", "会員登録ページ"),
        # one name, or two things
        ("en", 'Tick the "check box"', "Clear the checkbox", None),
        ("en", "Log in as mori", "Open the login page", None),
        ("en", "Go to full screen", "Leave full-screen mode", None),
        ("en", "Open the next page", "Look at the next screen", None),
        ("en", "Open Network Manager", "Restart networkmanager", None),
        ("ja", "「サーバー」を選択する", "サーバを停止する", None),
        ("ja", "メールを開く", "メルを開く", None),
        ("ja", "次の画面を開く", "次のページを開く", None),
    ],
)
def test_two_names_for_one_thing_in_a_procedure_and_over_a_suite(
    language: Language, one: str, other: str, excerpt: str | None
) -> None:
    seen = "It is shown" if language == "en" else "表示される"
    wanted = [excerpt] if excerpt else []
    alone = found("inconsistent-term", titled("A", (one, seen), (other, seen), language=language))
    assert [finding.excerpt for finding in alone[0]] == wanted
    suite = [titled(title, (text, seen), language=language) for title, text in (("A", one), ("B", one), ("C", other))]
    *usual, rare = found("inconsistent-term", *suite)
    assert usual == [[], []]
    assert [finding.excerpt for finding in rare] == wanted


def test_what_the_glossary_replaces_is_said_once() -> None:
    glossary = Glossary.parse({"terms": [{"term": "サーバー", "instead_of": ["サーバ"]}]})
    made = titled("A", ("サーバーを起動する", "起動する"), ("サーバを停止する", "停止する"), language="ja")
    rules = [finding.rule for finding in review(made, background=Background.of(glossary)).findings]
    assert "term-not-in-glossary" in rules
    assert "inconsistent-term" not in rules
