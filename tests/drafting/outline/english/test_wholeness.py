"""An order ends where it runs into a clause of its own."""

import pytest

from testgen.drafting.outline.engine import load_tongue
from testgen.drafting.outline.english import English
from testgen.drafting.outline.english.wholeness import whole

TONGUE = load_tongue("en")


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        ("repeat the same request with the same key gives the same id", "repeat the same request with the same key"),
        ("change the volume during the call does not change the radio", "change the volume during the call"),
        ("milk she's", ""),
        ("roll back it", "roll it back"),
        ("As Mira, open the door is green", "As Mira, open the door"),
        ("hold RESET until the lamp is green", "hold RESET until the lamp is green"),
        ("make 31 requests within one minute", "make 31 requests within one minute"),
        ("make sure that the pot is full", "make sure that the pot is full"),
        ("import price lists to the server", "import price lists to the server"),
        ("clear old locks on table T1", "clear old locks on table T1"),
        ("open the Orders page", "open the Orders page"),
        ("send `GET /jobs` has", "send `GET /jobs`"),
    ],
)
def test_an_order_ends_where_it_runs_into_a_clause_of_its_own(order: str, kept: str) -> None:
    assert isinstance(TONGUE, English)
    assert whole(order, TONGUE.verbs) == kept
