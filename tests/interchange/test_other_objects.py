"""JSON and YAML of tools and teams: cases under a key of their own, and fields of other names."""

import json
from typing import Any

import pytest

from testgen.domain.errors import TestgenError, UnreadableInputError
from testgen.interchange import load_cases, load_entries, load_procedures, read_procedures

ZEPHYR = {
    "exportedAt": "2025-09-30",
    "testSuites": [{
        "name": "Cart",
        "testSuites": [{"name": "Coupons", "testCases": [{
            "id": 88121, "key": "SHOP-T12", "name": "Apply", "precondition": "<p>Item <b>in</b> cart</p>",
            "priority": {"name": "High"}, "labels": ["smoke"], "owner": "kim",
            "testScript": {"type": "STEP_BY_STEP", "steps": [
                {"index": 0, "description": "Enter SAVE10", "testData": "SAVE10", "expectedResult": "accepted", "ref": 1},
                {"index": 1, "description": "Check the total", "testData": None, "expectedResult": "$35.82"},
            ]},
        }]}],
    }],
}  # fmt: skip
STEPS = [("Enter SAVE10", "SAVE10", "accepted"), ("Check the total", None, "$35.82")]


def load(data: Any, name: str = "a.json") -> Any:
    return load_entries(json.dumps(data, ensure_ascii=False).encode(), name=name)


def steps(made: Any) -> list[tuple[str, str | None, str]]:
    return [(step.action, step.test_data, step.expected_result) for step in made.steps]


def test_suites_within_suites_are_sections_and_what_is_not_understood_is_named() -> None:
    found = load(ZEPHYR)
    [made] = found.entries
    assert (made.test_case_id, made.title, made.section) == ("SHOP-T12", "Apply", ("Cart", "Coupons"))
    assert (made.preconditions, made.priority, made.tags) == (("Item in cart",), "High", ("smoke",))
    assert steps(made) == STEPS
    assert found.left == ("exportedAt", "steps/ref", "id", "owner")


@pytest.mark.parametrize(
    "case",
    [
        {"name": "x", "steps": [{"step": "Open", "expected": "shown"}]},
        {"summary": "x", "testSteps": [{"action": "Open", "expectedResult": "shown"}]},
        {"title": "x", "custom_steps_separated": [{"content": "Open", "expected": "shown"}]},
        {"title": "x", "custom_steps": "1. Open", "custom_expected": "shown"},
        {"name": "x", "steps": [{"do": "Open", "expect": ["shown"]}]},
        {"id": "A-1", "title": "x", "steps": [{"action": "Open", "expected": "shown"}]},
        {"id": "A-1", "title": "x", "steps": [{"action": "Open", "testData": "a", "expected_result": "shown"}]},
        {"テスト名": "x", "手順": [{"操作": "Open", "期待結果": "shown"}]},
        {"name": "x", "steps": ["Open"], "expected": "shown"},
    ],
)
@pytest.mark.parametrize("key", ["tests", "testCases", "items", "テストケース", "myOwn", ""])
def test_the_fields_of_a_case_may_have_other_names(case: dict[str, Any], key: str) -> None:
    [made] = load({"project": "p", key: [case]} if key else [case]).entries
    assert (made.title, [(step.expected_result) for step in made.steps]) == ("x", ["shown"])
    assert made.steps[0].action.removeprefix("1. ") == "Open"


def test_an_entry_without_a_field_costs_no_other() -> None:
    [made] = load({"tests": [{}, {"name": "x", "steps": ["Open"]}]}).entries
    assert made.title == "x"


@pytest.mark.parametrize("tags", ["smoke, api", "smoke、api", ["smoke", "api"], [{"name": "smoke"}, {"name": "api"}]])
def test_tags_may_be_one_text(tags: Any) -> None:
    [made] = load({"tests": [{"name": "x", "tags": tags, "steps": ["Open"]}]}).entries
    assert made.tags == ("smoke", "api")


def test_an_object_a_line_is_read_the_same_way_and_one_without_steps_is_skipped() -> None:
    lines = [
        {"id": 501, "title": "Log in", "refs": "R-1, R-2", "custom_steps_separated": [{"content": "Click", "expected": "open"}]},
        {"id": 502, "title": "Log out", "custom_steps": "1. Open the menu\n2. Click", "custom_expected": "gone"},
        {"id": 504, "title": "Wrong", "section_id": 3, "custom_steps_separated": []},
    ]  # fmt: skip
    found = load_procedures("\n\n".join(map(json.dumps, lines)).encode(), name="a.jsonl")
    assert [(made.test_case_id, steps(made)) for made in found.entries] == [
        ("501", [("Click", None, "open")]),
        ("502", [("Open the menu", None, ""), ("Click", None, "gone")]),
    ]
    assert found.entries[0].references == ("R-1", "R-2")
    assert [(entry.title, entry.reason) for entry in found.skipped] == [
        ("Wrong", "has neither steps nor an expected result")
    ]


def test_yaml_of_a_team_is_read_with_its_aliases() -> None:
    text = (
        "suite: orders\ndefaults: &d\n  tags: [smoke, api]\ntests:\n  - id: O-1\n    name: create\n    <<: *d\n"
        "    given: a customer\n    steps:\n      - do: POST\n        expect: 201\n  - name: flags\n    expect: [yes, off]\n"
    )
    first, second = load_entries(text.encode(), name="a.yaml").entries
    assert (first.test_case_id, first.section, first.tags, steps(first)) == (
        "O-1", ("orders",), ("smoke", "api"), [("POST", None, "201")],
    )  # fmt: skip
    assert (second.title, second.expected_results) == ("flags", ("true", "false"))


def test_cases_of_testgen_under_a_key_stay_as_they_are() -> None:
    case = {"id": "1", "title": "t", "expected_results": ["<b>"]}
    procedure = {"id": "2", "title": "u", "steps": ["go", {"action": "x", "expected_result": "<i>"}]}
    first, second = load({"tests": [case, procedure]}).entries
    assert (first.expected_results, steps(second)) == (("<b>",), [("go", None, ""), ("x", None, "<i>")])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            {"tests": [{"foo": 1, "steps": ["a"]}]},
            r"objects under /tests without a title: .* foo, steps, rename .* `title`",
        ),
        ({"tests": [{"name": "x", "steps": [{"foo": "Open"}]}]}, r"step without an action: .* foo, rename .* `action`"),
        ({"tests": [{"name": "x"}]}, "neither steps nor an expected result"),
        ({"tests": []}, "has no test case under /tests"),
        ({"tests": [{}]}, "tests has an entry without any field"),
    ],
)
def test_what_cannot_be_mapped_says_which_field_to_rename(data: Any, says: str) -> None:
    with pytest.raises(UnreadableInputError, match=says) as refused:
        load(data)
    assert "/custom" not in str(refused.value)


def test_what_a_person_wrote_by_hand_is_still_refused_by_field() -> None:
    with pytest.raises(TestgenError, match="/tittle .*no such field"):
        load({"id": "1", "tittle": "x", "expected_results": ["a"]})
    with pytest.raises(TestgenError, match="/results: no such field"):
        load({"id": "1", "title": "x", "expected_results": ["a"], "results": [{"status": "ok"}]})


def test_suites_are_not_followed_without_end() -> None:
    data: dict[str, Any] = {"tests": [{"name": "x", "steps": ["a"]}]}
    for _ in range(300):
        data = {"suites": [data]}
    with pytest.raises(UnreadableInputError, match="nested too deeply"):
        load_cases(json.dumps(data).encode(), name="a.json")


def test_values_are_not_followed_without_end_either() -> None:
    value: Any = "seen"
    for _ in range(900):
        value = [value]
    chain = ["a0: &a0 [x]", *(f"a{n}: &a{n} {'[' * 40}*a{n - 1}{']' * 40}" for n in range(1, 20))]
    for content, name in (
        (json.dumps({"tests": [{"name": "x", "expected": value}]}), "a.json"),
        ("\n".join(chain) + "\ntests:\n- name: x\n  expected: *a19\n", "a.yaml"),
    ):
        with pytest.raises(UnreadableInputError, match="nested too deeply"):
            load_entries(content.encode(), name=name)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"name": "user", "value": "tanaka"}, "user: tanaka"),
        ({"value": "tanaka", "name": "user", "id": 3}, "user: tanaka"),
        ({"title": "Stock", "description": "5 items"}, "Stock: 5 items"),
        ({"name": "card", "number": "4111"}, "name: card\nnumber: 4111"),
        ({"id": 7, "name": "user"}, "user"),
        ({"id": 7}, "id: 7"),
    ],
)
def test_an_object_that_is_a_value_loses_nothing(value: dict[str, Any], told: str) -> None:
    [made] = load({"tests": [{"name": "x", "steps": [{"do": "Open", "data": value}]}]}).entries
    assert made.steps[0].test_data == told


def test_a_priority_is_only_named() -> None:
    priority = {"name": "High", "iconUrl": "https://example.com/high.svg"}
    [made] = load({"tests": [{"name": "x", "priority": priority, "tags": [priority], "steps": ["a"]}]}).entries
    assert (made.priority, made.tags) == ("High", ("High",))


@pytest.mark.parametrize(
    ("held", "actions", "left"),
    [
        ({"2": "Click", "1": "Open", "10": "Close"}, ["Open", "Click", "Close"], ()),
        ({"type": "BDD", "script": "Given a"}, ["Given a"], ()),
        ({"type": "X", "steps": ["Open"], "script": "Given a"}, ["Open"], ("steps/script",)),
    ],
)
def test_steps_that_are_an_object_are_read(held: dict[str, Any], actions: list[str], left: tuple[str, ...]) -> None:
    found = load({"tests": [{"name": "x", "steps": held}]})
    assert ([step.action for step in found.entries[0].steps], found.left) == (actions, left)


def test_an_object_of_steps_that_nobody_knows_is_not_passed_over() -> None:
    with pytest.raises(UnreadableInputError, match="steps whose fields are first, then: rename"):
        load({"tests": [{"name": "x", "steps": {"first": "Open", "then": "Click"}, "expected": "shown"}]})


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("1. Open\n2. Click\n3. Close", "1. opened\n2. clicked\n3. closed"),
        (["Open", "Click", "Close"], ["opened", "clicked", "closed"]),
        ([{"do": "Open"}, {"do": "Click"}, {"do": "Close"}], ["opened", "clicked", "closed"]),
    ],
)
def test_results_beside_the_steps_belong_to_the_steps_of_their_number(held: Any, expected: Any) -> None:
    [made] = load({"tests": [{"title": "x", "custom_steps": held, "custom_expected": expected}]}).entries
    assert steps(made) == [("Open", None, "opened"), ("Click", None, "clicked"), ("Close", None, "closed")]


@pytest.mark.parametrize(("expected", "seen"), [(["a", "b"], "a\nb"), ("1. a\n2. b\n1. c", "a\nb\nc"), ("a", "a")])
def test_results_that_are_not_one_a_step_belong_to_the_last(expected: Any, seen: str) -> None:
    [made] = load({"tests": [{"title": "x", "custom_steps": ["Open", "Click", "Close"], "expected": expected}]}).entries
    assert [told for *_, told in steps(made)] == ["", "", seen]


def test_a_heading_no_in_a_merge_is_no_truth_value() -> None:
    text = b"tests:\n  - name: x\n    steps: [a]\n    <<: {No: 5, yes: z}\n"
    found = load_entries(text, name="a.yaml")
    assert (found.entries[0].test_case_id, found.left) == ("5", ("yes",))


DOCUMENT = {
    "type": "doc",
    "content": [
        {"type": "heading", "content": [{"type": "text", "text": "Steps"}]},
        {"type": "orderedList", "content": [
            {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]} for text in ("Open", "Save")
        ]},
        {"type": "heading", "content": [{"type": "text", "text": "Expected result"}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "saved"}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        {"fields": {"summary": "x"}, "steps": [{"action": "Open", "result": ""}, {"action": "Save", "result": "saved"}]},
        {"fields": {"summary": "x"}, "testtype": "Cucumber", "gherkin_def": "When Open\nThen \nWhen Save\nThen saved"},
        {"title": "x", "steps": [{"action": "Open", "steps": [{"action": "Save", "expected_result": "saved"}]}]},
        {"title": "x", "steps": "Given a file\nWhen Open\nAnd Save\nThen saved"},
        {"key": "A-1", "fields": {"summary": "x", "description": DOCUMENT}},
        {"key": "A-1", "fields": {"summary": "x", "description": "h3. Steps\n# _Open_\n# *Save*\nh3. Expected\nsaved"}},
    ],
)  # fmt: skip
def test_what_lies_deeper_in_the_objects_of_tools_is_brought_up(case: dict[str, Any]) -> None:
    [found] = read_procedures(json.dumps({"issues": [case]}).encode(), name="a.json")
    assert [(step.action, step.expected_result) for step in found.steps] == [("Open", ""), ("Save", "saved")]
