"""What brings a later result of an English case: the call, the key, the day, the field that its words name, and not what it only says."""

from typing import Any

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.english import English
from testgen.drafting.outline.reading.case import read
from testgen.drafting.outline.scripting import Line

ENGLISH = English()


def lines(text: str, *others: str, **fields: Any) -> list[Line]:
    case = TestCase.parse({"id": "x", "title": "t", **fields, "expected_results": [text, *others]})
    return ENGLISH.script(case, read(case, ENGLISH)).lines(text)


def rows(*results: str, **fields: Any) -> list[tuple[str, str]]:
    case = TestCase.parse({"id": "x", "title": "t", "language": "en", **fields, "expected_results": results})
    return [(step.action, step.expected_result) for step in outline(case, "en")[0]]


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("GET afterwards still returns Ann", "send a GET request to `/users/{id}`"),
        ("After 412 and 428, GET returns the old user", "send a GET request to `/users/{id}`"),
        ("DELETE without a token gives 401", "send a DELETE request to `/users/{id}` without a token"),
        (
            "Same PATCH with no Authorization header -> 401",
            "send `PATCH /users/{id}` again with no Authorization header",
        ),
        ('Sending {"mail":""} -> 422', 'send `PATCH /users/{id}` with {"mail":""}'),
    ],
)
def test_a_method_alone_is_sent_to_the_resource_of_the_case(text: str, do: str) -> None:
    assert lines(text, title="PATCH /users/{id}")[0].do == do


@pytest.mark.parametrize(
    "text",
    [
        "Mark history shows N -> L, tutor and time",
        "The audit log has one entry: Admin -> Viewer",
        "412 is left Dirty with no guest assigned",
        "1010 exists, 1007 is in OPS",
        "Each booking ends in status Cancelled",
        "On her own row the role is disabled",
    ],
)
def test_what_only_says_what_is_so_is_looked_at(text: str) -> None:
    assert [line.do for line in lines(text)] == [""]


def test_a_hold_takes_as_long_as_the_result_or_the_specification_says() -> None:
    spec = (
        "Hold [-] and [+] together >= 3 s -> lock on. MENU and UP are ignored. Press MENU to leave, press UP to go on."
    )
    told = (
        "2 s hold: no lock",
        "Lock comes on after 3 s",
        "Second 3 s hold unlocks",
        "MENU+UP 5 s: nothing",
        "[+] while locked: nothing",
    )
    assert [lines(text, specification=spec)[0].do for text in told] == [
        "hold [-] and [+] together for 2 s",
        "hold [-] and [+] together for 3 s",
        "hold [-] and [+] together for 3 s again",
        "hold MENU+UP for 5 s",
        "press [+] while locked",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("After power cycle still locked", "switch the power off and on again"),
        ("After mains off/on padlock icon still shown", "switch the mains off and on again"),
        ("Still locked after batteries out/in", "take the batteries out, then put the batteries back in"),
        ("After force quit + relaunch, Continue is shown", "force-quit the product, then relaunch"),
        ("Next day shows day 1", "wait until the next day"),
        ("Blocking alert appears when aspirin is added", "add the aspirin"),
        ("With reason 'Other' it is sent", "choose reason 'Other'"),
        ("Line is SHORT after reason SP01", "enter reason SP01"),
        ("agent01 opening /admin gets 'Access denied'", "As agent01, open /admin"),
    ],
)
def test_what_a_result_names_is_done(text: str, do: str) -> None:
    spec = "A reason is asked for: Patient request / Other."
    given = {"test_data": {"Reason code": "SP01"}, "preconditions": ["Users agent01 and bill01 exist"]}
    assert lines(text, specification=spec, **given)[0].do == do


def test_a_day_that_is_counted_from_the_start_is_set_where_the_clock_can_be() -> None:
    given = ["The clock can be moved forward"]
    assert lines("On T+2 no attempt is logged", preconditions=given)[0].do == "set the clock to T+2"


def test_what_is_launched_behind_an_arrow_is_launched() -> None:
    told = lines("Kill app during call -> on launch, draft offered")[0]
    assert (told.do, told.further) == ("Kill app during call", "launch the product again")


def test_queries_are_searched_for() -> None:
    told = [("q1 finds one", "q2 finds two"), ("Query 1: one", "Query 2: two")]
    data = [{"q1": "a", "q2": "b"}, {"Query 1": "a", "Query 2": "b"}]
    assert lines(*told[0], test_data=data[0])[0].do == "search for query q1"
    assert lines(*told[1], test_data=data[1])[0].do == "search for Query 1"


def test_a_button_works_although_its_result_tells_what_was_done_before() -> None:
    spec = "The title screen shows Continue; Continue puts you at the last flag."
    told = lines("Continue starts with the coins held when the flag was touched", specification=spec)[0]
    assert told.do == "press Continue"


def test_the_scenario_comes_before_what_a_first_result_does_behind_it() -> None:
    spec = "Given lee is an Admin\nWhen pat changes lee's role to Viewer\nThen admin pages are refused"
    told = rows("Reloading Members shows 'No access'", specification=spec, preconditions=["Admins pat and lee"])
    assert [action for action, _ in told] == ["As pat, change lee's role to Viewer", "Reload Members"]


def test_a_value_that_goes_up_or_down_is_noted_before() -> None:
    told = rows("Removing a chip: the hit count goes down", "Pressing Add: updated_at is later than before")
    assert [action for action, _ in told] == [
        "Note the hit count",
        "Remove the chip",
        "Note updated_at",
        "Press Add",
    ]
    assert rows("Pressing Close: the barrier goes down")[0][0] == "Press Close"


def test_a_check_says_what_is_looked_at() -> None:
    told = rows(
        "Pressing Save: stored",
        "Deactivate is greyed out on his own row",
        "Header is still visible at row 200",
        "On her own row the role is disabled",
    )
    assert [action for action, _ in told[1:]] == [
        "Check that Deactivate is greyed out on his own row",
        "Check the header at row 200",
        "Check that on her own row the role is disabled",
    ]


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("Old password no longer works", "try to sign in with the old password"),
        ("Max rent £100 gives no results", "set the max rent to £100"),
        (
            "Drag, edit and delete are not possible for the assistant",
            "As the assistant, try to drag, edit and delete it",
        ),
        ("Moving to 11:00 with no reason chosen - OK stays grey", "move to 11:00 with no reason chosen"),
        ("fix row 118, put a.csv back, run -r -> exit 0", "fix row 118, then put a.csv back, then run -r"),
        ("After new roll, cover closed, FEED: 1 blank", "take a new roll, then close the cover, then press FEED"),
        ("After agent01 is made Admin, Credit is visible", "make agent01 Admin"),
        ("Old avatar stays in place after each rejected file", ""),
        ("Document goes read-only", ""),
    ],
)
def test_what_a_result_names_is_done_in_words_that_can_be_carried_out(text: str, do: str) -> None:
    spec = "After loading the user presses FEED."
    given = {"test_data": {"max rent": "£1,100 pcm"}, "preconditions": ["User agent01 exists"]}
    assert lines(text, specification=spec, **given)[0].do == do


def test_an_event_of_the_data_happens_at_its_time() -> None:
    told = lines("21:58 push arrives straight away", test_data={"21:58": "comment on my post"})
    assert told[0].do == "wait until 21:58, then let this happen: comment on my post"


def test_a_resource_is_read_by_the_call_that_has_its_name() -> None:
    spec = "GET /v1/events/{id}/deliveries\n-> 200 []"
    assert lines("GET deliveries lists 503, 200", specification=spec)[0].do == "send `GET /v1/events/{id}/deliveries`"


def test_a_record_is_what_an_order_of_the_data_is_done_to() -> None:
    data = {"BK-1": "cancel 17 Sept 14:59", "BK-2": "cancel 18 Sept 15:00"}
    told = lines("BK-1: fee 0.00", "BK-2: fee 120.00", test_data=data)
    assert told[0].do == "cancel BK-1 (17 Sept 14:59)"


def test_a_value_in_a_message_is_not_entered() -> None:
    told = rows("Pressing Pay: paid", "A notification quotes £150.00", test_data={"amount": "£150.00"})
    assert not any("amount" in action for action, _ in told)


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("Going back to the list keeps the filter", "go back to the list"),
        ("Scan of 4006381 shows 'Milk'", "scan 4006381"),
        ("After 15 min idle the session ends", "wait 15 min idle"),
        ("The 6th wrong code locks the door", "enter the 6th wrong code"),
        ("Email link opened a second time: expired", "open the email link a second time"),
        ("Lid opened mid-cycle: motor stops", "open the lid mid-cycle"),
        ("After sign-out the Back button shows nothing", "sign out"),
        ("The counter is 0 after a reset", "reset it"),
        ("Swipe left on the item shows Delete", "swipe left on the item"),
        ("Surname missing -> 'Required'", "leave the surname empty"),
        ("PIN wrong: 2 tries left", "enter a wrong PIN"),
        ("Locked user cannot sign in", "As the locked user, try to sign in"),
        ("After unlock by the admin sign-in works", "As the admin, unlock it"),
        ("Mapping 'Mail' to 'E-mail' clears the warning", "map 'Mail' to 'E-mail'"),
        ("File over 5 MB is rejected", "load file over 5 MB"),
        ("Cancel during import keeps rows 1-3", "cancel during import"),
        ("No reply: slot stays booked", "do not reply"),
        ("Second reply is ignored", "reply again"),
        ("Two transfers in a row: second needs a code", "make two transfers in a row"),
        ("Back from the confirmation page keeps the entries", "go back from the confirmation page"),
        ("App in background: keeps playing", "put the app in the background"),
        ("Undo x3 returns to the start", "Undo 3 times"),
        ("Chart updates when B2 changes", "let B2 change"),
        ("Audit: both events present", "check the audit"),
        ("Track changes on: deleted text struck through", "switch the track changes on"),
        ("*100# shows 4.50", "dial *100#"),
        ("Balance remains 4.50 (check with *100#)", "dial *100#"),
        ("Balance after transfer: 20.00", "transfer"),
        ("PIN entered wrong 3 times blocks the card", "enter PIN wrong 3 times"),
        ("Attendance after 9:15 is marked L", ""),
        ("Second SIM stays on 4G", ""),
        ("Merging two records keeps both histories", "merge two records"),
        ("Two teachers open the register: second is read only", "As two teachers, open the register"),
    ],
)
def test_wordings_of_triggers_that_nobody_has_fitted(text: str, do: str) -> None:
    assert lines(text)[0].do == do


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("page=2 returns items 21-40", "with page=2"),
        ("Missing name -> 422", "without name"),
        ("Same request again returns 200", "again with the same body"),
        ("Expired token returns 401", "with the expired token"),
        ("Request from tenant B: 404", "from tenant B"),
        ("Empty array is accepted", "with the empty array"),
    ],
)
def test_what_a_call_is_tried_with_goes_with_it(text: str, do: str) -> None:
    assert lines(text, title="POST /v1/orders")[0].do == f"send `POST /v1/orders` {do}"


def test_what_a_role_sees_is_looked_at_as_one() -> None:
    told = lines("As viewer: Delete not shown")[0]
    assert (told.do, told.kind) == ("As the viewer, check what is shown", "look")


def test_a_filter_is_set_to_what_a_result_is_about() -> None:
    given = {"title": "Report - filter by site", "test_data": {"Site": "Leeds"}}
    results = ("Leeds only: 14 rows", "All sites: total 20", "York only: nothing")
    told = [lines(text, *results, **given)[0].do for text in results]
    assert told == ["set Site to Leeds", "set Site to all", "set Site to York"]
    assert lines("With the filter on, all hits are PDFs", test_data={"filter": "type = PDF"})[0].do == "set the filter"


def test_what_happens_at_several_times_happens_at_each() -> None:
    told = lines("21:59 and 07:00: push arrives", test_data={"Trigger": "a comment on my task"})[0].do
    happens = "then let this happen: a comment on my task"
    assert told == f"wait until 21:59, {happens}, then wait until 07:00, {happens}"


def test_choices_of_two_words_and_the_keys_of_a_state_are_pressed() -> None:
    spec = "The dialog has the options Wait, Change Room and Cancel.\nLocked: [-] [+] ignored, icon flashes."
    assert lines("Change Room lists 417", specification=spec)[0].do == "press Change Room"
    assert lines("Locked: nothing changes", specification=spec)[0].do == "press [-], [+] one after the other"


def test_a_state_that_has_been_reached_is_not_brought_about_again_and_each_key_gets_the_answer() -> None:
    spec = "| Locked | any single key | no change |\nUP raises the setpoint by 0.5. Press MODE to leave."
    told = rows(
        "Holding UP+DOWN for 5 s locks", "While locked, pressing UP, DOWN or MODE: icon blinks", specification=spec
    )
    assert told[-3:] == [("Press UP", "Icon blinks"), ("Press DOWN", "Icon blinks"), ("Press MODE", "Icon blinks")]
    assert (
        lines("Setting 21.0 C from the app while locked changes the setpoint")[0].do
        == "set 21.0 C from the app while locked"
    )
    then = lines("Holding the combo for 5 s unlocks, and UP then raises the setpoint", specification=spec)
    assert [line.do for line in then] == ["hold the combo for 5 s", "press UP"]


def test_a_call_carries_the_fields_of_its_body_and_those_of_its_case() -> None:
    spec = '{ "clinicId": string, "patientId": string, "start": ISO-8601 }'
    data = {"clinicId": "D-1", "patientId": "P-7", "start (taken)": "09:40", "start (off grid)": "10:10"}
    case = TestCase.parse(
        {
            "id": "x",
            "title": "POST /v2/bookings",
            "language": "en",
            "specification": spec,
            "test_data": data,
            "expected_results": [
                "Taken slot -> 409",
                "Off-grid start -> 422",
                "GET /v2/bookings?clinicId=D-1 lists one",
            ],
        }
    )
    steps = [(step.action, step.test_data) for step in outline(case, "en")[0]]
    assert steps == [
        ("Send `POST /v2/bookings` with the taken slot", "clinicId: D-1 / patientId: P-7 / start (taken): 09:40"),
        (
            "Send `POST /v2/bookings` with the off-grid start",
            "clinicId: D-1 / patientId: P-7 / start (off grid): 10:10",
        ),
        ("Send `GET /v2/bookings?clinicId=D-1`", None),
    ]


def test_an_alert_needs_what_it_is_an_alert_of() -> None:
    spec = "Security alerts (new login, password changed) go straight through."
    told = lines("New login alert arrives immediately", specification=spec)[0].do
    assert told == "bring about: new login ([FILL IN: how])"


def test_a_list_that_is_shown_is_looked_at() -> None:
    told = lines("Within a tie whoever came first is listed higher: Kit, Ivy")[0]
    assert (told.do, told.seen) == ("", "Within a tie whoever came first is listed higher: Kit, Ivy")
    assert lines("Waive without reason not possible")[0].do == "Waive without reason"


def test_a_batch_runs_on_the_day_that_a_result_names() -> None:
    told = lines("The batch of 25 Aug 2025 produces no payment", preconditions=["The clock can be set"])[0].do
    assert told == "set the clock to 25 Aug 2025, then run the batch"


def test_what_is_held_back_is_caused_behind_what_is_set_and_comes_at_its_time() -> None:
    spec = "Settings > Quiet hours. User sets From/To (local time), default off. Chat pushes are held back till To."
    told = rows("No chat pushes arrive between From and To", "One summary arrives at the To time", specification=spec)
    assert [action for action, _ in told][-3:] == [
        "Set From/To (local time)",
        "Cause chat pushes between From and To",
        "Wait until the To time",
    ]
