"""An English result as what is done and what is then seen, in its own words."""

from typing import Any

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.english import English
from testgen.drafting.outline.reading.case import read
from testgen.drafting.outline.scripting import Line

ENGLISH = English()
DATA = {
    "Host": "vc.host@tenant.test",
    "Operator": "brew01",
    "Owner code": "481516",
    "Wrong code": "111111",
    "Quote B": "age 25",
    "Densities": "12.0, 6.1, 6.0 °P",
    "parcel 1": "PX900001",
}


def lines(text: str, **fields: Any) -> list[Line]:
    given = {"id": "x", "title": "t", "test_data": DATA, "expected_results": [text], **fields}
    case = TestCase.parse(given)
    return ENGLISH.script(case, read(case, ENGLISH)).lines(text)


@pytest.mark.parametrize(
    ("text", "do"),
    [
        # what stands in front of a sign
        ("Kill Mossy's client after only Ravel confirmed: Ravel is told", "Kill Mossy's client after only Ravel confirmed"),
        ("Host pulls the network cable: the tile says so", "As Host, pull the network cable"),
        ("RESET held 10 s with the bolt thrown: nothing", "hold RESET 10 s with the bolt thrown"),
        ("RESET released at ~8 s: nothing", "release RESET at ~8 s"),
        ("ETD 14:59 entered: still closed", "enter ETD 14:59"),
        ("Second visit opened at 12,400 and voided by brew01 with reason: gone", "open the second visit at 12,400 and void it as brew01 with reason"),
        ("Quote B: declined", "use Quote B"),
        ("5 wrong in a row: red", "enter 5 wrong codes in a row"),
        ("4 wrong codes + owner code: no lockout", "enter 4 wrong codes, then enter the owner code"),
        ("6.1 °P: stays in F1", "apply densities: 6.1 °P"),
        ("Airplane mode: grey cloud", "switch to airplane mode"),
        ("Back online: balance 45.00", "go back online"),
        ("At 14:29 on the day before: closed", "wait until 14:29 on the day before"),
        ("15 minutes idle on the page -> back to search", "wait 15 minutes idle on the page"),
        ("Third payment (25.00) -> PIN asked", "make the third payment (25.00)"),
        ("Host and guest both gone: countdown", "bring about: Host and guest both gone ([FILL IN: how])"),
        ("22:30 msg from B: no banner", "send the msg from B at 22:30"),
        ("07:00 one summary", "wait until 07:00"),
        ("Skip: only Tom is added", "choose Skip"),
        ("£499 -> an error", "enter £499"),
        ("Wrong postcode: 'Postcode does not match'", "enter a wrong postcode"),
        ("Empty postcode: an error", "leave the postcode empty"),
        ("Host rejecting claim 2 without comment -> refused", "As Host, reject claim 2 without comment"),
        ("4 wrong + 1 owner: signed in", "enter 4 wrong codes, then enter 1 owner code"),
        ("PE-3 blocked 3 s: belt keeps running", "block PE-3 3 s"),
        # a trigger inside a sentence
        ("Starting the recipe puts the tank in F1", "start the recipe"),
        ("Losing the microphone stops only its own track", "disconnect the microphone"),
        ("brew01 cannot resume while the feedback is faulty", "As brew01, try to resume while the feedback is faulty"),
        ("Doors re-open when DOOR CLOSE is released half-way", "release DOOR CLOSE half-way"),
        ("Buzzer back 30 min after ack, SMS count still 1", "wait 30 min after ack"),
        ("After step change by hand the log has a line", "carry out the step change by hand"),
        ("No boarding pass before the box has been ticked", "try to get boarding pass before the box has been ticked"),
        ("SAVE not available without a signature", "try SAVE without a signature"),
        ("Undo of Anna's check-in at 13:29 frees her seat", "undo Anna's check-in at 13:29"),
        ("Another 0.01 is refused", "apply another 0.01"),
        ("A bookmarked link to the result gives an error", "open a bookmarked link to the result"),
        ("WEIGH is refused", "choose WEIGH"),
        ("Alarm acknowledged by the operator: horn off", "As the operator, acknowledge the alarm"),
        ("Door held open for 31 s: buzzer", "hold the door open for 31 s"),
        ("Nurse signs, then doctor signs -> Complete", "As Nurse, sign, then, as doctor, sign"),
        ("Pressing and holding Power for 10 s restarts the device", "press and hold Power for 10 s"),
        ("The 6th login attempt within 10 min locks the account", "carry out the 6th login attempt within 10 min"),
        ("On reconnect the queue is sent in order", "reconnect"),
        ("Weight above 30 kg needs a second person", "try weight above 30 kg"),
        ("Cancelling at step 3 leaves stock untouched", "cancel at step 3"),
        ("Host back before 60 s: still host", "As Host, come back before 60 s"),
        ("Saving to slot 1 prompts", "save to slot 1"),
        ("Old password no longer works", "try to sign in with the old password"),
        ("After moving All events to 11:00, 19 Nov is still at 14:00", "move All events to 11:00"),
        ("New entry shows at top of the log once filters are cleared", "clear the filters"),
        ("After acceptance bed B-7 is Reserved", "accept it"),
        ("After 3 snoozes the Snooze button is gone", "snooze 3 times"),
        ("Battery drops to 14 %: paused text", "let the battery drop to 14 %"),
        ("Power button acts as snooze", "press the power button"),
        ("07:00 rings", "wait until 07:00"),
        # where what is seen begins without a comma
        ("After the kill LEDGER holds 698 rows", "kill it"),
        ("After Take over Ana can't type", "Take over"),
        ("After closing the browser for two minutes the button says Continue", "close the browser for two minutes"),
        ("Adding F12 when about 3:00 is left doesn't reset the countdown", "add F12 when about 3:00 is left"),
        ("With the closing time set to 29 minutes from now a new caller gets no offer", "set the closing time to 29 minutes from now"),
        ("With the cable pulled during charging, the dot comes on after 30 s", "pull the cable during charging"),
        ("Another restart of the same date is refused: date closed", "restart the same date again"),
        ("On the morning after expiry Pruitt has a notice", "wait until the morning after expiry"),
        ("After the grace the hold is cancelled", "wait until the grace is over"),
        ("During the grace, the copy can't be taken", "try to take the copy during the grace"),
        ("On yes, one SMS goes to the caller", "answer yes"),
        ("Alarm A-217 at 600 s, horn", "wait until 600 s have passed"),
        ("The alarm is raised at 2 min 00 s from start", "wait until 2 min 00 s from start"),
        ("After submit B is N", "submit"),
        ("C can be marked L with minutes = 20", "mark C L with minutes = 20"),
        ("Fill date moved to 38 days ago: alert gone", "move the fill date to 38 days ago"),
        ("Stub down -> upload page", "take the stub down"),
        ("Another ticket paid the same way and read at 10:12 stays closed", "pay another ticket the same way and read at 10:12"),
        ("Finding KX7Q2M again does not check in twice", "find KX7Q2M again"),
        ("Setting R07 to 18 % with the tote on board: it keeps going", "set R07 to 18 % with the tote on board"),
        ("After mains and network return nothing is missing", "restore the mains and network"),
        # an order, and what is seen behind a comma
        ("Type 8.1 in Wed, the cell goes red", "Type 8.1 in Wed"),
        ("Trash slot.sav by hand -> loads the backup", "Trash slot.sav by hand"),
        ("On the copy, abort again and use RESTART: same figures", "abort again and use RESTART (on the copy)"),
        ("New offline round: the host drops the call -> sent again", "carry out a new offline round, then as the host, drop the call"),
        ("Phone left ringing: the attempt ends", "leave the phone ringing"),
        ("Not answered again -> closed", "do not answer it again"),
    ],
)  # fmt: skip
def test_a_trigger_is_an_order_in_its_own_words(text: str, do: str) -> None:
    assert lines(text)[0].do == do


@pytest.mark.parametrize(
    "text",
    [
        "Log line has max 8.2 C",
        "Reservation of room 118 is NS",  # nobody reserves it now
        "Tom's e-mail arrives with the date",
        "Audit log: one line each",  # a place
        "No ticket number is used up by rows 1 and 2: they are consecutive",
        "Lift still takes the card until 12:00",  # the product
        "Free count goes 2 -> 1",  # a change
        "Volume infused reads 5.0 mL",
        "Katz moves up to position 1",
    ],
)
def test_what_is_only_seen_is_no_order(text: str) -> None:
    assert [line.do for line in lines(text)] == [""]


def test_each_part_with_a_trigger_of_its_own_has_what_is_seen_behind_it() -> None:
    assert [(line.do, line.seen) for line in lines("6.1 °P: stays in F1. 6.0 °P: goes to F2")] == [
        ("apply densities: 6.1 °P", "stays in F1"),
        ("apply densities: 6.0 °P", "goes to F2"),
    ]
    assert [line.do for line in lines("Code 4470 refused, 4471 mutes")] == ["try code 4470", "apply 4471"]
    assert [line.do for line in lines("Parcel red, tap shows the reason")] == ["", "tap it"]
    assert [line.do for line in lines("PDF of 6 MB is not accepted, PDF of 5 MB is accepted")] == [
        "try PDF of 6 MB",
        "try PDF of 5 MB",
    ]


def test_several_values_each_with_its_result_are_told_one_by_one() -> None:
    assert [(line.do, line.seen) for line in lines("10:00:00 - 3.00 and 10:00:01 - 4.50, same at 10:29")] == [
        ("wait until 10:00:00", "3.00"),
        ("wait until 10:00:01", "4.50"),
        ("wait until 10:29", "4.50, same at 10:29"),
    ]


def test_then_leads_a_further_part() -> None:
    assert [line.do for line in lines("Key 4470 is refused; then quote B is accepted")] == [
        "try key 4470",
        "use quote B",
    ]


def test_a_part_without_a_trigger_belongs_to_the_one_before() -> None:
    (line,) = lines("Host rejoins: admitted; the label moves; no gap in the recording")
    assert (line.do, line.seen) == ("As Host, rejoin", "admitted; the label moves; no gap in the recording")


def test_what_is_done_to_a_datum_in_a_state_is_done_before_it_is_looked_at() -> None:
    (line,) = lines("Flight mode: parcel 1 delivered with a photo; strip says '1 waiting'")
    assert (line.do, line.further) == ("switch to flight mode", "deliver parcel 1 with a photo")


def test_a_requirement_is_done_by_what_the_result_tells_else_by_its_own_text() -> None:
    specification = "FF-01 On turning the key switch to ON, the lift shall cancel all calls."
    assert lines("FF-01: doors re-open when the button is released", specification=specification)[0].do == (
        "release the button"
    )
    assert lines("FF-01: indicators go out", specification=specification)[0].do == "turn the key switch to ON"


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("Before the time: 404 on the link", "check what is shown before the time"),
        ("Store 118: old row closed", "check store 118"),
        ("Final: 1,197 rows", "check the final state"),
    ],
)
def test_what_is_only_a_place_or_a_thing_is_looked_at(text: str, look: str) -> None:
    (line,) = lines(text)
    assert (line.kind, line.do) == ("look", look)


@pytest.mark.parametrize(
    ("check", "seen", "worded"),
    [
        ("Check Long Outage log", "Long Outage log has one new line", "Check the Long Outage log"),
        ("Check Reservation of room 118", "Reservation of room 118 is NS", "Check the reservation of room 118"),
        ("Check Within 1 min it", "Within 1 min it is in the app, within 5 min in RSS", "Check that within 1 min it is in the app"),
        ("Check exactly one webhook", "Exactly one webhook", "Check that there is exactly one webhook"),
        ("Check Return code 4", "Return code 4", "Check the return code"),
        ("Check LED, tone and text", "LED, tone and text are right", "Check LED, tone and text"),
        ("Check stock -1 internally, 0", "Stock -1 internally, 0 to others", "Check the stock"),
        ("Check fact_sales", "fact_sales holds 10 rows", "Check fact_sales"),
    ],
)  # fmt: skip
def test_a_check_names_a_thing_or_says_what_is_checked(check: str, seen: str, worded: str) -> None:
    case = TestCase.parse({"id": "x", "title": "t", "expected_results": [seen]})
    assert ENGLISH.script(case, read(case, ENGLISH)).look(check, seen) == worded


def test_how_much_an_order_tells_is_said_with_it() -> None:
    kinds = {
        text: lines(text)[0].kind for text in ("Host rejoins: x", "Quote B: x", "Button says OK: x", "Without PIN: x")
    }
    assert list(kinds.values()) == ["quoted", "variant", "bring", "bare"]


@pytest.mark.parametrize(
    ("cue", "do"),
    [
        ("nobody approves the request within 24 h", "make sure that nobody approves the request within 24 h"),
        ("brew01 does not open the mail", "As brew01, do not open the mail"),
        ("parcel yet to be scanned", "bring about: parcel yet to be scanned ([FILL IN: how])"),
        ("neither box ticked", "bring about: neither box ticked ([FILL IN: how])"),
        ("not accepted for 15 s", "do not accept it for 15 s"),
    ],
)
def test_what_is_not_done_is_left_undone(cue: str, do: str) -> None:
    assert lines(f"{cue}: an error")[0].do == do


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("Host presses OK: saved", "As Host, press OK"),
        (
            "When the tide reaches the mark, the gate shuts",
            "bring about: the tide reaches the mark ([FILL IN: how])",
        ),
        ("Button says OK: saved", "make sure that button says OK"),
        ("List sorted by user: Anna first", "sort the list by user"),
        ("List filtered by customer: 3 rows", "filter the list by customer"),
        ("Save pressed: stored", "press Save"),
    ],
)
def test_an_order_keeps_its_object_and_its_criterion(text: str, do: str) -> None:
    assert lines(text)[0].do == do


def test_a_noun_is_no_verb() -> None:
    assert not lines("After 3 failed logins, the account is locked")[0].do.startswith("let")
    assert not lines("Restart required: a banner")[0].do.startswith("Restart required")


def test_a_result_of_dots_is_still_a_line() -> None:
    assert lines("...") == [Line("...")]


def test_only_a_datum_that_can_be_run_is_run() -> None:
    case = TestCase.parse({"id": "x", "title": "t", "test_data": {"Job": "Nurse"}, "expected_results": ["Bed shown"]})
    assert ENGLISH.script(case, read(case, ENGLISH)).operation == ""


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ('Opening the valve while the pump is running raises an alarm', "open the valve while the pump is running"),
        ('Scanning the pallet before the gate is closed gives "Wait"', "scan the pallet before the gate is closed"),
        ('Clicking "Pay" when the cart is empty is refused', 'click "Pay" when the cart is empty'),
        ("Entering the PIN after the card has been blocked shows E7", "enter the PIN after the card has been blocked"),
        ("Uploading a scan once the claim has been closed returns 409", "upload a scan once the claim has been closed"),
        ("Pressing Tare while the scale is moving does nothing", "press Tare while the scale is moving"),
        ("Deleting a lesson when pupils are enrolled asks for a reason", "delete a lesson when pupils are enrolled"),
        ("Unplugging the charger while the update is running shows a warning", "unplug the charger while the update is running"),
        ("Blocking the slot after the first of two keys gives a message, booking is kept", "block the slot after the first of two keys"),
    ],
)  # fmt: skip
def test_a_clause_behind_a_gerund_keeps_its_own_verb(text: str, do: str) -> None:
    assert [line.do for line in lines(text)] == [do]


@pytest.mark.parametrize(
    ("text", "given", "do"),
    [
        ("clicking Pay after the session has expired shows a notice", "Session lifetime is 2 minutes", "wait 2 minutes until the session has expired, then click Pay"),
        ("tapping Accept once the offer has timed out is refused", "An offer is valid for 90 s", "wait 90 s until the offer has timed out, then tap Accept"),
        ("When the hold has expired, the seat is free again", "A hold expires after 10 min", "wait 10 min until the hold has expired"),
        ("After the quote has expired the customer cannot accept it", "A quote is valid for 30 days", "wait until the quote has expired"),
        ("entering the code after the token has expired gives E12", "", "wait until the token has expired, then enter the code"),
        ("releasing the door after the delay has elapsed is possible", "Delay: lasts 15 s", "wait 15 s until the delay has elapsed, then release the door"),
    ],
)  # fmt: skip
def test_what_has_to_pass_first_is_waited_for_as_long_as_the_case_says(text: str, given: str, do: str) -> None:
    assert lines(text, preconditions=[given] if given else [])[0].do == do


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("next launch shows 'Restored'", "launch the product again"),
        ("On the next sign-in the banner is gone", "sign in again"),
        ("the next start-up takes less than 5 s", "start the product again"),
        ("Next reboot keeps the clock", "restart the product again"),
    ],
)
def test_what_comes_next_time_is_done_again(text: str, do: str) -> None:
    assert lines(text)[0].do == do


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("a.jpg and b.jpg are listed", "a.jpg", "a.jpg is listed"),
        ("Both E-77 and E-78 have a green tick", "E-78", "E-78 has a green tick"),
        ("R1, R2 and R3 were paid.", "R2", "R2 was paid"),
        ("a.jpg and b.jpg are listed together", "a.jpg", ""),
        ("a.jpg is listed", "a.jpg", ""),
    ],
)
def test_what_is_said_of_several_values_is_said_of_one(text: str, value: str, said: str) -> None:
    assert ENGLISH.said_of(text, value) == said


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("Send button: sent", "press the Send button"),
        ("Small button -> 40 g", "press the small button"),
        ("Enter key: next row", "press the Enter key"),
        ("Menu > Reset: done", "go to Menu > Reset"),
        ("Programming small and stopping at about 10 g: the next one is 20 g", "program small and stop at about 10 g"),
        ("Programming large and not pressing again: stops by itself", "program large and do not press again"),
        ("TBC: user without profile", "bring about: user without profile ([FILL IN: how])"),
        ("Wrong key: refused", "try it with wrong key"),
    ],
)
def test_what_can_be_touched_is_pressed_and_what_nobody_has_decided_is_left_open(text: str, do: str) -> None:
    assert lines(text)[0].do == do


def test_what_was_done_before_is_no_order() -> None:
    assert lines("Timer has gone on while the browser was closed")[0].do == ""


def test_what_a_case_has_several_new_ones_of_is_created_one_by_one() -> None:
    data = {"tickets": "4 new tickets, category = Network"}
    assert [line.do for line in lines("1st -> Ben, 2nd -> Chidi", test_data=data)] == [
        "create the 1st ticket",
        "create the 2nd ticket",
    ]
    told = lines(
        "With all three Away, a new ticket stays Unassigned",
        test_data=data,
        specification="Agents marked Away are skipped.",
    )
    assert told[0].do == "set all three to Away, then create a new ticket"


def test_one_of_several_data_is_called_by_what_tells_it_from_the_others() -> None:
    data = {"voucher_B": "4417", "voucher_bad": "1111"}
    assert lines("B: already used", test_data=data)[0].do == "use voucher B"
    assert lines("bad x3 -> blocked", test_data=data)[0].do == "use voucher bad 3 times"


def test_what_is_switched_is_named_as_the_case_names_it() -> None:
    objective = "The lowest one is ignored when the teacher turns 'Drop lowest' on"
    assert lines("Off: Dana 82.5%", objective=objective)[0].do == "switch 'Drop lowest' off"


def test_yes_and_no_are_pressed_and_what_asks_is_done_again_for_the_other_one() -> None:
    told = lines("Saving to slot 1 prompts; No leaves the save as it was, Yes replaces it")
    assert [line.do for line in told] == ["save to slot 1", "press No", "press Yes"]


def test_a_call_is_sent_and_sent_again() -> None:
    told = [
        lines(text, title="POST /stock-events - duplicates")[0].do
        for text in ("First call 201", "Identical second call 200")
    ]
    assert told == ["send `POST /stock-events`", "send `POST /stock-events` again with the same body"]


def test_a_key_is_pressed_as_often_and_as_long_as_a_result_says() -> None:
    spec = "Short press DIM- lowers all lamps by 10 %. Hold DIM- >1 s ramps down until released. Press SCENE + 1 recalls scene 1."
    results = (
        "3 short presses on DIM-: all lamps at 70 %",
        "Holding DIM- for 2 s ramps down",
        "SCENE 1: Movie on all lamps",
    )
    assert [lines(text, specification=spec)[0].do for text in results] == [
        "press DIM- (short) 3 times",
        "hold DIM- for 2 s",
        "press SCENE 1",
    ]


def test_a_call_is_made_with_a_value_or_by_somebody() -> None:
    told = [lines(text, title="PATCH /rooms/{id}")[0].do for text in ("seats=10 -> 200", "as user -> 403")]
    assert told == ["send `PATCH /rooms/{id}` with seats=10", "As the user, send `PATCH /rooms/{id}`"]


def test_a_new_value_is_what_the_old_one_is_changed_to() -> None:
    assert lines("12A: price difference shown", test_data={"new seat": "12A"})[0].do == "change the seat to 12A"


def test_letters_that_call_and_hang_up_are_persons() -> None:
    assert lines("B hangs up -> C is active", preconditions=["A in call with B"])[0].do == "As B, hang up"


def test_a_title_that_lost_its_end_begins_no_test() -> None:
    results = ["with Mow Done the counter shows 1 of 2", "Rake stays open"]
    told = {
        "title": "Marking a task as done",
        "preconditions": ['user ben has a project "Garden" with tasks Mow and Rake'],
    }
    told |= {"specification": "Tasks are marked Done with the tick.", "test_data": {"task": "Mow"}}
    case = TestCase.parse({"id": "x", **told, "expected_results": results})
    assert "Mark the task as" not in [step.action for step in outline(case, "en")[0]]
