"""Does a model go round in circles? Small models do: they write the same rows again and again, or count on for ever."""

import re
from collections.abc import Sequence
from itertools import pairwise

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase

LONGEST_ROUND = 12  # steps; a pass through a flow for one value of a table is rarely longer
SAME_ROUNDS = 6  # the same steps with the same values; five wrong passwords may be meant, and written out
COUNTED_STEPS = 12  # steps in a row that differ in numbers alone, and the numbers are nowhere in the case
_NUMBER = re.compile(r"\d{1,9}")


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
    """Whether each has a number that the case does not name. Things that are numbered up to one that it names (ten orders) are meant."""
    new = [
        {int(number) for number in _NUMBER.findall("\n".join(_text(step))) if number not in case_numbers}
        for step in steps
    ]
    greatest = max((int(number) for number in case_numbers), default=0)
    rising = [max(numbers, default=0) for numbers in new]
    numbered = rising[-1] <= greatest and all(after == before + 1 for before, after in pairwise(rising))
    return all(new) and not numbered


def _text(step: Step) -> tuple[str, str, str]:
    return (step.action, step.test_data or "", step.expected_result)


def _shape(step: Step) -> tuple[str, ...]:
    return tuple(_NUMBER.sub("0", cell) for cell in _text(step))
