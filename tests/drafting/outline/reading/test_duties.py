"""A list of what the product shall do is no list of what the tester does."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline

TITLE = "Damage report - first notice"
DUTIES = """The app shall:
a) accept a date of damage not in the future
b) accept up to 5 photos, PNG only
c) issue a number on submission and mail it to the owner
d) set the status to "New" and hand it to the desk"""
DATA = {"Date of damage": "today", "Photos": "2 x PNG"}


def told(specification: str, *results: str) -> list[str]:
    given: dict[str, Any] = {"id": "x", "title": TITLE, "specification": specification, "test_data": DATA}
    case = TestCase.parse(given | {"expected_results": list(results)})
    return [step.action for step in outline(case, "en")[0]]


def test_what_it_accepts_is_given_to_it_and_the_rest_is_its_own() -> None:
    acts = told(DUTIES, "Both photos are uploaded", "Status is New")
    assert acts[:2] == ["Enter the date of damage", "Upload the photos"]
    assert not any(act.startswith(("Accept", "Issue", "Set the status")) for act in acts)


def test_what_a_user_shall_do_is_an_act() -> None:
    assert "Choose the plan" in told("The user shall:\n- choose the plan\n- press OK", "The plan is active")
