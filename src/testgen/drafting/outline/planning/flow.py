"""The plan of a case that was not understood: what the case tells a person to do, in its own order and its own words.

Nothing is worked out here. Each sentence that tells an act is a step, whole; each result stands with the step that its words point to, and
what a result says of its trigger is a step of its own. What remains is looked at where the case says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import BACKGROUND, MEANS, NOTE, Act, Datum, Fact, Plan, Planned, Reading, Told, Wanted
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

MOST_RESULTS = 2  # of one step
_COVERED = 0.7  # of the words of a sentence: what was read of it is the whole of it
_LISTED = re.compile(r"\s*\|\s*|、|,\s+|，|\s+/\s+")
_MEANS = re.compile(r"simulator|emulator|adjustable|\b(?:stub|mock|test bench)\b|(?:can|may) be (?:set|changed|moved)|シミュレータ|スタブ|模擬|変更できる|操作できる", re.IGNORECASE)
_WORDED = {"case": "flow_case", "setting": "flow_case", "state": "flow_state", "act": "flow_act"}
_ABOUT = 3  # terms that a sentence has in common with a result that it is quoted for
_LETTER_HEAD = re.compile(r"(?:from|to|cc|date|subject)\s?:|as an? .{1,60}, i want", re.IGNORECASE)
_AKIN = 2  # terms that a sentence has in common with the case it belongs to
_READABLE = 300  # characters of a sentence that is quoted in a step
_LONGEST = 600  # characters that are compared


@dataclass
class Unit:
    """A sentence that tells an act: what is done, what comes of it, and whether it is one of a row of steps."""

    sentence: int
    acts: list[Act]
    outcome: str = ""
    in_row: bool = False
    scenario: bool = False
    chain: bool = False
    terms: frozenset[str] = frozenset()


def make_flow(case: TestCase, reading: Reading, tongue: Tongue, given: Plan) -> Plan:
    """The plan; set-up and clean-up are those that were planned already."""
    return _Flow(case, reading, tongue).plan(given)


def _groups(steps: list[Planned]) -> list[list[Planned]]:
    """Steps by the results that they lead to; what verifies the same result is one group."""
    groups: list[list[Planned]] = []
    open_group: list[Planned] = []
    for step in steps:
        open_group.append(step)
        if not step.verifies:
            continue
        before = {number for other in groups[-1] for number in other.verifies} if groups else set()
        if before & set(step.verifies):
            groups[-1] += open_group
        else:
            groups.append(open_group)
        open_group = []
    if open_group:
        groups = [*groups[:-1], [*groups[-1], *open_group]] if groups else [open_group]
    return groups


class _Flow:
    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue) -> None:
        self.case, self.reading, self.tongue = case, reading, tongue
        self.chains = Chains(reading, tongue)
        self.data = Data(reading.data, reading.wanted, tongue)
        self.about = tongue.terms(
            "\n".join((case.title, case.objective or "", *case.expected_results, *case.test_data, *case.test_data.values()))
        )
        self.text = "\n".join((case.title, case.specification or "", *case.preconditions, *case.expected_results))
        self.units = list(self._units())
        self.steps: list[Planned] = []
        self.done: set[int] = set()  # sentences
        self.given, self.known = Plan(), False
        self.planned: set[int] = set()  # those that the first planner uses
        self.mended: set[int] = set()  # of them those that are done here
        self.at = -1  # the sentence that the walk has come to
        self.block: tuple[int, int] = (0, 0)  # the steps that a further case goes through again
        self.used: dict[int, Planned] = {}
        self.left = 0  # results that are still to come
        self.before = ""  # the cue of the result before
        self.passed = False  # whether a value of a list was tried
        means = [text for text in case.preconditions if _MEANS.search(text)]
        self.means = means[0] if len(means) == 1 else ""

    def plan(self, given: Plan) -> Plan:
        self.steps = [step for step in given.steps if step.kind == "setup"]
        self.given = given
        self.known = any(step.as_told for step in given.steps)  # the team's own words
        self.planned = {step.sentence for step in given.steps}
        groups = _groups([step for step in given.steps if step.kind not in ("setup", "cleanup")])
        if not any(self._holds(group) for group in groups[:1]):
            self._begin()
        for group in groups:
            told = {step.sentence for step in group if step.sentence >= 0}
            if self._holds(group) and not (told and told <= self.mended):
                self._keep(group)
                continue
            for result in self._wanted(group):
                self.left = sum(other.number >= result.number for other in self.reading.wanted)
                self._reach(result)
        self.steps += [step for step in given.steps if step.kind == "cleanup"]
        made = Plan(self.steps[:MAX_STEPS], skeleton=True, understood=given.understood)
        self._mark(made)
        return made

    def _holds(self, group: list[Planned]) -> bool:
        """Whether steps that were planned for some results rest on what the case says, and leave out nothing that the results tell."""
        wanted = self._wanted(group)
        acts = [step for step in group if step.kind == "action"]
        if not acts:
            return not any(self._is_cue(*self._cue(result)) for result in wanted)
        if any(len(step.verifies) > 1 for step in group) and any(map(self._parts, wanted)):
            return False
        told = self._terms(*(step.act.text for step in (*self.steps, *group)))
        before = [text for result in wanted for text in result.fact.conditions if result.text.startswith(text)]
        further = [text for result in wanted for text in self.tongue.further(result)]
        said = self._terms(*(result.text for result in wanted))
        return all(self._grounded(step, said) for step in acts) and all(
            len(told & self._terms(text)) >= _COVERED * len(self._terms(text)) for text in (*before, *further)
        )

    def _grounded(self, step: Planned, said: frozenset[str]) -> bool:
        """Whether a step says what the case says, and asks for nothing."""
        text = step.act.text
        if step.act.kind == "open" and step.sentence < 0:
            return True
        if OPEN_POINT.search(text) or text.count("(") != text.count(")"):
            return False
        if step.sentence >= 0 or not self.reading.sentences or self.known:
            return True
        spans = [datum for datum in step.data if self.tongue.duration(datum.value) == datum.value]
        if step.act.kind == "input" and spans:
            return False  # a time is waited for
        if step.act.kind == "input" and not len(wants := self._terms(text)) * _COVERED <= len(wants & said):
            first = self._first()  # what is entered is only guessed where the specification tells something else
            return first is None or first.sentence in self.done | self.planned or self._is_told(first)
        plain = step.act.kind in ("open", "wait", "change", "set", "send", "shared")
        return plain or self.tongue.in_words(step.act, self.case)

    def _cue(self, wanted: Wanted) -> tuple[str, str]:
        """What a result says of its own trigger; where it begins with a datum, or something can be simulated, the datum that it names."""
        if wanted.fact.acts and all(act.past for act in wanted.fact.acts):
            return "", ""  # it has come about before
        cue, kind = self.tongue.cue(wanted)
        if cue:
            return cue.strip(), kind
        words = normalise(wanted.text)
        named = [
            datum
            for datum in self.reading.data
            if (name := normalise(datum.name).replace("_", " "))
            and (found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words))
            and (self.means or found.start() == 0)
            and not (stands_in(datum, wanted.text) or self.tongue.given(datum) or self.tongue.person(datum.name))
        ]
        return (f"{named[0].name}: {named[0].value}", "setting") if len(named) == 1 else ("", "")

    def _is_cue(self, cue: str, kind: str) -> bool:
        return bool(cue) and (kind != "case" or self.tongue.is_setting(cue))

    def _terms(self, *texts: str) -> frozenset[str]:
        return self.tongue.terms("\n".join(texts))

    def _wanted(self, group: list[Planned]) -> list[Wanted]:
        numbers = {number for step in group for number in step.verifies}
        return [result for result in self.reading.wanted if result.number in numbers]

    def _is_next(self, unit: Unit) -> bool:
        """Whether a sentence is one of a row of steps that is gone through, and neither done nor still to be done."""
        if unit.sentence <= self.at or unit.sentence in self.done or not unit.in_row:
            return False
        plain = not (unit.chain or unit.outcome or unit.sentence in self.planned) and self.reading.sentences[unit.sentence].first
        return unit.scenario or plain or (unit.chain and not self._acted())

    def _is_told(self, unit: Unit) -> bool:
        """Whether some step of the first planner does what a sentence tells."""
        told = [self._terms(step.act.text) for step in self.given.steps]
        return any(len(terms & unit.terms) >= max(_AKIN, _COVERED * len(terms)) for terms in told)

    def _keep(self, group: list[Planned]) -> None:
        """The steps as they were planned, behind those of a row that come before them."""
        told = {step.sentence for step in group if step.sentence >= 0}
        for unit in self.units if told else ():
            if self._is_next(unit) and unit.sentence < min(told):
                self._do_unit(unit)
        first = len(self.steps) + 1
        self.steps += group
        self.done |= told
        self.at = max([self.at, *told])
        if told:
            self.block = (first, len(self.steps))
        self.before = ""

    def _mark(self, made: Plan) -> None:
        """Which sentences went where."""
        for sentence in self.reading.sentences:
            sentence.steps = []
        for number, step in enumerate(made.steps, 1):
            if step.sentence >= 0:
                self.reading.sentences[step.sentence].steps.append(number)
        for index, step in self.used.items():
            numbers = [number for number, other in enumerate(made.steps, 1) if other is step]
            steps = self.reading.sentences[index].steps
            self.reading.sentences[index].steps = sorted({*steps, *numbers})

    # what the specification tells

    def _units(self) -> Iterator[Unit]:
        facts: dict[int, list[Fact]] = {}
        for fact in self.reading.facts:
            if fact.role != MEANS and not fact.values:
                facts.setdefault(fact.sentence, []).append(fact)
        for index, sentence in enumerate(self.reading.sentences):
            if sentence.role in (BACKGROUND, NOTE, MEANS):
                continue
            told = facts.get(index, [])
            acts = [act for fact in told for act in fact.acts]
            then = any(fact.scenario and not (fact.acts or fact.conditions) for fact in told)
            row = any(fact.listed or fact.scenario or fact.plain for fact in told)
            if not told or then:
                continue
            found = self.tongue.tell(sentence.text, acts, told[-1].outcome, row=row and sentence.first)
            if not found and told[0].scenario and "<" not in sentence.text:
                found = Told([self.tongue.quoted(sentence.text)])
            if found:
                terms = self.tongue.terms(sentence.text)
                yield Unit(index, found.acts, found.outcome, row or found.chain, told[0].scenario, found.chain, terms)

    def _begin(self) -> None:
        """Data that tell an act are done first."""
        for datum in self.reading.data:
            if self.tongue.tells_act(datum.value):
                text = self.tongue.lexicon.phrase("flow_datum", name=datum.name, value=datum.value)
                self.steps.append(Planned("action", Act(text), self.tongue.lexicon.phrases["observed"]["do"], as_told=True))

    # result by result

    def _reach(self, wanted: Wanted) -> None:
        cue, kind = self.tongue.cue(wanted)
        index = self.chains.bringing(wanted)
        fact = self.reading.facts[index] if index >= 0 else None
        target, sure = (fact.sentence, True) if fact else (self._like(wanted), False)
        before = len(self.steps)
        own = self._walk(target, cue, sure=sure)
        values = self._values(wanted, cue)
        walked = sure and len(self.steps) > before
        told = own or normalise(cue) == self.before or (walked and kind == "state")
        if cue and not told and not (values and self.block[1]):
            self._do_cue(wanted, cue, kind, target)
            values = []
        elif not cue and len(self.steps) == before and fact and self._tells(fact, wanted):
            self._bring(fact)
        if len(self.steps) == before and not self._acted():
            self._open(wanted, values, target)
        for number, (what, data) in enumerate(values):
            if number or len(self.steps) == before or self.passed:
                self._again(what, data)
            else:
                self.steps[-1].given = " / ".join(filter(None, (self.steps[-1].given, what)))
            self.passed = True
            if number + 1 < len(values):
                self.steps[-1].told.append(wanted.seen or wanted.text)
                self.steps[-1].verifies.append(wanted.number)
        self.before = normalise(cue) or self.before
        self._verify(wanted, fresh=len(self.steps) > before or own, target=target)

    def _acted(self) -> bool:
        return any(step.kind == "action" for step in self.steps)

    def _values(self, wanted: Wanted, cue: str) -> list[tuple[str, list[Datum]]]:
        """The values of a list that a result names, one pass each: of several of a kind, or those in one datum."""
        found = [
            (f"{datum.name}: {datum.value}", [datum])
            for datum in self.data.named.get(wanted.text, [])
            if (self.data.topic(wanted.text, datum) or stands_in(datum, cue)) and not self.tongue.person(datum.name)
        ]
        return found or [(f"{name}: {part}", []) for name, part in self._parts(wanted)]

    def _parts(self, wanted: Wanted) -> list[tuple[str, str]]:
        """The values of a list in one datum that a result names, where it names some of them."""
        for name, value in self.case.test_data.items():
            parts = [part for part in _LISTED.split(value) if part]
            named = [part for part in parts if stands_in(Datum(name, part), wanted.text)]
            if 0 < len(named) < len(parts) and len(parts) > 2 and any(map(str.isdigit, value)):
                return [(name, part) for part in named]
        return []

    def _like(self, wanted: Wanted) -> int:
        """The sentence that has most of a result's words; -1 for none."""
        wants = self.tongue.terms(wanted.text[:_LONGEST])
        scored = [
            (overlap(wants, self.tongue.terms(sentence.text)), -number)
            for number, sentence in enumerate(self.reading.sentences)
            if sentence.role not in (BACKGROUND, NOTE)
        ]
        best = max(scored, default=(0, 1))
        return -best[1] if best[0] >= _AKIN else -1

    def _walk(self, target: int, cue: str, *, sure: bool) -> bool:
        """Does what the specification tells up to a sentence; whether that is what the cue says."""
        wants = self.tongue.terms(cue)
        said = self._saying(wants) if wants else None
        last = self.steps[-1] if self.steps else None
        if said and last and last.sentence == said.sentence and len(wants & self._terms(last.act.text)) >= _COVERED * len(wants):
            return True
        end = max(target, said.sentence if said else -1)
        if end < 0:
            end = self._next_run(cue)
        end = self._end(end, sure=sure or said is not None)
        own = False
        for unit in self.units:
            if unit.sentence > end or unit.sentence in self.done:
                continue
            if unit.chain and self._acted():
                continue
            here = (unit.sentence == target and not cue) or unit is said
            akin = overlap(unit.terms, self.about) >= _AKIN and unit.sentence > self.at
            if here or self._is_next(unit) or (akin and not unit.outcome and unit.sentence not in self.planned):
                self._do_unit(unit)
                own = own or unit is said
            own = own or (target < 0 and bool(cue) and unit.scenario)
        if not self._acted() and not cue and (first := self._first()):
            self._do_unit(first)
        self.at = max(self.at, end)
        return own

    def _next_run(self, cue: str) -> int:
        """Of a scenario the next When, where a result has a trigger that the scenario tells in other words, or is the last; -1 for none."""
        ahead = [unit.sentence for unit in self.units if unit.scenario and unit.sentence not in self.done]
        runs = len([number for number in ahead if number - 1 not in ahead])
        return ahead[0] if ahead and (cue or not self._acted() or self.left <= runs) else -1

    def _end(self, end: int, *, sure: bool) -> int:
        """Where a walk ends: a row of steps is gone through up to where something is to be seen, unless a result belongs to one of them."""
        for unit in self.units:
            scenario = unit.in_row and unit.scenario
            if unit.sentence == end + 1 and end >= 0 and (scenario or (unit.in_row and not sure)):
                end += 1
        return end

    def _first(self) -> Unit | None:
        """What a first result is reached by that tells nothing: the act that the title and the result are most about."""
        wants = self.tongue.terms(f"{self.case.title} {self.case.expected_results[0]}"[:_LONGEST])
        best = max(self.units, key=lambda unit: overlap(wants, unit.terms), default=None)
        return best if best and overlap(wants, best.terms) >= _AKIN else None

    def _saying(self, wants: frozenset[str]) -> Unit | None:
        scored = [
            (overlap(wants, unit.terms), -number) for number, unit in enumerate(self.units) if not unit.chain
        ]
        best = max(scored, default=(0, 1))
        return self.units[-best[1]] if best[0] and best[0] * 2 > len(wants) else None

    def _do_unit(self, unit: Unit) -> None:
        first = len(self.steps) + 1
        for act in unit.acts:
            last = act is unit.acts[-1]
            step = Planned("action", act, unit.outcome if last else "", sentence=unit.sentence)
            if not unit.outcome and last:
                step.expected = self._behind(unit)
            step.as_told = act.kind == "quoted"
            if step.as_told and not step.expected:
                step.expected = self.tongue.lexicon.phrases["observed"]["do"]
            self._give(step)
            self.steps.append(step)
        self.done.add(unit.sentence)
        self.mended.add(unit.sentence)
        start = self.block[0] if self.block[1] == first - 1 and self.block[0] else first
        self.block = (start, len(self.steps))

    def _behind(self, unit: Unit) -> str:
        """What the next sentence says that the product does."""
        after = unit.sentence + 1
        told = {other.sentence for other in self.units}
        if after >= len(self.reading.sentences) or after in told or not unit.in_row:
            return ""
        facts = [fact for fact in self.reading.facts if fact.sentence == after]
        if len(facts) == 1 and not facts[0].conditions and not facts[0].values and facts[0].outcome:
            return facts[0].outcome
        return ""

    def _give(self, step: Planned) -> None:
        """The data that a step names."""
        plain = normalise(f"{step.act.text} {step.given}")
        for datum in self.reading.data:
            name = normalise(datum.name).replace("_", " ")
            named = len(name) > 1 and name in plain
            taken = any(self.data.takes(thing, datum) for thing in step.act.objects) and step.act.kind != "press"
            if (named or taken) and not stands_in(datum, step.act.text) and datum not in step.data:
                step.data.append(datum)

    def _do_cue(self, wanted: Wanted, cue: str, kind: str, target: int) -> None:
        """What the result says that is done, or has come about, in its own words."""
        phrase = self.tongue.lexicon.phrase
        acts = self.tongue.acts_of(wanted, cue)
        for act in acts:
            step = Planned("action", act)
            self._give(step)
            self.steps.append(step)
        if acts:
            return
        spoken = self.data.named.get(wanted.text, [])
        named = self._terms(*(text for datum in spoken for text in (datum.name.replace("_", " "), datum.value)))
        if kind == "case" and self.block[1] and spoken and 2 * len(named & self._terms(cue)) > len(self._terms(cue)):
            self._again(cue, spoken)
            return
        text = phrase(_WORDED[kind], what=cue)
        means = self.means.rstrip("。.") if kind in ("state", "setting") or self.tongue.is_setting(cue) else ""
        told = self._rule(target, wanted, text)
        step = self._quoted(text)
        step.given = " / ".join(filter(None, (means, told)))
        step.sentence = target if told else -1
        step.data = [datum for datum in spoken if not stands_in(datum, text)]
        self._give(step)
        self.steps.append(step)

    def _tells(self, fact: Fact, wanted: Wanted) -> bool:
        """Whether a fact says under which conditions a result comes about."""
        seen = self._terms((wanted.seen or wanted.text)[:_LONGEST])
        return bool(fact.conditions) and not fact.acts and 2 * overlap(seen, self._terms(fact.outcome)) >= len(seen)

    def _bring(self, fact: Fact) -> None:
        """What has to be so, as the specification tells it."""
        texts = [f"{name}: {cell}" for name, cell in fact.values if cell not in fact.outcome]
        what = self.tongue.lexicon.phrase("flow_comma").join(texts) or self.reading.sentences[fact.sentence].text
        if normalise(what) == self.before:
            return
        self.before = normalise(what)
        step = self._quoted(self.tongue.lexicon.phrase("flow_case" if fact.values else "flow_rule", what=what))
        step.sentence = fact.sentence
        self._give(step)
        self.steps.append(step)

    def _rule(self, target: int, wanted: Wanted, text: str) -> str:
        """What the specification says of a result that nothing leads to, word for word; empty where that is told already, or is not
        surely about it."""
        if target < 0 or target in self.done:
            return ""
        row = next((row for row in self.reading.rows if row.sentence == target), None)
        said = self.reading.sentences[target].text
        if row:
            said = self.tongue.lexicon.phrase("flow_comma").join(f"{name}: {cell}" for name, cell in row.cells.items())
        terms = self._terms(said)
        shared = overlap(self._terms(wanted.text[:_LONGEST]), terms)
        if shared < (_AKIN if row else _ABOUT) or len(said) > _READABLE or _LETTER_HEAD.match(said) or terms <= self._terms(text):
            return ""
        return self.tongue.quote(said)

    def _quoted(self, text: str) -> Planned:
        return Planned("action", Act(text, "quoted"), self.tongue.lexicon.phrases["observed"]["do"], as_told=True)

    def _again(self, what: str, data: list[Datum]) -> None:
        """The same steps with another value."""
        if not self.block[1]:
            self.steps.append(self._quoted(self.tongue.lexicon.phrase("flow_case", what=what)))
            return
        first, last = self.block
        sign = {"ja": "〜", "en": "-"}[self.tongue.language]
        span = f"{first}{sign}{last}" if first != last else str(first)
        step = self._quoted(self.tongue.lexicon.phrase("flow_again" if first != last else "flow_again_one", range=span, what=what))
        step.data = [datum for datum in data if not stands_in(datum, step.act.text)]
        self.steps.append(step)
        self.block = (first, last)

    def _open(self, wanted: Wanted, values: list[tuple[str, list[Datum]]], target: int) -> None:
        """What nothing leads to is begun with the call that the case is about, or with its title."""
        if self.reading.request:
            key = "send_call" if self.tongue.language == "en" else "call"
            step = self._quoted(self.tongue.lexicon.phrase(key, call=self.reading.request, request=self.reading.request))
        else:
            text = self.tongue.lexicon.phrase("flow_title", title=self.case.title)
            told = self._rule(target, wanted, text)
            step = self._quoted(text)
            step.given = told
            step.sentence = target if told else -1
        passed = {what.partition(": ")[0] for what, _ in values}
        step.data = [
            datum for datum in self.reading.data if datum.name not in passed and not stands_in(datum, step.act.text)
        ]
        self.steps.append(step)
        self.block = (len(self.steps), len(self.steps))

    def _verify(self, wanted: Wanted, *, fresh: bool, target: int) -> None:
        text = wanted.seen or wanted.text
        last = self.steps[-1]
        same = target >= 0 and last.sentence >= 0 and target == last.sentence
        if (fresh or (same and last.kind == "action")) and len(set(last.verifies) | {wanted.number}) <= MOST_RESULTS:
            self._claim(last, wanted, text)
        else:
            owner = self.tongue.owner(self.case.preconditions)
            check = self.tongue.check(text, wanted.place, owner)
            step = Planned("check", Act(check, "check"))
            self._claim(step, wanted, text)
            self.steps.append(step)
        if target >= 0:
            self.used.setdefault(target, self.steps[-1])

    @staticmethod
    def _claim(step: Planned, wanted: Wanted, text: str) -> None:
        step.told.append(text)
        if wanted.number not in step.verifies:
            step.verifies.append(wanted.number)

