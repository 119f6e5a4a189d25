"""The plan of a case that was not understood, told from its results: each says in its own words what is done and what is then seen."""

import re

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import ARROW, Act, Datum, Fact, Plan, Planned, Reading, Wanted
from testgen.drafting.outline.planning.called import Called, leaves_out
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.grounds import groups_of
from testgen.drafting.outline.planning.guessing import Guessing
from testgen.drafting.outline.planning.handing import MOST_RESULTS
from testgen.drafting.outline.planning.keeping import Keeping, verb_of
from testgen.drafting.outline.planning.leftover import Leftover
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.opening import Opening
from testgen.drafting.outline.planning.resting import Resting, is_read
from testgen.drafting.outline.planning.source import Source, Told
from testgen.drafting.outline.planning.tables import rows_to_try
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.scripting import Line, Script
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

_VAGUE = {
    "check": 1,
    "bring": 1,
    "blank": 1,
    "variant": 0.5,
    "bare": 0.5,
}  # how much is left open by a step that is all that a result has
_AGAIN = re.compile(r"\bagain\b")  # what has been done before
_BY_NAME = re.compile(r"As (?!the )")


class Telling(Guessing, Keeping, Leftover, Resting, Opening):
    """Plans it."""

    def __init__(
        self, case: TestCase, reading: Reading, tongue: Tongue, chains: Chains, data: Data, script: Script
    ) -> None:
        self.case, self.reading, self.tongue, self.script = case, reading, tongue, script
        self.chains, self.data = chains, data
        self.source = Source(case, reading, tongue, script)
        self.called = Called(reading.data)
        self.steps: list[Planned] = []
        self.kept: list[list[Planned]] = []  # steps of the first plan
        self.brought: set[int] = set()  # sentences whose condition has come about
        self.rows: list[Planned] = []  # of a table, each of which is tried
        self.opening: Planned | None = None  # what the title tells to do
        self.making = False  # whether the test begins with what is made of a datum
        self.number = 0  # of the result that is told
        self.vague = 0.0  # results of which nothing tells what brings them, or not how

    def plan(self, given: Plan) -> Plan:
        """The plan; what the first one sets up and cleans up stays."""
        self.steps = [step for step in given.steps if step.kind == "setup"]
        groups = groups_of([step for step in given.steps if step.kind not in ("setup", "cleanup")])
        for number, text in enumerate(self.case.expected_results, 1):
            before = len(self.steps)
            group = next((group for group in groups if any(number in step.verifies for step in group)), [])
            lines = self.script.lines(text)
            if rows := rows_to_try(text, self.reading.rows, self.tongue):
                self._try(number, rows)
            elif group and group not in self.kept and self._rests(number, group, lines):
                self._keep(group, next((line for line in lines if line.do), Line("")))
                self._credit(self._wanted(number))
            for line in () if rows or group in self.kept else lines:
                self._reach(number, line, group)
            fresh = self.steps[before:]
            carries = fresh or [step for step in self.steps if number in step.verifies]
            self.vague += min((_VAGUE.get(step.act.kind, 0) for step in carries), default=1)
        if not self.opening:
            self._open_as_titled()
        self._come_in(given)
        self._begin_with_idle()
        self._clean_up(given)
        self._say_what_is_used()
        return Plan(self.steps[:MAX_STEPS], skeleton=self._is_skeleton(), understood=given.understood, inferred=True)

    def _try(self, number: int, rows: list[Planned]) -> None:
        for step in rows:
            step.verifies.append(number)
            step.data = self.called.in_step(step.act.text)
        self.rows = rows
        self.steps += rows

    def _acted(self) -> bool:
        return any(step.kind == "action" for step in self.steps)

    def _reach(self, number: int, line: Line, group: list[Planned]) -> None:
        wanted, self.number = self._wanted(number), number
        if 0 < line.row <= len(self.rows):
            row = self.rows[line.row - 1]
            row.expected = f"{row.expected}. {self.tongue.sentence(line.seen)}"
            row.verifies.append(number)
            return
        if line.kind == "look":
            self._look_at(line, wanted, group)
            return
        before = len(self.steps)
        named, done = self.script.reference(wanted.text)
        for text, sentence in self.source.steps_to(named if done else named - 1):
            self._add(text, sentence)
        told = self._scenario(number, line)
        for text, sentence in told:
            self._add(text, sentence)
        fresh = bool(line.do) and not (told or self._acted())
        for text, sentence in (*self.source.given_before(wanted.text), *self.source.main(line)) if fresh else ():
            self._add(text, sentence)
        if not self._acted():
            self._begin(line, wanted, group)
        if line.do and not told:
            self._do_own(number, line)
        if len(self.steps) == before and not line.do and line.kind != "check":
            self._come_about(wanted, group)
        brought = len(self.steps) > before
        self._enter_what_is_seen("" if line.do or told else line.seen)
        self._verify(number, line, wanted, None if brought else group)
        self._credit(wanted)

    def _do_own(self, number: int, line: Line) -> None:
        """What a result tells to do itself, or what the specification and the data have for it."""
        if filled := self._fills(self.case.expected_results[number - 1], [line]):
            for order in filled:
                self._add(order)
            return
        self._come_to(line.do)
        orders = (*self.script.in_turn(line.do), *self.script.in_turn(line.further))
        for order in orders:
            self._add(order, kind=line.kind)
            either = (
                " or " in self.case.expected_results[number - 1]
                and len(orders) > 1
                and all(each.startswith("press ") for each in orders)
            )
            if either or all(" send `" in f" {each}" for each in orders):
                self.steps[-1].expected = self.tongue.sentence(line.seen)  # each of the calls gets the answer

    def _come_about(self, wanted: Wanted, group: list[Planned]) -> None:
        """Before a result that tells nothing to do: what is made of a datum, a condition, what the case is about."""
        if not self._acted() and (made := self._made()):
            self._add(made)
            self.making = True
        elif fact := self._condition(wanted):
            self._bring(fact)
        elif not self._acted():
            self._open(wanted, group)

    def _scenario(self, number: int, line: Line) -> list[Told]:
        """The orders of the scenario that a result is about, unless results have told its acts in their own words."""
        self.source.alone &= all(step.sentence >= 0 for step in self.steps if step.kind == "action")
        same = line.kind == "same" or _AGAIN.search(line.do)
        told = [] if same else self.source.scenario(self.case.expected_results[number - 1], line)
        done = {verb_of(step.act.text) for step in self.steps}
        again = not line.do and all(verb_of(text) in done and not _BY_NAME.match(text) for text, _ in told)
        return [] if again else told

    def _look_at(self, line: Line, wanted: Wanted, group: list[Planned]) -> None:
        """What is looked at comes behind what begins the test."""
        if not self._acted() and not self.script.is_early(line.do):
            self._open(wanted, group)
        self.steps.append(Planned("check", Act(self.tongue.sentence(line.do), "check")))
        self.steps[-1].told, self.steps[-1].verifies = [line.seen], [wanted.number]
        what = normalise(line.do.partition(" ")[2])
        self.steps[-1].data = [d for d in self.reading.data if normalise(d.name).startswith(f"{what} ")]

    def _wanted(self, number: int) -> Wanted:
        return next(wanted for wanted in self.reading.wanted if wanted.number == number)

    def _credit(self, wanted: Wanted) -> None:
        """What the specification says of a result is used where that is verified."""
        if (target := self.source.like(wanted)) >= 0:
            self.reading.sentences[target].steps.append(len(self.steps))

    def _condition(self, wanted: Wanted) -> Fact | None:
        """What the specification says that leads to a result, where that is a condition alone and has not come about yet."""
        index = self.chains.bringing(wanted)
        fact = self.reading.facts[index] if index >= 0 else Fact()
        seen = self.tongue.terms(wanted.seen or wanted.text)
        chain = fact.sentence >= 0 and len(ARROW.findall(self.reading.sentences[fact.sentence].text)) > 1
        row = any(row.sentence == fact.sentence for row in self.reading.rows)
        done = self.tongue.terms("\n".join(step.act.text for step in self.steps))
        leads = self.tongue.terms(" ".join(fact.conditions))
        known = not leads or len(leads & done) * 2 >= len(leads) or fact.sentence in self.brought
        if self._acted() or not self.tongue.is_state(" ".join(fact.conditions)):
            return None
        if fact.acts or known or chain or row or overlap(seen, self.tongue.terms(fact.outcome)) * 2 < len(seen):
            return None
        self.brought.add(fact.sentence)
        return fact

    def _add(self, text: str, sentence: int = -1, kind: str = "quoted", act: Act | None = None) -> None:
        """A step with the data that it names, or that its act takes."""
        done = [step.act.text for step in self.steps if step.kind == "action"]
        for order in self.script.before(text, done):
            self._append(order)
        text = self.script.whole(text) or self.tongue.lexicon.phrase("own_words", what=text)
        if kind in ("bare", "same"):
            text = self.script.again(text, [self._done(step) for step in self.steps]) or text
        self._append(text, sentence, kind, act)

    def _append(self, text: str, sentence: int = -1, kind: str = "quoted", act: Act | None = None) -> None:
        step = Planned("action", Act(self.tongue.sentence(text), kind), sentence=sentence, as_told=True)
        step.expected = self.tongue.left(text)
        spoken_of = self.called.in_step(text)
        spoken_of += self._fields(text, spoken_of)
        step.data = [datum for datum in self.reading.data if datum in spoken_of or self._takes(act, datum)]
        self.steps.append(step)
        if sentence >= 0:
            self.reading.sentences[sentence].steps.append(len(self.steps))

    def _fields(self, text: str, named: list[Datum]) -> list[Datum]:
        """The data that are fields of the body that the specification shows, for a call that sends one."""
        body, call = self.case.specification or "", self.script.operation
        if not call or not text.startswith(call) or "GET " in call or "DELETE " in call:
            return []
        fields = [datum for datum in self.reading.data if f'"{datum.name}"' in body]
        others = [normalise(datum.name) for datum in named if datum not in fields]  # expired pac, in place of pac
        free = [datum for datum in fields if not any(other.endswith(f" {normalise(datum.name)}") for other in others)]
        return [datum for datum in free if not leaves_out(text, datum.name)]

    def _takes(self, act: Act | None, datum: Datum) -> bool:
        return act is not None and act.kind != "press" and any(self.data.takes(thing, datum) for thing in act.objects)

    def _clean_up(self, given: Plan) -> None:
        cleaned = [step for step in given.steps if step.kind == "cleanup"]
        for text, step in zip(self.case.postconditions, cleaned, strict=False):
            action, seen = self.script.restoring(text)
            orders = self.script.in_turn(action)
            for order in orders:
                left = seen if len(orders) == 1 else self.tongue.left(order)
                self.steps.append(Planned("cleanup", Act(self.tongue.sentence(order)), left or step.expected))
            self.steps += () if orders else (step,)

    def _verify(self, number: int, line: Line, wanted: Wanted, group: list[Planned] | None) -> None:
        """By the step that was just added, else by a look at its place, which the first plan may know from the team."""
        last = self.steps[-1] if self.steps else Planned("check", Act(""))
        together = any({number, *last.verifies} <= {*step.verifies} for step in group or () if last.verifies)
        brings = group is None or (together and last.kind == "action" and not self._has_thing(line, wanted))
        if not brings or len({*last.verifies, number}) > MOST_RESULTS:
            last = self._look(line, wanted, group or [])
            self.steps.append(last)
        last.told.append(self._in_full(line.seen))
        if number not in last.verifies:
            last.verifies.append(number)

    def _enter_what_is_seen(self, seen: str) -> None:
        """The review shows 685.00: a value that is shown, and that no step has taken yet, is entered before."""
        taken = {datum for step in self.steps for datum in step.data}
        shown = [datum for datum in self.reading.data if datum not in taken and stands_in(datum, seen)]
        for datum in (
            [] if self.script.seer(seen) or self.script.is_sent(seen) else filter(self.script.is_entered, shown)
        ):
            name = datum.name.replace("_", " ")
            self._add(self.tongue.lexicon.phrase("enter_value", what=f"{name[:1].lower()}{name[1:]}"))

    def _in_full(self, seen: str) -> str:
        """Same: what was seen before is said again."""
        before = next((step.told[-1] for step in reversed(self.steps) if step.told), "")
        return f"{seen}: {before}" if before and self.script.is_same(seen) else seen

    def _has_thing(self, line: Line, wanted: Wanted) -> bool:
        """Whether a check of a result can say what is looked at."""
        phrase = self.tongue.lexicon.phrase
        check = self.script.look(self.tongue.check(line.seen, wanted.place), line.seen)
        return check != phrase("check", subject=phrase("result"), where="") and not OPEN_POINT.search(check)

    def _look(self, line: Line, wanted: Wanted, group: list[Planned]) -> Planned:
        """A look at the place of a result; where that is open, the first plan may know it from the team, and the way there."""
        check = self.tongue.check(line.seen, wanted.place, self.tongue.owner(self.case.preconditions))
        known = [n for n, step in enumerate(group) if step.kind == "check" and not OPEN_POINT.search(step.act.text)]
        if known and OPEN_POINT.search(check):
            check = group[known[0]].act.text
            self.steps += [step for step in group[: known[0]] if step.kind == "action" and not step.verifies]
        elif not OPEN_POINT.search(check):
            check = self.script.look(check, line.seen)
        if who := self.script.seer(line.seen):
            phrase = self.tongue.lexicon.phrase
            check = phrase("as_actor", actor=who, action=phrase("check_shown"))
        return Planned("check", Act(check, "check"))

    def _done(self, step: Planned) -> str:
        """What a step tells to do; empty for a check, and for one that leaves it open, unless it is of the same result."""
        told = step.act.kind in ("quoted", "variant") if step.as_told else step.act.kind != "told" and is_read(step)
        plain = (told and not OPEN_POINT.search(step.act.text)) or self.number in step.verifies
        return step.act.text if step.kind == "action" and plain else ""
