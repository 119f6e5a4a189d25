"""The plan of a case that was not understood, told from its results: each says in its own words what is done and what is then seen."""

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Part, Plan, Planned, Reading, Wanted
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.handing import MOST_RESULTS
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.tables import rows_to_try
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.planning.units import Units
from testgen.drafting.outline.tongue import Script, Tongue
from testgen.text.normal import normalise


class Telling:
    """Plans it."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, chains: Chains, data: Data) -> None:
        self.case, self.reading, self.tongue, self.chains, self.data = case, reading, tongue, chains, data
        self.units = Units(case, reading, tongue)
        self.steps: list[Planned] = []
        self.untold = 0  # results of which nothing tells what brings them

    def plan(self, given: Plan, script: Script) -> Plan:
        """The plan; what the first one sets up and cleans up stays."""
        self.steps = [step for step in given.steps if step.kind == "setup"]
        for number, text in enumerate(self.case.expected_results, 1):
            before = len(self.steps)
            rows = rows_to_try(text, self.reading.rows, self.tongue)
            for part in () if rows else script.parts(text):
                self._reach(number, part, script)
            for step in rows:
                step.verifies.append(number)
                self.steps.append(step)
            self.untold += all(step.kind == "check" for step in self.steps[before:])
        for text, step in zip(self.case.postconditions, (step for step in given.steps if step.kind == "cleanup"), strict=False):
            action, seen = script.restoring(text)
            step = Planned("cleanup", Act(self.tongue.sentence(action)), seen) if action else step
            self.steps.append(step)
        marked = any(step.act.kind == "blank" for step in self.steps)
        few = marked or self.untold * 2 > len(self.case.expected_results)
        return Plan(self.steps[:MAX_STEPS], skeleton=few, understood=given.understood, inferred=True)

    def _acted(self) -> bool:
        return any(step.kind == "action" for step in self.steps)

    def _reach(self, number: int, part: Part, script: Script) -> None:
        wanted = next(wanted for wanted in self.reading.wanted if wanted.number == number)
        target = self.units.like(wanted)
        if part.do:
            self._add(part.do)
        elif not self._acted():
            self._open(wanted, script)
        self._verify(number, part, wanted)
        if target >= 0:
            self.reading.sentences[target].steps.append(len(self.steps))

    def _open(self, wanted: Wanted, script: Script) -> None:
        """Before the first result: what the specification says that brings it, the call or the command, else the title."""
        index = self.chains.bringing(wanted)
        fact = self.reading.facts[index] if index >= 0 else None
        if fact and fact.acts:
            for act in fact.acts:
                self._add(self.tongue.imperative(act) if not act.actor else self._as(act))
        elif script.operation:
            self._add(script.operation)
        else:
            self._add(self.tongue.lexicon.phrase("flow_title", title=self.case.title), kind="blank")

    def _as(self, act: Act) -> str:
        return self.tongue.lexicon.phrase("as_actor", actor=act.actor, action=act.text)

    def _add(self, text: str, kind: str = "quoted") -> None:
        """A step with the data that it names."""
        step = Planned("action", Act(self.tongue.sentence(text), kind), as_told=True)
        step.expected = self.tongue.lexicon.phrases["observed"]["do"]
        step.data = [datum for datum in self.reading.data if self._names(text, datum)]
        self.steps.append(step)

    def _names(self, text: str, datum: Datum) -> bool:
        """Whether a text speaks of a datum by its whole name, and does not hold its value."""
        name, plain = normalise(datum.name).replace("_", " "), normalise(text).replace("_", " ")
        bare = f" {_spaced(plain)} "
        listed = f"{name}: " in plain
        return len(name) > 1 and (f" {name} " in bare or f" {name}s " in bare) and not listed and not stands_in(datum, text)

    def _verify(self, number: int, part: Part, wanted: Wanted) -> None:
        """By the step that was just added, else by a look at its place."""
        last = self.steps[-1]
        fresh = last.kind == "action" and not last.verifies
        if not (part.do or fresh) or len({*last.verifies, number}) > MOST_RESULTS:
            owner = self.tongue.owner(self.case.preconditions)
            check = self.tongue.check(part.seen, wanted.place, owner)
            last = Planned("check", Act(check, "check"))
            self.steps.append(last)
        last.told.append(part.seen)
        if number not in last.verifies:
            last.verifies.append(number)


def _spaced(text: str) -> str:
    return "".join(char if char.isalnum() else " " for char in text)
