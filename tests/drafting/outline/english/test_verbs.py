"""Verbs with re- and un- before those of the list have all their forms."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english import English
from testgen.drafting.outline.engine import outline

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


def test_every_irregular_verb_of_the_list_can_be_done_again_or_back() -> None:
    for surface in list(VERBS._forms):
        for prefix in ("re", "re-", "un", "un-"):
            VERBS.lemma_of_past(prefix + surface)
            VERBS.participle_of(prefix + surface)


def test_a_case_that_unfreezes_a_card_is_read() -> None:
    case = TestCase(
        id="A-1",
        title="Freeze and unfreeze a card",
        expected_results=["After unfreezing, the shop payment is approved"],
    )
    steps, _ = outline(case, "en")
    assert steps[0].action == "Unfreeze it"
