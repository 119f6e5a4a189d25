"""What the subject of an English result tells: who did what to it, the event that it names, the value that is tried."""

import pytest

from testgen.drafting.outline.engine import load_tongue

ENGLISH = load_tongue("en")


def acts_of(text: str, *labels: str) -> list[tuple[str, str]]:
    return [(act.actor, act.text) for _, fact in ENGLISH.results(text, frozenset(labels)) for act in fact.acts]


@pytest.mark.parametrize(
    ("text", "actor", "act"),
    [
        ("fd.maria's assignment of 214 to R-50931 is saved", "fd.maria", "assign 214 to R-50931"),
        ("The remark typed by fd.jonas is not lost", "fd.jonas", "type the remark"),
        ("Three readings taken in flight mode are listed", "", "take three readings in flight mode"),
        ("Logout is refused with the number of unsent readings", "", "log out"),
        ("Re-opening with a short reason is refused", "", "reopen it with a short reason"),
        ("Second submission within 10 s creates no second order", "", "submit it again within 10 s"),
        ("Scheduling programme 3 brings up the conflict list", "", "schedule programme 3"),
    ],
)
def test_what_is_told_of_a_subject_is_done(text: str, actor: str, act: str) -> None:
    assert acts_of(text) == [(actor, act)]


@pytest.mark.parametrize(
    "text", ["The e-mail sent to the customer contains the link", "Download has 7 rows", "Compressor starts below 2 °C"]
)
def test_what_the_product_did_or_has_is_no_act(text: str) -> None:
    assert [act for _, act in acts_of(text) if not act.startswith("start")] == []


def test_labels_that_the_specification_names_are_pressed_one_after_the_other() -> None:
    text = "Qty 8 brings up the screen, Back returns to the entry"
    assert acts_of(text, "Back") == [("", "with: Qty 8"), ("", 'press "Back"')]


def test_a_time_behind_an_act_sets_the_clock_first() -> None:
    assert acts_of("Saving at 11:59 on 18 June: no notice") == [("", "set the clock to 11:59 on 18 June"), ("", "save")]
