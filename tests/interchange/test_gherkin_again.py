"""What is written as Gherkin and read back: ids of any kind, and each check as a line of its own."""

import pytest
from support.procedures import procedure

from testgen.interchange import read_procedures, write_procedures
from testgen.interchange.titles import without_id


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


def test_the_tag_that_looks_like_an_id_is_the_id() -> None:
    text = (
        "@checkout @REL-2025\nFeature: F\n\n  @TC-201 @smoke @REQ-7\n  Scenario: Pay\n    When I pay\n\n"
        "  @QA_7 @OTHER-8\n  Scenario: Two ids\n    When I pay\n\n  @SHOP-T12\n  Scenario: Key\n    When I pay\n\n"
        "  @TC-202\n  Scenario Outline: Fee for <c>\n    When I choose <c>\n\n    Examples:\n      | c |\n      | a |\n      | b |\n\n"
        "  @TC-1\n  Scenario: L-5 Own id\n    When I pay\n"
    )
    found = read_procedures(text.encode(), name="a.feature")
    assert [made.test_case_id for made in found] == [
        "TC-201", "Two ids", "Key", "TC-202", "TC-202 (2)", "L-5",
    ]  # fmt: skip


@pytest.mark.parametrize(("format_name", "name"), [("markdown", "b.md"), ("gherkin", "b.feature"), ("xlsx", "b.xlsx")])
def test_the_rows_of_an_outline_keep_their_ids(format_name: str, name: str) -> None:
    text = "Feature: F\n\n  @TC-2\n  Scenario Outline: Fee\n    When I go to <c>\n\n    Examples:\n      | c |\n      | a |\n      | b |\n"
    found = read_procedures(text.encode(), name="a.feature")
    written = write_procedures(found, format_name)
    back = read_procedures(written if isinstance(written, bytes) else written.encode(), name=name)
    assert [made.test_case_id for made in back] == ["TC-2", "TC-2 (2)"]


def test_a_long_name_may_have_no_id() -> None:
    assert without_id("a_a" * 100 + " x") == ("", "a_a" * 100 + " x")


@pytest.mark.parametrize("identifier", ["T-1 (99)", "T-1 (100)", "A_b-_2", "T1"])
def test_an_id_of_any_count_is_taken_from_a_name(identifier: str) -> None:
    assert without_id(f"{identifier} Sign in") == (identifier, "Sign in")
