"""How much of a plan that is told from the results is only guessed, so that it is a skeleton and no procedure."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Planned
from testgen.drafting.outline.scripting import Script
from testgen.text.marks import OPEN_POINT

_NO_ORDER = {"bare", "blank", "bring"}  # steps that do not tell what is done
_GUESSED = 1 / 3  # of a procedure, measured on the kept rounds: above it three of four had to be written anew


class Guessing:
    """Measures it."""

    case: TestCase
    script: Script
    steps: list[Planned]
    vague: float  # results of which nothing tells what brings them, or not how

    def _is_skeleton(self) -> bool:
        """Whether most results have no way that is told, no step is an order of the case, or a third of all is only guessed."""
        kinds = [step.act.kind for step in self.steps if step.kind == "action"]
        ordered = any(kind not in _NO_ORDER for kind in kinds)
        untold = self.vague * 2 > len(self.case.expected_results)
        return "blank" in kinds or not ordered or untold or self._guessed() > _GUESSED

    def _guessed(self) -> float:
        """How much of the procedure somebody has to write anew: acts that are open, half of those of which only a light verb tells
        what is done, half of the results that are only looked at."""
        steps = [step for step in self.steps if step.kind in ("action", "check")]
        acts = [step for step in steps if step.kind == "action"]
        blank = [step for step in acts if OPEN_POINT.search(step.act.text)]
        light = [step for step in acts if step not in blank and self.script.is_light(step.act.text)]
        brought = {number for step in acts for number in step.verifies}
        looked = {number for step in steps for number in step.verifies} - brought
        return (len(blank) + len(light) / 2) / max(len(steps), 1) + len(looked) / 2 / len(self.case.expected_results)
