"""Expected results that only point to the specification's scenarios: "Both scenarios pass". What the scenarios say stands for them."""

from collections.abc import Iterable
from dataclasses import replace

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Plan, Reading
from testgen.drafting.outline.reading.blocks import lines
from testgen.text.pointing import points_to_scenarios


def as_scenarios(case: TestCase) -> tuple[TestCase, list[int]]:
    """The case with each such result told by the scenarios, and the number in the given case of each result."""
    points = [points_to_scenarios(text) for text in case.expected_results]
    told = _told(case.specification or "") if any(points) else []
    if not told:
        return case, list(range(1, len(case.expected_results) + 1))
    results = [
        (result, number)
        for number, (text, pointing) in enumerate(zip(case.expected_results, points, strict=True), 1)
        for result in (told if pointing else [text])
    ]
    update = {"expected_results": [result for result, _ in results]}
    return case.model_copy(update=update), [number for _, number in results]


def _told(specification: str) -> list[str]:
    """What is to be seen in the scenarios, a text for each of their lines."""
    return [line.text for line in lines(specification) if line.form == "then"]


def numbered_as_given(
    reading: Reading, plan: Plan, steps: list[Step], numbers: list[int]
) -> tuple[Reading, Plan, list[Step]]:
    """The stages with the numbers that the results have in the given case."""

    def given(verified: Iterable[int]) -> list[int]:
        return list(dict.fromkeys(numbers[number - 1] for number in verified))

    reading.wanted = [replace(wanted, number=numbers[wanted.number - 1]) for wanted in reading.wanted]
    plan.scenes = len(numbers) > len(set(numbers))
    plan.understood = {numbers[number - 1] for number in plan.understood}
    for planned in plan.steps:
        planned.verifies = given(planned.verifies)
    return reading, plan, [step.model_copy(update={"verifies": tuple(given(step.verifies))}) for step in steps]
