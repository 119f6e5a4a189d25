"""What a Japanese result that tells no act begins with is tried: a thing, a value or a name of the test data, a time, an alarm."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.handling import Handling
from testgen.drafting.outline.japanese.opaque import opaque
from testgen.drafting.outline.japanese.seeing import once_more
from testgen.drafting.outline.model import Act, Datum, Portion
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_BEGINS_WITH = re.compile(
    r"^(?P<what>(?:[^、。はがをに:：→]|(?<=\d):(?=\d)){1,24}?)(?P<mark>だけでは|(?<!ま)では|でも|だと|(?<!ま)で(?![すきあも])|は|が|[:：](?!\d))"
)
_UP_TO = re.compile(r"(?P<until>\d+(?P<unit>[個件回枚人本通]?)目?まで)(?:は|に|、)?")
_CLOCK = re.compile(r"(?P<clock>(?:\d{1,2}/\d{1,2}\s?)?\d{1,2}:\d{2}(?::\d{2})?)(?:ちょうど)?")
_AT_CLOCK = re.compile(
    r"(?P<clock>(?:\d{1,2}/\d{1,2}\s?)?\d{1,2}:\d{2})(?:(?:時点)?(?:に(?:は)?|では?)|以降は)、?(?=.)"
)
_TO_SEE = re.compile("^[「『]|ある|ない|届|通知|鳴|表示|出る")
_EVENT_AT = re.compile(r"(?P<clock>\d{1,2}:\d{2})の(?P<what>[^、。はがのを]{2,12})[はが](?=[^、。]{0,12}(?:通知|鳴))")
_NTH = re.compile(r"(?P<n>\d+)回目(?P<upto>まで)?(?:は|で|に|も)")
_CAME = re.compile(
    r"(?P<when>[^、。はがに]{0,12}\d(?:時|:\d\d)(?:\d+分)?)に(?P<verb>届い)た(?P<what>[^、。はが]{1,20})(?=[はが])"
)
_ALARM = re.compile(
    r"(?P<kind>[A-Z]{1,3}\d?)(?:発報|警報|検知|検出|判定|アラーム)"
)  # L発報と同時に, where L試験 is 1.50m
_FIRST_VALUE = re.compile(r"[-+]?\d[\d,.]*\s?[A-Za-z%℃]{0,4}")
_JUDGED = re.compile("受け付け|拒|却下|エラー|でき|行え|不可|警告|振替|完了|ブザー|せ(?:ない|ず)")


class Attempts:
    """Tells them as acts."""

    def __init__(self, data: list[Datum], handling: Handling, tongue: Tongue) -> None:
        self.data, self.handling, self.tongue = data, handling, tongue

    def tried(self, part: Portion) -> Portion:
        """999円:「1,000円以上で」, 期限切れの製剤は拒否: as the case does it with another one; a case of the test where it does not say how."""
        if part.do:
            return (self._nth(part) if part.act.kind == "case" else None) or part
        if timed := self._at_time(part) or self._nth(part):
            return timed
        found = None if part.topic else _BEGINS_WITH.match(opaque(part.seen))
        what = part.seen[: found.end("what")].strip() if found else part.topic
        if act := self._alarm(part.seen) or self._event(what) or self._clock(what):
            return replace(part, act=act)
        if up_to := self._up_to(part.seen):
            return up_to
        if not what:
            return part
        said = part.seen[found.end() :] if found else part.seen.removeprefix(what)
        mine = any(self._begins_with(what, datum) and not self.tongue.given(datum) for datum in self.data)
        judged = _JUDGED.search(said) or re.match(r"[\s:：]*[「『]", said)
        cased = not found or found["mark"] not in ("は", "が")
        again = re.search(r"\d.*の(?P<noun>[一-龠]{2,4})$", what)
        if again and not judged and self.handling.does(again["noun"]):
            return replace(part, act=Act(f"{what}を行う", "guess", (what,)))
        order = self.handling.of(what) if judged or (cased and mine) else ""
        seen = said.lstrip("、 :：") if cased else part.seen
        if order:
            return replace(part, act=Act(order, "guess", (what,)), seen=seen)
        blank = Act(self.tongue.lexicon.phrase("own_words", what=what), "case", (what,))
        return replace(part, act=blank, seen=seen) if cased and mine and found else part

    def _at_time(self, part: Portion) -> Portion | None:
        """6/10 8:00には…, 7:00に…の通知が1件, 23時に届いたコメントは…: when it is so, what has come then."""
        if came := _CAME.match(part.seen):
            what = f"{came['when']}に{came['what']}が{came['verb'][:-1]}くようにする"
            return replace(part, act=Act(what, "state"), seen=part.seen)
        if (event := _EVENT_AT.match(part.seen)) and not part.topic:
            return replace(part, act=Act(f"{event['clock']}に{event['what']}を発生させる", "state"))
        at = _AT_CLOCK.match(part.seen)
        if not at or part.topic or not _TO_SEE.search(opaque(part.seen[at.end() :])):
            return None
        clock = at["clock"]
        wait = Act(f"{clock} になるまで待つ", "wait")
        return replace(
            part, act=Act(self.tongue.lexicon.phrase("set_clock", value=clock), "set") if "/" in clock else wait
        )

    def _nth(self, part: Portion) -> Portion | None:
        """4回目までは…, 5回目で…: as often as that what the title or another result tells is done."""
        found = _NTH.match(part.seen)
        if not found or part.topic or any(datum.name.startswith(f"{found['n']}回目") for datum in self.data):
            return None
        wrong = next((f"{datum.name}で" for datum in self.data if datum.name.startswith(("誤", "不正"))), "")
        deed = (self.handling.failing() if wrong else "") or ("" if part.do else self.handling.deed())
        order = f"{deed}する" if deed else self.handling.repeated()
        if not order:
            return None
        times = f"{found['n']}回" if found["upto"] else "もう一度"
        aside = "" if found["upto"] else f"（{found['n']}回目）"
        return replace(part, act=Act(f"{wrong}{times}{order}{aside}", "guess", (part.seen,)))

    def each(self, part: Portion) -> list[Portion]:
        """8:45は通れる、8:44は「時間外」: the same again with another value."""
        tried = self.tried(part)
        comma = opaque(tried.seen).find("、")
        again = once_more(tried.do, tried.seen[comma + 1 :]) if tried is not part and comma > 0 else ""
        if not again:
            return [tried]
        further = replace(tried, act=replace(tried.act, text=again), seen=tried.seen[comma + 1 :])
        return [replace(tried, seen=tried.seen[:comma]), further]

    def sentences(self, part: Portion) -> list[Portion]:
        """…だけでは戻らない。係員カードで戻る: a further sentence that begins with a thing which is handled."""
        found = [part]
        for sentence in re.split("(?<=。)", part.seen)[1:]:
            thing = _BEGINS_WITH.match(opaque(sentence))
            what = sentence[: thing.end("what")] if thing and thing["mark"] in ("で", "では") else ""
            if thing and (order := self.handling.of(what) if what else ""):
                before = found[-1].seen
                found[-1] = replace(found[-1], seen=before[: before.rfind(sentence)].rstrip("。"))
                found.append(Portion(Act(order, "guess", (what,)), sentence[thing.end() :]))
        return found

    def _up_to(self, seen: str) -> Portion | None:
        """24まではブザー鳴らず, where another result tells 25個目をスキャンする: up to the 24th."""
        found = _UP_TO.match(seen)
        verb = self.handling.counted(found["unit"]) if found else ""
        if not found or not verb:
            return None
        return Portion(Act(f"{found['until']}{verb}", "guess", (found["until"],)), seen)

    def _alarm(self, seen: str) -> Act | None:
        """L発報と同時に, where L試験 is 1.50m."""
        alarm = _ALARM.match(seen)
        for datum in self.data if alarm else ():
            value = _FIRST_VALUE.match(datum.value)
            if alarm and value and re.match(rf"{alarm['kind']}(?![A-Za-z])", datum.name):
                return Act(f"{value.group()} にする", "guess", (datum.name,))
        return None

    def _event(self, what: str) -> Act | None:
        """8:05の連絡, where a datum 保護者連絡1 begins with 8:05: what it is called after is done."""
        for datum in self.data if re.search(r"\d", what) else ():
            verb = re.sub(r"\d+$", "", datum.name)[-2:]
            called = re.sub(r"\d+$", "", what).endswith(verb)
            named = what.endswith(datum.name) or normalise(datum.value.split(" ")[0]) in normalise(what)
            if called and named and self.tongue.named_act(verb):
                who = datum.name[: datum.name.find(verb)]
                clock = re.sub(r"^(\d+:\d\d)\s", r"\1に", what)
                text = f"{clock}の内容で{verb}する" if clock.endswith(datum.name) else f"{clock}を行う"
                return Act(text, "guess", (datum.name,), "", who if self.tongue.person(who) else "")
        return None

    def _clock(self, what: str) -> Act | None:
        """10/21 0:00."""
        clock = _CLOCK.fullmatch(what)
        return Act(self.tongue.lexicon.phrase("set_clock", value=clock["clock"]), "set") if clock else None

    @staticmethod
    def _begins_with(what: str, datum: Datum) -> bool:
        value = re.sub(r"\s*[（(][^（）()]*[)）]$", "", datum.value)
        return what.startswith(datum.name) or normalise(value).replace(",", "") in normalise(what).replace(",", "")
