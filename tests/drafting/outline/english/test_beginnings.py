"""What a test begins with where no result tells an act and the title names a topic."""

from typing import Any

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def first(**fields: Any) -> str:
    given: dict[str, Any] = {"id": "x", "expected_results": ["Summary shows 3 items"]}
    return outline(TestCase.parse(given | fields), "en")[0][0].action


@pytest.mark.parametrize(
    ("fields", "begun"),
    [
        ({"title": "Cancel a place that a guest has booked", "specification": "'Cancel all' cancels every place and mails the rest."}, "Click 'Cancel all'"),
        ({"title": "Shared list: removing a member", "preconditions": ["Owner and member both signed in"]}, "As the owner, remove the member"),
        ({"title": "Household account - merging two budgets"}, "Merge two budgets"),
        ({"title": "Stand-in rota and the weekly list", "objective": "Clerks register a late delivery; the list follows"}, "As the clerks, register a late delivery"),
        ({"title": "Round robin", "test_data": {"mails": "4 test mails, sent in one minute"}}, "Send 4 test mails in one minute"),
        ({"title": "Notice: everybody is told when monitoring starts and stops"}, "Start the monitoring"),
        ({"title": "Short month", "postconditions": ["Roll back the June posting"]}, "Carry out the June posting"),
    ],
)  # fmt: skip
def test_a_label_a_topic_an_objective_data_an_occasion_or_the_clean_up_tells_it(
    fields: dict[str, Any], begun: str
) -> None:
    assert first(**fields) == begun


@pytest.mark.parametrize("title", ["Discounts – order of evaluation", "Back in print notice", "Off to a start page"])
def test_a_sequence_and_an_adverb_are_no_acts(title: str) -> None:
    assert first(title=title) == f"Carry out: {title} ([FILL IN: how])"


def test_what_is_bought_is_in_the_basket_before_it_is_looked_at() -> None:
    results = ["Before the voucher: total £20.00", "The basket shows the note"]
    data = {"Item A": "Lamp, £12.00", "Item B": "Shade, £8.00"}
    case = TestCase.parse({"id": "x", "title": "Voucher", "test_data": data, "expected_results": results})
    told = [step.action for step in outline(case, "en")[0]]
    assert told[:2] == ["Add Item A to the basket", "Add Item B to the basket"]


def test_customers_who_have_signed_up_are_not_signed_up_again() -> None:
    result = "Guests who signed up for that room get one mail when the price goes from 90 to 80"
    assert first(title="Price alarm", expected_results=[result]) == "Let the price go from 90 to 80"


def test_what_was_done_at_a_time_is_done_then_and_a_purpose_is_no_act() -> None:
    told = {"title": "Late", "objective": "Guest has 3 days after ordering to cancel"}
    data = {"Ordered at": "09:15, 2 lamps"}
    assert (
        first(**told, test_data=data, expected_results=["10:00: button is shown", "11:00: button is gone"])
        == "Order 2 lamps at 09:15"
    )
