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


def test_the_same_steps_over_and_over_are_a_loop_and_the_first_round_is_kept() -> None:
    assert before_a_loop(steps(OPEN, *[ENTER, SUBMIT] * 6), NONE) == 3


def test_five_wrong_passwords_are_no_loop() -> None:
    assert before_a_loop(steps(OPEN, *[ENTER, SUBMIT] * 5), NONE) is None


def test_one_step_over_and_over_is_a_loop() -> None:
    assert before_a_loop(steps(OPEN, *[ENTER] * 6), NONE) == 2


def counted(first: int, last: int) -> list[Step]:
    step = 1 if last > first else -1
    return steps(*[("Open the link", f"{n} minutes", "The link has expired") for n in range(first, last + step, step)])


def test_steps_that_count_on_with_numbers_of_nobody_are_a_loop() -> None:
    assert before_a_loop(counted(61, 49), frozenset({"61", "60"})) == 2
    assert before_a_loop(counted(61, 73), frozenset({"61", "60"})) == 2


def test_things_that_are_numbered_up_to_one_of_the_case_are_no_loop() -> None:
    orders = [("Register an order", f"ORD-{number}", f"Order {number} is listed") for number in range(1, 26)]
    assert before_a_loop(steps(*orders), frozenset({"25"})) is None


def test_the_values_of_the_case_may_be_many() -> None:
    ages = [str(age) for age in range(15, 80, 4)]
    case = TestCase(id="x", title="Ages", test_data={"ages": ", ".join(ages)}, expected_results=("y",))
    assert (
        before_a_loop(steps(*[("Enter the age", age, "The price is shown") for age in ages]), numbers_in(case)) is None
    )
