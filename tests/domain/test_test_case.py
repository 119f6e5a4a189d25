"""A test case: limits, unknown fields, and errors that name field, value and remedy."""

import json

import pytest

from testgen.domain.errors import InvalidInputError
from testgen.domain.test_case import TestCase

GOOD = {"id": "T-1", "title": "t", "expected_results": ["y"]}


def problem_of(**changes: object) -> str:
    with pytest.raises(InvalidInputError) as caught:
        TestCase.parse({**GOOD, **changes})
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "x" * 301}, "/title (xxx"),
        ({"title": ""}, "/title: is empty"),
        ({"specification": "x" * 20_001}, "at most 20000 characters"),
        ({"expected_results": []}, "/expected_results: is empty: at least 1"),
        ({"expected_results": ["y"] * 51}, "at most 50"),
        ({"expected_results": ["y" * 2_001]}, "/expected_results/0"),
        ({"preconditions": "text"}, "/preconditions (text)"),
        ({"test_data": {"pin": 7}}, "/test_data/pin (7): put it in quotes"),
        ({"test_data": {"flag": True}}, "/test_data/flag (True): put it in quotes"),
        ({"test_data": {str(n): "x" for n in range(51)}}, "/test_data"),
        ({"id": 12}, "/id (12): put it in quotes"),
        ({"prio": "high"}, "/prio (high): no such field: remove it or put it under /custom"),
        ({"language": "fr"}, "/language (fr)"),
    ],
)
def test_a_wrong_field_is_named_with_value_and_remedy(changes: dict[str, object], says: str) -> None:
    assert says in problem_of(**changes)


def test_a_list_whose_entries_were_refused_is_not_called_empty_as_well() -> None:
    assert problem_of(expected_results=["  "]).count("/expected_results") == 1


@pytest.mark.parametrize("data", [[1], "text", 3, None])
def test_what_is_no_object_is_told_so(data: object) -> None:
    with pytest.raises(InvalidInputError, match="not an object with fields"):
        TestCase.parse(data)


def test_half_a_character_is_refused_in_words_that_can_be_printed() -> None:
    said = problem_of(title="a\ud800", **{"b\ud800": 1})
    assert "half a character" in said
    assert said.encode()


def test_all_wrong_fields_are_named_at_once() -> None:
    said = problem_of(title="", stepz=1, language="fr")
    assert all(pointer in said for pointer in ("/title", "/stepz", "/language"))


def test_limits_are_inclusive() -> None:
    case = TestCase.parse(
        {**GOOD, "title": "x" * 300, "specification": "x" * 20_000, "expected_results": ["y" * 2_000] * 50}
    )
    assert len(case.expected_results) == 50


def test_a_teams_own_columns_are_carried_untouched() -> None:
    custom = {"見積": 3, "nested": {"a": [1, None]}}
    assert TestCase.parse({**GOOD, "custom": custom}).custom == custom


@pytest.mark.parametrize(
    ("changes", "default", "language"),
    [
        ({}, "auto", "en"),
        ({"title": "ログイン"}, "auto", "ja"),
        ({"title": "認証"}, "auto", "ja"),
        ({"title": "ログイン", "language": "en"}, "auto", "en"),
        ({}, "ja", "ja"),
        ({"language": "en"}, "ja", "en"),
    ],
)
def test_the_language_is_the_cases_own_then_the_default_then_the_texts(
    changes: dict[str, str], default: str, language: str
) -> None:
    assert TestCase.parse({**GOOD, **changes}).resolved_language(default) == language  # type: ignore[arg-type]


def test_the_fingerprint_depends_on_every_field() -> None:
    assert TestCase.parse(GOOD).sha256() == TestCase.parse(dict(GOOD)).sha256()
    assert TestCase.parse(GOOD).sha256() != TestCase.parse({**GOOD, "priority": "high"}).sha256()


@pytest.mark.parametrize(
    ("custom", "says"),
    [
        ({"a": "\ud800"}, "half a character"),
        ({"a": {"b": ["\udfff"]}}, "half a character"),
        ({"a": {"\udfff": 1}}, "half a character"),
        (json.loads('{"a": ' + "[" * 300 + "]" * 300 + "}"), "nested too deeply"),
    ],
)
def test_own_columns_that_no_file_could_carry_are_refused(custom: object, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says) as refused:
        TestCase.parse({"id": "T", "title": "t", "expected_results": ["y"], "custom": custom})
    assert refused.value.problems[0].pointer == "/custom"
