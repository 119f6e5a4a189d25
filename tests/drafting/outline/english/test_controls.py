"""What an English case names that can be operated, the data that are each a run, and states as what brings them about."""

from typing import Any

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.engine import outline
from testgen.drafting.outline.english import English
from testgen.drafting.outline.english.states import brings, restores

PANEL = (
    "CYCLE START begins the program. FEED HOLD stops the axes. Release the button, press RESET, then POWER ON. "
    "The warning offers the choices Cancel and Process again."
)


def steps(*expected: str, **fields: Any) -> list[tuple[str, tuple[int, ...]]]:
    case = TestCase.parse(
        {"id": "x", "title": "A test", "language": "en", "expected_results": list(expected), **fields}
    )
    return [(step.action, step.verifies) for step in outline(case, "en")[0]]


def test_a_control_is_pressed_and_what_it_runs_in_is_started_before() -> None:
    assert steps("FEED HOLD while cutting: axes stop", "CYCLE START continues without a mark", specification=PANEL) == [
        ("Press CYCLE START", ()),
        ("Press FEED HOLD while cutting", (1,)),
        ("Press CYCLE START", (2,)),
    ]


def test_controls_behind_after_are_steps_of_their_own() -> None:
    told = "E-stop while cutting: drives off, cursor on first block after RESET and POWER ON"
    assert steps(told, specification=PANEL)[-3:] == [
        ("Press E-stop while cutting", (1,)),
        ("Press RESET", ()),
        ("Press POWER ON", (1,)),
    ]


def test_a_dialog_that_was_left_is_opened_again_for_its_other_choice() -> None:
    told = ("Uploading the same file brings up the warning; Cancel leaves the list untouched", "Process again: refused")
    assert [action for action, _ in steps(*told, specification=PANEL)] == [
        "Upload the same file",
        "Note what the list shows",
        "Press Cancel",
        "Upload the same file again",
        "Press Process again",
    ]


def test_each_choice_of_a_dialog_closes_it_for_the_other() -> None:
    spec = """On the loan form the borrower enters the amount and presses Submit.
The dialog "Discard request?" offers Keep and Discard."""
    told = ("Keep closes the dialog", "Discard removes the request")
    assert [action for action, _ in steps(*told, specification=spec, test_data={"amount": "£500"})][2:] == [
        "Press Submit",
        'Press "Keep"',
        "Press Submit again",
        'Press "Discard"',
    ]


def test_each_of_several_data_is_a_run() -> None:
    given: dict[str, Any] = {"preconditions": ["Donors D1-D3 exist"], "test_data": {"D1": "34", "D2": "17", "D3": "61"}}
    assert steps("D1 accepted", "D2 deferred until 2025-05-06", "D3: physician", **given) == [
        ("Check in donor D1", (1,)),
        ("Check in donor D2", (2,)),
        ("Check in donor D3", (3,)),
    ]


def test_the_calls_that_a_specification_lists_are_sent_by_their_names() -> None:
    listed = "POST /jobs -> 201\nPATCH /jobs/{id} -> 200\nPOST /jobs/{id}/publish -> 200\nPOST /jobs/{id}/close -> 200"
    told = ("Create -> 201", "Publish -> 200", "EMP_B gets 404 on PATCH and close")
    assert [action for action, _ in steps(*told, specification=listed)] == [
        "Send `POST /jobs`",
        "Send `POST /jobs/{id}/publish`",
        "As EMP_B, send `PATCH /jobs/{id}`",
        "As EMP_B, send `POST /jobs/{id}/close`",
    ]


def test_what_somebody_undergoes_is_what_they_try() -> None:
    given = {"preconditions": ["Officers Adeyemi (Enrolment), Brandt and Costa exist"]}
    told = (
        "Adeyemi, having enrolled Ms Lindqvist, finds Approve disabled",
        "Brandt returns the application; it is shown as Returned",
        "Costa is refused when trying to issue",
    )
    assert [action for action, _ in steps(*told, **given)] == [
        "As Adeyemi, enrol Ms Lindqvist",
        "As Brandt, return the application",
        "As Costa, try to issue",
    ]


@pytest.mark.parametrize(
    ("state", "order"),
    [
        ("clamp closed", "close the clamp"),
        ("one weight is taken out", "take one weight out"),
        ("FIRE key ON", "switch FIRE key ON"),
        ("battery under 10 %", "bring the battery under 10 %"),
        ("the signal is back", "bring the signal back"),
        ("soft closed", ""),
        ("nobody is online", ""),
        ("reason Missing", ""),
    ],
)
def test_a_state_is_what_brings_it_about(state: str, order: str) -> None:
    assert brings(state, state) == order


def test_what_is_put_back() -> None:
    assert restores("Weights back in the store", "weights back in the store") == "put the weights back in the store"
    assert restores("Clock back to network time", "clock back to network time") == "set the clock back to network time"
    assert restores("Supply back to 6.0 V", "supply back to 6.0 V") == "set the supply back to 6.0 V"
    assert brings("clock back to summer time", "clock back to summer time") == "set the clock back to summer time"
    assert restores("Tank back to Idle", "tank back to Idle") == "set the tank back to Idle"
    assert not restores("Crane handed back to operations", "crane handed back to operations")
    rate = steps("Rate 0", specification=PANEL, postconditions=["Rate back to 0, log exported"])
    assert rate[-2:] == [("Set the rate back to 0", ()), ("Export the log", ())]
    made = steps(
        "Rate 0", specification=PANEL, postconditions=["All tickets closed and tray emptied, mode off, 10x in place"]
    )
    assert [action for action, _ in made[-4:]] == [
        "Close all tickets",
        "Empty the tray",
        "Switch the mode off",
        "Make sure that this is so: 10x in place",
    ]


def test_keys_behind_after_end_where_what_is_seen_begins() -> None:
    told = "After RESET and POWER ON the display shows 0, RUN is dark"
    assert steps(told, specification="RUN starts the infusion.") == [("Press RESET", ()), ("Press POWER ON", (1,))]


def test_a_state_behind_then_is_brought_about_too() -> None:
    told = (
        "STOP while baking: the fan runs on for 30 s",
        "START with the door open, then door closed: nothing happens",
    )
    assert steps(*told, specification="START begins baking. STOP ends it. Door open: the lamp is on.")[-2:] == [
        ("Press START with the door open", ()),
        ("Close the door", (2,)),
    ]


def test_what_reads_like_a_verb_is_no_control() -> None:
    listed = "Unread messages stay bold. Opening a message marks it as read."
    told = ("Unread messages stay bold after a reload", "Unlike guests, members see the price")
    assert steps(*told, specification=listed) == [
        ("Carry out a reload", (1,)),
        ("Check that members see the price", (2,)),
    ]


def test_un_makes_a_verb_of_what_can_be_done_back_only() -> None:
    verbs = English().verbs
    assert not [word for word in ("unread", "unlike", "unpaid", "unused", "unknown", "unsent") if verbs.entry(word)]
    assert [verbs.entry(word)[0].lemma for word in ("unlocked", "unassigning", "unpublish", "reconnects")] == [  # type: ignore[index]
        "unlock",
        "unassign",
        "unpublish",
        "reconnect",
    ]


def test_a_value_stays_with_its_preposition() -> None:
    told = ("Cancel closes the dialog", "Yes or No can be answered within 5 s")
    assert steps(*told, specification="Choices: Yes or No. Cancel ends the dialog.")[-1] == (
        "Answer Yes or No within 5 s",
        (2,),
    )


def test_a_call_that_returns_a_status_is_sent() -> None:
    listed = (
        "POST /jobs creates a job. POST /jobs/{id}/publish publishes it. GET /jobs/{id} returns it. "
        "DELETE /jobs/{id} removes it."
    )
    told = ("Create returns 201", "Second publish of the same job returns 409", "Get after delete returns 404")
    assert [action for action, _ in steps(*told, specification=listed)] == [
        "Send `POST /jobs`",
        "Send `POST /jobs/{id}/publish` again for the same job",
        "Send `DELETE /jobs/{id}`",
        "Send `GET /jobs/{id}`",
    ]


def test_a_control_is_named_by_what_waits_for_it_to_be_pressed() -> None:
    spec = "Nothing is changed until Confirm change is pressed."
    told = "After Confirm change, booking shows 2 nights"
    assert ("Press Confirm change", (1,)) in steps(told, specification=spec)


def test_keys_that_are_pressed_together_are_pressed() -> None:
    assert ("Press Ctrl+Z twice", (1,)) in steps("Ctrl+Z twice gets back to the original order")


def test_a_hold_of_some_seconds_is_of_what_the_specification_holds() -> None:
    spec = "Holding UP and DOWN together for 3 seconds toggles the child lock."
    assert ("Hold UP and DOWN together for 3 s", (1,)) in steps("Padlock on after 3 s hold", specification=spec)


def test_a_bare_tap_is_made_and_not_carried_out() -> None:
    told = ("A push arrives at 07:00", "Tap opens Activity with both items listed")
    assert ("Tap it", (2,)) in steps(*told, specification="Tapping it opens the Activity tab.")
    assert all("tap the they" not in do.lower() for do, _ in steps("All four on the list after they tap in"))


def test_of_nothing_the_whole_statement_is_checked() -> None:
    told = steps("Save stores the form", "Nothing arrives for Ann overnight")
    assert ("Check that nothing arrives for Ann overnight", (2,)) in told


def test_what_comes_at_a_time_of_day_is_waited_for() -> None:
    case = {
        "id": "x",
        "title": "Quiet hours",
        "language": "en",
        "expected_results": ['At 07:00 a single push: "2 updates"'],
    }
    step = outline(TestCase.parse(case), "en")[0][-1]
    assert (step.action, step.expected_result) == ("Wait until 07:00", 'At 07:00 a single push: "2 updates"')


def test_what_has_not_been_entered_yet_is_not_entered_again() -> None:
    spec = """When the eligible subtotal falls below the minimum spend, the code shall be removed and a notice is displayed.
A removed code shall not be re-applied automatically; the shopper must enter it again."""
    told = steps(
        "Scarf + beanie with AUTUMN10: discount -$5.60, total $50.40",
        "Removing the beanie removes the code and total is $32.00",
        "Adding the gift card and re-entering the code: code is rejected",
        title="Promo code drops off when basket falls below minimum spend",
        specification=spec,
        test_data={"Item 1": "Wool scarf $32.00", "Item 2": "Beanie $24.00", "Code": "AUTUMN10"},
    )
    assert ("Enter the code", (1,)) in told
