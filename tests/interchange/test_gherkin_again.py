"""What is written as Gherkin and read back: ids of any kind, and each check as a line of its own."""

import pytest
from support.procedures import procedure

from testgen.interchange import read_procedures, write_procedures


@pytest.mark.parametrize("identifier", ["007", "1", "1.10", "T-1", "ログイン-1"])
def test_the_id_comes_back(identifier: str) -> None:
    made = procedure(("open", "x")).model_copy(update={"test_case_id": identifier, "title": "Leading zero"})
    [back] = read_procedures(write_procedures([made], "gherkin"), name="a.feature")
    assert (back.test_case_id, back.title) == (identifier, "Leading zero")


def test_a_mark_in_brackets_is_no_id() -> None:
    [back] = read_procedures(b"Feature: F\n  Scenario: [WIP] Sign in\n    When I open it\n", name="a.feature")
    assert back.title == "[WIP] Sign in"


@pytest.mark.parametrize(("language", "first", "more"), [("en", "Then ", "And "), ("ja", "ならば", "かつ")])
def test_each_line_of_a_result_is_a_check_of_its_own(language: str, first: str, more: str) -> None:
    made = procedure(("open", "one\n\ntwo\nthree"), ("close", ""), language=language)  # type: ignore[arg-type]
    text = write_procedures([made], "gherkin").decode()
    assert f"    {first}one\n    {more}two\n    {more}three\n" in text
    [back] = read_procedures(text.encode(), name="a.feature")
    assert [step.expected_result for step in back.steps] == ["one\ntwo\nthree", ""]
