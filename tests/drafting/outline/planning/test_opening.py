"""What an English test begins with: the acts that title, data and specification give, with the data that belong to them."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def rows(*results: str, **fields: Any) -> list[tuple[str, str | None, tuple[int, ...]]]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    return [(step.action, step.test_data, step.verifies) for step in outline(case, "en")[0]]


def actions(*results: str, **fields: Any) -> list[str]:
    return [action for action, _, _ in rows(*results, **fields)]


def test_what_is_bought_is_put_into_the_basket_and_the_code_applied() -> None:
    told = rows(
        "With both items in the cart and the code applied, the discount is -$5.00 and the subtotal after discount is $45.00",
        "After the bottle is removed the discount line disappears",
        preconditions=["Empty cart"],
        test_data={"promo": "SPRING10", "item_a": "Tote, $32.00", "item_b": "Bottle, $18.00"},
        specification="Promo eligibility is checked on every cart change.",
    )
    assert told == [
        ("Add item a to the cart", "Tote, $32.00", ()),
        ("Add item b to the cart", "Bottle, $18.00", ()),
        ("Apply the promo", "SPRING10", (1,)),
        ("Remove the bottle", "item_b: Bottle, $18.00", (2,)),
    ]


def test_only_what_a_result_names_is_put_in() -> None:
    data = {"voucher": "TEN", "item 1": "Scarf $32.00", "item 2": "Hat $24.00", "item 3": "Gift card $25.00"}
    told = actions("With 1 and 2 the voucher gives $5.60 off", preconditions=["The basket is empty"], test_data=data)
    assert told == ["Add item 1 to the basket", "Add item 2 to the basket", "Apply the voucher"]


def test_what_the_title_names_is_done_with_its_fields_before_time_passes() -> None:
    told = rows(
        "After 06:00 the status is RETRY PENDING",
        "A message quoting £150.00 is received",
        "On T+2 no further attempt is logged",
        title="Scheduled transfer - insufficient funds",
        preconditions=["The clock can be moved forward"],
        test_data={"amount": "£150.00", "execution date": "T+1", "reference": "RENT"},
        specification="The system shall attempt a scheduled transfer at 06:00 on the execution date.",
    )
    assert told[0][0] == "Schedule the transfer"
    assert told[0][1] == "amount: £150.00 / execution date: T+1 / reference: RENT"
    assert [action for action, _, _ in told if "lock" in action] == ["Set the clock to 06:00", "Set the clock to T+2"]


def test_the_acts_of_a_title_follow_the_file_that_they_are_done_to() -> None:
    told = rows(
        "Header row isn't moved by the sort",
        title="Freeze top row then sort",
        test_data={"workbook": "roster.xlsx, 200 names", "sort": "column B, A to Z"},
    )
    assert told == [
        ("Load the workbook", "roster.xlsx, 200 names", ()),
        ("Freeze the top row", None, ()),
        ("Sort (column B, A to Z)", None, (1,)),
    ]


def test_the_one_datum_that_is_run_or_made_begins_the_test() -> None:
    told = rows(
        "3 labels print, then flashing amber",
        "After new roll, cover closed, FEED: 1 blank, then labels 4 and 5",
        title="Label printer - out of labels in the middle of a job",
        test_data={"job": "5 copies"},
        specification="When the media runs out the LED flashes amber. After loading new media and closing the cover the user presses FEED.",
    )
    assert told == [
        ("Run the job", "5 copies", (1,)),
        ("Load new media", None, ()),
        ("Close the cover", None, ()),
        ("Press FEED", None, (2,)),
    ]


def test_what_one_thing_is_made_of_is_no_series() -> None:
    told = rows("A receipt for $12 arrives", "Expiry is today + 30 days", test_data={"top-up": "3 GB / $12 / 30 days"})
    assert told[0] == ("Make the top-up", "3 GB / $12 / 30 days", (1,))


def test_the_scenarios_own_act_comes_before_what_a_first_result_tells() -> None:
    told = actions(
        'Reloading Members in lee\'s browser shows "No access"',
        "lee can still open the Dashboard",
        preconditions=["Two admins: pat@example.test and lee@example.test"],
        specification="Given lee is an Admin with an open session\nWhen pat changes lee's role to Viewer\nThen admin pages are refused",
    )
    assert told == [
        "As pat, change lee's role to Viewer",
        "Reload Members in lee's browser",
        "As lee, open the Dashboard",
    ]


def test_a_further_scenario_is_gone_through_for_another_case_of_the_same() -> None:
    told = actions(
        "After 1 skipped day: streak 7, +50 gems",
        "Logging in again same day: no gems",
        "After another skipped day: streak 1, +5 gems",
        specification="Given a player whose streak is 6 and who owns 1 freeze\nWhen they skip exactly one day and log in the day after\n"
        "Then the streak becomes 7\n\nGiven a player whose streak is 7 and who owns no freeze\nWhen they skip one day and log in\n"
        "Then the streak resets to 1",
    )
    assert told == [
        "Skip exactly one day",
        "Log in the day after",
        "Log in again same day",
        "Skip one day",
        "Log in",
    ]


def test_what_is_held_for_so_long_is_held_and_not_waited_for() -> None:
    told = actions(
        "padlock icon comes on after 3 s (not on a shorter hold)",
        "[+] while locked: blinks twice",
        "unlock combo -> icon off",
        specification="Hold [+] and [-] together 3 s -> padlock icon on.\nHold [+] and [-] 3 s again -> unlocked.",
    )
    assert told == ["Hold [+] and [-] together for 3 s", "Press [+] while locked", "Hold [+] and [-] 3 s again"]


def test_a_hold_of_another_length_is_no_way_to_the_next_one() -> None:
    told = actions(
        "Holding MENU+DOWN for 3 s does nothing",
        "Holding MENU+DOWN for 5 s gives one beep",
        "MENU+DOWN 5 s: two beeps",
        specification="Hold MENU and DOWN together for 5 s to switch the lock on; the unit beeps once.",
    )
    assert told == ["Hold MENU+DOWN for 3 s", "Hold MENU+DOWN for 5 s", "Hold MENU+DOWN for 5 s"]


def test_each_of_several_is_done_on_its_own() -> None:
    told = rows(
        "Message 1 gives a push",
        "Messages 2 and 3 give no push, badge goes up by 2",
        test_data={"message 1": "Leeks?", "message 2": "Found some", "message 3": "Are you up?"},
    )
    assert told == [
        ("Send message 1", "Leeks?", (1,)),
        ("Note what the badge shows", None, ()),
        ("Send message 2", "Found some", ()),
        ("Send message 3", "Are you up?", (2,)),
    ]


def test_a_datum_that_tells_what_is_done_when_says_it_of_its_name() -> None:
    data = {"BK-701": "cancel 17 Sept 14:59", "BK-702": "cancel 18 Sept 15:00"}
    told = actions("BK-701: fee 0.00", "BK-702: fee 120.00", test_data=data)
    assert told == ["Cancel BK-701 (17 Sept 14:59)", "Cancel BK-702 (18 Sept 15:00)"]


def test_who_a_result_is_about_is_looked_at_behind_the_act_of_the_title() -> None:
    told = rows(
        "Lena: 12 struck through, average 90.0%",
        "Setting drop lowest back to 0 -> Lena 82.5%",
        title="Gradebook: drop lowest quiz",
        test_data={"Lena P.": "18, 12, 20, 16"},
    )
    assert told == [
        ("Drop lowest quiz", None, ()),
        ("Check Lena", "Lena P.: 18, 12, 20, 16", (1,)),
        ("Set drop lowest back to 0", None, (2,)),
    ]


def test_a_field_that_a_result_changes_has_been_entered_before_and_a_blocked_form_is_not_sent() -> None:
    told = rows(
        "Overlap message displayed",
        "Submit button greyed out",
        "Changing From to 11 Aug clears the message",
        title="Annual leave request overlapping an approved request",
        test_data={"from": "7 Aug", "to": "12 Aug", "leave type": "Annual"},
        specification="The form must not let an employee submit leave for a day that is covered.",
    )
    assert told == [
        ("Enter From, To and the leave type", "7 Aug / 12 Aug / Annual", (1, 2)),
        ("Change From to 11 Aug", None, (3,)),
    ]


def test_each_call_has_the_body_and_what_is_read_is_a_call_too() -> None:
    told = rows(
        'If-Match "6" -> 412',
        "No If-Match -> 428",
        "GET afterwards still returns the old name",
        'Sending {"name": ""} -> 422',
        title="PATCH /v2/customers/{id} with stale ETag is rejected",
        test_data={"id": "cus_8831", "body": '{"name": "Dana"}'},
        specification="PATCH /v2/customers/{id}\n412 stale\n428 If-Match missing",
    )
    patch = "Send `PATCH /v2/customers/{id}` with "
    assert told == [
        (f'{patch}If-Match "6"', 'cus_8831 / body: {"name": "Dana"}', (1,)),
        (f"{patch}no If-Match", 'cus_8831 / body: {"name": "Dana"}', (2,)),
        ("Send a GET request to `/v2/customers/{id}`", "cus_8831", (3,)),
        (f'{patch}{{"name": ""}}', "cus_8831", (4,)),
    ]


def test_a_word_that_no_list_has_is_a_verb_among_orders_and_the_job_is_run_by_its_name() -> None:
    told = actions(
        "1st run: exit 4",
        "fix row 118, put gl_s.csv back in /in, run -r -> exit 0",
        preconditions=["batch GLX010 set to run 01:30"],
    )
    assert told == ["Run GLX010", "Fix row 118", "Put gl_s.csv back in /in", "Run -r"]


def test_accounts_of_the_preconditions_act() -> None:
    told = actions(
        "agent01 opening /credit gets 'Access denied'",
        "bill01 can apply $50.00",
        preconditions=["Users agent01 (Support Agent) and bill01 (Billing Admin) exist"],
    )
    assert told == ["As agent01, open /credit", "As bill01, apply $50.00"]


def test_files_that_results_speak_of_are_uploaded_one_by_one() -> None:
    told = rows(
        "cv.pdf is attached and listed with its size",
        "cv_big.pdf is rejected with the size message",
        title="Upload: file size and type limits",
        test_data={"file 1": "cv.pdf, 1.9 MB", "file 2": "cv_big.pdf, 5.1 MB"},
    )
    assert told == [
        ("Upload cv.pdf", "file 1: cv.pdf, 1.9 MB", (1,)),
        ("Upload cv_big.pdf", "file 2: cv_big.pdf, 5.1 MB", (2,)),
    ]


def test_presses_are_of_the_only_key_and_the_nth_time_is_a_repetition() -> None:
    given = {"specification": "Press TIMER repeatedly. The dots show the time. DOOR CLOSE is a label."}
    told = actions("1 press: one dot, 2 presses: two dots", "4th time: the lamp is off", **given)
    assert told == ["Press TIMER", "Press TIMER 2 times", "Repeat step 2 until it has been done 4 times"]


def test_the_path_of_the_specification_leads_to_a_first_entry_and_what_is_repeated_keeps_its_number() -> None:
    told = actions(
        "12345 is refused with the rule text",
        'With Harbour#77 "Password changed" is shown',
        title="Password change invalidates other sessions",
        test_data={"new password": "Harbour#77", "weak password": "12345"},
        specification="Account > Security > Change password. New password must have 8 characters.",
    )
    assert told[:2] == ["Go to Account > Security > Change password", "Enter weak password: 12345"]
    assert told[2] == "Repeat step 2 with Harbour#77"


def test_a_thing_of_the_data_is_no_verb_of_the_title() -> None:
    told = rows(
        "Transfer 1 and 2 are executed",
        "Transfer 3 is refused",
        title="Transfer limit per day",
        test_data={"transfer 1": "600.00", "transfer 2": "400.00", "transfer 3": "0.01"},
    )
    assert told == [
        ("Carry out transfer 1", "600.00", ()),
        ("Carry out transfer 2", "400.00", (1,)),
        ("Carry out transfer 3", "0.01", (2,)),
    ]


def test_a_day_is_waited_for() -> None:
    scenario = (
        "Given an item is on the shelf\nWhen the patron does not collect it within 7 days\nThen the hold is cancelled"
    )
    assert actions("On day 8 Ines' hold is Expired", specification=scenario) == ["Wait until day 8"]


def test_a_deed_is_no_screen() -> None:
    shown = actions(
        "Customer sees the transfer message",
        title="Support agent transfers a chat to another team",
        specification="On Transfer the agent chooses a team and writes a note.",
    )
    assert shown == ["As the support agent, transfer the chat to another team"]


def test_whoever_sees_a_first_result_signs_in_where_nothing_else_begins_the_test() -> None:
    told = actions(
        "agent01 sees profile and usage, no price",
        "bill01 sees the price",
        title="Role must not see plan pricing",
        preconditions=["Users agent01 (Support Agent) and bill01 (Billing Admin) exist"],
    )
    assert told == ["Sign in as agent01", "As bill01, check what is shown"]
