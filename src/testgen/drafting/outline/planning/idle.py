"""Data that no act is named after: what is made of them, and where somebody sees that they have a use."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Datum, Plan, Planned, Reading
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.goals import Goals
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.tongue import Tongue
from testgen.drafting.outline.variants import is_variant
from testgen.text.normal import normalise

_WITH_DATA = (
    "input",
    "enter_all",
    "select",
    "upload",
    "search",
    "press",
    "send",
    "create",
    "change",
    "do",
    "told",
    "job",
)
_FEW_IDLE = 3  # data that nothing takes; of more than these it is not known what they are for


class Idle:
    """Hands out the data that no act is named after."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    goals: Goals
    data: Data
    made: Plan
    taken: set[Datum]
    case_text: str

    def _place_idle(self) -> None:
        """Data that no act is named after belong to what is created or sent, where one act does that."""
        if self.goals.begins:
            self._hand_out()
            return
        titled = {act.objects for act in self.reading.title.acts}
        making = [
            step
            for step in self.made.steps
            if step.act.kind in ("create", "send", "change")
            and (step.sentence >= 0 or step.act.objects in titled)
            and not step.act.text.lower().startswith("run ")
        ]
        told = normalise("\n".join((*(step.act.text for step in self.made.steps), *self.case.expected_results)))
        idle = [datum for datum in self.reading.data if datum not in self.taken and not stands_in(datum, told)]
        idle = [datum for datum in idle if not (is_variant(datum, self.reading.data) or self.tongue.given(datum))]
        if (
            making
            and not any(step.data for step in making)
            and not any(self.data.named_anywhere(datum) for datum in idle)
        ):
            making[0].data += idle
            self.taken |= set(idle)

    def _hand_out(self) -> None:
        """What no act is named after and no result speaks of goes with the first act, where somebody can see that it has a use."""
        acts = [step for step in self.made.steps if step.kind == "action" and step.act.kind in _WITH_DATA]
        said = normalise("\n".join((*self.case.expected_results, *(step.act.text for step in self.made.steps))))
        idle = self._useful(said)
        for datum in idle if acts else ():
            if done := self.tongue.done_with(datum):
                self.made.steps.insert(self.made.steps.index(acts[0]), Planned("action", done))
                self.taken.add(datum)
                self.made.assumed = True
        idle = [datum for datum in idle if datum not in self.taken]
        if acts and 0 < len(idle) <= _FEW_IDLE:
            entering = [step for step in acts if step.act.kind in ("input", "enter_all", "select")]
            for datum in idle:
                named = [step for step in acts if normalise(datum.name) in normalise(step.act.text)]
                taking = (named or entering or acts)[0]
                taking.given = " / ".join(filter(None, (taking.given, f"{datum.name}: {datum.value}")))
            self.taken |= set(idle)
            self.made.assumed = True

    def _useful(self, said: str) -> list[Datum]:
        """The data that are left, of which somebody can see that they have a use."""
        return [
            datum
            for datum in self.reading.data
            if datum not in self.taken
            and not stands_in(datum, said)
            and not is_variant(datum, self.reading.data)
            and len(self.data.slots[self.data.slot(datum)]) == 1
            and not self.tongue.person(datum.name)
            and not self.tongue.given(datum)
            and not re.fullmatch(re.escape(self.tongue.duration(datum.value)) or "-", datum.value)
        ]
