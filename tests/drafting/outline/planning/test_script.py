"""An English case that was not understood: told from its results, with what its specification tells to do."""

from typing import Any

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
        ("As Vet, enter 0.4 ml, own PIN", None, ()),
        ("Wait more than 2 minutes at step 4", None, (1,)),
        ("As Nurse, enter her PIN on the same tablet", None, (2,)),
    ]


def test_each_row_of_a_table_is_set_and_a_result_of_one_row_is_seen_there() -> None:
    told = rows("Rows 1 and 2 as in the table", "Row 2: price 271.73", specification=ROWS)
    assert told == [("Set lorry: A, gross: 380", None, (1,)), ("Set lorry: A, gross: 400", None, (1, 2))]


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
