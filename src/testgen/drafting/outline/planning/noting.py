"""A value is noted down in the midst of the steps where a later result compares it."""

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Planned, Wanted
from testgen.drafting.outline.planning.units import AKIN
from testgen.drafting.outline.tongue import Tongue


class Notes:
    """合計は1枚目を適用した後の金額から変わらない: the 合計 is noted where that 適用 has just been reached."""

    def __init__(self, results: list[Wanted], tongue: Tongue) -> None:
        self.tongue = tongue
        compared = ((wanted.number, tongue.since(wanted.text)) for wanted in results)
        self.due = [(number, since) for number, since in compared if since]

    def after(self, now: Wanted, steps: list[Planned]) -> Planned | None:
        """The note that a later result needs, if the one that has just been reached is that of its moment."""
        here = (
            self.tongue.terms("\n".join((now.text, *(step.act.text for step in steps[-1:]))))
            if self.due
            else frozenset()
        )
        for number, (moment, act, seen) in self.due:
            noted = number <= now.number or any(step.act.text == act for step in steps)
            if not noted and overlap(self.tongue.terms(moment), here) >= AKIN:
                return Planned("action", Act(act, "note"), seen)
        return None
