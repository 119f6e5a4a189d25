"""Verbs with re- and un- before those of the list have all their forms."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.engine import outline
from testgen.drafting.outline.english import English

VERBS = English().verbs


@pytest.mark.parametrize(
    ("past", "lemma"),
    [
        ("unfroze", "unfreeze"),
        ("unfrozen", "unfreeze"),
        ("rewrote", "rewrite"),
        ("unlocked", "unlock"),
    ],
)
def test_what_is_done_again_or_back_has_its_base_form(past: str, lemma: str) -> None:
    assert VERBS.lemma_of_past(past) == lemma


def test_what_is_done_again_has_the_base_form_of_its_verb() -> None:
    for surface, (verb, form) in list(VERBS._forms.items()):
        if (
            form in ("past", "participle")
            and surface.isalpha()
            and len(surface) > 3
            and f"re{surface}" not in VERBS._forms
        ):
            assert VERBS.lemma_of_past(f"re{surface}") == f"re{verb.lemma}"


def test_a_case_that_unfreezes_a_card_is_read() -> None:
    case = TestCase(
        id="A-1",
        title="Freeze and unfreeze a card",
        expected_results=["After unfreezing, the shop payment is approved"],
    )
    steps, _ = outline(case, "en")
    assert steps[0].action == "Unfreeze it"
