"""What a thing does in a result that somebody has to cause."""

from typing import Any

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def acts(*results: str, **fields: Any) -> list[str]:
    given: dict[str, Any] = {"id": "x", "title": "A", "expected_results": list(results)}
    return [step.action for step in outline(TestCase.parse(given | fields), "en")[0]]


@pytest.mark.parametrize(
    ("result", "act"),
    [
        ("Turnstile refuses the old badge, light is red", "Present the old badge at the turnstile"),
        ("Side gate accepts a new ticket", "Present a new ticket at the side gate"),
        ("Ticket scanner rejects the used code with a beep", "Present the used code at the ticket scanner"),
        ("Share link opens the folder without a sign-in", "Open the share link without a sign-in"),
        ("pdf_url opens with the guest token", "Open the pdf_url with the guest token"),
    ],
)
def test_a_device_is_shown_what_it_judges_and_a_link_is_opened(result: str, act: str) -> None:
    assert acts(result) == [act]


def test_a_call_on_it_is_sent_to_what_the_header_names() -> None:
    told = acts("Location header is there; GET on it gives the same order", "Page is shown when OK is pressed")
    assert "Send GET to the URL in the Location header" in told


def test_what_is_offered_is_offered_when_its_label_is_pressed() -> None:
    spec = "On Done the visitor is offered: Print slip / Send slip / Nothing."
    assert acts("Visitor without a phone is not offered Send slip", specification=spec) == ["Press Done"]


def test_a_key_is_pressed_with_the_choice_that_is_told_with_it() -> None:
    spec = "Operator goes on by pressing F4 (Skip) and entering a code."
    assert acts("F4 + scan A-1: refused", specification=spec) == ["Press F4", "Enter a code", "Scan A-1"]


def test_a_further_one_is_made_like_those_of_the_data() -> None:
    results = ("Ana gets none", "When both are busy, a further ticket is Open")
    told = acts(*results, test_data={"tickets": "3 chat tickets, created at the same time"})
    assert told[0] == "Create 3 chat tickets at the same time"
    assert told[-1] == "Create a further ticket"


def test_what_is_given_and_has_to_come_about_is_done_first() -> None:
    spec = """Given a pass which expired yesterday
When the gate next goes online
Then the pass is grey

Given the pass is extended within 5 days
When the gate goes online
Then the pass is green"""
    assert acts("Pass is grey", "The pass is green, extended", specification=spec) == [
        "Let the pass expire",
        "Wait until the gate next goes online",
        "Extend the pass within 5 days",
        "Wait until the gate goes online",
    ]


def test_cells_are_filled_and_a_path_of_the_objective_is_gone() -> None:
    told = acts(
        "List shows two columns when the box is ticked",
        "Heading has not moved",
        "Last first -> b, a",
        title="Sort range by one column",
        objective="Data > Sort range with a heading",
        preconditions=["New sheet, B2:B9 filled as below"],
        test_data={"B2:B9": "b / a"},
    )
    assert told[:3] == ["Fill B2:B9 with the test data", "Go to Data > Sort range", "Tick the box"]


def test_two_things_come_about_before_it_is_seen() -> None:
    told = acts("Once T1 has gone and T2 arrives at the gate, the light turns green", "Gate is shut")
    assert told[1] == "Let T2 arrive at the gate"
    told = acts("After the door has closed and the pump stops, the alarm starts", "Gate is shut")
    assert told[:2] == ["Close the door", "Let the pump stop"]


def test_a_chain_that_begins_with_a_role_is_walked_by_it() -> None:
    spec = "Host -> People -> G1 -> press Mute."
    assert acts("G1 is muted for everybody", "Bell is shown at G1", title="Mute", specification=spec) == [
        "As the host, go to People → G1",
        "Press Mute",
    ]
