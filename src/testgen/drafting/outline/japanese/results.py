"""Reads Japanese results trigger by trigger: what is to be done, and what is then to be seen."""

import re
from dataclasses import dataclass, replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.inflection import passive_stem
from testgen.drafting.outline.japanese.morphemes import CHAIN, TRIGGER, Clause
from testgen.drafting.outline.japanese.triggering import Triggering
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import mask

_EVEN_WITH = re.compile(r"^(?P<x>(?!何|誰|いつ|どこ|いずれ|どれ|どの)[^、。]{1,60}?)でも[、，]?(?P<y>.+)$")
_SQUARE = re.compile(r"\[([^\[\]\n]{1,40})\]")
_ARROW = re.compile(r"\s*(?:→|⇒|->)(?!(?<=[A-Z0-9][→⇒])[A-Z0-9](?![A-Za-z0-9]))\s*")  # not R→N
_NAMED = re.compile(
    r"^(?:(?P<turn>\d回目)は|(?P<what>[^:：。、はがを]{1,30}?(?:時|後|直後|場合)|[^:：。、はがを]{1,12})\s?[:：]|(?P<sent>[^。]{1,60}?)は)\s*"
)
_ANSWER = re.compile(r"(?:HTTP\s?)?\d{3}(?:$|[、，\s（(で])|RC\s?=|終了コード")
_TOPIC_CONTROL = re.compile(r"(?:^|[、。])(?P<what>[^、。がは]{1,30}(?:ボタン|キー|スイッチ|レバー))(?:は|が)")
_SENT = re.compile(
    r"^(?:[^、。がは]{1,20}後に、?)?(?P<who>[A-Z]|[一-龠ァ-ヶー]{2,8}[A-Z]?)が(?P<verb>[一-龠ァ-ヶー]{2,6})した(?P<what>「[^」]{1,60}」)(?:は|が)"
)  # Bが送信した「元気？」は届く
_VALUES = re.compile(r"^[^。をがは「\[]{0,30}\d[^。をがは「\[]{0,6}では(?=[「\[])")  # 0km/h、4km/hでは
_ASIDE = re.compile(r"[（(](?P<in>[^（）()]{2,80}(?:と|たら)[^（）()]{2,80})[)）]$")


@dataclass(frozen=True)
class _Event:
    """A stretch of a result: an act, a condition, or what is seen."""

    start: int
    end: int
    act: Act | None = None
    condition: str = ""
    ahead: bool = False  # of an act that follows what is seen: 押す前に


class Results(Triggering):
    """Reads Japanese results trigger by trigger."""

    _attempt: re.Pattern[str]

    def seer(self, text: str) -> str:
        """See `Tongue.seer`."""
        del text
        return ""

    def result(self, text: str) -> Fact:
        """See `Tongue.result`."""
        found = [fact for _, fact in self.results(text)]
        acts = tuple(act for fact in found for act in fact.acts)
        conditions = tuple(condition for fact in found for condition in fact.conditions)
        return Fact(acts, conditions, found[-1].outcome, next((fact.times for fact in found if fact.times), None))

    def results(self, text: str, labels: frozenset[str] = frozenset()) -> list[tuple[str, Fact]]:
        """See `Tongue.results`."""
        body = text.strip().rstrip("。 ") or text
        plain = re.sub(r"を\s?(ON|OFF|オン|オフ)(?=[、に])", r"を\1", _SQUARE.sub(r"「\1」", body))
        body, plain = self._plainer(body), self._plainer(plain)
        if dead := self._without_effect(plain):
            return [(text, Fact((_as_spelt(dead, body),), outcome=text))]
        if found := self._attempt.match(plain):
            act = Act(f"{found['means']}で{found['verb']}する", "do", (found["means"],))
            return [(text, Fact((act,), outcome=text))]
        if sent := _SENT.match(plain):
            act = Act(f"{sent['what']}を{sent['verb']}する", "send", (sent["what"],), "", sent["who"])
            return [(text, Fact((act,), outcome=body[sent.start("what") :]))]
        if (aside := _ASIDE.search(plain)) and not any(event.act for event in self._events(plain[: aside.start()])):
            inside = [event.act for event in self._clauses(plain, aside.start("in"), aside.end("in")) if event.act]
            return [(text, Fact(tuple(inside), outcome=text))] if inside else self._fold(body, [_Event(0, len(body))])
        events = self._events(plain)
        judged = None if any(event.act or event.condition for event in events) else self._subject_act(plain)
        if judged:
            return [(text, Fact((_as_spelt(judged, body),), outcome=text))]
        return self._fold(body, events)

    def _fold(self, body: str, events: list[_Event]) -> list[tuple[str, Fact]]:
        """Acts and what follows them make a part; the next act after something seen begins the next."""
        groups: list[list[_Event]] = [[]]
        for event in events:
            if event.act and any(not (before.act or before.condition) for before in groups[-1]):
                groups.append([])
            groups[-1].append(_with_object(event, body))
        made = []
        for group in groups:
            acts = tuple(_as_spelt(event.act, body) for event in group if event.act and not event.ahead)
            ahead = tuple(_as_spelt(event.act, body) for event in group if event.act and event.ahead)
            conditions = tuple(event.condition for event in group if event.condition)
            last = max((number for number, event in enumerate(group) if event.act), default=-1)
            behind = group[last + 1 :]
            said = body[group[0].start : group[-1].end].strip("、， ") if group else body
            seen = body[behind[0].start : behind[-1].end].strip("、，。 ") or said if behind else said
            seen = seen if group is groups[-1] else self._finished(seen)
            if acts and not re.search(r"[ぁ-んァ-ヶ]", seen):
                seen += "となる" if seen[-1:].isalnum() else " となる"
            times = next(filter(None, (self.reader.times(said[: len(said) - len(seen)]),)), None) if acts else None
            made.append((said, Fact(acts, conditions, seen, times, ahead=ahead)))
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
        undone = ""
        for index, (clause, begin, after) in enumerate(placed):
            events = self._event(clause, begin, after, leads=index <= leading, told=told, before=found)
            verb = self.reader.verb(clause)
            left = (
                verb
                and verb.kind == "action"
                and clause.link == CHAIN
                and clause.negative
                and index < leading
                and "何も" not in clause.text
            )
            if left and not any(event.act for event in (*events, *found)):
                undone = clause.text.removesuffix("に") + "に、"  # 8/3にログインせずに、8/4にログインする
                continue
            if undone and events and (act := events[0].act):
                events[0] = replace(events[0], act=replace(act, text=undone + act.text))
                undone = ""
            found += events
        return found

    def _named(self, text: str, start: int, end: int) -> _Event | None:
        """会計時:, 1回目は, 同一キー・body2は409: what is told before a colon, or is answered."""
        match = _NAMED.match(mask(text)[start:end])
        if not match or (match["sent"] and not _ANSWER.match(text[start:end][match.end() :])):
            return None
        group = next(name for name in ("turn", "what", "sent") if match[name])
        what = text[start:end][: match.end(group)]
        plain = re.sub(r"(?:時|後|直後|の?場合|\s?で)$", "", what)
        if group == "what" and plain == what and not self._is_act(what):
            return None
        clause = split_clauses(plain)[-1] if plain else None
        act = (
            self.reader.act(clause, leads=True, told=True, chained=False, own=True) if clause and clause.verb else None
        )
        return _Event(start, start + match.end(), replace(act, kind="told") if act else self._nominal(plain))

    def _event(
        self, clause: Clause, start: int, end: int, *, leads: bool, told: bool, before: list[_Event]
    ) -> list[_Event]:
        fresh = not before
        acted = any(event.act and event.act.kind not in ("nominal", "wait") for event in before)
        if clause.link == CHAIN and (re.match(r"何も(?:せ|し|操作)", clause.text) or self._goes_on(clause)):
            return []
        if leads or told:
            ahead = clause.joint.startswith(("前", "まで"))
            act = self._act(replace(clause, joint="と") if ahead else clause, told=told)
            if act:
                return [_Event(start, end, act, ahead=ahead)]
            if clause.link == TRIGGER and self.reader.bare(clause.text):
                return [_Event(start, end, condition=self.reader.bare(clause.text))]
        if after := self._after(clause.text) if fresh else None:
            rest = replace(clause, text=clause.text[after[1] :], before=clause.before[after[1] :])
            return [
                _Event(start, start + after[1], after[0]),
                *self._event(rest, start + after[1], end, leads=leads, told=told, before=before),
            ]
        by = self._by(clause.text)
        if by:
            rest = replace(clause, text=clause.text[by[1] :], before=clause.before[by[1] :])
            return [
                _Event(start, start + by[1], by[0]),
                *self._event(
                    rest, start + by[1], end, leads=False, told=told, before=[*before, _Event(start, start, by[0])]
                ),
            ]
        other = acted and "を" in mask(clause.before) and clause.verb not in [e.act.text for e in before if e.act]
        if clause.potential and (not acted or other) and (act := self._attempt_of(clause)):
            return [_Event(start, start, act), _Event(start, end)]
        if fresh and not leads and (topic := self._topic(clause.text)):
            rest = replace(clause, text=clause.text[topic[1] :], before=clause.before[topic[1] :])
            return [
                _Event(start, start + topic[1], topic[0]),
                *self._event(
                    rest, start + topic[1], end, leads=leads, told=told, before=[*before, _Event(start, start)]
                ),
            ]
        return [_Event(start, end)]

    def _finished(self, seen: str) -> str:
        """点灯し -> 点灯する, 表示され -> 表示される: what another part follows."""
        last = (split_clauses(seen) or [Clause("")])[-1]
        if not last.verb or (last.link != CHAIN and not seen.endswith(("し", "れ", "ず", "て", "で"))):
            return seen
        before = seen[: seen.rfind(last.before) + len(last.before)] if last.before else ""
        if last.potential and seen.endswith(("でき", "め", "け", "せ", "れ", "べ", "え")):
            return seen + "る"
        if last.negative:
            return re.sub(r"せず$", "しない", seen) if seen.endswith("せず") else re.sub(r"ず$", "ない", seen)
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
    """The labels in the author's own brackets, without the values that it is done at."""
    act = replace(act, text=_VALUES.sub("", act.text))
    for label in _SQUARE.findall(body):
        act = replace(act, text=act.text.replace(f"「{label}」", f"[{label}]"))
    return act


def _with_object(event: _Event, body: str) -> _Event:
    """消灯しており、押しても: what is pressed is the button that was spoken of."""
    if not event.act or not re.fullmatch(r"(?:もう一度)?(?:押す|押下する|操作する)", event.act.text):
        return event
    named = [found["what"] for found in _TOPIC_CONTROL.finditer(body[: event.start])]
    return replace(event, act=replace(event.act, text=f"{named[-1]}を{event.act.text}")) if named else event
