"""The minimum requirements for a draft before anyone sees it as a procedure."""

from collections.abc import Sequence

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.messages import say


def structural_problems(steps: Sequence[Step]) -> list[str]:
    """Why the steps are not a procedure: no steps at all, gaps in the numbers, empty fields. In English, for the model."""
    problems = [] if steps else [say("there was no step")]
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        problems.append(say("the steps were not numbered 1 to n"))
    for step in steps:
        if not step.action.strip():
            problems.append(say("step {number} had no action", number=step.number))
        if not step.expected_result.strip():
            problems.append(say("step {number} had no expected result", number=step.number))
    return problems


def unverified(case: TestCase, steps: Sequence[Step]) -> list[int]:
    """Numbers of the expected results that no step verifies."""
    verified = {number for step in steps for number in step.verifies}
    return [number for number in range(1, len(case.expected_results) + 1) if number not in verified]
