"""Which steps of a plan that was not understood rest on what the case says."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Plan, Planned, Reading, Wanted
from testgen.drafting.outline.planning.cues import Cues
from testgen.drafting.outline.planning.units import AKIN, COVERED, Unit, Units
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT

_PLAIN = ("open", "wait", "change", "set", "send", "shared")  # acts that need no words of the case


class Grounds:
    """Looks at the steps result by result."""

    def __init__(self, case: TestCase, reading: Reading, units: Units, cues: Cues, given: Plan) -> None:
        self.case, self.reading, self.units, self.cues = case, reading, units, cues
        self.tongue: Tongue = units.tongue
        self.sentences = {step.sentence for step in given.steps}
        self._told = [self._terms(step.act.text) for step in given.steps]
        self._by_team = any(step.as_told for step in given.steps)  # the team's own words
        self.groups = groups_of([step for step in given.steps if step.kind not in ("setup", "cleanup")])

    def _terms(self, *texts: str) -> frozenset[str]:
        return self.tongue.terms("\n".join(texts))

    def wanted(self, group: list[Planned]) -> list[Wanted]:
        """The results that steps verify."""
        numbers = {number for step in group for number in step.verifies}
        return [result for result in self.reading.wanted if result.number in numbers]

    def hold(self, group: list[Planned], before: list[Planned]) -> bool:
        """Whether steps say what the case says, ask for nothing, and leave out nothing that their results tell."""
        wanted = self.wanted(group)
        acts = [step for step in group if step.kind == "action"]
        if any(len(step.verifies) > 1 for step in group) and any(map(self.cues.parts, wanted)):
            return False  # values that are tried one by one
        said = self._terms(*(result.text for result in wanted))
        done = self._terms(*(step.act.text for step in (*before, *group)))
        first = [text for result in wanted for text in result.fact.conditions if result.text.startswith(text)]
        further = [text for result in wanted for text in self.tongue.further(result)]
        told = all(_covers(done, self._terms(text)) for text in (*first, *further))
        return told and all(self._rests(step, said) for step in acts)

    def _rests(self, step: Planned, said: frozenset[str]) -> bool:
        act = step.act
        if act.kind == "open" and step.sentence < 0:
            return True
        if OPEN_POINT.search(act.text) or act.text.count("(") != act.text.count(")"):
            return False
        if step.sentence >= 0 or not self.reading.sentences or self._by_team:
            return True
        if act.kind == "input" and any(self.tongue.duration(datum.value) == datum.value for datum in step.data):
            return False  # a time is nothing to enter
        if act.kind == "input" and not _covers(said, self._terms(act.text)):
            main = self.units.main()  # what is entered is only guessed where the specification tells something else
            return main is None or main.sentence in self.sentences or self._is_told(main)
        return act.kind in _PLAIN or self.tongue.in_words(act, self.case)

    def _is_told(self, unit: Unit) -> bool:
        """Whether some step does what a sentence tells."""
        return any(len(terms & unit.terms) >= max(AKIN, COVERED * len(terms)) for terms in self._told)


def _covers(said: frozenset[str], wants: frozenset[str]) -> bool:
    return len(said & wants) >= COVERED * len(wants)


def groups_of(steps: list[Planned]) -> list[list[Planned]]:
    """Steps by the results that they lead to; those that verify the same result are one group."""
    groups: list[list[Planned]] = []
    leading: list[Planned] = []
    for step in steps:
        leading.append(step)
        if not step.verifies:
            continue
        before = {number for other in groups[-1] for number in other.verifies} if groups else set()
        groups = [*groups[:-1], groups[-1] + leading] if before & set(step.verifies) else [*groups, leading]
        leading = []
    return [*groups[:-1], [*groups[-1], *leading]] if groups else [leading]
