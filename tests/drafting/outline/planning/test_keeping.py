"""Steps of the first plan that are kept for a result that only says which case it is."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline

FORM = "The visit form shall not be sent until all fields (name, weight, pulse, mood) are filled."
DATA = {"Name": "Ito", "Weight": "71", "Pulse": "66"}


def told(results: list[str], **fields: Any) -> list[tuple[str, list[int]]]:
    case = TestCase.parse({"id": "x", "test_data": DATA, "expected_results": results} | fields)
    return [(step.action, list(step.verifies)) for step in outline(case, "en")[0]]


def test_a_field_is_left_blank_behind_what_is_entered_and_nothing_is_sent_then() -> None:
    results = ["With mood left blank the Send button is disabled", "With Calm selected the sum is 4"]
    steps = told(results, title="Recording of a visit on the tablet", specification=FORM)
    assert steps[-2:] == [("Leave the mood blank", [1]), ("Select Calm", [2])]
    assert not any(action.startswith("Record") for action, _ in steps)


def test_a_chain_with_the_quantity_is_walked_once() -> None:
    chain = "Count screen: scan shelf -> scan box -> pcs -> ENT."
    results = ["RECOUNT? displayed after entering 7"]
    steps = told(results, title="Miscount", specification=chain, test_data={"pcs counted": "7"})
    assert steps == [("Scan shelf", []), ("Scan box", []), ("Enter the pcs", []), ("Press ENT", [1])]
