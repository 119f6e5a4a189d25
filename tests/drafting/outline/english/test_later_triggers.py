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
