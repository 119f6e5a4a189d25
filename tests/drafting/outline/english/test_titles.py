"""What a title or an objective tells as the tester's act; the rest of a title tells none."""

from collections import Counter
from typing import Any

import pytest
import yaml
from support.cases import ROOT

from testgen.drafting.outline.engine import load_tongue

EN = load_tongue("en")


@pytest.mark.parametrize(
    ("title", "acts"),
    [
        ("Cancel an order", ["cancel the order"]),
        ("Adding a stop to a bus route", ["add the stop to a bus route"]),
        ("Adding a second driver raises the premium", ["add the second driver"]),
        ("Verify that a user can cancel an order", ["cancel the order"]),
        ("Verify that a librarian can merge two reader records", ["merge two reader records"]),
        ("Nurse may not change a medication order", ["try to change the medication order"]),
        ("Feature flag can be rolled back by an admin", ["roll back the feature flag"]),
        ("Teacher publishes grades", ["publish grades"]),
        ("Change of tariff takes effect at the next billing cycle", ["change the tariff"]),
        ("Export to CSV opens correctly in Excel", ["carry out the export to CSV"]),
        ("Firmware update with low battery is refused", ["carry out the firmware update with low battery"]),
        ("Message to a blocked user is not delivered", ["send the message to a blocked user"]),
        ("Claim over 5,000 goes to second review", ["submit the claim over 5,000"]),
        ("Incoming call while FM radio is playing", ["trigger the incoming call"]),
        ("Printing goes on after a paper jam is cleared", ["start printing"]),
        ("Download is resumed after the app was killed", ["carry out the download", "kill the app"]),
        ('Undo after "Replace All" restores the document', ['press "Replace All"', "undo"]),
        ("Restore from trash when original folder is gone", ["carry out the restore from trash"]),
        ("Export audit log to CSV with active filters", ["export the audit log to CSV with active filters"]),
        ("Edit one occurrence of a recurring meeting", ["edit one occurrence of a recurring meeting"]),
        ("Upload profile photo - accepted types and size", ["upload the profile photo"]),
        ("Verify that a customer can amend a live order and that it applies at once", ["amend the live order"]),
        ("Split bill by item, incl. shared item", ["split the bill by item"]),
        ("Scan to email from the panel: multi-page job on the glass", ["scan to email from the panel"]),
        ("Save slots: overwrite and delete", []),
        ("Register taken late by cover teacher", []),
        ("Load profile around a power failure", []),
        ("Kiosk returns to the start screen when the guest walks away", []),
        ("Onboarding checklist for a new employee", []),
        ("Password length", []),
        ("Grades are locked after the deadline", []),
        ("Roaming warning at 80 % and stop at 100 %", []),
    ],
)  # fmt: skip
def test_a_title_tells_the_main_act(title: str, acts: list[str]) -> None:
    assert [act.text for act in EN.heading(title).acts] == acts


@pytest.mark.parametrize(
    ("result", "acts"),
    [
        ("Before 16:00 the grade can be changed and is saved", ["set the clock to a time before 16:00", "change the grade"]),
        ("No further tariff can be booked", ["try to book a further tariff"]),
        ("C3 can be started after Reset", ["press Reset", "start C3"]),
        ("Tapping Boost during the countdown ends it", ["tap Boost during the countdown"]),
        ("After another 15 s the start screen appears", ["wait for 15 s"]),
        ("On day 15 80 points are credited", ["set the clock to day 15"]),
        ("A file in which 3 of 12 rows are invalid ends in FAILED", ["with a file in which 3 of 12 rows are invalid"]),
        ("In the attended transfer A hears music until B presses Transfer", ["carry out the attended transfer"]),
        ("After login the dialog is displayed", ["log in"]),
        ("After withdrawal of request 2 the balance is 15", ["withdraw request 2"]),
        ("Power cut during saving: after restart Continue loads the checkpoint", ["carry out the power cut during saving", "restart", "choose Continue"]),
        ("The next guest starts with an empty basket", []),
        ("The lamp lights up", []),
        ("900002 can be found in the archive", []),
    ],
)  # fmt: skip
def test_what_may_be_done_is_done_and_what_the_product_does_is_not(result: str, acts: list[str]) -> None:
    assert [act.text for act in EN.result(result).acts] == acts


def test_who_does_it_is_the_one_who_sees_what_comes_of_it() -> None:
    act = EN.result("Ada sees the question when she presses Share").acts[0]
    assert (act.actor, act.text) == ("Ada", "press Share")


class _Unique(yaml.SafeLoader):
    """Refuses a key that stands twice: the second one would win in silence."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    twice = [key for key, count in Counter(str(key.value) for key, _ in node.value).items() if count > 1]
    assert not twice, f"line {node.start_mark.line + 1}: {twice}"
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True) for key, value in node.value
    }


_Unique.add_constructor("tag:yaml.org,2002:map", _mapping)


@pytest.mark.parametrize("path", sorted((ROOT / "src/testgen").rglob("data/*.yaml")), ids=lambda path: path.name)
def test_no_key_of_a_word_list_stands_twice(path: Any) -> None:
    yaml.load(path.read_text(encoding="utf-8"), _Unique)
