"""Reads Japanese results: their own triggers, their place, what they speak of."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.clauses import TRIGGER, Clause, split_clauses, tokens
from testgen.drafting.outline.japanese.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import mask

_EVEN_WITH = re.compile(r"^(?P<x>(?!何|誰|いつ|どこ|いずれ|どれ|どの)[^、。]{1,60}?)でも[、，]?(?P<y>.+)$")
_DURATION = re.compile(r"\d+(?:\.\d+)?\s*(?:秒|分|時間|日|週間|か月|ヶ月|カ月)(?:間)?(?!前|目|単位|\d)")
_LAPSE = re.compile(
    r"経過|過ぎ|超え|放置|待っ|待つ|無操作|操作せず|操作しな|タイムアウト|有効期限|期限切れ|期限が切れ|失効|以上操作|後(?:に|、|は|$)"
)
_ARROW = re.compile(r"^(?P<trigger>[^→⇒]{1,80}?)\s*(?:→|⇒|->)\s*(?P<seen>.+)$")
_ANSWERED = re.compile(
    r"^(?P<trigger>[^。]{1,60}?)(?:は|:|：)\s*(?P<seen>(?:HTTP\s?)?\d{3}(?:$|[、，\s（(で])|RC\s?=.*|終了コード.*)"
)
_CLOCK = re.compile(r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\s?(?:を|に)?(?:過ぎ|回っ|なっ|到達)")
_AT = re.compile(r"^(?P<trigger>[^:：。、]{1,30}(?:時|後|場合))\s?[:：]\s*(?P<seen>.+)$")
_EVERYTHING = re.compile(
    r"いずれ|どの場合|すべての場合|全ての場合|どちらの場合|どれも|常に|一度も|各|^[^、。]{1,15}後の"
)


class Results:
    """Reads Japanese results: their own triggers, their place, what they speak of."""

    lexicon: Lexicon
    reader: Reader
    _attempt: re.Pattern[str]
    _place: re.Pattern[str]
    _at_once: re.Pattern[str]
    _preserves: re.Pattern[str]

    def seer(self, text: str) -> str:
        """See `Tongue.seer`."""
        del text
        return ""

    def results(self, text: str) -> list[tuple[str, Fact]]:
        """See `Tongue.results`."""
        return [(text, self.result(text))]

    def result(self, text: str) -> Fact:
        """See `Tongue.result`: only what leads to the last predicate is a trigger."""
        body = re.sub(r"を\s?(ON|OFF|オン|オフ)(?=[、に])", r"を\1にし", text.rstrip("。 "))
        found = self._attempt.match(body)
        if found:
            return Fact((Act(f"{found['means']}で{found['verb']}する", "do", (found["means"],)),), outcome=text)
        told = (
            _ARROW.match(mask(body))
            or _ANSWERED.match(mask(body))
            or _AT.match(mask(body))
            or (None if any(clause.link == TRIGGER for clause in split_clauses(body)) else self._by_noun(body))
        )
        if told:
            return Fact(self._told(body[: told.end("trigger")]), outcome=body[told.start("seen") :])
        inside = re.search(r"（(?P<in>[^（）]{2,80})）\s*$", body)
        clauses = split_clauses(body[: inside.start()] if inside else body)
        if inside and not any(clause.link == TRIGGER for clause in clauses):
            clauses = [clause for clause in split_clauses(inside["in"]) if clause.link == TRIGGER]
        last = max((index for index, clause in enumerate(clauses) if self._leads(clause, body)), default=-1)
        acts, conditions, times = [], [], None
        for clause in clauses[: last + 1]:
            act = None if clause.potential else self.reader.act(clause, leads=True, told=False, chained=False, own=True)
            lapse = self.lapse(clause.text) if not act else None
            times = times or self.reader.times(clause.text)
            clock = _CLOCK.search(clause.text) if not act else None
            if clock:
                act = Act(self.lexicon.phrase("wait_until", clock=clock["clock"]), "wait")
            elif lapse and clause.link == TRIGGER:
                act = Act(self.lexicon.phrase("wait", value=lapse), "wait")
            if (
                not act
                and clause.negative
                and clause.link == TRIGGER
                and "を" in mask(clause.before)
                and not clause.potential
                and not clause.passive
            ):
                act = Act(self.reader.bare(clause.text) + "ままにする", "leave")
            if act:
                acts.append(act)
            elif clause.link == TRIGGER and self.reader.bare(clause.text) and not _EVERYTHING.search(clause.text):
                conditions.append(self.reader.bare(clause.text))
        seen = "、".join(clause.text.strip("、， ") for clause in clauses[last + 1 :])
        return Fact(tuple(acts), tuple(conditions), text if inside or not seen else seen, times)

    def _by_noun(self, text: str) -> re.Match[str] | None:
        """返品確定で返金額…: a noun that is an act, and what comes of it."""
        found = re.match(r"^(?P<trigger>[^、。はがをにで]{1,20}?)で(?=[^すきあもはの、])(?P<seen>.+)$", mask(text))
        words = tokens(text[: found.end("trigger")]) if found else []
        acts = (
            bool(words)
            and words[-1].part_of_speech()[2] == "サ変可能"
            and not text[: found.end("trigger")].endswith(tuple(self.lexicon.data["places"]))
            if found
            else False
        )
        return found if acts else None

    def _leads(self, clause: Clause, text: str) -> bool:
        """A trigger, or 閉じてから60秒以内に, 圏内に戻して10秒程度で: an act with a time behind it."""
        behind = text[text.find(clause.text) + len(clause.text) :]
        return (
            clause.link == TRIGGER
            or clause.joint.startswith("から")
            or bool(clause.text.endswith(("て", "で")) and re.match(r"(?:から)?[、，]?\d", behind))
        )

    def _told(self, trigger: str) -> tuple[Act, ...]:
        """A trigger that stands apart from what is seen: its acts, else its own words."""
        trigger = re.sub(r"(?:時|後|の?場合)$", "", trigger)
        clauses = split_clauses(re.sub(r"[（(][^（）()]*[)）]$", "", trigger))
        acts = [self.reader.act(clause, leads=True, told=True, chained=False, own=True) for clause in clauses]
        if acts and acts[-1]:
            return tuple(replace(act, kind="told") for act in acts if act)
        if lasts := self.lapse(trigger):
            return (Act(self.lexicon.phrase("wait", value=lasts), "wait"),)
        switched = re.search(r"(?:ON|OFF|オン|オフ)$", trigger)
        text = trigger + "にする" if switched else self.lexicon.phrase("own_words", what=trigger)
        return (Act(text, "told" if switched else "nominal", (trigger,)),)

    def negative(self, text: str) -> bool:
        """変更されない, のままである."""
        return bool(self._preserves.search(mask(text)))

    def everything(self, text: str) -> bool:
        """いずれの場合も."""
        return bool(_EVERYTHING.search(mask(text)))

    def place(self, text: str) -> str:
        """操作ログに…が記録される -> 操作ログ."""
        masked = mask(text)
        aside = re.search(r"[（(](?P<place>[^()（）]{2,30}?)で(?:確認|照会|参照)[)）]", text)
        if aside:
            return aside["place"]
        if re.search(r"(?:画面|ページ)(?:へ|に)(?:は)?(?:遷移|移動|進|戻|切り替)", masked):
            return ""
        last = 0
        for clause in split_clauses(text):
            if clause.link == TRIGGER:
                last = masked.find(clause.joint, max(0, text.find(clause.text))) + len(clause.joint)
        match = self._place.search(masked[max(last, 0) :].lstrip())
        rest = text[max(last, 0) :].lstrip()
        return (
            re.sub(r"^.*(?:後|前|時)の\s?", "", rest[match.start("place") : match.end("place")].strip())
            if match
            else ""
        )

    def subject(self, text: str) -> str:
        """パスワードは変更されない -> パスワード."""
        seen = self.result(text).outcome
        place = self.place(seen)
        head = re.match(r"^(?P<what>[^、。にで]{1,40}?)(?:は|が)", mask(seen))
        if place and not head:
            seen = re.sub(rf"^.{{0,60}}?{re.escape(place)}(?:上)?(?:には|では|に|で|から)", "", seen, count=1)
        match = re.match(r"^(?P<what>[^、。]{1,60}?)(?:には|では|は|が|も)(?!き)", mask(seen))
        noun = seen[: match.end("what")].strip("、 ") if match else ""
        noun = re.sub(r"^[^にをへ]+(?:に|へ)(?=[^にへ]+$)", "", noun) or noun
        return "" if noun.endswith(("に", "へ", "で", "を")) else noun

    def at_once(self, text: str) -> bool:
        """Display, transitions, and what the tester can or cannot do."""
        return bool(self._at_once.search(mask(text)))

    def is_state(self, condition: str) -> bool:
        """See `Tongue.is_state`."""
        return bool(re.search(r"が.*(?:た|ている|ない|ある)$", condition)) and bool(split_clauses(condition)[-1].verb)

    def stored(self, text: str) -> bool:
        """See `Tongue.stored`."""
        return bool(re.search(r"残高|履歴|件数|ログ|在庫|集計|実績|DB|台帳|[A-Z]+_[A-Z]+", self.subject(text)))

    def lapse(self, text: str) -> str | None:
        """See `Tongue.lapse`."""
        if not _LAPSE.search(mask(text)) or re.search(r"[押開選入送]", text):
            return None
        found = _DURATION.search(text)
        if found:
            return found.group()
        return "" if re.search(r"タイムアウト|無操作|有効期限|期限|経過|失効", text) else None

    def times(self, text: str) -> int | None:
        """See `Tongue.times`."""
        return self.reader.times(text)

    def duration(self, text: str) -> str:
        """The first duration of a text."""
        found = _DURATION.search(text)
        return found.group() if found else ""

    def even_with(self, text: str) -> tuple[str, str] | None:
        """正しいパスワードでもログインできない -> (正しいパスワード, ログインできない)."""
        match = _EVEN_WITH.match(mask(text).rstrip("。"))
        if not match or any(clause.verb for clause in split_clauses(match["x"])):
            return None
        return text[: match.end("x")], text[match.start("y") : match.end("y")]
