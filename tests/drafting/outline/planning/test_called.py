"""By which words a step speaks of a datum."""

import pytest

from testgen.drafting.outline.model import Datum
from testgen.drafting.outline.planning.called import Called

DATA = Called(
    [
        Datum("payment P1", "EUR 5,000.00"),
        Datum("payment P2", "EUR 5,000.01"),
        Datum("sandbox delay 1", "2 minutes"),
        Datum("container 2", "TGHU3310985"),
        Datum("PIN 1", "482913"),
        Datum("PIN 2", "771204"),
        Datum("P100 token", "tok-p100"),
        Datum("reader_a", "Amira Solberg, card 2900417"),
        Datum("reason for return", "Photo older than six months"),
        Datum("truck", "HH-TR 4471"),
        Datum("idempotency key", "any UUID"),
        Datum("create body", "{}"),
        Datum("Q1 answer", "B (correct)"),
        Datum("Q2 answer", "D (wrong)"),
        Datum("Booking", "KP3T9A, Obi, room 305"),
        Datum("good 1", "UN 1263 Paint, class 3"),
        Datum("kill point", "while chunk 8 is running"),
        Datum("promo code", "SPRING15 (15% off)"),
    ]
)


@pytest.mark.parametrize(
    ("step", "named"),
    [
        ("Enter P2", ["payment P2"]),
        ("Press Pay, delay 1", ["sandbox delay 1"]),
        ("Use container 2 with the right PIN", ["container 2", "PIN 2"]),
        ("Send a request for container 2", ["container 2", "PIN 2"]),
        ("Send `POST /holds` with P100", ["P100 token"]),
        ("As Amira, scan her card", ["reader_a"]),
        ("Return the application with the reason given", ["reason for return"]),
        ("Use the truck", ["truck"]),
        ("Enter 482913 as PIN 1", []),
        ("Answer", ["Q1 answer", "Q2 answer"]),
        ("Choose the room of Obi", ["Booking"]),
        ("Start the job, kill it during the merge", ["kill point"]),
        ("Put UN 1263 on the truck", ["truck", "good 1"]),
        ("Enter the code in lower case", ["promo code"]),
        # another value, or none at all
        ("Use the same key but truck HH-TR 4472", []),
        ("Send it without the Idempotency-Key header", []),
        ("Use another truck", []),
    ],
)
def test_a_step_speaks_of_a_datum_by_name_key_number_or_person(step: str, named: list[str]) -> None:
    assert [datum.name for datum in DATA.in_step(step)] == named
