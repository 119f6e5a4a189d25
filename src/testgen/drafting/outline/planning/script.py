"""The plan of a case that was not understood, told from its results: each says in its own words what is done and what is then seen."""

import re
from dataclasses import replace

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import UNREAD, Act, Datum, Part, Plan, Planned, Reading, Wanted
from testgen.drafting.outline.planning.handing import MOST_RESULTS
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.source import Source
from testgen.drafting.outline.planning.tables import rows_to_try
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.tongue import Script, Tongue
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

_VAGUE = {"check": 1, "bring": 1, "blank": 1, "variant": 0.5}  # how much is left open by a step that is all that a result has
_RECORD = re.compile(r"[A-Z]+[A-Z0-9]*[- ]?\d[\w -]{0,12}$|\d{5,}$")
_MOST_IDLE = 3  # data that no step names and that the test begins with


class Telling:
    """Plans it."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, chains: Chains, script: Script) -> None:
        self.case, self.reading, self.tongue, self.chains, self.script = case, reading, tongue, chains, script
        self.source = Source(case, reading, tongue, script)
        self.steps: list[Planned] = []
        self.begun: list[Planned] = []  # what the first plan does before the first result
        self.rows: list[Planned] = []  # of a table, each of which is tried
        self.vague = 0.0  # results of which nothing tells what brings them, or not how

    def plan(self, given: Plan) -> Plan:
        """The plan; what the first one sets up and cleans up stays."""
        self.steps = [step for step in given.steps if step.kind == "setup"]
        acting = [step for step in given.steps if step.kind == "action"]
        until = next((at for at, step in enumerate(acting) if step.verifies), -1)
        self.begun = [step for step in acting[: until + 1] if _is_read(step)]
        for number, text in enumerate(self.case.expected_results, 1):
            before = len(self.steps)
            if rows := rows_to_try(text, self.reading.rows, self.tongue):
                self._try(number, rows)
            for part in () if rows else self.script.parts(text):
                self._reach(number, part)
            fresh = self.steps[before:]
            self.vague += min((_VAGUE.get(step.act.kind, 0) for step in fresh), default=0)
        self._begin_with_idle()
        self._clean_up(given)
        few = any(step.act.kind == "blank" for step in self.steps) or self.vague * 2 > len(self.case.expected_results)
        return Plan(self.steps[:MAX_STEPS], skeleton=few, understood=given.understood, inferred=True)

    def _try(self, number: int, rows: list[Planned]) -> None:
        for step in rows:
            step.verifies.append(number)
        self.rows = rows
        self.steps += rows

    def _acted(self) -> bool:
        return any(step.kind == "action" for step in self.steps)

    def _reach(self, number: int, part: Part) -> None:
        wanted = next(wanted for wanted in self.reading.wanted if wanted.number == number)
        if 0 < part.row <= len(self.rows):
            row = self.rows[part.row - 1]
            row.expected = f"{row.expected}. {self.tongue.sentence(part.seen)}"
            row.verifies.append(number)
            return
        before = len(self.steps)
        named, done = self.script.reference(wanted.text)
        for text, sentence in self.source.steps_to(named if done else named - 1):
            self._add(text, sentence)
        told = self.source.scenario(self.case.expected_results[number - 1], part)
        for text, sentence in told:
            self._add(text, sentence)
        if part.do and not told:
            self._add(part.do, kind=part.kind)
            if part.further:
                self._add(part.further)
        elif len(self.steps) == before and not self._acted():
            self._open(wanted)
        self._verify(number, part, wanted, fresh=len(self.steps) > before)
        if (target := self.source.like(wanted)) >= 0:
            self.reading.sentences[target].steps.append(len(self.steps))

    def _open(self, wanted: Wanted) -> None:
        """Before the first result: what the specification says that brings it, the call or the command, else the title."""
        index = self.chains.bringing(wanted)
        fact = self.reading.facts[index] if index >= 0 else None
        if fact and fact.acts:
            for act in fact.acts:
                self._add(self._worded(act), fact.sentence)
        elif self.script.operation:
            self._add(self.script.operation)
        elif self.begun:
            self.steps += [replace(step, verifies=[], told=[]) for step in self.begun]
        else:
            self._add(self.tongue.lexicon.phrase("flow_title", title=self.case.title), kind="blank")

    def _worded(self, act: Act) -> str:
        return self.tongue.lexicon.phrase("as_actor", actor=act.actor, action=act.text) if act.actor else act.text

    def _add(self, text: str, sentence: int = -1, kind: str = "quoted") -> None:
        """A step with the data that it names."""
        step = Planned("action", Act(self.tongue.sentence(text), kind), sentence=sentence, as_told=True)
        step.expected = self.tongue.lexicon.phrases["observed"]["do"]
        step.data = [datum for datum in self.reading.data if _names(text, datum)]
        self.steps.append(step)
        if sentence >= 0:
            self.reading.sentences[sentence].steps.append(len(self.steps))

    def _begin_with_idle(self) -> None:
        """What no step names and nobody is called by is what the test is begun with: the booking, the vehicle."""
        first = next((step for step in self.steps if step.kind == "action" and step.as_told), None)
        told = "\n".join((*(step.act.text for step in self.steps), *self.case.expected_results))
        used = {datum for step in self.steps for datum in step.data}
        idle = [
            datum
            for datum in self.reading.data
            if (_RECORD.match(datum.value) or datum.name.lower().endswith((" name", " reference")))
            and not (datum in used or stands_in(datum, told) or self.tongue.given(datum) or self.script.is_person(datum.name))
        ]
        if first and 0 < len(idle) <= _MOST_IDLE:
            first.data += idle

    def _clean_up(self, given: Plan) -> None:
        cleaned = [step for step in given.steps if step.kind == "cleanup"]
        for text, step in zip(self.case.postconditions, cleaned, strict=False):
            action, seen = self.script.restoring(text)
            self.steps.append(Planned("cleanup", Act(self.tongue.sentence(action)), seen or step.expected) if action else step)

    def _verify(self, number: int, part: Part, wanted: Wanted, *, fresh: bool) -> None:
        """By the step that was just added, else by a look at its place."""
        last = self.steps[-1]
        if not fresh or len({*last.verifies, number}) > MOST_RESULTS:
            owner = self.tongue.owner(self.case.preconditions)
            check = self.tongue.check(part.seen, wanted.place, owner)
            last = Planned("check", Act(check, "check"))
            self.steps.append(last)
        last.told.append(part.seen)
        if number not in last.verifies:
            last.verifies.append(number)


def _names(text: str, datum: Datum) -> bool:
    """Whether a text speaks of a datum by its whole name, and does not hold its value."""
    name, plain = normalise(datum.name).replace("_", " "), normalise(text).replace("_", " ")
    words = "".join(char if char.isalnum() else " " for char in f" {plain} ")
    called = "".join(char if char.isalnum() else " " for char in name)
    if len(name) < 2 or f"{name}: " in plain or stands_in(datum, text):
        return False
    return f" {called} " in words or f" {called}s " in words


def _is_read(step: Planned) -> bool:
    """Whether a step of the first plan is more than a name."""
    return step.act.kind not in UNREAD and not OPEN_POINT.search(step.act.text)
