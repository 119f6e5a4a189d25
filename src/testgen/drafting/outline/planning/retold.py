"""The plan of a case whose results tell themselves what is done: result by result, in the case's own words and order.

Nothing is worked out. What a result says of its trigger is a step, in its dictionary form; the rest of it is what that step shows. A row of
steps that the specification tells is gone through up to the one that a trigger names. What nothing leads to is begun with what the
case is about, or is an open point."""

import re
from dataclasses import replace

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.attempts import Attempts
from testgen.drafting.outline.japanese.given import UNCHANGED
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Plan, Planned, Portion, Reading, Wanted
from testgen.drafting.outline.planning.chaining import along
from testgen.drafting.outline.planning.cues import Cues
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.entering import NUMBERED
from testgen.drafting.outline.planning.grounds import Grounds
from testgen.drafting.outline.planning.handing import MOST_RESULTS
from testgen.drafting.outline.planning.looking import Looking
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.noting import Notes
from testgen.drafting.outline.planning.units import said_by
from testgen.drafting.outline.planning.untold import AHEAD
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT

_ACCOUNT = re.compile(r"パスワード|[\w.-]@[\w-]")
_IN_TIME = re.compile("[^、。を]{2,12}(?:内|前)に、")
_EMPTY = re.compile("(?P<where>カート|買い物かご|かご)[がは]空")
_NTH = re.compile(r"(?:^|[、。の])(?P<nth>\d(?:本|件|通|人)目|\d{2,}回目)(?:は|が|の|に)")
_DURING = re.compile(r"(?P<when>[^、。はがを]{1,20}(?:中|秒|間|前)(?:の[^、。はがを]{1,8})?)は")
_AND = re.compile(r"(?:And|But|かつ|しかし)[\s　]")  # what a scenario sees beside the result before it
_BARRED = re.compile("(?:[せけれめべえげてね]|でき|られ)ない$|不可$")


class Retold(Looking):
    """Plans it."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, chains: Chains, data: Data) -> None:
        super().__init__(case, reading, tongue, chains, data)
        self.attempts = Attempts(reading.data, self.handling, tongue)
        self.open, self.varied, self.made = 0, set(), set()
        self.kept_at = {}
        self.earlier = 0  # the step that is done within a term

    @property
    def tells(self) -> bool:
        """Whether most results tell themselves what is done, or a workbook says what is entered."""
        return bool(self.workbook.rows) or sum(
            any(part.do for part in parts) for parts in self.parts.values()
        ) * 2 >= len(self.parts)

    def misses(self, made: Plan) -> bool:
        """Whether a plan leaves out what a result tells as done or waited for, where no scenario tells it otherwise, or one of a series."""
        taken = [datum for step in made.steps for datum in step.data]
        if any(datum not in taken for text in self.case.expected_results for datum in self._members(text)):
            return not any(unit.scenario for unit in self.units.all)
        if any(self._is_lumped(step) for step in made.steps):
            return True
        terms, done = self.tongue.terms, set[str]()
        acts: dict[int, str] = {}
        told = ""
        for step in made.steps:
            told += f"{step.act.text}\n"
            for number in step.verifies:
                acts[number] = acts.get(number, "") + told
            told = "" if step.verifies else told
        first = next(iter(self.parts.values()))[0].act
        if first.kind == "completes" and not self._sends([step for step in made.steps if 1 in step.verifies]):
            return not any(unit.scenario for unit in self.units.all)
        for number, part in ((number, part) for number, parts in self.parts.items() for part in parts):
            wants = terms(part.do) if part.act.kind in ("wait", "do", "press", "told") else frozenset()
            if part.do not in done and overlap(wants, terms(acts.get(number, ""))) * 2 < len(wants):
                return not any(unit.scenario for unit in self.units.all)
            done.add(part.do)
        return False

    @staticmethod
    def _sends(steps: list[Planned]) -> bool:
        """Whether steps press or send something, as the specification tells it."""
        return any(step.sentence >= 0 and step.act.kind in ("press", "send", "create") for step in steps)

    def _is_lumped(self, step: Planned) -> bool:
        """Whether data of a series that different results speak of go with one act."""
        series = [self._members(text) for text in self.case.expected_results]
        return any(
            0
            < sum(datum in step.data for datum in mine)
            < sum(map(len, series))
            == len([datum for datum in step.data if any(datum in other for other in series)])
            for mine in series
        )

    def plan(self, given: Plan) -> Plan:
        """The plan; what the first one sets up and cleans up stays."""
        cues = Cues(self.case, self.reading, self.tongue)
        self.given, self.grounds = given, Grounds(self.case, self.reading, self.units, cues, given)
        self.steps = [step for step in given.steps if step.kind == "setup"]
        self._begin_meanwhile()
        notes = Notes(self.reading.wanted, self.tongue)
        for number, parts in self.parts.items():
            self._result(self.wanted[number], parts)
            if note := notes.after(self.wanted[number], self.steps):
                self.steps.append(note)
        self.steps += [step for step in given.steps if step.kind == "cleanup"]
        self._fill()
        self._place_idle()
        self._sign_in()
        steps = along(self.steps, self.reading, self.tongue, self.case.title)[:MAX_STEPS]
        told = [frozenset[str]() if step.kind == "cleanup" else self._terms_of(step) for step in steps]
        for index, sentence in enumerate(self.reading.sentences):
            sentence.steps = [number for number, step in enumerate(steps, 1) if step.sentence == index] or said_by(
                self.units.terms[index], told
            )
        return Plan(steps, set(self.parts), skeleton=self._blank(steps) * 2 > len(self.parts), inferred=True)

    def _fill(self) -> None:
        """カートが空である, with a datum 商品: what is bought is put in before anything is done with it."""
        empty = _EMPTY.search("\n".join(self.case.preconditions))
        goods = [datum for datum in self.reading.data if datum.name.startswith("商品")]
        acts = [step for step in self.steps if step.kind == "action"]
        if not empty or not goods or not acts or any(d in acts[0].data or d.name in acts[0].act.text for d in goods):
            return
        if re.search("カート|購入|注文|入れ", acts[0].act.text):
            return
        counts = [datum for datum in self.reading.data if datum.name in ("数量", "個数")]
        put = Act(f"{'、'.join(datum.name for datum in goods)}を{empty['where']}に入れる", "do")
        self.steps.insert(self.steps.index(acts[0]), Planned("action", put, data=[*goods, *counts]))

    def _sign_in(self) -> None:
        """利用者B = B0002317 / パスワード …: the one whom the data name signs in, where nothing says who does it."""
        acts = [step.act.text for step in self.steps if step.kind == "action"]
        known = "\n".join((*self.case.preconditions, *acts[:1]))
        whose = [d for d in self.reading.data if self.tongue.person(d.name) and _ACCOUNT.search(d.value)]
        if (
            len(whose) != 1
            or any(whose[0].name in text for text in acts)
            or re.search("ログイン|サインイン", known)
            or self.job
        ):
            return
        act = Act(self.tongue.lexicon.phrase("sign_in", who=whose[0].name), "login", (whose[0].name,))
        first = sum(step.kind == "setup" for step in self.steps)
        self.steps.insert(first, Planned("action", act, data=whose))

    def _begin_meanwhile(self) -> None:
        """The rows of a workbook are entered; what the title says to be going on is begun with the data that no result takes."""
        for parts in self.parts.values():
            if len(parts) == 1 and not parts[0].do:
                self._note(parts[0])
        for act, rows in self.workbook.filling():
            self._add(Planned("action", act, data=rows))
        for order in self.topics.orders:
            self._add(Planned("action", Act(order, "change"), as_told=True))
        data = [datum for datum in self.reading.data if not self._is_told_later(datum)]
        if self.topics.meanwhile and data:
            self._add(Planned("action", self.topics.meanwhile, data=data))

    def _terms_of(self, step: Planned) -> frozenset[str]:
        return self.tongue.terms("\n".join((step.act.text, *step.told)))

    def _blank(self, steps: list[Planned]) -> int:
        """For how many results nothing is told that leads to them."""
        blank = [
            number
            for number in self.parts
            if all(OPEN_POINT.search(step.act.text) for step in steps if number in step.verifies)
        ]
        return max(self.open, len(blank))

    def _result(self, wanted: Wanted, parts: list[Portion]) -> None:
        self.wants, family = wanted, self._family(parts[0])
        parts = [
            each for whole in parts for part in self.attempts.sentences(whole) for each in self.attempts.each(part)
        ]
        if parts[0].act.past and self.job and not self._acted():
            parts = [Portion(seen=wanted.text)]  # 退会後90日を過ぎた会員が…: no moment of the job
        if parts[0].act.kind == "completes" and (self._acted() or self._sends(self._group(wanted))):
            parts[0] = replace(parts[0], act=Act(""))
        if parts[0].act.kind in ("case", Act("").kind) and self._rows(wanted):
            return
        if self._enter_members(wanted, parts):
            self._see(wanted, [replace(parts[0], act=Act("")), *parts[1:]])
            return
        if family and family not in self.varied:
            self._varied(replace(parts[0], topic=family))
            parts[0] = replace(parts[0], act=Act(""), topic="")
            self._see(wanted, parts)
            return
        if parts[0].act.kind == "case":
            case = parts[0].act.objects[0]
            parts = [Portion(seen=part.seen) for part in parts] if case in self.varied else parts
            self.varied = {*(topic for topic in self.varied if NUMBERED.match(topic)), case}
        if not any(part.do for part in parts):
            if self._passes(wanted):
                return
            self._allow(wanted)
        before = len(self.steps)
        self._show(parts[0])
        parts = self._led(wanted, parts)
        self._see(wanted, parts, led=len(self.steps) > before)

    def _note(self, part: Portion) -> None:
        """再実行しても件数は変わらない: the value is noted down before that is done, or first of all, where no result has told it."""
        found = UNCHANGED.search(part.seen)
        if found and found["since"] and not part.do:
            return  # 前回: nobody knows when that was
        known = [*self.case.preconditions, *(text for step in self.steps for text in (step.act.text, *step.told))]
        if found and "限り" not in found["what"] and not any(found["what"] in text for text in known):
            noted = Planned("action" if part.do else "setup", Act(f"{found['what']}を控える", "note"))
            self._add(replace(noted, expected=f"{found['what']}を控えてある"))

    def _allow(self, wanted: Wanted) -> None:
        """同意前に、「買う」を押す, which cannot be done: 同意 is given then, and it is done, unless the first plan does it for the next result."""
        last = self.steps[-1] if self.steps else Planned("check", Act(""))
        barred = re.fullmatch(r"(?P<what>[^、。]{2,20})前に、(?P<act>.+)", last.act.text)
        allowing = self.tongue.named_act(barred["what"]) if barred else None
        if not (barred and allowing and last.kind == "action" and all(map(_BARRED.search, last.told))):
            return
        labels = (label for name, label in self.handling.labels.items() if name.startswith(barred["what"]))
        if label := next(labels, ""):
            allowing = Act(self.tongue.lexicon.phrase("press_label", label=label), "press")
        self._add(Planned("action", allowing))
        if not any(barred["act"] in step.act.text for step in self._group(wanted)):
            self._add(Planned("action", Act(barred["act"], last.act.kind)))

    def _see(self, wanted: Wanted, parts: list[Portion], *, led: bool = True) -> None:
        """Goes through the parts: what each does, and what is then seen."""
        for part in parts:
            doing = bool(part.do) and not self._has_come(part.act)
            if doing:
                self._note(part)
                self._do(part)
                self._try_in_time(part)
            self._try_nth(part)
            self._verify(wanted, part, fresh=doing or bool(part.do) or (part is parts[0] and led))

    def _led(self, wanted: Wanted, parts: list[Portion]) -> list[Portion]:
        """Does what leads to the first part of a result; the parts that are then to be gone through."""
        first = parts[0]
        made = self._made_before() if not self._acted() else None
        if made and not self._planned(wanted, first.act) and made.text:
            self._add(Planned("action", made))
        if not any(part.do for part in parts):
            self._lead(wanted, first)
        elif (
            first.act.kind == "wait" and first.do.endswith(("されるまで待つ", "されるようにする")) and not self._acted()
        ):
            self._begin_with(wanted, Portion(seen=first.seen))  # nothing comes about by itself
        elif first.do and first.seen.startswith(wanted.text[:8]) and not self._acted():
            if self._planned(wanted, first.act) and first.act.kind == "case":
                return [replace(first, act=Act("")), *parts[1:]]  # the steps that lead to it are those of this case
        elif not first.do:
            before = len(self.steps)
            self._begin_with(wanted, first)
            apart = AHEAD.match(first.seen) or len(self.steps) > before  # seen as soon as that is done
            return _together(parts) if self._acted() and not apart else parts
        return parts

    def _show(self, part: Portion) -> None:
        """プレビューが2ページで…: what nobody has made appear is shown first."""
        what = self.tongue.subject(part.seen)
        told = [text for step in self.steps for text in (step.act.text, *step.told)]
        if (
            not part.do
            and what.endswith("プレビュー")
            and self._acted()
            and not any("プレビュー" in text for text in told)
        ):
            self._add(Planned("action", Act(f"{what}を表示する", "open", (what,))))

    def _try_in_time(self, part: Portion) -> None:
        """期限後：…, behind 期限内に、開く: the same is done again then."""
        first, last = self.earlier, len(self.steps)
        if part.act.past and part.act.kind == "wait" and first and len(self.steps) > first:
            redo = self.tongue.lexicon.phrase("flow_redo", first=first)
            self.steps.append(Planned("action", Act(redo, "again", (part.do,))))
        elif _IN_TIME.match(part.do):
            self.earlier = last

    def _try_nth(self, part: Portion) -> None:
        """1本目はop101に鳴る: that it comes about is an act that nobody tells."""
        barred = part.act.kind == "press" or re.search("ない|ず$", part.seen)
        for found in _NTH.finditer(part.seen) if not barred else ():
            begun = found["nth"].startswith("1") and self.job and self._acted()
            if not begun and not any(found["nth"] in f"{step.act.text} {step.told}" for step in self.steps):
                self._open(found["nth"], [])

    def _verify(self, wanted: Wanted, part: Portion, *, fresh: bool) -> None:
        """By the step that brings a result, else by a look at its place."""
        if not part.seen:
            return
        last = self.steps[-1] if self.steps else Planned("check", Act(""))
        place = wanted.place
        free = last.kind == "action" and len({*last.verifies, wanted.number}) <= MOST_RESULTS
        beside = free and not place and _AND.match(self.case.expected_results[wanted.number - 1])
        if not (fresh and free) and not beside and (not free or place or last.verifies):
            last = Planned("check", Act(self._check(wanted, part), "check"))
            self.steps.append(last)
        if wanted.number not in last.verifies:
            last.verifies.append(wanted.number)
        last.told.append(self.tongue.finished(part.seen))


def _together(parts: list[Portion]) -> list[Portion]:
    """起動中の約20秒は表示「----」、ボタンを押しても…: what is seen first is seen when the act is done."""
    first, then = parts[0], parts[1]
    during = _DURING.match(first.seen)
    text = f"{during['when']}に、{then.do}" if during else then.do
    seen = "、".join(filter(None, (first.seen, then.seen)))
    return [replace(then, act=replace(then.act, text=text), seen=seen), *parts[2:]]
