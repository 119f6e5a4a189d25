"""Triggers that stand in an English result without being a sentence: "start-up: …", "After AUDIO PAUSE the tone …"."""

import re
from collections.abc import Callable
from dataclasses import replace

from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask

_THEN = re.compile(r"^(?:next|then|now|finally|after that|afterwards)[:,]\s+", re.IGNORECASE)
_WHO = re.compile(r"(?P<who>[A-Z][a-z]+), who (?P<do>.+?),\s+(?:is|are|was|sees|gets|receives|cannot|can)\b")
_OF = re.compile(r"\b(?:within|after)\s+[^,;]{1,24}?\s+of\s+(?P<do>[a-z]+ing\s[^,;]+)")
_DID = re.compile(r"(?P<who>[A-Z][a-z]+)['’]s (?P<noun>[a-z]+)\s+(?:is|was|are)\b")
_ENDS = r"(?:[,:]\s|\s+(?=(?:the|it|they|all|its)\s))"
_AFTER = re.compile(
    rf"(?:after|on|upon|following)\s+(?P<np>(?:(?!\b(?:the|it|they|all|its)\b|[,:]).){{2,40}}?){_ENDS}", re.IGNORECASE
)
_PASSED = re.compile(rf"(?:after|for)\s+(?P<np>\d[^,:]{{1,40}}?){_ENDS}", re.IGNORECASE)
_ON = re.compile(r"(?P<np>\d+\s?(?:s|sec|min|h|minutes?|seconds?|hours?|days?)) later\b")
_LATER = re.compile(
    r"(?P<time>\d+\s?(?:s|sec|min|h|minutes?|seconds?|hours?)) after (?P<do>\w+ing[^,]{0,40}), (?P<rest>.+)$"
)
_NOUNS = "press|click|tap|attempt|swap|swipe|restart|log-?off|log-?in|sign-?in|sign-?out|retry|scan|entry|input|upload|download|call|refresh|reload"
_SEEN = "is|are|was|accepts|rejects|shows|opens|closes|leads|returns|fails|gives|has|does|starts|stops"
_NOUN = re.compile(
    rf"(?P<np>(?:[A-Z][\w-]* )?(?:[\w-]+ )?(?:{_NOUNS})(?: (?:of|on|to|with|at|while|by|from) .{{1,60}}?)?)\s+(?:{_SEEN})\b"
)
_COLON = re.compile(r"(?P<left>(?:[^:;]|(?<=\d):(?=\d)){1,80}?):\s+(?=\S)")
_NOMINAL = dict(
    approval="approve", rejection="reject", cancellation="cancel", submission="submit", deletion="delete", registration="register",
    payment="pay", removal="remove", confirmation="confirm", reservation="reserve", booking="book", order="order", edit="edit",
)  # fmt: skip


class Triggers:
    """Finds them, one form after the other."""

    def __init__(self, lexicon: Lexicon, reader: Reader, duration: Callable[[str], str]) -> None:
        self._lexicon, self._reader, self._duration = lexicon, reader, duration

    def told(self, text: str) -> tuple[Act, ...]:
        """The acts of a trigger that the result tells; empty where it tells none."""
        text = _THEN.sub("", text)
        masked = mask(text)
        forms = (self._who, self._of, self._did, self._after, self._passed, self._later, self._noun, self._colon)
        return next((acts for form in forms if (acts := form(text, masked))), ())

    def _own_words(self, words: str, kind: str = "nominal") -> tuple[Act, ...]:
        return (Act(self._lexicon.phrase("own_words", what=words), kind, (words,)),)

    def _who(self, text: str, masked: str) -> tuple[Act, ...]:
        """Colin, who presses Reject, is shown …"""
        found = _WHO.match(masked)
        acts = self._reader.acts(f"the user {text[found.start('do') : found.end('do')]}", told=False) if found else ()
        return tuple(replace(act, actor=found["who"]) for act in acts) if found else ()

    def _of(self, text: str, masked: str) -> tuple[Act, ...]:
        """Within 4 min of closing the stopcock."""
        found = _OF.search(masked)
        return self._reader.acts(text[found.start("do") : found.end("do")], told=False, led=True) if found else ()

    def _did(self, text: str, masked: str) -> tuple[Act, ...]:
        """Priya's approval is saved."""
        found = _DID.match(text)
        if not found or not masked or found["noun"] not in _NOMINAL:
            return ()
        return (Act(f"{_NOMINAL[found['noun']]} {self._lexicon.phrase('it')}", "do", (), "", found["who"]),)

    def _after(self, text: str, masked: str) -> tuple[Act, ...]:
        """After AUDIO PAUSE the tone is silent: a key is pressed; another noun stands in its own words."""
        found = _AFTER.match(masked)
        if not found or self._reader.finite(found["np"]) or re.search(r"ing\b|\d", found["np"]):
            return ()
        name = text[found.start("np") : found.end("np")].strip()
        return (
            (Act(f"press {name}", "press", (name,)),)
            if re.fullmatch(r"[A-Z][A-Z0-9 /-]*", name)
            else self._own_words(name)
        )

    def _passed(self, text: str, masked: str) -> tuple[Act, ...]:
        """After 5 min without input the screen is locked."""
        found = _PASSED.match(masked) or _ON.match(masked)
        lasts = self._duration(text[found.start("np") : found.end("np")]) if found else ""
        return (Act(self._lexicon.phrase("wait", value=lasts), "wait"),) if lasts else ()

    def _later(self, text: str, masked: str) -> tuple[Act, ...]:
        """30 s after copying, pasting inserts nothing: an act, a wait, another act."""
        found = _LATER.match(masked)
        if not found:
            return ()
        did = text[found.start("do") : found.end("do")]
        first = self._reader.acts(did, told=False, led=True) or self._own_words(did, "told")
        wait = Act(self._lexicon.phrase("wait", value=found["time"]), "wait")
        return (*first, wait, *self._reader.facts(text[found.start("rest") :], told=False)[0].acts)

    def _noun(self, text: str, masked: str) -> tuple[Act, ...]:
        """Short press of the key accepts the call."""
        found = _NOUN.match(masked)
        if not found or re.match(r"(?:the|a|an|no)\s", masked, re.IGNORECASE):
            return ()
        return self._own_words(text[: found.end("np")])

    def _colon(self, text: str, masked: str) -> tuple[Act, ...]:
        """Start without RESTART: rc 12; 2 EUR inserted, slot 21: vended; T0 + 6:59, gate 4: closed."""
        found = _COLON.match(masked)
        if not found or re.match(r"(?:the )?\w+ (?:message|text|error|order)$", found["left"]):
            return ()
        left = re.sub(r"^(?:after|when|once|on|if)\s+", "", text[: found.end("left")], flags=re.IGNORECASE)
        passive = self._reader.passive(left)
        acts = passive or self._reader.acts(left, told=True, led=True)
        if passive or (acts and len(left.split()) > 1 and not self._reader.finite(left)):
            return tuple(replace(act, kind="told") for act in acts)
        return self._reader.done(left) or self._own_words(left)
