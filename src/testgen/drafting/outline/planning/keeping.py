"""The steps that the first plan has for a result, where they are kept: which case it is, the result's own words say."""

import re
from dataclasses import replace

from testgen.drafting.outline.model import Planned, Reading
from testgen.drafting.outline.planning.called import Called, leaves_out
from testgen.drafting.outline.scripting import Line
from testgen.drafting.outline.tongue import Tongue

_TRIED = re.compile(r"try it (?:with )?")


class Keeping:
    """Keeps them."""

    reading: Reading
    tongue: Tongue
    called: Called
    steps: list[Planned]
    kept: list[list[Planned]]

    def _keep(self, group: list[Planned], told: Line) -> None:
        """The first plan's steps for a result; which case it is stands in the result's words."""
        self.kept.append(group)
        case, tried = told.do, group[0].act.kind in ("variant", "bring")
        if told.kind == "look" and tried and len(group) > 1:  # before the release is no act
            group[1].data = [*group[0].data, *group[1].data]
            group = group[1:]
        elif case and tried:
            group = self._tried(group, case)
        self.steps += group
        for step in group:
            if step.sentence >= 0:
                self.reading.sentences[step.sentence].steps.append(self.steps.index(step) + 1)

    def _tried(self, group: list[Planned], case: str) -> list[Planned]:
        """The steps that a case is tried with: its own words come first, or are the act that has their verb (scan voucher A)."""
        same = next((step for step in group[1:] if verb_of(step.act.text) == verb_of(case)), None)
        what = _TRIED.match(case)
        if what and not same:
            case = self.tongue.lexicon.phrase("arrange", what=case[what.end() :])
        told = same or group[0]
        told.act = replace(told.act, text=case if told.act.actor else self.tongue.sentence(case))
        told.as_told = True
        if same:
            same.data = self.called.in_step(case) or same.data
            group = group[1:]
        for step in group:
            step.data = (
                step.data if step is told else [datum for datum in step.data if not leaves_out(case, datum.name)]
            )
        return group


def verb_of(order: str) -> str:
    """The verb of an order."""
    return re.sub(r"^as [^,]+, ", "", order.lower()).split(" ")[0]
