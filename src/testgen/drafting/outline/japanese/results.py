"""Reads Japanese results trigger by trigger: what is to be done, and what is then to be seen."""

import re
from dataclasses import dataclass, replace

from testgen.drafting.outline.japanese.acts import GOES_ON
from testgen.drafting.outline.japanese.clauses import CHAIN, TRIGGER, Clause, split_clauses, tokens
from testgen.drafting.outline.japanese.inflection import passive_stem
from testgen.drafting.outline.japanese.observing import Observing
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import mask

_EVEN_WITH = re.compile(r"^(?P<x>(?!何|誰|いつ|どこ|いずれ|どれ|どの)[^、。]{1,60}?)でも[、，]?(?P<y>.+)$")
_SQUARE = re.compile(r"\[([^\[\]\n]{1,40})\]")
_ARROW = re.compile(r"\s*(?:→|⇒|->)\s*")
_NAMED = re.compile(
    r"^(?:(?P<turn>\d回目)は|(?P<what>[^:：。、はがを]{1,30}?(?:時|後|直後|場合)|[^:：。、はがを]{1,12})\s?[:：]|(?P<sent>[^。]{1,60}?)は)\s*"
)
_ANSWER = re.compile(r"(?:HTTP\s?)?\d{3}(?:$|[、，\s（(で])|RC\s?=|終了コード")
_CLOCK = re.compile(r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\s?(?:を|に)?(?:過ぎ|回っ|なっ|到達)")
_BY = re.compile(r"^(?P<what>[^、。はがをに]{1,30}?)(?P<mark>では|でも|だと|なら|(?<!ま)で)[、，]?(?=[^すきあもはの、])")
_AFTER = re.compile(r"^(?P<what>[^、。がはを]{2,30}?)後の\s?")
_REQUEST = re.compile(r"^(?P<what>[^、。がは]{0,20}?(?:GET|POST|PUT|PATCH|DELETE) /[^\s、。がは]{1,80})\s?(?:が|は|で)\s?")
_CONTROL = re.compile(r"(?:レバー|ボタン|スイッチ|キー|ハンドル|ペダル|つまみ|ダイヤル|ノブ)$")
_TOPIC_CONTROL = re.compile(r"(?:^|[、。])(?P<what>[^、。がは]{1,30}(?:ボタン|キー|スイッチ|レバー))(?:は|が)")
_SWITCHED = re.compile(r"(?:ON|OFF|オン|オフ)$")
_TOPIC = re.compile(r"^(?P<what>[^、。]{2,40}?)(?:は|も)")


@dataclass(frozen=True)
class _Event:
    """A stretch of a result: an act, a condition, or what is seen."""

    start: int
    end: int
    act: Act | None = None
    condition: str = ""


class Results(Observing):
    """Reads Japanese results trigger by trigger."""

    _attempt: re.Pattern[str]

    def result(self, text: str) -> Fact:
        """See `Tongue.result`."""
        found = [fact for _, fact, _ in self.parts(text)]
        acts = tuple(act for fact in found for act in fact.acts)
        conditions = tuple(condition for fact in found for condition in fact.conditions)
        return Fact(acts, conditions, found[-1].outcome, next((fact.times for fact in found if fact.times), None))

    def parts(self, text: str) -> list[tuple[str, Fact, str]]:
        """See `Tongue.parts`."""
        body = text.strip().rstrip("。 ")
        plain = re.sub(r"を\s?(ON|OFF|オン|オフ)(?=[、に])", r"を\1", _SQUARE.sub(r"「\1」", body))
        if found := self._attempt.match(plain):
            act = Act(f"{found['means']}で{found['verb']}する", "do", (found["means"],))
            return [(text, Fact((act,), outcome=text), text)]
        return self._fold(body, self._events(plain))

    def _fold(self, body: str, events: list[_Event]) -> list[tuple[str, Fact, str]]:
        """Acts and what follows them make a part; the next act after something seen begins the next."""
        groups: list[list[_Event]] = [[]]
        for event in events:
            if event.act and any(not (before.act or before.condition) for before in groups[-1]):
                groups.append([])
            if event.act and not event.act.objects and re.fullmatch(r"(?:もう一度)?(?:押す|押下する|操作する)", event.act.text):
                named = [found for found in _TOPIC_CONTROL.finditer(body[: event.start])]
                if named:
                    event = replace(event, act=replace(event.act, text=f"{named[-1]['what']}を{event.act.text}"))
            groups[-1].append(event)
        made = []
        for group in groups:
            acts = tuple(_as_spelt(event.act, body) for event in group if event.act)
            conditions = tuple(event.condition for event in group if event.condition)
            last = max((number for number, event in enumerate(group) if event.act), default=-1)
            behind = group[last + 1 :]
            said = body[group[0].start : group[-1].end].strip("、， ") if group else body
            seen = body[behind[0].start : behind[-1].end].strip("、，。 ") if behind else said
            seen = seen if group is groups[-1] else self._finished(seen)
            times = next(filter(None, (self.reader.times(said[: len(said) - len(seen)]),)), None) if acts else None
            made.append((said, Fact(acts, conditions, seen, times), seen))
        return made

    def _events(self, text: str) -> list[_Event]:
        """Sentence by sentence, arrow by arrow."""
        found: list[_Event] = []
        for sentence in re.finditer(r"[^。]+", mask(text)):
            pieces, start = [], sentence.start()
            for arrow in _ARROW.finditer(mask(text), sentence.start(), sentence.end()):
                pieces.append((start, arrow.start()))
                start = arrow.end()
            for begin, end in pieces:
                if text[begin:end].strip("、， "):
                    found += self._before_arrow(text, begin, end, first=not found)
            if text[start : sentence.end()].strip("、， "):
                found += self._clauses(text, start, sentence.end())
        return found or [_Event(0, len(text))]

    def _before_arrow(self, text: str, start: int, end: int, *, first: bool) -> list[_Event]:
        """What stands before an arrow leads to what stands behind it; in the middle it may be what is seen as well."""
        bare = re.sub(r"[（(][^（）()]*[)）]$", "", text[start:end].strip())
        events = self._clauses(text, start, end, told=True)
        if any(event.act for event in events):
            return events if first or events[-1].act else [*events]
        then = re.match(r"^(?P<first>.{2,30}?)の?後に?(?P<then>.{2,30})$", bare)
        if then and all(self._nominal(what).kind != "nominal" for what in then.groups()):
            return [_Event(start, end, self._nominal(then["first"])), _Event(start, end, self._nominal(then["then"]))]
        if not first and not re.fullmatch(r"[「『].{1,40}[」』]", bare):
            return [_Event(start, end)]
        return [_Event(start, end, self._nominal(bare))]

    def _nominal(self, what: str) -> Act:
        """A name that stands for what is done: a label, a switch, a time that passes, an act."""
        if re.fullmatch(r"[「『][^」』]{1,40}[」』](?:ボタン|キー)?", what):
            return Act(f"{what}を押す", "press", (what,))
        if _SWITCHED.search(what):
            return Act(f"{what}にする", "told", (what,))
        if lasts := self.lapse(what):
            return Act(self.lexicon.phrase("wait", value=lasts), "wait")
        if _CONTROL.search(what):
            return Act(f"{what}を操作する", "told", (what,))
        who = re.match(r"^(?P<who>[^の]{1,20})の(?P<what>[^の]{2,10})$", what)
        if who and self._is_act(who["what"]) and self.reader.is_person(who["who"]):
            return Act(f"{who['what']}する", "told", (), "", who["who"])
        if self._is_act(what):
            return Act(f"{what}を行う", "told", (what,))
        return Act(self.lexicon.phrase("own_words", what=what), "nominal", (what,))

    def _is_act(self, what: str) -> bool:
        """返品確定, ハンドルSWで応答: a noun that is an act of a person."""
        words = tokens(what)
        if not words or words[-1].part_of_speech()[2] != "サ変可能":
            return False
        verb = self.reader.verb(Clause(what, verb=words[-1].surface() + "する"))
        return (verb is None or verb.kind == "action") and not what.endswith(tuple(self.lexicon.data["places"]))

    def _clauses(self, text: str, start: int, end: int, *, told: bool = False) -> list[_Event]:
        """The events of a stretch: a clause that leads to another one is an act or a condition, the rest is seen."""
        found: list[_Event] = []
        named = self._named(text, start, end)
        if named:
            found.append(named)
            start = named.end
        placed, position = [], start
        for clause in split_clauses(text[start:end]):
            position = max(text.find(clause.text, position), position)
            placed.append((clause, position, position + len(clause.text) + len(clause.joint)))
            position += len(clause.text)
        leading = max(
            (index for index, (clause, _, after) in enumerate(placed) if self._leads(clause, text[after:])),
            default=-1,
        )
        for index, (clause, begin, after) in enumerate(placed):
            found += self._event(clause, begin, after, leads=index <= leading, told=told, fresh=not found)
        return found

    def _named(self, text: str, start: int, end: int) -> _Event | None:
        """会計時:, 1回目は, 同一キー・body2は409: what is told before a colon, or is answered."""
        match = _NAMED.match(mask(text)[start:end])
        if not match or (match["sent"] and not _ANSWER.match(text[start:end][match.end() :])):
            return None
        group = next(name for name in ("turn", "what", "sent") if match[name])
        what = text[start:end][: match.end(group)]
        plain = re.sub(r"(?:時|後|直後|の?場合)$", "", what)
        if group == "what" and plain == what and not self._is_act(what):
            return None
        clause = split_clauses(plain)[-1] if plain else None
        act = self.reader.act(clause, leads=True, told=True, chained=False, own=True) if clause and clause.verb else None
        return _Event(start, start + match.end(), replace(act, kind="told") if act else self._nominal(plain))

    def _event(self, clause: Clause, start: int, end: int, *, leads: bool, told: bool, fresh: bool) -> list[_Event]:
        if leads or told:
            act = self._act(clause, told=told)
            if act:
                return [_Event(start, end, act)]
            if not told and clause.link == CHAIN and clause.stem in GOES_ON and "を" not in clause.before:
                return []
            if clause.link == TRIGGER and self.reader.bare(clause.text):
                return [_Event(start, end, condition=self.reader.bare(clause.text))]
        if after := self._after(clause.text) if fresh else None:
            rest = replace(clause, text=clause.text[after[1] :], before=clause.before[after[1] :])
            return [_Event(start, start + after[1], after[0]), *self._event(rest, start + after[1], end, leads=leads, told=told, fresh=True)]
        by = self._by(clause.text)
        if by:
            rest = replace(clause, text=clause.text[by[1] :], before=clause.before[by[1] :])
            return [
                _Event(start, start + by[1], by[0]),
                *self._event(rest, start + by[1], end, leads=leads, told=told, fresh=False),
            ]
        if clause.potential and (act := self._attempt_of(clause)):
            return [_Event(start, start, act), _Event(start, end)]
        if fresh and not leads and (topic := self._topic(clause.text)):
            rest = replace(clause, text=clause.text[topic[1] :], before=clause.before[topic[1] :])
            return [
                _Event(start, start + topic[1], topic[0]),
                *self._event(rest, start + topic[1], end, leads=leads, told=told, fresh=False),
            ]
        return [_Event(start, end)]

    def _act(self, clause: Clause, *, told: bool) -> Act | None:
        """What the tester does in a clause that leads to another one: an act, a wait, something left undone."""
        act = None if clause.potential else self.reader.act(clause, leads=True, told=told, chained=False, own=True)
        if act:
            return act
        if clock := _CLOCK.search(clause.text):
            return Act(self.lexicon.phrase("wait_until", clock=clock["clock"]), "wait")
        if clause.link == TRIGGER and (lasts := self.lapse(clause.text)):
            return Act(self.lexicon.phrase("wait", value=lasts), "wait")
        undone = clause.negative and clause.link == TRIGGER and not (clause.potential or clause.passive)
        if undone and "を" in mask(clause.before):
            return Act(self.reader.bare(clause.text) + "ままにする", "leave")
        return None

    def _attempt_of(self, clause: Clause) -> Act | None:
        """Bは解錠できる, 会計へ進める: whether something can be done is seen by doing it."""
        _, _, person = self.reader.split_actor(clause.before)
        text = clause.before
        if not person and "を" not in mask(text):
            text = re.sub(r"(?<!まで)[がは](?=[^がは]*$)", "を", text)
        tried = replace(clause, before=text, potential=False, negative=False, link=TRIGGER)
        verb = self.reader.verb(tried)
        possible = verb is None or verb.kind == "action"
        return self.reader.act(tried, leads=True, told=True, chained=False, own=True) if possible else None

    def _after(self, text: str) -> tuple[Act, int] | None:
        """SUMMER10 適用後の合計: what is spoken of is so after an act, or after a time."""
        match = _AFTER.match(mask(text))
        if not match:
            return None
        if lasts := self.lapse(match["what"]):
            return Act(self.lexicon.phrase("wait", value=lasts), "wait"), match.end()
        found = split_clauses(text[: match.end("what")] + "後に")
        act = self._act(found[-1], told=False) if found and found[-1].link == TRIGGER else None
        return (act, match.end()) if act else None

    def _by(self, text: str) -> tuple[Act, int] | None:
        """「変更する」で…, 返却レバーで…, 返品確定で…: by what it comes about."""
        if request := _REQUEST.match(mask(text)):
            what = text[: request.end("what")]
            return Act(f"{what} を送る", "send", (what,)), request.end()
        match = _BY.match(mask(text))
        if not match:
            return None
        what = text[: match.end("what")]
        act = self._nominal(what)
        if act.kind == "nominal" and (match["mark"] == "で" or what.endswith(tuple(self.lexicon.data["places"]))):
            return None
        return act, match.end()

    def _topic(self, text: str) -> tuple[Act, int] | None:
        """株数を600に増やす訂正は…: an act as what is spoken of."""
        match = _TOPIC.match(mask(text))
        what = text[: match.end("what")] if match else ""
        if not match or not re.search(r"を|\d", what) or not self._is_act(what):
            return None
        return Act(f"{what}を行う", "told", (what,)), match.end()

    def _leads(self, clause: Clause, behind: str) -> bool:
        """A trigger, or 閉じてから60秒以内に, 圏内に戻して10秒程度で: an act with a time behind it."""
        return (
            clause.link == TRIGGER
            or clause.joint.startswith("から")
            or bool(clause.text.endswith(("て", "で")) and re.match(r"(?:から)?[、，]?\d", behind))
        )

    def _finished(self, seen: str) -> str:
        """点灯し -> 点灯する, 表示され -> 表示される: what another part follows."""
        last = (split_clauses(seen) or [Clause("")])[-1]
        if not last.verb or last.link != CHAIN and not seen.endswith(("し", "れ", "ず", "て", "で")):
            return seen
        before = seen[: seen.rfind(last.before) + len(last.before)] if last.before else ""
        if last.negative:
            return re.sub(r"ず$", "ない", seen)
        if seen.endswith("ており"):
            return seen[:-2] + "いる"
        if last.state:
            return re.sub(r"[てで]$", lambda found: found.group() + "いる", re.sub(r"い(?:て)?$", "", seen))
        return before + (passive_stem(last.verb) + "る" if last.passive else last.verb)

    def even_with(self, text: str) -> tuple[str, str] | None:
        """正しいパスワードでもログインできない -> (正しいパスワード, ログインできない)."""
        match = _EVEN_WITH.match(mask(text).rstrip("。"))
        if not match or any(clause.verb for clause in split_clauses(match["x"])):
            return None
        return text[: match.end("x")], text[match.start("y") : match.end("y")]


def _as_spelt(act: Act, body: str) -> Act:
    """The labels in the author's own brackets."""
    for label in _SQUARE.findall(body):
        act = replace(act, text=act.text.replace(f"「{label}」", f"[{label}]"))
    return act
