"""What an English result needs somebody to do as well, behind the act that leads to it, and who tries what it says to be possible."""

from typing import Any

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english import English
from testgen.drafting.outline.reading.case import read

ENGLISH = English()
PEOPLE = [
    "Two participants (P1, P2) are in the call",
    "3 users: handler (H), senior handler (SH)",
    "ana@x.test is an editor",
]


def read_line(text: str, **fields: Any) -> tuple[str, str]:
    case = TestCase.parse({"id": "x", "title": "t", "preconditions": PEOPLE, "expected_results": [text], **fields})
    line = ENGLISH.script(case, read(case, ENGLISH)).lines(text)[-1]
    return line.do, line.further


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("P2 can still share", "As P2, share"),
        ("H opening his own payment: Approve is missing", "As H, open his own payment"),
        ("P1 is no longer able to rename the room", "As P1, try to rename the room"),
        ("P1 can't find order 7 in list, search or export", "As P1, look for order 7 in list, search or export"),
        ("After Lock P2 can leave the call", "choose Lock, then as P2, leave the call"),
        ("nurse can go on but must pick a reason", "As nurse, go on, then pick a reason"),
        ("After deletion the PIN is rejected at any time", "delete it, then try the PIN"),
        ("After paying £2.80 the same ticket opens the barrier", "pay £2.80, then try the same ticket"),
        (
            "When both are full, a further case is unassigned",
            "make sure that both are full, then create a further case",
        ),
        ("A dialog says that the merge cannot be undone", ""),
    ],
)
def test_who_tries_what_and_what_is_tried(text: str, do: str) -> None:
    assert read_line(text)[0] == do


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("Rights back on -> P1 able to share again", "As P1, share again"),
        ("Owner adds ana@ to the range -> ana@ can edit B5", "As ana@, edit B5"),
        ("After H shares it with SH: visible, no Edit button", "As SH, check what is shown"),
        ("Report approved -> Fri 12:00 email lists 1 name", "wait until Fri 12:00"),
    ],
)
def test_a_second_person_and_a_later_time_come_behind(text: str, further: str) -> None:
    assert read_line(text)[1] == further


@pytest.mark.parametrize(
    ("text", "do"),
    [
        # a circumstance told by a noun or a gerund
        ("After a device restart (radio still off) the bar is amber", "restart the device (radio still off)"),
        ("Within 60 s of switching the radio on the bar is green", "switch the radio on, then wait up to 60 s"),
        ("Badge on the list after the app has synced", "let the app sync"),
        # a time, and what is done at it
        ("11:55 insert ticket -> opens", "wait until 11:55, then insert ticket"),
        ("Next check is due 30 minutes after the charted time", ""),
        # a word that looks like another one
        ("BD70 WRM then enters: ticket issued", "let BD70 WRM enter"),
        ("remaining today shows 0.00 on the Limits screen", ""),
        ("Next month's payment is due on the 1st again", ""),
        ("readers who signed up get one email when stock goes from 0 to 1", "let the stock go from 0 to 1"),
        ("Old URL of B opens A", "open the old URL of B"),
    ],
)
def test_what_brings_a_result_is_read_as_it_is_meant(text: str, do: str) -> None:
    assert read_line(text)[0] == do


def test_an_outcome_that_another_result_tells_is_nothing_to_do() -> None:
    results = ["1,200.01 -> blocked", "balance unchanged after block"]
    case = TestCase.parse({"id": "x", "title": "t", "expected_results": results})
    assert not ENGLISH.script(case, read(case, ENGLISH)).lines(results[1])[0].do


def test_a_call_is_sent_to_the_resource_that_a_result_names() -> None:
    spec = "```\nPOST /v2/orders/{id}/refunds\n201\n```"
    fields: dict[str, Any] = {"title": "POST /v2/orders/{id}/refunds", "specification": spec}
    assert read_line("GET order shows exactly one refund", **fields)[0] == "send `GET /v2/orders/{id}`"
    assert read_line("Location present; GET on it returns the same id", **fields)[0] == "send GET on it"


def test_a_door_that_is_opened_for_a_time_is_named_by_the_specification() -> None:
    spec = "Window open > 2 min => heating pauses. Window closed => heating resumes."
    assert read_line("open 1 min: no pause", specification=spec)[0] == "open the window 1 min"


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Marketing consent = opted out", "Check the marketing consent"),
        ("Reservation = Checked out, balance up by 254.00", "Check the reservation"),
        ("Accented names (Zoë, Siân) display properly", "Check the accented names (Zoë, Siân)"),
        ("First aid allowance (not pro-rated) paid in full", "Check the first aid allowance"),
        ("3 deals listed on the master", "Check the deals on the master"),
        ("500 postings, total 1.75", "Check the postings"),
        ("Managers with nothing outstanding get nothing", "Check that managers with nothing outstanding get nothing"),
        ("Server shows CC-5071 with 12 and 7", "Check CC-5071 on the server"),
        ("Wolf Hall gets a new due date, 21 days from today", "Check the new due date of Wolf Hall"),
        ("Confirm dialog says that merge cannot be undone", "Check the confirm dialog"),
        ("And the old key card stops working", "Try the old key card"),
        ("Confirmation page shows a reference in the agreed format", "Check the confirmation page"),
        ("rate unchanged after block", "Check the rate"),
        ("no email to people who signed up for other sizes", "Look for any email in the mailboxes of people who signed up for other sizes"),
    ],
)  # fmt: skip
def test_what_is_looked_at_is_a_whole_thing(text: str, check: str) -> None:
    assert ENGLISH.check(text, ENGLISH.place(text)) == check


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("The Salt Path keeps its old due date", "note the due date of The Salt Path"),
        ("Folio balance before = balance after", "note the folio balance"),
        ("A/R 10077 balance up by 254.00", "note A/R 10077 balance"),
        ("Old URL of B opens A", "note the URL of B"),
    ],
)
def test_what_is_compared_is_noted_before(text: str, note: str) -> None:
    case = TestCase.parse({"id": "x", "title": "t", "expected_results": [text]})
    assert ENGLISH.script(case, read(case, ENGLISH)).noted(text) == note
