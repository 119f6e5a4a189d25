"""When a model goes round in circles, and when it only works through a table."""

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.loops import before_a_loop, numbers_in

NONE: frozenset[str] = frozenset()


def steps(*rows: tuple[str, str, str]) -> list[Step]:
    return [
        Step(number=number, kind="action", action=action, test_data=data or None, expected_result=expected)
        for number, (action, data, expected) in enumerate(rows, 1)
    ]


OPEN = ("Open the Claim page", "", "The Claim page is shown")
ENTER = ("Enter the amount", "90 EUR", "The amount is 90 EUR")
SUBMIT = ('Click "Submit"', "", "The claim is listed")


def test_the_same_steps_three_times_in_a_row_are_a_loop_and_the_first_round_is_kept() -> None:
    assert before_a_loop(steps(OPEN, ENTER, SUBMIT, ENTER, SUBMIT, ENTER, SUBMIT), NONE) == 3


def test_twice_is_no_loop() -> None:
    assert before_a_loop(steps(OPEN, ENTER, SUBMIT, ENTER, SUBMIT), NONE) is None


def test_one_step_three_times_is_a_loop() -> None:
    assert before_a_loop(steps(OPEN, ENTER, ENTER, ENTER), NONE) == 2


def counted(first: int, last: int) -> list[Step]:
    step = 1 if last > first else -1
    return steps(*[("Open the link", f"{n} minutes", "The link has expired") for n in range(first, last + step, step)])


def test_steps_that_count_on_with_numbers_of_nobody_are_a_loop() -> None:
    assert before_a_loop(counted(61, 55), frozenset({"61", "60"})) == 2


def test_the_values_of_the_case_may_be_many() -> None:
    case = TestCase(id="x", title="Ages", test_data={"ages": "17, 18, 19, 64, 65, 66, 67"}, expected_results=("y",))
    rows = steps(*[("Enter the age", age, "The price is shown") for age in ("17", "18", "19", "64", "65", "66", "67")])
    assert before_a_loop(rows, numbers_in(case)) is None
