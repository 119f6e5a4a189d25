"""Data that stand for a case of their own: they are entered, or handed in as files, where a result begins with their name."""

import re

from testgen.drafting.outline.japanese.opaque import opaque
from testgen.drafting.outline.model import Act, Datum, Planned, Portion, Wanted
from testgen.drafting.outline.planning.in_words import InWords
from testgen.text.normal import normalise

NUMBERED = re.compile(r"^(?P<what>\D{1,12}?)\s?(?P<numbers>\d{1,2}(?:[・、,]\d{1,2})*)(?!\d)")
FILE = re.compile(r"[\w.-]+\.[A-Za-z][A-Za-z0-9]{1,4}\b")
ENTERED = re.compile("入力|記入|欄|フォーム")
_MEMBER = re.compile(
    r"(?<![\d/:.,-])(?P<number>\d{1,2})(?P<unit>(?:[番行件回人本枚つ列]目?))|(?P<ring>[①-⑳])(?=[はがをにもでの・、①-⑳])"
)
_SERIES = re.compile(r"(?P<stem>\D*?)\s?(?P<number>\d{1,2}|[①-⑳A-Z])(?P<unit>\D{0,2})")
_KEY = re.compile("[A-Za-z]{1,3}[0-9]{1,2}")  # q1
_STAYS = re.compile("変わら|のまま|維持|保持|残る|残って")  # nothing is done with it
_CLOCK = re.compile(r"(?:\d{1,2}/\d{1,2}\s?)?\d{1,2}:\d{2}(?::\d{2})?")
_ABOUT = re.compile(r"^(?P<what>[^、。:：→]{1,20}?)\s?(?:では|で|は|[:：→])")
_ON_PRESS = re.compile(
    r"(?P<label>[「\[［][^「」\[\]［］]{1,12}[」\]］])(?:ボタン)?(?:の?(?:押下|クリック|タップ)(?:時|で)|を(?:実行し|押し)た時)"
)


class Entering(InWords):
    """Enters them."""

    varied: set[str]  # the cases whose data have been entered

    @property
    def _all_told(self) -> str:
        return "\n".join((self.case.title, *self.case.preconditions, self.case.specification or ""))

    def _family(self, part: Portion) -> str:
        """1件目は…, P1 → …: the name of one of several data of a kind that a part begins with, where nothing says what is done."""
        named = part.act.objects[0] if part.act.kind in ("case", "set", "guess") and part.act.objects else ""
        named = "" if part.act.kind == "guess" and not part.seen.startswith(named) else named
        about = None if part.do else _ABOUT.match(opaque(part.seen))
        what = named or part.topic or (part.seen[: about.end("what")] if about else "")
        mine = next((datum for datum in self.reading.data if datum.name == what), None)
        alike = [datum for datum in self.reading.data if mine and _kind(datum.name) == _kind(mine.name)]
        several = mine and max(len(self.data.slots[self.data.slot(mine)]), len(alike)) > 1
        if not mine or self.tongue.given(mine) or self.tongue.person(what) or self.job or self.reading.request:
            return ""
        of_file = any(FILE.match(datum.value) for datum in self.reading.data)  # its rows, or the files themselves
        known = of_file or (FILE.fullmatch(what) and self.handling.of(what))
        on_a_form = ENTERED.search(self._all_told)
        return mine.name if several and not known and (on_a_form or not self.handling.of(what)) else ""

    def _members(self, text: str) -> list[Datum]:
        """5番、6番 of 出席番号5, 出席番号6; ① of 予約①: those of a numbered series that a result speaks of, and nothing has taken."""
        plain = opaque(text)
        told = [(found["number"] or found["ring"], found["unit"] or "") for found in _MEMBER.finditer(plain)]
        series = [_SERIES.fullmatch(datum.name) for datum in self.reading.data]
        kinds = [(found["stem"], found["unit"]) if found else () for found in series]
        return [
            datum
            for datum, found, kind in zip(self.reading.data, series, kinds, strict=True)
            if found and kinds.count(kind) > 1 and not any(datum in step.data for step in self.steps)
            if (FILE.match(datum.value) and text.startswith(datum.name))
            or (_KEY.fullmatch(datum.name) and re.search(rf"(?<![A-Za-z0-9]){datum.name}(?=[とはがを、])", plain))
            or any(
                number == found["number"] and unit[:1] in (found["unit"] or found["stem"] or unit)
                for number, unit in told
            )
        ]

    def _enter_members(self, wanted: Wanted, parts: list[Portion]) -> bool:
        """What is done with each of a series where a result only names it: it is entered, or what the title names is done."""
        bare = re.fullmatch("(?P<deed>[一-龠]{2,4})する", parts[0].do)
        mine = self._members(wanted.text) if bare or not parts[0].do else []
        filed = [bool(FILE.match(datum.value)) for datum in mine]
        rows = not all(filed) and any(FILE.match(datum.value) for datum in self.reading.data)  # of a file
        valued = [d for d in self.reading.data if not mine and not parts[0].do and _tells_value(wanted.text, d)]
        mine += valued
        stays = _STAYS.search(opaque(wanted.text).split("、")[0])
        named = "" if stays else self.handling.deed() or self._deed_of(mine)
        deed = bare["deed"] if bare else "入力" if valued else named
        filing = self.tongue.filing(self.case) if mine and all(filed) else ""
        known = self.job or self.reading.request or rows or any(part.do for part in parts[1:])
        if not mine or known or not (deed or filing):
            return False
        if self._turn_by_turn(wanted, mine, deed):
            return True
        names = "、".join(datum.name for datum in mine)
        about = f"{names}について、" if names.endswith("回目") else f"{names}の"
        what = (
            f"{names}を{filing}" if filing else f"{names}の値を入力する" if deed == "入力" else f"{about}{deed}を行う"
        )
        self._add(Planned("action", Act(what, "input"), data=mine))
        self.varied |= {datum.name for datum in mine}
        return True

    def _deed_of(self, mine: list[Datum]) -> str:
        """送信, of 送信時刻①: what the data are named after."""
        found = _SERIES.fullmatch(mine[0].name) if mine else None
        noun = found["stem"][:2] if found else ""
        return noun if noun and noun not in self.case.title and self.tongue.named_act(noun) else ""

    def _turn_by_turn(self, wanted: Wanted, mine: list[Datum], deed: str) -> bool:
        """8:09 に送信する, q1で検索する: times and what is searched for are tried one by one; whether they are such."""
        timed = [f"{datum.value} に" for datum in mine if _CLOCK.fullmatch(datum.value)]
        by = timed or [f"{datum.name}で" for datum in mine if self.handling.searches(deed)]
        if len(by) < len(mine):
            return False
        for how, datum in zip(by, mine, strict=True):
            self._add(Planned("action", Act(f"{how}{deed}する", "turn"), data=[datum]))
            if datum is not mine[-1]:
                self.steps[-1].told.append(wanted.text)
                self.steps[-1].verifies.append(wanted.number)
        self.varied |= {datum.name for datum in mine}
        return True

    def _varied(self, part: Portion) -> bool:
        """ケース1: …, where data are named after it: they are entered, and what judges them is pressed."""
        topic = part.topic
        mine = [datum for datum in self.reading.data if topic and _is_of(datum.name, topic)]
        if not mine or self._imported():
            return False
        act = self._entry(topic, mine)
        self._add(Planned("action", act, data=mine))
        self.varied.add(topic)
        if act.kind == "input":
            self._judge()
        return True

    def _judge(self) -> None:
        """判定は「次へ」押下時: what works on the values is pressed."""
        judged = {found["label"] for found in _ON_PRESS.finditer(self.case.specification or "")}
        if len(judged) == 1:
            press = self.tongue.lexicon.phrase("press_label", label=judged.pop())
            self._add(Planned("action", Act(press, "press")))

    def _imported(self) -> bool:
        """Whether the values come with a file, which is handed in before the first of them is looked at."""
        files = [datum for datum in self.reading.data if FILE.fullmatch(re.split(r"\s?[(（]", datum.value)[0])]
        verb = self.tongue.filing(self.case) if len(files) == 1 else ""
        if verb and not any(step.kind == "action" for step in self.steps):
            self._add(Planned("action", Act(f"{files[0].name}を{verb}", "upload", (files[0].name,)), data=files))
            self._judge()
        return bool(verb)

    def _entry(self, topic: str, mine: list[Datum]) -> Act:
        """How a case's own data come into the product."""
        if FILE.fullmatch(topic) and (verb := self.tongue.filing(self.case)):
            return Act(f"{topic}を{verb}", "upload", (topic,))
        names = "、".join(dict.fromkeys(NUMBERED.sub("", datum.name).strip() or datum.name for datum in mine))
        if not ENTERED.search(self._all_told):
            if order := self._handled(topic):
                return Act(order, "guess", (topic,))
            return Act(self.tongue.lexicon.phrase("own_words", what=topic), "case", (topic,))
        what = f"{topic}の値" if names in (datum.name for datum in mine) else f"{topic}の{names}"
        return Act(self.tongue.lexicon.phrase("enter_value", what=what), "input")

    def _all_entered(self, data: list[Datum]) -> bool:
        """All of them at once, where a result about them all tells no act."""
        files = [datum for datum in data if FILE.fullmatch(datum.name)]
        verb = self.tongue.filing(self.case) if len(files) > 1 else ""
        if verb:
            self._add(Planned("action", Act(self.tongue.lexicon.phrase("file_all", verb=verb), "upload"), data=files))
        elif len(data) > 1 and ENTERED.search(self._all_told):
            self._add(Planned("action", Act(self.tongue.lexicon.phrase("enter_all"), "enter_all"), data=data))
        return bool(self.steps) and self.steps[-1].data in (files, data)


def _tells_value(text: str, datum: Datum) -> bool:
    """AST 35は黒字で表示される, of a datum AST = 35."""
    begins = normalise(text).replace(" ", "").startswith(normalise(datum.name + datum.value).replace(" ", ""))
    return begins and bool(re.match(r"[はがで]", text[len(datum.name) :].strip()[len(datum.value) :]))


def _kind(name: str) -> str:
    """1件目, 2件目 -> #件目."""
    return re.sub(r"\d+", "#", name)


def _is_of(name: str, topic: str) -> bool:
    """ケース2・3 源泉徴収税額, for ケース2; P1 alone for P1."""
    one, other = NUMBERED.match(name), NUMBERED.fullmatch(topic)
    if one and other:
        return one["what"] == other["what"] and other["numbers"] in re.split("[・、,]", one["numbers"])
    return len(topic) > 1 and normalise(name).startswith(normalise(topic))
