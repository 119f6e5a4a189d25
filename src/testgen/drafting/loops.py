"""Does a model go round in circles? Small models do: they write the same rows again and again, or count on for ever."""

import re
from collections.abc import Sequence

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase

LONGEST_ROUND = 12  # steps; a pass through a flow for one value of a table is rarely longer
SAME_ROUNDS = 3  # the same steps with the same values: twice can be meant ("log in again"), three times was a loop
COUNTED_STEPS = 6  # steps in a row that differ in numbers alone, and the numbers are nowhere in the case
_NUMBER = re.compile(r"\d+")


def before_a_loop(steps: Sequence[Step], case_numbers: frozenset[str]) -> int | None:
    """How many of the steps stand before the model began to repeat itself, its first round included; None while it does not.

    Asked after each step, so that a loop is stopped where it shows. `case_numbers` are those of `numbers_in`: steps for
    the values of a case differ in numbers too, and are meant.
    """
    for length in range(1, min(LONGEST_ROUND, len(steps) // SAME_ROUNDS) + 1):
        last = [_text(step) for step in steps[-length:]]
        rounds = (steps[-(back + 1) * length : len(steps) - back * length] for back in range(1, SAME_ROUNDS))
        if all([_text(step) for step in one] == last for one in rounds):
            return len(steps) - (SAME_ROUNDS - 1) * length
    tail = steps[-COUNTED_STEPS:]
    if len(tail) == COUNTED_STEPS and len({_shape(step) for step in tail}) == 1 and _counted(tail[1:], case_numbers):
        return len(steps) - COUNTED_STEPS + 1
    return None


def numbers_in(case: TestCase) -> frozenset[str]:
    """The numbers that the case names anywhere."""
    return frozenset(_NUMBER.findall(case.model_dump_json()))


def _counted(steps: Sequence[Step], case_numbers: frozenset[str]) -> bool:
    return all(set(_NUMBER.findall("\n".join(_text(step)))) - case_numbers for step in steps)


def _text(step: Step) -> tuple[str, str, str]:
    return (step.action, step.test_data or "", step.expected_result)


def _shape(step: Step) -> tuple[str, ...]:
    return tuple(_NUMBER.sub("0", cell) for cell in _text(step))
