"""What a case is carried out by, where its results begin with the circumstances and tell no act."""

from typing import Any

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.english import English
from testgen.drafting.outline.reading.case import read

ENGLISH = English()
HOTEL = {
    "title": "Hotel PMS: late check-out fee posts to folio",
    "specification": "- up to 11:00 no fee\n- fee posts under code LCO when agent hits Check Out",
}


def acts(*results: str, **fields: Any) -> list[str]:
    given = {"id": "x", "title": "t", "expected_results": results, "language": "en", **fields}
    case = TestCase.parse(given)
    return [step.action for step in outline(case, case.resolved_language())[0]]


def order(text: str, **fields: Any) -> str:
    case = TestCase.parse({"id": "x", "title": "t", "expected_results": [text], **fields})
    return ENGLISH.script(case, read(case, ENGLISH)).lines(text)[0].do


def test_each_of_several_circumstances_is_a_run_of_what_the_title_is_about() -> None:
    done = acts("Classic, 11:16 - LCO $40.00", "Gold, 13:30 - no LCO line", **HOTEL)
    assert done == ['Hit "Check Out" for Classic at 11:16', 'Hit "Check Out" for Gold at 13:30']


def test_as_soon_as_somebody_does_it_leads_to_it_too() -> None:
    told = {"title": "Fuel points", "specification": "Points are added as soon as the attendant presses Close."}
    assert order("Silver, 40 l -> 40 points", **told) == 'press "Close" for Silver for 40 l'


def test_the_only_act_of_somebody_is_what_a_run_does() -> None:
    told = {"title": "Clocking", "specification": "Times are rounded when the employee holds the badge to the reader."}
    assert order("Early shift, 05:54 - 06:00", **told) == "hold the badge to the reader for Early shift at 05:54"
    assert "badge" not in order("05:54 -> locked", **told)


def test_a_value_is_sent_by_what_is_pressed() -> None:
    told = {"title": "Discounts", "specification": "Approval starts when the seller presses Save."}
    assert order("5.1 % goes to the manager", **told) == 'apply 5.1 %, then press "Save"'


def test_what_the_product_does_by_itself_is_no_run() -> None:
    told = {"title": "Belt stops", "specification": "The belt stops when the parcel reaches the scale."}
    assert "reach" not in order("Heavy, 10.1 kg -> the belt stops", **told)


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("105 accepted, line closed", "scan 105"),
        ("106 -> two beeps", "scan 106"),
        ("106 + supervisor PIN -> received 106", "scan 106, then enter the supervisor PIN"),
        ("106 with override -> received 106", "scan 106 with override"),
    ],
)
def test_a_quantity_is_tried_with_the_verb_of_the_title(text: str, do: str) -> None:
    assert order(text, title="goods-in: scan more than PO qty") == do


def test_too_little_is_a_quantity_too() -> None:
    assert order("1.40: nothing dispensed", title="Machine: pay with too little money") == "pay 1.40"


def test_a_noun_is_no_verb_of_a_quantity() -> None:
    assert order("106 -> two beeps", title="Transfer limit") == "apply 106"


def test_what_is_not_possible_in_some_way_is_tried_in_that_way() -> None:
    assert order("Waive without reason not possible", **HOTEL) == "try to waive it without reason"


def test_a_row_of_a_file_is_looked_at() -> None:
    assert order("Row 3: rejected", title="Price list import") == "check row 3"


def test_before_something_is_done_the_items_of_the_data_are_looked_at() -> None:
    done = acts(
        "Before the code is applied the subtotal is £52.00",
        "After the code: subtotal £44.20",
        "Entering the code in lower case gives the same outcome",
        "Removing the code puts the subtotal back to £52.00",
        preconditions=["Basket is empty"],
        specification="Standard shipping is £3.95.",
        test_data={"Item A": "Shirt, £32.00", "Item B": "Belt, £20.00", "Promo code": "SPRING15 (15% off basket)"},
    )
    assert done == [
        "Add Item A to the basket",
        "Add Item B to the basket",
        "Enter the code",
        "Remove the code",
        "Enter the code in lower case",
        "Remove the code",
    ]


def test_what_is_there_on_launch_is_seen_when_the_product_is_launched() -> None:
    assert order("Day 7 is highlighted in the calendar popup on launch") == "launch the product"


def test_where_somebody_sees_something_first_he_looks() -> None:
    first = acts("Assistant sees the meeting with its place", title="Shared calendar")[0]
    assert first == "As Assistant, check what is shown"


def test_a_file_whose_content_is_given_is_what_is_imported() -> None:
    case = TestCase.parse(
        {
            "id": "x",
            "title": "Contacts CSV import: rows with errors are skipped",
            "expected_results": ["Summary reads 1 created, 1 skipped"],
            "test_data": {"contacts.csv": "email,name\njo@example.com,Jo\nbad,Sam", "Duplicates": "Update"},
            "language": "en",
        }
    )
    steps = outline(case, case.resolved_language())[0]
    assert "jo@example.com" in (steps[0].test_data or "")


def test_before_anything_is_done_there_is_only_a_look() -> None:
    told = acts("Before the price is changed no mail is in the inbox", "Changing the price sends a mail")
    assert told[0] == "Check the result in the inbox"
