"""The plan of a case whose results tell themselves what is done: result by result, in the case's own words and order.

Nothing is worked out. What a result says of its trigger is a step, in its dictionary form; the rest of it is what that step shows. A row of
steps that the specification tells is gone through up to the one that a trigger names. What nothing leads to is begun with what the
case is about, or is an open point."""

import re
from dataclasses import replace

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Datum, Part, Plan, Planned, Reading, Wanted
from testgen.drafting.outline.planning.cues import Cues
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.grounds import Grounds
from testgen.drafting.outline.planning.handing import MOST_RESULTS
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.tables import INDEX, rows_to_try
from testgen.drafting.outline.planning.taking import LEADS, stands_in
from testgen.drafting.outline.planning.units import AKIN, COVERED, Unit, Units
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT, quotes
from testgen.text.normal import normalise

_NUMBERED = re.compile(r"^(?P<what>\D{1,12}?)\s?(?P<numbers>\d{1,2}(?:[・、,]\d{1,2})*)(?!\d)")
_ROWS = re.compile(r"(?:No\.?|番号)\s?(?P<first>\d{1,3})(?:[〜～~\-](?P<last>\d{1,3}))?")
LABELS = re.compile(r"[「『\[［]([^」』\]］\n]{1,20})[」』\]］]")
_NTH = re.compile(r"(?:^|[、。の])(?P<nth>\d(?:本|件|通|人)目)(?:は|が|の)")
_DURING = re.compile(r"(?P<when>[^、。はがを]{1,20}(?:中|秒|間|前)(?:の[^、。はがを]{1,8})?)は")
_RECORD = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+|/[\w.-]+(?:/[\w.-]+)+", re.ASCII)  # a table, a folder


class Retold:
    """Plans it."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, chains: Chains, data: Data) -> None:
        self.case, self.reading, self.tongue, self.chains, self.data = case, reading, tongue, chains, data
        self.units = Units(case, reading, tongue)
        self.parts = {number: tongue.retold(text) for number, text in enumerate(case.expected_results, 1)}
        self.wanted = {result.number: result for result in reversed(reading.wanted)}
        self.steps: list[Planned] = []
        self.done: set[int] = set()  # sentences of the specification
        self.open = 0  # results that nothing leads to
        self.varied: set[str] = set()  # the cases whose data have been entered
        self.made: set[str] = set()  # the things that somebody has made for the test

    @property
    def tells(self) -> bool:
        """Whether most results tell themselves what is done."""
        return sum(any(part.do for part in parts) for parts in self.parts.values()) * 2 >= len(self.parts)

    def plan(self, given: Plan) -> Plan:
        """The plan; what the first one sets up and cleans up stays."""
        self.steps = [step for step in given.steps if step.kind == "setup"]
        self.given = given
        self.grounds = Grounds(
            self.case, self.reading, self.units, Cues(self.case, self.reading, self.data, self.tongue), given
        )
        for datum in self.reading.data:  # what data tell that is done comes first
            if self.tongue.tells_act(datum.value):
                text = self.tongue.lexicon.phrase("flow_datum", name=datum.name, value=datum.value)
                self._add(
                    Planned("action", Act(text, "quoted"), self.tongue.lexicon.phrases["observed"]["do"], as_told=True)
                )
        for number, parts in self.parts.items():
            self._result(self.wanted[number], parts)
        self.steps += [step for step in given.steps if step.kind == "cleanup"]
        self._place_idle()
        steps = self.steps[:MAX_STEPS]
        for index, sentence in enumerate(self.reading.sentences):
            sentence.steps = [number for number, step in enumerate(steps, 1) if step.sentence == index]
        return Plan(steps, set(self.parts), skeleton=self.open * 2 > len(self.parts), inferred=True)

    # result by result

    def _result(self, wanted: Wanted, parts: list[Part]) -> None:
        before = len(self.steps)
        if (not parts[0].do or parts[0].act.kind == "case") and self._rows(wanted):
            return
        if parts[0].act.kind == "case" and parts[0].act.objects[0] in self.varied:
            parts = [Part(seen=part.seen) for part in parts]
        if not any(part.do for part in parts):
            if self._passes(wanted):
                return
            self._lead(wanted, parts[0])
        elif parts[0].do and parts[0].seen.startswith(wanted.text[:8]) and not self._acted():
            self._planned(wanted)  # whether it can be done shows only behind what leads to it
        elif not parts[0].do:
            self._begin_with(wanted, parts[0])
            ahead = re.match(r"[^、。はを]{1,20}前(?:は|に)", parts[0].seen)
            parts = _together(parts) if self._acted() and not ahead else parts
        for part in parts:
            if part.do:
                self._do(part)
            self._try_nth(part)
            self._verify(wanted, part, fresh=bool(part.do) or (part is parts[0] and len(self.steps) > before))

    def _rows(self, wanted: Wanted) -> bool:
        """The rows of a table that a result speaks of, each with its values."""
        whole = rows_to_try(wanted.text, self.reading.rows, self.tongue)
        numbers = {str(number) for found in _ROWS.finditer(wanted.text) for number in _range(found)}
        chosen = {
            row.sentence
            for row in self.reading.rows
            if numbers & {cell for name, cell in row.cells.items() if INDEX.match(name)}
        }
        steps = [
            step
            for step in whole or rows_to_try("表の", self.reading.rows, self.tongue)
            if step.sentence in chosen or not chosen
        ]
        if not (whole or chosen):
            return False
        event = self.tongue.titled(self.case.title) or next(iter(self.tongue.heading(self.case.title).acts), None)
        for step in steps:
            told = step.act.text.partition(": ")[2]
            text = f"{told}で{event.text}" if event else self.tongue.lexicon.phrase("enter_value", what=told)
            step.act = Act(text, "told", step.act.objects)
            step.verifies.append(wanted.number)
            self.done.add(step.sentence)
            self.steps.append(step)
        steps[-1].expected += self.tongue.separator + self.tongue.sentence(wanted.text)
        return True

    def _try_nth(self, part: Part) -> None:
        """1本目はop101に鳴る: that it comes about is an act that nobody tells."""
        for found in _NTH.finditer(part.seen):
            if not any(found["nth"] in f"{step.act.text} {step.told}" for step in self.steps):
                self._open(found["nth"], [])

    def _acted(self) -> bool:
        return any(step.kind == "action" for step in self.steps)

    def _do(self, part: Part) -> None:
        """What a part tells, behind the row of steps that leads to it."""
        self._make(part.do)
        unit, act = self._saying(part), part.act
        if any(_same(step.act, act) for step in self.steps[-1:]):
            return
        if unit and unit.sentence not in self.done and self._labels(unit, act):
            if unit.in_row:
                self._walk(unit)
            self._do_unit(unit)
            return
        if unit and unit.in_row:
            self._walk(unit)
        sentence = -1
        if self.reading.request and act.kind in ("case", "state", "set", "told") and act.objects:
            act = Act(self.tongue.lexicon.phrase("request", what=act.objects[0], request=self.reading.request), "send")
        elif act.kind == "case":
            act = self._again(act)
        elif fuller := self._fuller(act):
            act, sentence = fuller
        if unit and unit.sentence not in self.done:
            self.done.add(unit.sentence)
            sentence = unit.sentence
            wants = self.tongue.terms(part.do)
            told = [
                told
                for told in self._acts_of(unit)[0]
                if wants <= self.tongue.terms(told.text) or self._labels(unit, act)
            ]
            act = told[-1] if told and len(told[-1].text) > len(act.text) else act
        self._add(Planned("action", self._set(act), sentence=sentence, as_told=act.kind == "quoted"))

    def _fuller(self, act: Act) -> tuple[Act, int] | None:
        """リンクを開く, which the specification calls メール内のリンクを開く."""
        for fact in self.reading.facts:
            for other in fact.acts:
                longer = len(act.text) < len(other.text) <= 2 * len(act.text) and other.text.endswith(act.text)
                if longer and len(act.text) > LEADS and not act.actor:
                    return other, fact.sentence
        return None

    def _again(self, act: Act) -> Act:
        """A case of what was done before is tried by doing that again."""
        last = next((n for n, step in reversed([*enumerate(self.steps, 1)]) if step.kind == "action"), 0)
        if not last or "→" in act.text or self.steps[last - 1].act.kind in ("wait", "leave", "state"):
            return act
        return Act(self.tongue.lexicon.phrase("flow_again", first=last, what=act.objects[0]), "case", act.objects)

    def _set(self, act: Act) -> Act:
        """3.3V にする, where a datum has this value among others: 電圧を 3.3V にする."""
        names = [datum.name for datum in self.reading.data if act.kind == "set" and datum.value in act.objects]
        several = [name for name in names if sum(datum.name == name for datum in self.reading.data) > 1]
        return replace(act, text=f"{several[0]}を{act.text}") if several else act

    def _saying(self, part: Part) -> Unit | None:
        """The step of a row that says what a part does."""
        wants = self.tongue.terms(part.do)
        told = [unit for unit in self.units.all if not unit.chain]
        labelled = [unit for unit in told if self._labels(unit, part.act)]
        if len(labelled) == 1:
            return labelled[0]
        best = max((unit for unit in told if unit.in_row), key=lambda unit: overlap(wants, unit.terms), default=None)
        return best if best and overlap(wants, best.terms) > COVERED * len(wants) else None

    def _labels(self, unit: Unit, act: Act) -> bool:
        """Bが受ける, of a step: Bが「受ける」を押す."""
        said = normalise(act.text)
        text = self.reading.sentences[unit.sentence].text
        named = normalise(act.objects[0]) if act.kind == "told" and act.objects else ""
        labels = [normalise(label) for label in LABELS.findall(text)]
        called = any(len(label) > 1 and (said.endswith(label) or label == named) for label in labels)
        return called and (not act.actor or act.actor in text)

    def _walk(self, last: Unit, *, whole: bool = False) -> None:
        """The steps of the row before one of them, or up to its end, that are not done."""
        for unit in self.units.all:
            before = unit.sentence < last.sentence or (whole and unit is last)
            if before and unit.in_row and not unit.chain and unit.sentence not in self.done:
                if unit is last or (not self._is_later(unit) and self.units.first(unit) and self._by_hand(unit)):
                    self._do_unit(unit)

    def _by_hand(self, unit: Unit) -> bool:
        """Whether somebody does it, and it is no rule of a calculation or a condition."""
        return unit.scenario or any(act.kind not in ("do", "told") or act.actor for act in unit.acts)

    def _is_later(self, unit: Unit) -> bool:
        """Whether a result tells it as its own trigger."""
        return any(part.do and self._saying(part) is unit for parts in self.parts.values() for part in parts)

    def _do_unit(self, unit: Unit) -> None:
        self.done.add(unit.sentence)
        acts, seen = self._acts_of(unit)
        for act in acts:
            step = Planned("action", act, sentence=unit.sentence, as_told=act.kind == "quoted")
            if act is acts[-1]:
                step.expected = seen or self.units.behind(unit)
            if step.as_told and not step.expected:
                step.expected = self.tongue.lexicon.phrases["observed"]["do"]
            self._add(step)

    def _acts_of(self, unit: Unit) -> tuple[tuple[Act, ...], str]:
        """A sentence's acts and what comes of them; of one that is only quoted, what it says is done."""
        if unit.acts[-1].kind != "quoted" and not re.search("場合|とき", unit.acts[-1].text):
            return unit.acts, unit.outcome
        parts = self.tongue.retold(self.reading.sentences[unit.sentence].text)
        if parts[0].do and parts[0].act.kind in ("do", "press", "told"):
            return (parts[0].act,), parts[0].seen
        return unit.acts, unit.outcome

    # what nothing leads to

    def _lead(self, wanted: Wanted, part: Part) -> None:
        """To a result that tells no trigger: the rest of the row, the data that it is about, or what the case is about."""
        row = [unit for unit in self.units.all if unit.in_row and not unit.chain and unit.sentence not in self.done]
        index = self.chains.bringing(wanted)
        target = self.reading.facts[index].sentence if index >= 0 else -1
        there = next((unit for unit in row if unit.sentence == target and not self._is_later(unit)), None)
        if self._varied(part):
            return
        if self._planned(wanted):
            self._sent()
        elif there:
            self._walk(there, whole=True)
        elif not self._acted():
            self._begin(wanted, part, row)
            self._sent()

    def _sent(self) -> None:
        """Where values are only entered, and nothing sends them, the act is missing that brings a result."""
        last = self.steps[-1] if self.steps else None
        if last and last.act.kind in ("input", "enter_all", "open") and self.given.skeleton:
            self.open += 1

    def _group(self, wanted: Wanted) -> list[Planned]:
        """The first planner's steps to a result."""
        groups = self.grounds.groups
        return next((group for group in groups if any(wanted.number in step.verifies for step in group)), [])

    def _passes(self, wanted: Wanted) -> bool:
        """The first planner's steps where it tries the values of a list one by one."""
        group = self._group(wanted)
        tried = [step for step in group if wanted.number in step.verifies and step.data]
        each = len(tried) > 1 and all(step.sentence >= 0 or step.act.kind == "send" for step in tried)
        if each and not any(OPEN_POINT.search(step.act.text) for step in group):
            self.steps += group
            return True
        return False

    def _planned(self, wanted: Wanted) -> bool:
        """The first planner's steps to a result, where they are the specification's and ask for nothing."""
        group = self._group(wanted)
        last = max((n for n, step in enumerate(group) if wanted.number in step.verifies), default=-1)
        told = {normalise(step.act.text) for step in self.steps}
        acts = [step for step in group[: last + 1] if step.kind == "action" and normalise(step.act.text) not in told]
        scenario = any(unit.scenario for unit in self.units.all)
        based = any(step.sentence >= 0 for step in acts) and all(map(self._is_sure, acts)) and not scenario
        if not based or not self.grounds.hold(group, self.steps):
            return False
        for step in acts:
            self.done.add(step.sentence)
            self.steps.append(replace(step, verifies=[], told=[]))
        return True

    def _is_sure(self, step: Planned) -> bool:
        """Whether it is surely something that a person does: at a control, or with the hands."""
        act = step.act
        by_kind = act.kind not in ("do", "told", "quoted") and bool(act.objects)
        return bool(quotes(act.text)) or by_kind or self.tongue.tells_act(act.text)

    def _begin_with(self, wanted: Wanted, part: Part) -> None:
        if not self._make(part.seen) and not self._acted():
            self._lead(wanted, part)

    def _begin(self, wanted: Wanted, part: Part, row: list[Unit]) -> None:
        first = [
            unit
            for unit in row
            if not self._is_later(unit) and (unit.scenario or self.units.akin(unit) or unit.outcome)
        ]
        if self._make(part.seen):
            return
        titled = self.tongue.titled(self.case.title)
        again = filter(None, (self.tongue.first_time(part.act) for parts in self.parts.values() for part in parts))
        titled = next(again, titled)
        if titled and not any(unit.scenario for unit in first):
            self._add(Planned("action", titled))
            return
        if first:
            run = self.units.runs(self.done)
            self._walk(first[0] if run else first[-1], whole=True)
            return
        titled_acts = self.tongue.heading(self.case.title).acts
        moves = [
            move
            for move in self.tongue.core(self.case, self.reading, [])
            if titled_acts or move.act not in self.reading.title.acts
        ]
        for move in moves:
            step = Planned("action", move.act)
            if move.act.kind in ("enter_all", "search"):
                step.data = [datum for datum in self.reading.data if not self._is_told_later(datum)]
            self._add(step)
        main = self.units.main()
        about = overlap(self.tongue.terms(wanted.text), main.terms) if main else 0
        if not moves and main and about >= AKIN:
            self._do_unit(main)
        elif not moves:
            self.open += 1
            self._open(self.case.title, [datum for datum in self.reading.data if not self._is_told_later(datum)])

    def _open(self, title: str, data: list[Datum]) -> None:
        text = self.tongue.lexicon.phrase("flow_title", title=title)
        expected = self.tongue.lexicon.phrases["observed"]["do"]
        self._add(Planned("action", Act(text, "quoted"), expected, data, as_told=True))

    def _is_told_later(self, datum: Datum) -> bool:
        """Whether a limit, a person, or something that a result tells itself."""
        told = "\n".join(part.do for parts in self.parts.values() for part in parts)
        given = self.tongue.given(datum) or self.tongue.person(datum.name)
        return given or stands_in(datum, told) or normalise(datum.name) in normalise(told)

    def _varied(self, part: Part) -> bool:
        """ケース1: …, where data are named after it: they are entered."""
        topic = part.topic
        mine = [datum for datum in self.reading.data if topic and _is_of(datum.name, topic)]
        if not mine:
            return False
        names = "、".join(dict.fromkeys(_NUMBERED.sub("", datum.name).strip() or datum.name for datum in mine))
        if names in (datum.name for datum in mine):
            text = self.tongue.lexicon.phrase("enter_value", what=f"{topic}の値")
        else:
            text = self.tongue.lexicon.phrase("enter_value", what=f"{topic}の{names}")
        self._add(Planned("action", Act(text, "input"), data=mine))
        self.varied.add(topic)
        return True

    def _make(self, text: str) -> bool:
        """伝票1は…, where somebody is called 起票者: what is one of several is made first."""
        maker = next((datum for datum in self.reading.data if self.tongue.maker(datum.name)), None)
        if not maker:
            return False
        named = [
            datum
            for datum in self.reading.data
            if datum.name in text
            and datum.name not in self.made
            and len(self.data.slots[self.data.slot(datum)]) > 1
            and not self.tongue.person(datum.name)
            and re.search(r"\d$|[A-Z]$", datum.name)
        ]
        for datum in named:
            self.made.add(datum.name)
            act = Act(f"{datum.name}を{self.tongue.maker(maker.name)}する", "create", (datum.name,), "", maker.value)
            self._add(Planned("action", act, data=[datum]))
        return bool(named)

    def _add(self, step: Planned) -> None:
        """With the data that it names."""
        plain = normalise(f"{step.act.text} {step.given}")
        step.data = [
            datum
            for datum in self.reading.data
            if (datum in step.data or self._names(step.act, plain, datum)) and not stands_in(datum, step.act.text)
        ]
        self.steps.append(step)

    def _names(self, act: Act, plain: str, datum: Datum) -> bool:
        name = normalise(datum.name)
        longer = [other.name for other in self.reading.data if datum.name in other.name and other.name != datum.name]
        for other in longer:
            plain = plain.replace(normalise(other), " ")  # 経理部長 is no 部長
        about = plain.partition("について、")[0] if "について、" in plain else ""
        return (
            (len(name) > 1 and name in plain)
            or act.actor == datum.name
            or (len(about) > 1 and name.startswith(about))
            or self._by_value(plain, datum)
            or self._by_count(plain, datum)
        )

    def _by_value(self, plain: str, datum: Datum) -> bool:
        """By what its value begins with: INF-5502 of INF-5502 KCL注20mEq; of a list, by two of its values."""
        parts = [re.split(r"[\s(（]", normalise(part))[0] for part in re.split("、|, ", datum.value)]
        named = [
            part
            for part in parts
            if len(part) > 2 and re.search(rf"(?<![a-z0-9.]){re.escape(part)}(?![a-z0-9.])", plain)
        ]
        return len(named) >= min(2, len(parts)) and normalise(datum.value) not in plain

    def _by_count(self, plain: str, datum: Datum) -> bool:
        """4ファイルを置く: all four."""
        slot = self.data.slot(datum)
        head = normalise(re.sub(r"\s?\d+$", "", datum.name))
        return len(self.data.slots[slot]) > 1 and f"{len(self.data.slots[slot])}{head}" in plain

    def _place_idle(self) -> None:
        """A datum that no step names goes to the act that has most of its words, else to the first one."""
        acts = [step for step in self.steps if step.kind == "action"]
        seen = "\n".join(f"{step.act.text} {' '.join(step.told)}" for step in self.steps)
        for datum in self.reading.data if acts else ():
            taken = any(datum in step.data for step in acts) or stands_in(datum, seen)
            several = len(self.data.slots[self.data.slot(datum)]) > 1
            if taken or self.tongue.given(datum) or self.tongue.person(datum.name):
                continue
            words = self.tongue.terms(f"{datum.name} {datum.value}")
            best = max(acts, key=lambda step: overlap(words, self.tongue.terms(step.act.text)))
            if overlap(words, self.tongue.terms(best.act.text)):
                best.data.append(datum)
            elif not several:
                acts[0].data.append(datum)

    # what is seen

    def _verify(self, wanted: Wanted, part: Part, *, fresh: bool) -> None:
        """By the step that brings a result, else by a look at its place."""
        if not part.seen:
            return
        last = self.steps[-1] if self.steps else Planned("check", Act(""))
        place = wanted.place
        free = last.kind == "action" and len({*last.verifies, wanted.number}) <= MOST_RESULTS
        if not (fresh and free) and (not free or place or last.verifies):
            last = Planned("check", Act(self._check(wanted, part), "check"))
            self.steps.append(last)
        if wanted.number not in last.verifies:
            last.verifies.append(wanted.number)
        last.told.append(self.tongue.finished(part.seen))

    def _check(self, wanted: Wanted, part: Part) -> str:
        if part.topic and not _NUMBERED.match(part.topic):
            return f"{part.topic} を確認する" if part.topic.isascii() else f"{part.topic}を確認する"
        place = wanted.place or self.tongue.place(self.case.expected_results[wanted.number - 1])
        if not place and (record := _RECORD.search(part.seen)):
            place = record.group()
        for step in reversed(self.steps):  # nothing was done since
            place = place or next(
                (self.wanted[number].place for number in step.verifies if self.wanted[number].place), ""
            )
            if step.kind == "action":
                break
        seen = re.sub(r"^[^、。]{1,20}の間(?:は)?、?", "", part.seen)
        if label := re.match(r"[\[［][^\]］]{1,20}[\]］](?:に|で|は)?", seen):
            place, seen = label.group().rstrip("にでは"), seen[label.end() :]
        if ahead := re.match(r"(?P<when>[^、。はを]{1,20}前)(?:は|には?)", seen):
            rest = replace(part, seen=seen[ahead.end() :].lstrip("、"))
            return f"{ahead['when']}に、{self._check(wanted, rest)}"
        return self.tongue.check(seen, place, self.tongue.owner(self.case.preconditions))


def _same(one: Act, other: Act) -> bool:
    """Whether two acts are told in the same words."""
    return normalise(one.text).replace(" ", "") == normalise(other.text).replace(" ", "")


def _range(found: re.Match[str]) -> range:
    """No.1〜8."""
    first = int(found["first"])
    return range(first, min(int(found["last"] or first), first + 50) + 1)


def _together(parts: list[Part]) -> list[Part]:
    """起動中の約20秒は表示「----」、ボタンを押しても…: what is seen first is seen when the act is done."""
    first, then = parts[0], parts[1]
    during = _DURING.match(first.seen)
    text = f"{during['when']}に、{then.do}" if during else then.do
    seen = "、".join(filter(None, (first.seen, then.seen)))
    return [replace(then, act=replace(then.act, text=text), seen=seen), *parts[2:]]


def _is_of(name: str, topic: str) -> bool:
    """ケース2・3 源泉徴収税額, for ケース2."""
    one, other = _NUMBERED.match(name), _NUMBERED.fullmatch(topic)
    if one and other:
        return one["what"] == other["what"] and other["numbers"] in re.split("[・、,]", one["numbers"])
    return len(topic) > 1 and name.startswith(topic)
