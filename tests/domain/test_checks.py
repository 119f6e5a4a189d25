"""The least that a draft must be."""

from support.cases import EN

from testgen.domain.checks import structural_problems, unverified
from testgen.domain.procedure import Step


def step(number: int, action: str = "a", expected: str = "b", verifies: tuple[int, ...] = ()) -> Step:
    return Step(number=number, kind="action", action=action, expected_result=expected, verifies=verifies)


def test_a_sound_draft_has_no_problem() -> None:
    assert structural_problems([step(1), step(2)]) == []


def test_no_step_gaps_and_empty_fields_are_told() -> None:
    assert structural_problems([]) == ["there was no step"]
    assert structural_problems([step(1), step(3)]) == ["the steps were not numbered 1 to n"]
    assert structural_problems([step(1, action=" "), step(2, expected=" ")]) == [
        "step 1 had no action",
        "step 2 had no expected result",
    ]


def test_expected_results_without_a_step_are_found() -> None:
    assert unverified(EN, [step(1, verifies=(2,))]) == [1]
    assert unverified(EN, [step(1, verifies=(1, 2))]) == []
