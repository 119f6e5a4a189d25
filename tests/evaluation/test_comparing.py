"""A winner is named only where the difference is more than noise."""

import random

import pytest
from support.procedures import procedure

from testgen.domain.test_case import TestCase
from testgen.evaluation import Outcome, compare


def outcomes(subject: str, grades: list[str | None], *, repeat: int = 0) -> list[Outcome]:
    """One outcome a case, by readiness; None is a case that failed."""
    made = []
    for number, readiness in enumerate(grades):
        case = TestCase(id=str(number), title="t", expected_results=("r",))
        steps = procedure(("Open", "It is open")).model_copy(update={"readiness": readiness}) if readiness else None
        made.append(Outcome(subject, case, repeat, 1.0, procedure=steps, code="" if readiness else "invalid-output"))
    return made


def test_a_model_that_is_better_on_every_case_is_ahead() -> None:
    pair = compare(outcomes("a", ["ready"] * 10), outcomes("b", ["skeleton"] * 10))
    assert pair.grade is not None
    assert (pair.grade.difference, pair.grade.low, pair.grade.high, pair.better) == (1.0, 1.0, 1.0, "a")


def test_a_case_without_a_procedure_is_worth_nothing() -> None:
    assert compare(outcomes("a", [None] * 10), outcomes("b", ["open_points"] * 10)).better == "b"


def test_equal_models_have_no_winner() -> None:
    assert compare(outcomes("a", ["ready", "skeleton"] * 8), outcomes("b", ["ready", "skeleton"] * 8)).better is None


@pytest.mark.parametrize("seed", range(5))
def test_noise_has_no_winner(seed: int) -> None:
    draw = random.Random(seed)
    one, other = (draw.choices(["ready", "open_points", "skeleton"], k=24) for _ in range(2))
    pair = compare(outcomes("a", one), outcomes("b", other))
    assert pair.grade is not None
    assert pair.grade.low < pair.grade.difference < pair.grade.high


def test_few_cases_tell_nothing() -> None:
    pair = compare(outcomes("a", ["ready"] * 5), outcomes("b", ["skeleton"] * 5))
    assert (pair.grade, pair.better) == (None, None)


def test_repeats_of_a_case_are_no_further_evidence() -> None:
    once = compare(outcomes("a", ["ready", "skeleton"] * 4), outcomes("b", ["skeleton"] * 8))
    again = [
        outcomes(name, grades, repeat=1) for name, grades in (("a", ["ready", "skeleton"] * 4), ("b", ["skeleton"] * 8))
    ]
    twice = compare(
        [*outcomes("a", ["ready", "skeleton"] * 4), *again[0]], [*outcomes("b", ["skeleton"] * 8), *again[1]]
    )
    assert twice == once


def test_the_interval_is_the_same_each_time() -> None:
    pair = [compare(outcomes("a", ["ready", None] * 6), outcomes("b", ["open_points"] * 12)) for _ in range(2)]
    assert pair[0] == pair[1]
