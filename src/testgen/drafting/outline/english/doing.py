"""Results that say what somebody does in them: who presses, what may be done, by doing what, and what time passes."""

import re
from collections.abc import Callable
from dataclasses import replace

from testgen.drafting.outline.english.events import Events
from testgen.drafting.outline.english.leads import LABEL
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact

_TIME = r"\d+\s?(?:s|sec|min|h|minutes?|seconds?|hours?|days?)"
_WHO = re.compile(r"(?P<who>[A-Z][a-z]+), who (?P<do>.+?),\s+(?:is|are|was|sees|gets|receives|cannot|can)\b")
_BY = re.compile(r"\s(?:by|on|upon|(?:within|after)\s[^,;]{1,24}?\sof) (?P<do>[a-z]{2,18}ing\s[^,;:]{2,60})(?=$|[,;])")
_PASSED = re.compile(
    rf"(?:[\w ]{{1,30}} lets? (?P<let>\d[^,:]{{1,20}}?) (?:pass|go by|elapse)\b|(?:after|for)\s+(?:another\s+|a further\s+)?(?P<np>\d[^,:]{{1,40}}?)(?:[,:]\s|\s+(?=(?:the|it|they|all|its|GET|POST|PUT|PATCH|DELETE)\s))|(?P<on>{_TIME}) later\b)",
    re.IGNORECASE,
)
_CAN_BE = re.compile(
    r"(?:(?P<when>[Bb]efore|[Uu]ntil|[Aa]fter|[Aa]t) (?P<clock>\d{1,2}:\d\d),? )?(?P<no>[Nn]o )?(?:[Tt]he )?(?P<what>(?:(?!\b(?:[Aa]fter|[Ww]hen|[Ii]f|before|until|when|if|and(?! \d)|is|are|with|without|in|on)\b)[^,;:]){1,60}?) (?:can|may)(?P<not>not|'t| not| no longer)? (?:still |only |also |now |then )?be (?P<do>[a-z]+)\b(?P<how>(?: (?!and\b|after\b|before\b|by\b|\d)(?:= \d[\w.]*|[\w.]+)){0,9})"
)
_ON_DAY = re.compile(
    r"(?:On|Until|From|As of) (?P<date>(?:working )?day \d{1,3}|\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4})?|\d{4}-\d\d-\d\d)\b"
)
_DAY_AFTER = re.compile(
    r"On (?P<day>the (?:day|morning|month|week|evening) (?:after|before) [^,]{3,50}? (?:has|have) [a-z]+|the next (?:day|morning|month))\b"
)
_THEN = re.compile(r" after (?P<label>[A-Z][\w ]{1,20}|\"[^\"]{1,30}\")$")
_LOOKED = ("find", "see", "read", "hear", "recognise", "show")  # what can be seen is no act
_PREPOSITION = re.compile(r" (?:within|in|for|at|to|from|with|of|on|until|up to|in under)$")
_ITS_VALUE = re.compile(
    r" (?:[€$£]\s?)?\d[\d.,:/]*(?<![.,:])(?:\s?%|\s(?!(?:and|or|but|if|when|then|by|only)\b)[a-zA-Z°]+)?"
)


class Doing:
    """Reads them, one form a method."""

    _lexicon: Lexicon
    _reader: Reader
    _events: Events
    _duration: Callable[[str], str]

    def _who(self, text: str, masked: str) -> Fact | None:
        """Colin, who presses Reject, is shown …"""
        found = _WHO.match(masked)
        acts = self._reader.acts(f"the user {text[found.start('do') : found.end('do')]}", told=False) if found else ()
        return Fact(tuple(replace(act, actor=found["who"]) for act in acts), outcome=text) if found and acts else None

    def _possible(self, text: str, masked: str) -> Fact | None:
        """The grade can be changed; no further tariff can be booked: what may be done is tried."""
        found = _CAN_BE.match(masked)
        lemma = self._reader.verbs.lemma_of_past(found["do"]) if found else None
        what, how = (text[found.start("what") : found.end("what")], _whole(text, found)) if found else ("", "")
        if (
            not found
            or not lemma
            or (lemma in _LOOKED and not (lemma == "find" and re.match(r" (?:with|by|using|via)\b", how)))
        ):
            return None
        what = what[:1].lower() + what[1:] if re.match(r"An? ", what) else what
        named = re.match(r"(?:an?|the|all|each|every|both|\d+)\b|[A-Z]", what)
        what = what if named and not found["no"] else f"{'a' if found['no'] else 'the'} {what[:1].lower()}{what[1:]}"
        attempt = self._lexicon.phrase("try_to") if found["no"] or found["not"] else ""
        act = Act(f"{attempt}{lemma} {what}{how}", "do", (what,))
        return Fact((*self._before_it(found, text), act), outcome=text)

    def _before_it(self, found: re.Match[str], text: str) -> tuple[Act, ...]:
        """The time at which it may be done, and the label that is pressed before: after Reset."""
        after, phrase = _THEN.search(text), self._lexicon.phrase
        if after and LABEL.fullmatch(after["label"]):
            return (Act(phrase("press_label", label=after["label"]), "press", (after["label"],)),)
        if not found["clock"]:
            return ()
        early = found["when"].lower() in ("before", "until")
        value = f"a time before {found['clock']}" if early else found["clock"]
        return (Act(phrase("set_clock", value=value), "change", (found["clock"],)),)

    def _on_day(self, text: str, masked: str) -> Fact | None:
        """On day 14 they are still pending."""
        if later := _DAY_AFTER.match(masked):
            value = text[later.start("day") : later.end("day")]
            return Fact((Act(self._lexicon.phrase("wait_until", value=value), "wait"),), outcome=text)
        found = _ON_DAY.match(masked)
        date = text[found.start("date") : found.end("date")] if found else ""
        return (
            Fact((Act(self._lexicon.phrase("set_clock", value=date), "change", (date,)),), outcome=text)
            if date
            else None
        )

    def _gerund(self, text: str, masked: str) -> Fact | None:
        """Tapping Boost during the countdown ends it at once."""
        found = self._reader.by_gerund(text) if re.match(r"[A-Za-z]{2,18}ing\s", masked) else None
        torn = found and any(": " in act.text for act in found.acts)
        return replace(found, outcome=text) if found and found.acts and not found.conditions and not torn else None

    def _by(self, text: str, masked: str) -> Fact | None:
        """When C refuses, B gets A back by pressing Cancel; within 4 min of closing the stopcock."""
        found = _BY.search(masked)
        acts = self._events.acts(text[found.start("do") : found.end("do")]) if found else ()
        if not found or not acts:
            return None
        trigger, _ = self._reader.halves(text[: found.start()])
        return Fact((*(self._reader.trigger(trigger).acts if trigger else ()), *acts), outcome=text)

    def _passed(self, text: str, masked: str) -> Fact | None:
        """After 5 min without input the screen is locked; 2 min later."""
        found = _PASSED.match(masked)
        lasts = self._duration(next(filter(None, found.groups()))) if found else ""
        more = self.operation(text[found.end() :].strip(" ,:")) if found and lasts else ()
        if more:
            return Fact((self._wait(lasts), *more), outcome=text)
        return Fact((self._wait(lasts),), outcome=text) if lasts else None

    def operation(self, text: str) -> tuple[Act, ...]:
        """See `Leads.operation`."""
        raise NotImplementedError

    def _wait(self, time: str) -> Act:
        return Act(self._lexicon.phrase("wait", value=time), "wait")


def _whole(text: str, found: re.Match[str]) -> str:
    """How something can be done, with the value that the last preposition asks for; without it where none stands there: within 5 s."""
    how = text[found.start("how") : found.end("how")]
    last = _PREPOSITION.search(how)
    value = _ITS_VALUE.match(text, found.end("how")) if last else None
    return f"{how}{value.group()}" if value else how[: last.start()] if last else how
