"""A result that only points to the specification's scenarios stands for what they say."""

from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.engine import outline
from testgen.drafting.outline.reading.scenarios import as_scenarios

ENGLISH = """Feature: waitlist
  Scenario: early
    When Joanne cancels her booking at 15:10
    Then Priya is booked into the class
  Scenario: late
    When Joanne cancels her booking at 17:05
    Then Joanne is charged $8
"""
JAPANESE = """シナリオ: 早い取消
  もし 田中が15:10に予約を取り消す
  ならば 林が予約済みになる
シナリオ: 遅い取消
  もし 田中が17:05に予約を取り消す
  ならば 田中に取消料800円が請求される
"""


def _case(specification: str, *results: str, language: Language) -> TestCase:
    return TestCase(
        id="A-1", title="Waitlist", specification=specification, expected_results=list(results), language=language
    )


def test_each_scenario_is_carried_out_under_the_number_of_the_result_that_points_to_it() -> None:
    steps, _ = outline(_case(ENGLISH, "The list opens", "Both scenarios pass", language="en"), "en")
    assert [(step.action, step.expected_result, step.verifies) for step in steps[1:]] == [
        ("As Joanne, cancel her booking at 15:10", "Priya is booked into the class", (2,)),
        ("As Joanne, cancel her booking at 17:05", "Joanne is charged $8", (2,)),
    ]


def test_it_says_that_each_scenario_has_a_start_of_its_own() -> None:
    _, hits = outline(_case(ENGLISH, "Both scenarios pass", language="en"), "en")
    assert "scenes" in [hit.variant for hit in hits if hit.rule == "open-question"]


def test_in_japanese_too() -> None:
    steps, _ = outline(_case(JAPANESE, "シナリオがどちらも成立すること", language="ja"), "ja")
    assert [step.expected_result for step in steps] == ["林が予約済みになる", "田中に取消料800円が請求される"]
    assert [step.verifies for step in steps] == [(1,), (1,)]


def test_a_result_that_says_something_stays_as_it_is() -> None:
    case = _case(ENGLISH, "The scenarios list shows both", language="en")
    assert as_scenarios(case) == (case, [1])


def test_without_scenarios_nothing_can_stand_for_it() -> None:
    case = _case("Joanne cancels.", "Both scenarios pass", language="en")
    assert as_scenarios(case) == (case, [1])
