"""How an English test begins and what it does as a whole: sign in, open, enter, act; again for each further case."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def actions(*results: str, **fields: Any) -> list[tuple[str, str | None]]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    return [(step.action, step.test_data) for step in outline(case, "en")[0]]


def test_a_path_is_gone_data_are_entered_and_its_last_part_sends_them() -> None:
    assert actions(
        "Claim 1 is in review",
        "Claim 2 is in second review",
        specification="Submission via Claims > New claim > Submit.",
        test_data={"claim 1": "5000.00", "claim 2": "5000.01"},
    ) == [
        ("Go to Claims > New claim", None),
        ("Enter claim 1", "5000.00"),
        ("Press Submit", None),
        ("Enter claim 2", "5000.01"),
        ("Press Submit", None),
    ]


def test_what_the_title_tells_comes_behind_the_record_that_it_is_done_to() -> None:
    assert actions(
        "The address is unchanged",
        title="Changing the delivery address of an order that is already packed",
        preconditions=["Order 55190 has the status Packed"],
        specification="The form can be reached under My orders > Details > Change address until then.",
        test_data={"new street": "Harbour Road 12", "new city": "Bremen"},
    ) == [
        ("Go to My orders > Details > Change address", None),
        ("Open order 55190", None),
        ("Note the address", None),
        ("Enter the new street and the new city", "Harbour Road 12 / Bremen"),
        ("Change the delivery address of an order", None),
    ]


def test_who_has_not_signed_in_signs_in() -> None:
    given = {"test_data": {"teacher": "t.hughes"}, "title": "Change of a grade"}
    assert actions("The grade is saved", **given)[0] == ("Sign in as t.hughes", None)
    signed_in = actions("The grade is saved", preconditions=["The teacher is signed in"], **given)
    assert signed_in[0] == ("Change a grade", None)


def test_values_that_are_tried_have_a_run_each() -> None:
    assert actions(
        "8 and 64 characters are accepted",
        "7 characters are refused",
        title="Password length",
        specification="Settings > Security > Change password. The new password shall have 8 to 64 characters.",
        test_data={"7 characters": "Abc12!x", "8 characters": "Abc12!xy", "64 characters": "64 x 'a'"},
    ) == [
        ("Go to Settings > Security > Change password", None),
        ("Enter the value", "Abc12!xy"),
        ("Confirm the entry", None),
        ("Enter the value", "64 x 'a'"),
        ("Confirm the entry", None),
        ("Enter the value", "Abc12!x"),
        ("Confirm the entry", None),
    ]


def test_days_set_the_clock_before_the_acts_are_done_again() -> None:
    found = actions("31 Aug: no button", "1 Sep and 30 Sep: button available", title="Renewal of a parking permit")
    assert found == [
        ("Set the clock to 31 Aug", None),
        ("Renew a parking permit", None),
        ("Set the clock to 1 Sep", None),
        ("Renew a parking permit", None),
        ("Set the clock to 30 Sep", None),
        ("Renew a parking permit", None),
    ]


def test_the_call_that_the_title_names_is_sent_for_each_case() -> None:
    assert actions(
        "Without the header: 400",
        "Key 1: 201. Repeated: 200",
        title="POST /payments with Idempotency-Key",
        test_data={"key 1": "8f14e45f", "key 2": "8f14e460"},
    ) == [
        ("Send `POST /payments` without the header", None),
        ("Send `POST /payments`", "key 1: 8f14e45f"),
        ("Send `POST /payments`", "key 1: 8f14e45f"),
    ]


def test_a_flow_that_has_a_name_is_done_from_its_start_wherever_a_result_names_it() -> None:
    flow = ["Press Transfer", "Dial C", "Press Transfer"]
    found = actions(
        "Blind transfer connects A and C",
        "Blind transfer to C without answer returns to B",
        specification="Blind: press Transfer → dial C → press Transfer.",
    )
    assert [action for action, _ in found] == [*flow, *flow]


def test_messages_are_sent_one_by_one() -> None:
    found = actions(
        "Message 1 is notified normally",
        "Message 2: no banner",
        test_data={"message 1": "at 21:59", "message 2": "at 22:00"},
    )
    assert found == [("Send message 1", "at 21:59"), ("Send message 2", "at 22:00")]


def test_a_role_is_called_by_the_one_name_that_it_has() -> None:
    found = actions(
        "The request is Approved",
        preconditions=["Employee Mia Brandt reports to Tom Reyes"],
        specification="When the employee submits the request, the status is Approved.",
    )
    assert found == [("As Mia Brandt, submit the request", None)]
