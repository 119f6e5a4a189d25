"""English sentences as facts: who acts, trigger and outcome; and the triggers of results."""

import pytest

from testgen.drafting.outline.engine import load_tongue

EN = load_tongue("en")


@pytest.mark.parametrize(
    ("sentence", "acts", "outcome"),
    [
        ('When the user clicks "Save", the record is stored', ['click "Save"'], "the record is stored"),
        ("After the door is closed the printer warms up", ["close the door"], "the printer warms up"),
        ("The user opens door B, pulls out the jammed sheet and closes the door", ["open door B", "pull out the jammed sheet", "close the door"], ""),
        ("If the signature does not match, we answer 401, write a line to the log and ignore the event", [], "we answer 401, write a line to the log and ignore the event"),
        ("Esc closes the dialog", ["press Esc"], "closes the dialog"),
        ('"Place order" on the Review page creates the order', ['click "Place order"'], "creates the order"),
        ("Pressing Delete on a list opens the dialog", ["press Delete on a list"], "opens the dialog"),
        ("game autosaves when the player walks through a door", ["walk through a door"], "game autosaves"),
        ("Replace All counts as one undo step, however many places were changed", [], "Replace All counts as one undo step, however many places were changed"),
        ("The pump shall stop delivery within 1 s", [], "The pump shall stop delivery within 1 s"),
        ("Customers can transfer at most 1,000.00 USD a day", [], "Customers can transfer at most 1,000.00 USD a day"),
        ("The nurse unclasps the lid", ["unclasp the lid"], ""),
        ("after signing in the shopper is back on the Address page", ["sign in"], "the shopper is back on the Address page"),
    ],
)  # fmt: skip
def test_only_what_a_person_does_is_an_act(sentence: str, acts: list[str], outcome: str) -> None:
    (fact,) = EN.facts(sentence)
    assert [act.text for act in fact.acts] == acts
    assert fact.outcome == outcome


def test_a_title_is_no_imperative() -> None:
    assert EN.heading("Search rate limit").acts == ()


def test_how_a_state_is_brought_about_is_kept_for_when_it_is_wanted() -> None:
    (fact,) = EN.facts("A jam can be provoked by holding the sheet at the exit slot")
    assert (fact.role, [act.text for act in fact.acts]) == ("means", ["hold the sheet at the exit slot"])


def test_named_persons_keep_their_names_and_generic_ones_have_none() -> None:
    told = [
        EN.facts(text)[0].acts[0].actor for text in ("Lena clicks Save", "User B clicks Save", "The user clicks Save")
    ]
    assert told == ["Lena", "User B", ""]


@pytest.mark.parametrize(
    ("result", "acts"),
    [
        ("The 31st request within one minute returns HTTP 429", ["make 31 requests within one minute"]),
        ("pressing Tab three times never moves focus outside the dialog", ["press Tab three times"]),
        ('clicking "Place order" after the session has expired shows an error', ['click "Place order"']),
        ("Alarm is raised within 4 min of closing the stopcock", ["close the stopcock"]),
        ("start without RESTART: rc 12, nothing posted", ["start without RESTART"]),
        ("2 EUR inserted, slot 21: product vended", ["insert 2 EUR, slot 21"]),
        ("T0 + 6:59, gate 4: closed as before", ["with: T0 + 6:59, gate 4"]),
        ("after battery swap the bar shows 3 unsent again", ["carry out the battery swap"]),
        ("GW off: the log says so", ["switch GW off"]),
        ("After Done TO-101 is offered", ["choose Done"]),
        ("The first use of the link opens the page", ["use the link"]),
        ("2 h after GW off: rejoin in log", ["switch GW off", "wait for 2 h"]),
        ("Ctrl-C during prune, then `vaultx check`: no errors", ["press Ctrl-C during prune", "run `vaultx check`"]),
        ("`vaultx list` still has 100 entries", ["run `vaultx list`"]),
        ("25 hours is refused", ["with: 25 hours"]),
        ("Without receipt: the manager is asked for", ["without receipt"]),
        ("audit_1 can open the list", ["open the list"]),
        ("Attempts left: 1", []),
        ("Supervisor view: lines 3 and 5 have the quantity", []),
        ("Colin, who presses Reject with a reason, is shown the message", ["press Reject with a reason"]),
        ("After AUDIO PAUSE the tone is silent", ["press AUDIO PAUSE"]),
        ("the password is unchanged", []),
    ],
)  # fmt: skip
def test_a_result_tells_its_own_trigger(result: str, acts: list[str]) -> None:
    assert [act.text for act in EN.result(result).acts] == acts


@pytest.mark.parametrize(
    ("result", "parts"),
    [
        ("qty 3 is refused with QTY TOO HIGH, qty 2 refunds 9.00 and the drawer opens", 2),
        ("No on P3 ends at X2; answering Yes on P3 leads to P4", 2),
        ("ap.clerk gets E217 and nothing is posted; gl.key posts the accrual", 2),
        ("Article 70011 costs 5.49 and article 70013 costs 1.20", 1),
        ("The order is paid; the stock is reduced", 1),
        ("After opening the valve the pump runs; it then stops when START is pressed", 1),
    ],
)  # fmt: skip
def test_a_result_has_a_part_for_each_trigger_that_it_tells(result: str, parts: int) -> None:
    assert len(EN.results(result)) == parts


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("setup.exe is refused", "setup.exe is refused"), ("empty.txt (0 bytes)", "empty.txt (0 bytes)"), ("the order is paid", "The order is paid"), ("iOS shows it", "iOS shows it")],
)  # fmt: skip
def test_a_sentence_begins_with_a_capital_but_a_name_keeps_its_spelling(text: str, sentence: str) -> None:
    assert EN.sentence(text) == sentence
