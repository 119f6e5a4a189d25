"""What leads to a result that tells no trigger: the specification's row of steps, the rows of a table, the data of a case, the title."""

import re
from dataclasses import replace

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Datum, Plan, Planned, Portion, Wanted
from testgen.drafting.outline.planning.contradicting import goes_against
from testgen.drafting.outline.planning.entering import FILE, Entering
from testgen.drafting.outline.planning.grounds import Grounds
from testgen.drafting.outline.planning.in_words import same
from testgen.drafting.outline.planning.tables import INDEX, rows_to_try
from testgen.drafting.outline.planning.taking import LEADS, stands_in
from testgen.drafting.outline.planning.units import AKIN, Unit
from testgen.text.marks import OPEN_POINT, quotes
from testgen.text.normal import normalise

AHEAD = re.compile(
    r"(?P<when>[^、。は]{1,30}前)(?:は|には?)|(?P<then>[^、。はが]{1,12}[一-龠](?<![日間分秒月週年])前)の(?=[^、。])"
)
_APPEARS = ("ダイアログ", "ポップアップ", "プレビュー")  # what somebody makes appear
_AGAIN = re.compile(r"(?<!を)再(?P<what>[一-龠]{2})(?:する|を行う)$")
_MADE = re.compile(
    r"(?P<verb>[一-龠]{2,4}|[ァ-ヶー]{3,8})した(?P<what>[^、。はがの]{1,15}?)(?=[はがの]|で(?![すき]))"
)  # 出力したCSVは
_WAY = re.compile("(?:方|方法|手順|操作)$")
_ROWS = re.compile(r"(?:No\.?|(?<![一-龠ァ-ヶー])番号)\s?(?P<first>\d{1,3})(?:[〜～~\-](?P<last>\d{1,3}))?(?!\d)")


_NO_ORDER = re.compile(
    "てはならない|禁止|(?<=.)なら(?![なび])|(?:以外|のみ|だけ)[はが]|→.+と進み|[がは][^、。をがは]{1,16}(?:できる|できます|可能)"
)  # who may do something, what is shown


class Untold(Entering):
    """Leads to it."""

    given: Plan  # the first planner's
    grounds: Grounds
    wants: Wanted  # the result that is being led to
    open: int  # results that nothing leads to
    made: set[str]  # the things that somebody has made for the test

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
        if not steps or not (whole or chosen):
            return False
        event = self.tongue.titled(self.case.title) or next(iter(self.tongue.heading(self.case.title).acts), None)
        for step in steps:
            if told := step.act.text.partition(": ")[2]:
                text = f"{told}で{event.text}" if event else self.tongue.lexicon.phrase("enter_value", what=told)
                step.act = Act(text, "told", step.act.objects)
            step.verifies.append(wanted.number)
            self.done.add(step.sentence)
            self.steps.append(step)
        steps[-1].expected += self.tongue.separator + self.tongue.sentence(wanted.text)
        return True

    def _lead(self, wanted: Wanted, part: Portion) -> None:
        """To a result that tells no trigger: the rest of the row, the data that it is about, or what the case is about."""
        row = [unit for unit in self.units.all if unit.in_row and not unit.chain and unit.sentence not in self.done]
        index = self.chains.bringing(wanted)
        target = self.reading.facts[index].sentence if index >= 0 else -1
        there = next((unit for unit in row if unit.sentence == target and not self._is_later(unit)), None)
        before = len(self.steps)
        if self._varied(part):
            return
        if not self._acted() and (AHEAD.match(part.seen) or self.tongue.there_already(part.seen)):
            return  # it is so before anything is done
        if self._planned(wanted):
            self._sent()
        elif there:
            self._walk(there, whole=True)
        elif not self._acted():
            self._begin(wanted, part, row)
            self._sent()
            named = [datum for datum in self.reading.data if len(datum.value) > LEADS and datum.value in wanted.text]
            self.steps[-1].data += [datum for datum in named if datum not in self.steps[-1].data]
        if len(self.steps) > before:
            self.block, self.led = (before + 1, len(self.steps)), True

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
        told = self.tongue.terms(f"{wanted.text} {' '.join(datum.name for step in tried for datum in step.data)}")
        each = any(step.act.kind == "send" or overlap(told, self.tongue.terms(step.act.text)) for step in tried)
        each = each and len(tried) > 1 and all(step.sentence >= 0 or step.act.kind == "send" for step in tried)
        if each and not any(OPEN_POINT.search(step.act.text) for step in group):
            self.steps += group
            return True
        return False

    def _planned(self, wanted: Wanted, before: Act | None = None) -> bool:
        """The first planner's steps to a result, perhaps up to an act, where they are the specification's and ask for nothing."""
        group = self._group(wanted)
        last = max((n for n, step in enumerate(group) if wanted.number in step.verifies), default=-1)
        told = {normalise(step.act.text) for step in self.steps}
        acts = [step for step in group[: last + 1] if step.kind == "action" and normalise(step.act.text) not in told]
        acts = [step for step in acts if not ((before and same(step.act, before)) or OPEN_POINT.search(step.act.text))]
        if self.job and not any(step.act.kind == "job" for step in (*self.steps, *acts)):
            return False  # what the job does is no order
        scenario = any(unit.scenario for unit in self.units.all)
        based = any(step.sentence >= 0 for step in acts) and all(map(self._is_sure, acts)) and not scenario
        texts = [self.reading.sentences[step.sentence].text for step in acts if step.sentence >= 0]
        based = based and not any(map(_NO_ORDER.search, texts))
        if not based or not self.grounds.hold(group, self.steps):
            return False
        for step in acts:
            self.done.add(step.sentence)
            several = [datum for datum in step.data if len(self.data.slots[self.data.slot(datum)]) > 1]
            mine = [datum for datum in step.data if datum not in several or self.data.speaks_of(wanted.text, datum)]
            mine += [datum for datum in self.reading.data if datum not in mine and self._is_for(step.act, datum)]
            self.steps.append(replace(step, verifies=[], told=[], data=mine))
        self.block, self.led = (len(self.steps) - len(acts) + 1, len(self.steps)), True
        return True

    def _is_sure(self, step: Planned) -> bool:
        """Whether it is surely something that a person does: at a control, or with the hands."""
        act = step.act
        by_kind = act.kind not in ("do", "told", "quoted") and bool(act.objects)
        return bool(quotes(act.text)) or by_kind or self.tongue.tells_act(act.text)

    def _begin_with(self, wanted: Wanted, part: Portion) -> None:
        if not self._make(part.seen) and not self._acted():
            self._lead(wanted, part)

    def _begin(self, wanted: Wanted, part: Portion, row: list[Unit]) -> None:
        """With what the title says, the row of steps, what the case is about, the sentence that is most about it; else it is open."""
        first = [
            unit
            for unit in row
            if not self._is_later(unit)
            and self._is_order(unit)
            and (unit.scenario or self.units.akin(unit) or unit.outcome)
        ]
        if self._make(part.seen) or self._told_by_data():
            return
        titled = self._titled()
        if titled and not any(unit.scenario for unit in first):
            self._add(Planned("action", titled))
        elif first:
            self._walk(first[0] if self.units.runs(self.done) else first[-1], whole=True)
        elif wanted.place.endswith(_APPEARS):
            self._add(Planned("action", Act(f"{wanted.place}を表示する", "open", (wanted.place,))))
        elif not self._core():
            main = self.units.main()
            if main and overlap(self.tongue.terms(wanted.text), main.terms) >= AKIN:
                self._do_unit(main)
            elif not self._all_entered(free := [d for d in self.reading.data if not self._is_told_later(d)]):
                self.open += 1
                self._open(self.case.title, free)

    def _is_order(self, unit: Unit) -> bool:
        """Whether a sentence of a row tells a person, not the job that the case is about, what to do."""
        told = [self.tongue.tells_act(act.text) for act in unit.acts]
        return self._by_hand(unit) and all(told) if self.job else self._by_hand(unit) or any(told)

    def _told_by_data(self) -> bool:
        """使うカード: 葵のカードを花がかざす."""
        for datum in self.reading.data:
            if self.tongue.tells_act(datum.value):
                self._quoted(self.tongue.lexicon.phrase("flow_datum", name=datum.name, value=datum.value), [])
            elif _WAY.search(datum.name) and "を" in datum.value and self.tongue.deed(datum.value):
                self._add(Planned("action", Act(f"{datum.value}する", "told"), as_told=True))
        if self._acted() and self.job:
            self._add(Planned("action", self.job))
        return self._acted()

    def _made_before(self) -> Act | None:
        """打刻修正申請を行う, where 再申請 is told later: what is done again has been done before; empty where nothing says with what."""
        given, before = "\n".join(self.case.preconditions), ""
        if (
            (made := _MADE.match(self.case.expected_results[0]))
            and self.tongue.named_act(made["verb"])
            and not self.job
        ):
            return Act(f"{made['what']}を{made['verb']}する", "create", (made["what"],))
        told = [part for parts in self.parts.values() for part in parts if part.do]
        for part in told:
            opened = self.tongue.first_time(part.act)
            if opened and part is not told[0] and re.search("(?:画面|ページ)を開く$", opened.text):
                return opened
            again = _AGAIN.search(part.do)
            what = again["what"] if again else ""
            if what and not re.search(rf"(?<!再){what}(?![者書用])", before + given) and not self.job:
                named = re.findall(rf"[一-龠ァ-ヶー]+(?<!再){what}", f"{self.case.title}\n{self.case.objective or ''}")
                name = max(named, key=len, default="")
                return Act(f"{name}を行う" if name else "", "told", (name,))
            before += f"{part.do}\n"
        return None

    def _titled(self) -> Act | None:
        """What a later result does again, or what the title says that is done."""
        acts = (part.act for parts in self.parts.values() for part in parts if part.do)
        again = filter(None, map(self.tongue.first_time, acts))
        act = next(again, None) or self.tongue.titled(self.case.title) or self.topics.event
        file = next(
            (datum.name for datum in self.reading.data if self.data.slot(datum) == "file" or FILE.match(datum.value)),
            "",
        )
        if act and "を" not in act.text and self.job:
            return self.job
        return replace(act, text=f"{file}を{act.text}") if act and file and "を" not in act.text else act

    def _core(self) -> bool:
        """A job, a call, the values of fields; nothing that only the objective names."""
        titled = self.tongue.heading(self.case.title).acts
        moves = self.tongue.core(self.case, self.reading, [])
        entered = re.search("入力|記入|フォーム", "\n".join((self._all_told, *self.case.expected_results)))
        others = [move for move in moves if move.act.kind not in ("enter_all", "input")]
        opening = next((unit for unit in self.units.all if unit.sentence == 0 and unit.outcome), None)
        if moves and opening and not (entered or others):
            self._do_unit(opening)  # the case does not speak of entries, and the specification begins with an act
            moves = []
        for move in moves if entered or not others else others:
            filed = move.act.kind == "upload" and any(FILE.match(datum.value) for datum in self.reading.data)
            if titled or filed or move.act not in self.reading.title.acts:
                step = Planned("action", move.act)
                if filed or move.act.kind in ("enter_all", "search"):
                    step.data = [datum for datum in self.reading.data if not self._is_told_later(datum)]
                self._add(step)
        return self._acted()

    def _open(self, title: str, data: list[Datum]) -> None:
        self._quoted(self.tongue.lexicon.phrase("flow_title", title=title), data)

    def _is_told_later(self, datum: Datum) -> bool:
        """Whether a limit, a person, or something that a result tells itself."""
        later = [part.act for parts in self.parts.values() for part in parts if part.do]
        if any(goes_against(act, datum, self.tongue) for act in later):
            return False  # 診療科を「眼科」にする: before that it is 内科
        told = "\n".join(act.text for act in later)
        given = self.tongue.given(datum) or self.tongue.person(datum.name)
        return given or stands_in(datum, told) or normalise(datum.name) in normalise(told)

    def _rule(self, act: Act) -> str:
        """What the specification says of a case that nobody says how to try, word for word."""
        index = self.chains.bringing(self.wants)
        target = self.reading.facts[index].sentence if index >= 0 else self.units.like(self.wants)
        return self.grounds.cues.rule(target, self.wants, act.text)

    def _make(self, text: str) -> bool:
        """伝票1は…, where somebody is called 起票者: what is one of several is made first."""
        maker = next((datum for datum in self.reading.data if self.tongue.maker(datum.name)), None)
        if not maker:
            return False
        verb = self.tongue.maker(maker.name)
        named = [
            datum
            for datum in self.reading.data
            if datum.name in text
            and datum.name not in self.made
            and len(self.data.slots[self.data.slot(datum)]) > 1
            and not self.tongue.person(datum.name)
            and re.search(r"\d$|[A-Z]$", datum.name)
            and (verb in self.tongue.lexicon.data["bring_about"] or set(verb) & set(datum.name))  # 起票 of 伝票
        ]
        for datum in named:
            self.made.add(datum.name)
            act = Act(f"{datum.name}を{verb}する", "create", (datum.name,), "", maker.value)
            self._add(Planned("action", act, data=[datum]))
        return bool(named)


def _range(found: re.Match[str]) -> range:
    """No.1〜8."""
    first = int(found["first"])
    return range(first, min(int(found["last"] or first), first + 50) + 1)
