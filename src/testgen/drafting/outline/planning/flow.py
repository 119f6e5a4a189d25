"""The plan of a case that was not understood: what the case itself tells to do, in its own order and its own words.

Where the first planner's steps for a result rest on the case, they stay. For the other results nothing is worked out: each sentence that tells
an act is a step, whole; what a result says of its trigger is a step; what remains is looked at where the case says."""

import re
from functools import cached_property

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import ARROW, Act, Datum, Fact, Plan, Planned, Reading, Wanted
from testgen.drafting.outline.planning.cues import Cues
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.grounds import Grounds
from testgen.drafting.outline.planning.handing import MOST_RESULTS
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.planning.units import COVERED, LONGEST, Unit, Units
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_WORDED = {"case": "flow_case", "setting": "flow_case", "state": "flow_state", "act": "flow_act"}
_NO_BLOCK = (0, 0)


class Flow:
    """Plans it."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, chains: Chains, data: Data) -> None:
        self.case, self.reading, self.tongue, self.chains, self.data = case, reading, tongue, chains, data
        self.units, self.cues = Units(case, reading, tongue), Cues(case, reading, data, tongue)
        self.steps: list[Planned] = []
        self.done: set[int] = set()  # sentences
        self.walked: set[int] = set()  # those of them that are done here
        self.planned: set[int] = set()  # those that the first planner does
        self.at = -1  # the sentence that the walk has come to
        self.block = _NO_BLOCK  # the first and the last of the steps that a further case goes through again
        self.looked_at: dict[int, Planned] = {}  # by the sentence that a result is like
        self.left = 0  # results still to come
        self.cue = ""  # of the result before

    def plan(self, given: Plan) -> Plan:
        """The plan; what the first one sets up and cleans up stays."""
        grounds = Grounds(self.case, self.reading, self.units, self.cues, given)
        self.planned = grounds.sentences
        self.steps = [step for step in given.steps if step.kind == "setup"]
        if not grounds.hold(grounds.groups[0], []):
            self._begin()
        for group in grounds.groups:
            told = {step.sentence for step in group if step.sentence >= 0}
            again = self.units.one_scenario or (bool(told) and told <= self.walked)
            if not again and grounds.hold(group, self.steps):
                self._keep(group, told)
            else:
                for wanted in grounds.wanted(group):
                    self._reach(wanted)
        self.steps += [step for step in given.steps if step.kind == "cleanup"]
        made = Plan(self.steps[:MAX_STEPS], skeleton=True, understood=given.understood)
        self._mark(made)
        return made

    def _mark(self, made: Plan) -> None:
        """Which sentences went where."""
        for index, sentence in enumerate(self.reading.sentences):
            seen = self.looked_at.get(index)
            sentence.steps = [
                number for number, step in enumerate(made.steps, 1) if step.sentence == index or step is seen
            ]

    def _keep(self, group: list[Planned], told: set[int]) -> None:
        """The steps as they were planned, behind those of a row that come before them."""
        for unit in self.units.all if told else ():
            if self._is_next(unit) and not unit.chain and unit.sentence < min(told):
                self._do(unit)
        if told:
            self.block = (len(self.steps) + 1, len(self.steps) + len(group))
        self.steps += group
        self.done |= told
        self.at, self.cue = max([self.at, *told]), ""

    def _is_next(self, unit: Unit) -> bool:
        """Whether a sentence is one of a row of steps that is gone through, and neither done nor still to be done."""
        if unit.sentence <= self.at or unit.sentence in self.done or not unit.in_row:
            return False
        plain = not unit.outcome and unit.sentence not in self.planned and self.units.first(unit)
        return unit.scenario or (plain and not unit.chain) or (self.units.is_main(unit) and not self._acted())

    def _acted(self) -> bool:
        return any(step.kind == "action" for step in self.steps)

    def _begin(self) -> None:
        """Data that tell an act are done first."""
        for datum in self.reading.data:
            if self.tongue.tells_act(datum.value):
                self._add(self._worded("flow_datum", name=datum.name, value=datum.value))

    # result by result

    def _reach(self, wanted: Wanted) -> None:
        cue, kind = self.cues.cue(wanted, self.steps)
        index = self.chains.bringing(wanted)
        fact = self.reading.facts[index] if index >= 0 else None
        target = fact.sentence if fact else self.units.like(wanted)
        before = len(self.steps)
        self.left = sum(other.number >= wanted.number for other in self.reading.wanted)
        told = self._walk(wanted.number, target, cue, sure=fact is not None) or (
            bool(cue) and normalise(cue) == self.cue
        )
        walked = fact is not None and len(self.steps) > before
        values = self.cues.values(wanted, cue)
        self.cue = normalise(cue) or self.cue
        if cue and not told and not (walked and kind == "state") and not (values and self.block != _NO_BLOCK):
            self._do_cue(wanted, cue, kind, target)
            values = []
        elif not cue and len(self.steps) == before and fact and self._tells(fact, wanted):
            self._bring(fact)
        if len(self.steps) == before and not self._acted():
            self._open(wanted, values, target)
        self._try(wanted, values, fresh=len(self.steps) > before)
        self._verify(wanted, fresh=told or len(self.steps) > before, target=target)

    def _walk(self, number: int, target: int, cue: str, *, sure: bool) -> bool:
        """Does what the specification tells up to a sentence; whether that is what the cue says."""
        wants = self.tongue.terms(cue)
        said = self.units.saying(wants)
        last = self.steps[-1] if self.steps else Planned("action", Act(""))
        again = said and said.sentence == last.sentence
        if again and len(wants & self.tongue.terms(last.act.text)) >= COVERED * len(wants):
            return True
        end = max(target, said.sentence if said else -1)
        runs = self.units.runs(self.done) if end < 0 else []
        next_run = bool(runs) and (bool(cue) or not self._acted() or self.left <= len(runs))
        end = self.units.run_end(runs[0] if next_run else end, sure=sure or said is not None)
        told = False
        for unit in self.units.all:
            if unit.sentence > end or unit.sentence in self.done or (unit.chain and self._acted()):
                continue
            here = unit is said or (unit.sentence == target and not cue and self._told_later.get(target, 0) <= number)
            akin = unit.sentence > self.at and unit.sentence not in self.planned and self.units.akin(unit)
            if here or akin or self._is_next(unit):
                self._do(unit)
                told = told or unit is said or (next_run and bool(cue))
        main = self.units.main()
        if main and not self._acted() and not cue and self._told_later.get(main.sentence, 0) <= number:
            self._do(main)
        self.at = max(self.at, end)
        return told

    @cached_property
    def _told_later(self) -> dict[int, int]:
        """For each sentence whose act a result tells as its own trigger, the last such result."""
        cues = {result.number: self.cues.cue(result, self.steps)[0] for result in self.reading.wanted}
        said = {number: self.units.saying(self.tongue.terms(cue)) for number, cue in cues.items()}
        return {unit.sentence: number for number, unit in said.items() if unit}

    def _do(self, unit: Unit) -> None:
        first = len(self.steps) + 1
        for act in unit.acts:
            step = Planned("action", act, sentence=unit.sentence, as_told=act.kind == "quoted")
            if act is unit.acts[-1]:
                step.expected = unit.outcome or self.units.behind(unit)
            if step.as_told and not step.expected:
                step.expected = self.tongue.lexicon.phrases["observed"]["do"]
            self._add(step)
        self.done.add(unit.sentence)
        self.walked.add(unit.sentence)
        self.block = (self.block[0] if self.block[1] == first - 1 and self.block[0] else first, len(self.steps))

    def _do_cue(self, wanted: Wanted, cue: str, kind: str, target: int) -> None:
        """What the result says that is done, or has come about, in its own words."""
        acts = self.tongue.acts_of(wanted, cue)
        for act in acts:
            self._add(Planned("action", act))
        if acts:
            return
        spoken = [
            datum
            for datum in self.data.named.get(wanted.text, [])
            if self.tongue.duration(datum.value) != datum.value and not self._lacks(cue, datum)
        ]
        named = self.tongue.terms(" ".join(f"{datum.name.replace('_', ' ')} {datum.value}" for datum in spoken))
        wants = self.tongue.terms(cue)
        if kind == "case" and self.block != _NO_BLOCK and len(named & wants) * 2 > len(wants):
            self._again(cue)
        else:
            step = self._worded(_WORDED[kind], what=cue)
            rule = self._rule(wanted, step, target)
            step.given = " / ".join(filter(None, (self.cues.means(cue, kind), rule)))
            self._add(step)
        self.steps[-1].data += [
            datum for datum in spoken if not (datum in self.steps[-1].data or stands_in(datum, self.steps[-1].act.text))
        ]

    @staticmethod
    def _lacks(cue: str, datum: Datum) -> bool:
        """Approved without a reserve: what is tried is that it is not there."""
        return bool(re.search(rf"\b(?:without|no) (?:an? |the )?{re.escape(datum.name)}\b", cue, re.IGNORECASE))

    def _rule(self, wanted: Wanted, step: Planned, target: int) -> str:
        rule = self.cues.rule(target, wanted, step.act.text) if target not in self.done else ""
        step.sentence = target if rule else -1
        return rule

    def _tells(self, fact: Fact, wanted: Wanted) -> bool:
        """Whether a fact says under which conditions a result comes about."""
        seen = self.tongue.terms((wanted.seen or wanted.text)[:LONGEST])
        told = overlap(seen, self.tongue.terms(fact.outcome)) * 2 >= len(seen)
        chain = len(ARROW.findall(self.reading.sentences[fact.sentence].text)) > 1  # what the product does by itself
        return bool(fact.conditions) and not (fact.acts or chain) and told

    def _bring(self, fact: Fact) -> None:
        """What has to be so, as the specification tells it."""
        comma = self.tongue.lexicon.phrase("flow_comma")
        row = comma.join(f"{name}: {cell}" for name, cell in fact.values if cell not in fact.outcome)
        what = row or self.reading.sentences[fact.sentence].text
        if normalise(what) != self.cue:
            step = self._worded("flow_case" if row else "flow_rule", what=what)
            step.sentence = fact.sentence
            self._add(step)
        self.cue = normalise(what)

    def _open(self, wanted: Wanted, values: list[str], target: int) -> None:
        """What nothing leads to is begun with the call that the case is about, or with its title."""
        if self.reading.request:
            step = self._worded("flow_call", call=self.reading.request)
            self.block = (len(self.steps) + 1, len(self.steps) + 1)
        else:
            step = self._worded("flow_title", title=self.case.title)
            step.given = self._rule(wanted, step, target)
        tried = {value.partition(": ")[0] for value in values}
        step.data = [datum for datum in self.reading.data if datum.name not in tried]
        self._add(step)

    def _try(self, wanted: Wanted, values: list[str], *, fresh: bool) -> None:
        """One pass for each value; the first with the steps that were just added."""
        for number, value in enumerate(values):
            if number or not fresh:
                self._again(value)
            else:
                self.steps[-1].given = " / ".join(filter(None, (self.steps[-1].given, value)))
            if number + 1 < len(values):
                self._claim(self.steps[-1], wanted)

    def _again(self, what: str) -> None:
        """The same steps in another case."""
        first, last = self.block
        if self.block == _NO_BLOCK:
            step = self._worded("flow_case", what=what)
        elif first == last:
            step = self._worded("flow_again", first=first, what=what)
        else:
            step = self._worded("flow_again_all", first=first, last=last, what=what)
        self.steps.append(step)

    def _worded(self, key: str, **values: object) -> Planned:
        text = self.tongue.lexicon.phrase(key, **values)
        return Planned("action", Act(text, "quoted"), self.tongue.lexicon.phrases["observed"]["do"], as_told=True)

    def _add(self, step: Planned) -> None:
        """With the data that it names."""
        plain = normalise(f"{step.act.text} {step.given}")
        step.data = [
            datum
            for datum in self.reading.data
            if (datum in step.data or self._takes(step.act, plain, datum)) and not stands_in(datum, step.act.text)
        ]
        self.steps.append(step)

    def _takes(self, act: Act, plain: str, datum: Datum) -> bool:
        name = normalise(datum.name).replace("_", " ")
        taken = act.kind != "press" and any(self.data.takes(thing, datum) for thing in act.objects)
        words = name.split()  # wrong PIN, in: wrong override PIN
        return taken or (len(name) > 1 and name in plain) or (len(words) > 1 and {*words} <= {*plain.split()})

    def _verify(self, wanted: Wanted, *, fresh: bool, target: int) -> None:
        """By the step that brings a result, else by a look at its place."""
        last = self.steps[-1]
        here = last.kind == "action" and (fresh or (target >= 0 and target == last.sentence))
        if not here or len({*last.verifies, wanted.number}) > MOST_RESULTS:
            owner = self.tongue.owner(self.case.preconditions)
            check = self.tongue.check(wanted.seen or wanted.text, wanted.place, owner)
            last = Planned("check", Act(check, "check"))
            self.steps.append(last)
        self._claim(last, wanted)
        if target >= 0:
            self.looked_at.setdefault(target, last)

    @staticmethod
    def _claim(step: Planned, wanted: Wanted) -> None:
        step.told.append(wanted.seen or wanted.text)
        if wanted.number not in step.verifies:
            step.verifies.append(wanted.number)
