"""An English case that was not understood: told from its results, with what its specification tells to do."""

import json
from typing import Any

from support.cases import ROOT

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline

LOCKER = """Scenario: Return without a network
  Given parcel P-7 is in the courier's van
  When Mira opens locker 12
  And puts the parcel in
  And the neighbour signs on the display
  Then the return is queued
  When Mira drives out of the yard
  Then the depot sees P-7 as Returned"""
TRADE = """Scenario: Both accept
  Given both players have placed their offers
  When both have pressed Accept and then Confirm
  Then items and gold change hands

Scenario: Not enough room
  Given the receiver has no free slot
  When the receiver presses Accept
  Then "Your bags are full" is shown"""
DRUGS = """1. Vet opens Patient > Drugs and picks Ketamine
2. Vet enters 0.4 ml, own PIN
3. Tablet asks for the witness
4. Nurse enters her PIN on the same tablet
5. Register line is written"""
ROWS = """| # | lorry | gross | result |
|---|---|---|---|
| 1 | A | 380 | BELOW MIN |
| 2 | A | 400 | ticket |"""


def rows(*results: str, **fields: Any) -> list[tuple[str, str | None, tuple[int, ...]]]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    return [(step.action, step.test_data, step.verifies) for step in outline(case, "en")[0]]


def rules(*results: str, **fields: Any) -> set[str]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    return {hit.rule for hit in outline(case, "en")[1]}


def test_a_scenario_is_gone_through_in_its_order_and_its_when_is_done_by_whom_it_names() -> None:
    told = rows(
        "The display shows 'Stored - waiting to send'",
        "Time of return on the depot board is the time at the locker",
        title="Parcel locker - return offline",
        specification=LOCKER,
    )
    assert told[:3] == [
        ("As Mira, open locker 12", None, ()),
        ("As Mira, put the parcel in", None, ()),
        ("As the neighbour, sign on the display", None, (1,)),
    ]


def test_of_several_scenarios_the_one_that_a_result_is_about_is_played() -> None:
    told = rows(
        "Plain trade works: items and gold have changed hands",
        "With full bags 'Your bags are full' is shown",
        specification=TRADE,
    )
    assert told == [
        ("As both players, place their offers", None, ()),
        ("As both, press Accept and then Confirm", None, (1,)),
        ("As the receiver, press Accept", None, (2,)),
    ]


def test_a_list_of_steps_is_done_up_to_the_one_that_a_result_names() -> None:
    told = rows(
        "Waiting more than 2 minutes at step 4 leaves the balance as it was",
        "After step 5 the balance is 33.6 ml",
        specification=DRUGS,
    )
    assert told == [
        ("As Vet, open Patient > Drugs and pick Ketamine", None, ()),
        ("Note the balance", None, ()),
        ("As Vet, enter 0.4 ml, own PIN", None, ()),
        ("Wait more than 2 minutes at step 4", None, (1,)),
        ("As Nurse, enter her PIN on the same tablet", None, (2,)),
    ]


def test_each_row_of_a_table_is_set_and_a_result_of_one_row_is_seen_there() -> None:
    told = rows("Rows 1 and 2 as in the table", "Row 2: price 271.73", specification=ROWS)
    assert told == [("Set lorry: A, gross: 380", None, (1,)), ("Set lorry: A, gross: 400", None, (1, 2))]


def test_a_row_has_the_datum_that_its_column_and_cell_name() -> None:
    told = rows("Rows 1 and 2 as in the table", specification=ROWS, test_data={"Lorry A": "limit 32000 kg"})
    assert told == [
        ("Set lorry: A, gross: 380", "Lorry A: limit 32000 kg", (1,)),
        ("Set lorry: A, gross: 400", "Lorry A: limit 32000 kg", (1,)),
    ]


def first_of(name: str) -> str:
    """The first action of a case of a kept round."""
    kept = json.loads((ROOT / f"tests/data/cases/{name.split('/', maxsplit=1)[0]}.json").read_text())["cases"]
    case = TestCase.parse(next(entry["case"] for entry in kept if entry["name"] == name))
    return outline(case, "en")[0][0].action


def test_a_call_of_a_row_says_which_column_it_varies() -> None:
    assert first_of("round7/en-03") == "Send `GET /v2/orders` with limit: omitted"


def test_what_an_act_is_done_without_stands_in_the_act() -> None:
    without = "As Agent, make booking of truck with dangerous good without emergency phone"
    assert first_of("round9/en-10") == without


def test_what_is_tried_is_tried_with_the_call_or_the_command_that_the_case_is_about() -> None:
    called = rows(
        "No key -> 401",
        "201 for weight 1.00 and 30.00",
        title="POST /parcels - limits",
        specification="POST /v1/parcels takes `weight`",
    )
    assert [action for action, _, _ in called] == [
        "Send `POST /v1/parcels` with no key",
        "Send `POST /v1/parcels` with weight 1.00 and 30.00",
    ]
    ran = rows(
        "Good file: exit 0",
        "A second start while the first is running: exit 4",
        "Killed during merge, then rerun: no duplicates",
        preconditions=["Jobs are started by hand with `load.sh <day>`"],
        test_data={"day": "2024-03-14", "good file": "sales.csv, 20 rows"},
    )
    assert ran == [
        ("Run `load.sh 2024-03-14` with the good file", "sales.csv, 20 rows", (1,)),
        ("Run `load.sh 2024-03-14` again while the first is running", None, (2,)),
        ("Run `load.sh 2024-03-14`, kill it during merge", None, ()),
        ("Rerun", None, (3,)),
    ]


def test_the_record_that_no_step_names_is_there_from_the_first_step_on() -> None:
    data = {"Booking reference": "K7QZ2M", "Last name": "NORDVIK", "Max bags": "3"}
    (step,) = rows("At 14:30: the list is offered", test_data=data)
    assert step == ("Wait until 14:30", "Booking reference: K7QZ2M / Last name: NORDVIK", (1,))


def test_what_nothing_leads_to_names_the_title_and_is_a_skeleton() -> None:
    given: dict[str, Any] = {"title": "Booklet printing", "test_data": {"document": "b.pdf"}}
    assert rows("blank pages only at the end", **given) == [
        ("Carry out: Booklet printing ([FILL IN: how])", "document: b.pdf", (1,))
    ]
    assert "low-information" in rules("blank pages only at the end", **given)


def test_triggers_that_are_told_are_open_points_and_results_without_one_make_a_skeleton() -> None:
    told = ("Host presses Leave: a dialog asks for a new host", "Host rejoins: admitted without waiting room")
    assert "low-information" not in rules(*told, test_data={"Host": "vc.host@tenant.test"})
    assert "low-information" in rules("Log: 3 lines", "Mail in the inbox", "Both tracks in sync")


def test_what_is_restored_is_an_order_too() -> None:
    case = TestCase.parse(
        {
            "id": "x",
            "title": "A test",
            "expected_results": ["Host and guest both gone: a countdown is shown"],
            "postconditions": ["Journal exported and attached", "The report shows two tickets", "Supply back to 6.0 V"],
        }
    )
    steps = outline(case, "en")[0]
    assert [step.action for step in steps if step.kind == "cleanup"] == [
        "Export the journal",
        "Attach it",
        "Check that the report shows two tickets",
        "Set the supply back to 6.0 V",
    ]


def test_a_plan_without_any_order_of_the_case_is_a_skeleton() -> None:
    assert "low-information" in rules("...")
    assert "low-information" in rules("Row 1: accepted", "Row 2: refused", "Row 3: refused")
    assert "low-information" in rules("The guest does not press OK: nothing is booked", "The list is empty")


def test_a_result_of_dots_is_verified_beside_others() -> None:
    assert [verifies for _, _, verifies in rows("The lamp is on", "...")] == [(1,), (2,)]


def test_the_first_plan_does_nothing_that_is_no_act_either() -> None:
    for text in ("Nothing is lost", "Spring is over", "Meeting is listed"):
        assert rows(text)[0][0].startswith("Carry out: A test")
    assert rows("Nobody presses the button: the lamp stays off")[0][0].startswith("Make sure that nobody presses")
    assert rows("Save pressed: stored")[0][0] == "Press Save"


def test_an_order_to_clean_up_stays_as_it_is() -> None:
    after = ["Make sure the queue has no entries", "Remove the user who has no role"]
    told = rows("The list has 2 rows", "The sum is 5", specification="Lists are kept.", postconditions=after)
    assert [action for action, _, _ in told[-2:]] == after


def test_a_result_that_tells_the_last_act_of_a_row_has_the_whole_row_done() -> None:
    told = rows(
        "The lamp blinks red",
        "after the cover is closed, filling goes on",
        title="Filling goes on after a leak",
        test_data={"recipe": "rinse-3.csv", "repeats": "1", "leak at second": "7"},
        specification="When a leak is found, the lamp blinks red. The user opens the cover, takes out the bottle and closes the cover. "
        "After the cover is closed the machine goes on. A leak can be simulated by holding the belt.",
    )
    assert told[-4:] == [
        ("Hold the belt", "leak at second: 7 / recipe: rinse-3.csv", (1,)),
        ("Open the cover", None, ()),
        ("Take out the bottle", None, ()),
        ("Close the cover", None, (2,)),
    ]


def test_what_is_done_in_a_state_comes_after_what_brings_the_state() -> None:
    told = rows(
        "next start shows 'Recovered'",
        title="Journal survives a power cut",
        specification="journal is written when the clerk closes the till, blinking disk lamp on the front\n"
        "cut the power while the lamp is on\non next start the till replays the journal + shows 'Recovered'",
    )
    assert [action.lower() for action, _, _ in told] == [
        "as the clerk, close the till",
        "cut the power while the lamp is on",
        "start the product again",
    ]


def test_a_label_is_pressed_on_the_screen_where_the_specification_has_it() -> None:
    told = rows(
        'clicking "Book" after the session has expired shows "Please sign in"',
        preconditions=["Guest is signed in", "Session lifetime is 3 minutes"],
        specification='"Book" on the Summary page books the room. If the session has expired, any click shows "Please sign in".',
        test_data={"room": "214"},
    )
    assert [action for action, _, _ in told] == [
        "Open the Summary page",
        "Wait 3 minutes until the session has expired",
        'Click "Book"',
    ]


def test_what_a_person_does_and_sees_in_turn_is_a_step_each_time_that_he_does_something() -> None:
    told = rows(
        "Caller 1 waits, hears the offer at 90 s, presses 1, hears the confirmation and the call ends",
        "Caller 2 presses nothing, stays in line and gets no second offer",
        "If Caller 2 rings again, she can leave a message",
        test_data={"Caller 1": "+49 30 5550101", "Caller 2": "+49 30 5550102"},
    )
    assert [action for action, _, _ in told] == [
        "As Caller 1, wait",
        "As Caller 1, press 1",
        "As Caller 2, press nothing",
        "As Caller 2, ring again",
        "As Caller 2, leave a message",
    ]


def test_two_acts_of_one_person_are_two_steps() -> None:
    told = rows(
        "A selects F11 again, presses Pay with 1 minute left: order Paid",
        preconditions=["Buyer A and buyer B are signed in"],
    )
    assert [action for action, _, _ in told] == ["As A, select F11 again", "As A, press Pay with 1 minute left"]


def test_nothing_is_entered_and_confirmed_of_which_nobody_says_so() -> None:
    told = rows("One push for Bruno", "Tap with the app closed: the app opens", test_data={"push text": "Bruno is due"})
    assert not any("nter the" in action or "Confirm" in action for action, _, _ in told)


def test_a_bare_verb_takes_its_object_from_the_datum_that_tells_it() -> None:
    told = rows("After the kill, step 3 shows FAILED", test_data={"abort": "kill the step's session from the console"})
    assert told[0][0] == "Kill the step's session from the console (abort)"


def test_what_happens_by_itself_in_a_scenario_is_waited_for() -> None:
    told = rows(
        "The basket is empty when the countdown has run out",
        title="Hold runs out",
        specification="Scenario: Hold runs out\n  Given A holds F11\n  When the countdown reaches 0:00\n  Then the basket is emptied",
    )
    assert told[0][0] == "Wait until the countdown reaches 0:00"


def test_a_run_keeps_what_its_result_says_of_how() -> None:
    lines = {"line 1": "0110, consumer", "line 2": "0111, consumer"}
    told = rows("Line 1 via chat: pending", "Line 2, STOP at hour 3: cancelled", test_data=lines)
    assert told == [
        ("Carry out the test for line 1 via chat", "0110, consumer", (1,)),
        ("Carry out the test for line 2, STOP at hour 3", "0111, consumer", (2,)),
    ]


def test_a_row_that_is_tried_is_used_and_a_sentence_that_a_step_says_too() -> None:
    given: dict[str, Any] = {
        "specification": f"{ROWS}\nRow 2 costs more: price 271.73 in all\nTickets are printed twice"
    }
    case = TestCase.parse(
        {
            "id": "x",
            "title": "A test",
            **given,
            "expected_results": ["Rows 1 and 2 as in the table", "Row 2: price 271.73"],
        }
    )
    unused = [hit.excerpt for hit in outline(case, "en")[1] if hit.rule == "unused-specification"]
    assert unused == ["Tickets are printed twice"]


def test_a_condition_names_no_screen() -> None:
    told = rows("48 pages", specification="If page boxes differ the job is held")
    assert not any("If page" in action for action, _, _ in told)


def test_how_long_after_the_beginning_is_waited_for_behind_a_beginning() -> None:
    told = rows("No step change at 300 s", "A-217 at 600 s, horn", title="Rinse", test_data={"sim. value": "0.45"})
    assert told == [
        ("Carry out: Rinse ([FILL IN: how])", "sim. value: 0.45", ()),
        ("Wait until 300 s have passed", None, (1,)),
        ("Wait until 600 s have passed", None, (2,)),
    ]


def test_the_command_of_the_title_is_run_with_the_data_that_nothing_names() -> None:
    told = rows(
        "no --force: exit 3",
        "file matching nothing: exit 4",
        title="`restore --path` with a file",
        specification="exit code 0 ok, 3 conflict, 4 nothing",
        test_data={"repo": "/srv/sv"},
    )
    assert told == [
        ("Run `restore --path` with no --force", "repo: /srv/sv", (1,)),
        ("Run `restore --path` with the file matching nothing", None, (2,)),
    ]


def test_a_third_of_guesses_makes_a_skeleton() -> None:
    told = ["Host presses Leave: a dialog asks for a new host", "Host rejoins: admitted"]
    given = {"test_data": {"Host": "vc.host@tenant.test"}}
    assert "low-information" not in rules(*told, "The log has two lines", **given)
    assert "low-information" in rules(
        *told, "The log has two lines", "Both tracks are in sync", "The clock runs", **given
    )


def test_what_nothing_leads_to_begins_with_the_things_of_the_data() -> None:
    data = {"OTA-1 booking": "1 night", "OTA-2 booking": "2 nights, 1 s later"}
    told = rows("both land in PMS", title="Overbooking race", test_data=data)
    assert told == [("Make OTA-1 booking", "1 night", ()), ("Make OTA-2 booking", "2 nights, 1 s later", (1,))]


def test_what_is_tried_with_something_else_is_the_first_plans_act_again() -> None:
    told = rows(
        "Price quoted is 35.00",
        "Without 'switch now', KX16 is still valid until the start date",
        title="Parking permit - renewal where the vehicle has changed",
        specification="4.3.1 The applicant shall be able to renew up to 28 days before expiry.",
    )
    assert [action for action, _, _ in told] == ["Carry out the renewal", "Repeat step 1 without 'switch now'"]


def test_what_is_so_in_a_further_run_is_brought_about_in_it() -> None:
    told = rows("Third run: mains off for 1 minute. After mains and network return nothing is missing", title="Charger")
    assert [action for action, _, _ in told][-2:] == [
        "Switch the mains off for 1 minute",
        "Restore the mains and network",
    ]


def test_a_job_that_is_killed_is_run_before() -> None:
    told = rows(
        "After the kill CLAIMS holds 698 rows",
        "Restart logs that it resumes",
        title="Claims",
        preconditions=["No run of CLMLOAD exists"],
    )
    assert [action for action, _, _ in told][:2] == ["Run CLMLOAD", "Kill it"]


def test_the_same_with_something_else_is_the_last_act_again() -> None:
    told = rows(
        "Submit the order with delay 1: order Paid",
        "The same with delay 2: order Expired",
        test_data={"sandbox delay 2": "5 minutes"},
    )
    assert told[-1] == ("Repeat step 1 with delay 2", "sandbox delay 2: 5 minutes", (2,))


def test_a_report_is_looked_at_and_a_run_keeps_the_value_that_stands_behind_its_name() -> None:
    told = rows(
        "RPT-SO: executed 1",
        "RPT-SO of the second run: executed 2",
        specification="6. The run report RPT-SO lists the runs.",
    )
    assert [action for action, _, _ in told][-2:] == ["Check RPT-SO", "Check RPT-SO of the second run"]
    lorries = {"lorry 1": "YK19, max 44,000 kg", "lorry 2": "FN66, max 26,000 kg"}
    weighed = rows("Lorry 1 at 44,000 kg can print", "Lorry 2: no print", test_data=lorries)
    assert weighed[0][0] == "Carry out the test for lorry 1 at 44,000 kg"


def test_what_the_title_tells_to_do_comes_first_with_the_data_that_nothing_else_takes() -> None:
    told = rows(
        'Choosing "This event": 19 Nov shows at 14:00, the other five remain at 10:00',
        "After moving All events to 11:00, 19 Nov is still at 14:00",
        title="Edit one occurrence of a recurring meeting",
        test_data={"occurrence": "19 Nov", "new time": "14:00-14:30"},
        specification="On save of a change the user is asked: This event / All events.",
    )
    assert told == [
        ("Edit one occurrence of a recurring meeting", "19 Nov / new time: 14:00-14:30", ()),
        ('Choose "This event"', None, (1,)),
        ("Move All events to 11:00", None, (2,)),
    ]


def test_what_is_only_looked_at_has_the_act_of_the_title_before_it() -> None:
    told = rows(
        "Summary: 3 imported, 1 duplicate skipped",
        "Line 1 Matched to INV-3041",
        "Line 2 Needs review",
        title="Bank statement import - matching to open invoices",
        test_data={"file": "stmt_aug.ofx, 4 lines", "line 1": "+1,250.00", "line 2": "+480.00"},
    )
    assert told[0] == ("Load the file", "file: stmt_aug.ofx, 4 lines / line 1: +1,250.00 / line 2: +480.00", ())
    assert [action for action, _, _ in told[1:]] == ["Check the summary", "Check line 1", "Check line 2"]


def test_what_has_been_done_before_a_scenario_is_done_before_the_first_result() -> None:
    told = rows(
        "Ticking Permanent and Part-time shows jobs of either type",
        "Adding min salary 30,000 removes jobs below it",
        title="Job filters combine",
        test_data={"keyword": "electrician"},
        specification="Given I have searched for a keyword\nWhen I tick more than one value\nThen jobs matching ANY of the values are shown",
    )
    assert told[:2] == [
        ("Search for a keyword", "electrician", ()),
        ("Tick Permanent and Part-time", None, (1,)),
    ]


def test_what_is_so_before_something_is_done_is_only_looked_at() -> None:
    told = rows(
        "Before release: the page doesn't list LIPID-88127",
        "After release with comment: the result is listed",
        title="Lab results after release",
        preconditions=['Patient "Marta" has a portal account'],
    )
    assert [action for action, _, _ in told] == ["Check what is shown before release", "Release with comment"]


def test_a_scenario_whose_acts_the_results_have_told_is_not_gone_through_again() -> None:
    told = rows(
        "Refund of 30.00: order shows Refunded 30.00 of 80.00",
        "Refund of 50.01 -> message, nothing posted",
        "Refund of 50.00 closes the order as Fully refunded",
        "Both refunds are in the payment log with the agent's name",
        title="Refund to original payment method",
        objective="As an agent I can refund part of an order so that the customer gets money back the way he paid",
        preconditions=["Order 5501 paid by card, 80.00, delivered"],
        test_data={"order": "5501", "partial": "30.00", "rest": "50.00"},
        specification="Given a paid order\nWhen the agent refunds an amount up to what is left\n"
        "Then the amount is returned to the original payment method\nAnd the order shows the refunded total\n\n"
        'When the agent enters more than what is left\nThen "Amount exceeds refundable total" is shown',
    )
    assert not any(action.startswith("As the agent") for action, _, _ in told)
