"""What is done before the acts of an English case: what a result compares is noted, what a choice has closed is opened again."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.english.seeing import received


def rows(*results: str, **fields: Any) -> list[tuple[str, str, str | None]]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    return [(step.kind, step.action, step.test_data) for step in outline(case, "en")[0]]


def actions(*results: str, **fields: Any) -> list[str]:
    return [action for _, action, _ in rows(*results, **fields)]


def test_what_stays_as_it_was_is_noted_before_the_act() -> None:
    assert actions("Pressing Cancel leaves the shipment list untouched") == [
        "Note what the shipment list shows",
        "Press Cancel",
    ]
    assert actions("Pressing Save: 'Refused', balance unchanged") == ["Note the balance", "Press Save"]
    assert actions("Pressing Undo twice: the counter is the same as before")[0] == "Note the counter"


def test_what_nobody_can_note_is_not_noted() -> None:
    for told in ("the password is unchanged", "closed as before", "nothing is unchanged"):
        assert actions(f"Pressing Cancel: {told}") == ["Press Cancel"]


def test_a_note_stands_before_the_first_act_that_might_change_the_value_and_with_who_acts() -> None:
    given: dict[str, Any] = {
        "specification": 'On the loan form the borrower enters the term and presses Submit. The system shows "Refused".',
        "test_data": {"term": "12 months"},
        "preconditions": ["borrower Mia is signed in"],
    }
    told = actions('"Refused" is shown', "the credit limit stays unchanged", **given)
    assert told.index("Note the credit limit") < told.index("Press Submit")
    given = {"title": "Cancel a booking", "specification": "The owner cancels the booking."}
    assert actions("Ben's calendar is unchanged", **given)[0] == "As the owner, note what Ben's calendar shows"


def test_a_value_that_the_case_tells_is_not_noted() -> None:
    for given in ({"preconditions": ["The balance is 12"]}, {"test_data": {"balance": "12"}}):
        assert not any("Note" in action for action in actions("Pressing Save: 'Refused', balance unchanged", **given))


def test_of_a_page_or_a_log_it_is_noted_what_it_shows() -> None:
    assert actions("Pressing Cancel leaves the audit log untouched")[0] == "Note what the audit log shows"


def test_a_step_that_is_repeated_keeps_its_number_behind_what_is_put_in() -> None:
    told = "Waiving 412's fee without reason -> 'Reason required', balance unchanged; with reason -> fee removed"
    assert actions(told) == ["Note the balance", "Waive 412's fee without reason", "Repeat step 2 with reason"]


def test_what_somebody_receives_is_looked_at_where_he_receives_it() -> None:
    assert received("the e-mail to Mia") == ("the e-mail", "in Mia's mailbox")
    assert received("the SMS to the driver") == ("the SMS", "on the driver's phone")
    assert received("notification to Tom") == ("the notification", "among Tom's notifications")
    assert received("Notification e-mail received") == ("the notification e-mail", "in the recipient's mailbox")
    assert received("the confirmation e-mail") == ("the confirmation e-mail", "in the recipient's mailbox")
    assert received("each invoice mail") == ("each invoice mail", "in the recipient's mailbox")
    fields = ("the e-mail address", "the error text", "the text", "the push", "the contact e-mail", "Billing e-mail")
    assert {received(field) for field in fields} == {("", "")}


def test_a_further_case_of_a_result_repeats_its_own_step_though_that_is_open() -> None:
    told = actions("Waiving 412's fee without reason -> 'Reason required'; with reason -> fee removed")
    assert told == ["Waive 412's fee without reason", "Repeat step 1 with reason"]


def test_data_of_one_name_are_spoken_of_by_what_sets_them_apart() -> None:
    given = {"test_data": {"voucher_A": "4417", "voucher_B": "4418", "voucher_bad": "1111"}}
    told = rows("A: balance $13.20", "B: 'Voucher already used'", "bad x3 -> blocked", **given)
    assert [row[1:] for row in told] == [
        ("Redeem voucher_A", "voucher_A: 4417"),
        ("Redeem voucher_B", "voucher_B: 4418"),
        ("Redeem voucher_bad three times", "voucher_bad: 1111"),
    ]


def test_what_is_done_to_a_row_is_the_act_that_the_specification_tells_of_it() -> None:
    given: dict[str, Any] = {
        "title": "Vouchers at the till",
        "test_data": {"voucher_A": "10 EUR, valid", "voucher_B": "20 EUR, expired"},
        "specification": 'The cashier scans a voucher. A valid voucher is deducted. An expired one gives "Voucher expired".',
    }
    told = rows("A: total €50", 'B: "Voucher expired"', **given)
    assert [row[1:] for row in told] == [
        ("As the cashier, scan voucher_A", "voucher_A: 10 EUR, valid"),
        ("Scan voucher_B", "voucher_B: 20 EUR, expired"),
    ]


def test_lines_of_a_file_come_with_the_file() -> None:
    given = {"test_data": {"file": "aug.ofx, 2 lines", "line 1": "+1,250.00", "line 2": "-35.00"}}
    told = rows("Summary: 2 imported", "Line 1 Matched to INV-1", "Line 2 Unmatched", **given)
    kinds = [(kind, action) for kind, action, _ in told if kind != "setup"]
    assert kinds[0] == ("action", "Load the file")
    assert ("check", "Check line 1") in kinds


def test_what_receives_mail_does_not_sign_in() -> None:
    given = {"test_data": {"Recipient": "records@example.test"}, "title": "Scan to email"}
    assert not any(action.startswith("Sign in") for action in actions("One email arrives", **given))


def test_same_says_what_the_result_before_it_says() -> None:
    case = TestCase.parse({"id": "x", "title": "T", "expected_results": ["£499 → 'Too low'", "£25,001 → same"]})
    assert outline(case, "en")[0][1].expected_result == "Same: 'Too low'"
    case = TestCase.parse({"id": "x", "title": "T", "expected_results": ["£499 → 'Too low'", "same"]})
    assert outline(case, "en")[0][0].expected_result == "'Too low'. Same: 'Too low'"


def test_on_and_off_are_of_what_the_case_switches() -> None:
    assert actions("Off: 82.5%", "On: 90.0%", objective="The teacher turns 'Drop lowest' on.") == [
        "Switch 'Drop lowest' off",
        "Switch 'Drop lowest' on",
    ]


def test_a_name_that_begins_like_an_order_is_none() -> None:
    given = {"specification": "Kill switch sets the flag to OFF."}
    assert actions("Kill switch: all false", **given)[-1] == "Use the kill switch"


def test_what_was_cancelled_is_entered_again_and_choices_of_one_question_are_opened_again() -> None:
    told = ("Saving to slot 1 prompts; No leaves the save as it was, Yes replaces it",)
    given = {"specification": 'Saving to a used slot asks "Overwrite this save?" with default focus on No.'}
    assert actions(*told, **given) == [
        "Save to slot 1",
        "Note the save",
        "Press No",
        "Save to slot 1 again",
        "Press Yes",
    ]
    given = {"title": "Contact import lets the user pick skip / update"}
    chosen = actions("Loading may.csv shows 1 match", "Skip: nothing is added", "Update: Ana's phone is 555", **given)
    assert chosen == ["Load may.csv", "Choose Skip", "Load may.csv again", "Choose Update"]


def test_a_value_that_is_shown_is_entered_before() -> None:
    given: dict[str, Any] = {"test_data": {"Current amount": "£650.00", "New amount": "£685.00"}}
    told = actions("Entering £0.99 shows the message", "Review page shows £650.00 (old) and £685.00 (new)", **given)
    assert told[-2:] == ["Enter the new amount", "Check the review page"]


def test_a_datum_that_another_value_stands_behind_is_left_out() -> None:
    given = {"test_data": {"min salary": "30,000"}}
    told = rows("Adding min salary 30,000 removes jobs", "Raising min salary to 200,000 shows 'No jobs'", **given)
    assert told[-1] == ("action", "Raise min salary to 200,000", None)


def test_a_name_inside_a_longer_name_is_not_meant() -> None:
    given = {"test_data": {"password": "Right-1", "wrong password": "Wrong-1"}}
    assert rows("5x wrong: the same message each time", **given)[-1] == ("action", "Enter 5 wrong passwords", "Wrong-1")


def test_a_wrong_value_does_not_stand_beside_the_right_one() -> None:
    given: dict[str, Any] = {
        "specification": "Customer enters card number and PIN and presses Apply. A wrong PIN shows 'Not recognised'.",
        "test_data": {"Card number": "6006", "PIN": "4410"},
    }
    told = rows("Remaining to pay shows $15.00 after Apply", "Wrong PIN 3x -> card locked", **given)
    assert ("action", "Enter card number and PIN", "6006") in told
