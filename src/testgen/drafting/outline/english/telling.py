"""English: what a sentence tells a person to do, and what a result says of its own trigger, in the author's own words."""

import re
from collections.abc import Callable

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon, overlap
from testgen.drafting.outline.model import UNREAD, Act, Told, Wanted
from testgen.text.marks import mask

_WHOLE = 0.7  # of a text's terms in what was read of it
_PATH = re.compile(r"[A-Z][\w'&-]{0,30}(?: [\w'&-]{1,30}){0,3} > [\[A-Z]")
_BY_HAND = re.compile(
    r"\b(?:is|are|be) (?:\w{1,30}ed|done|made|chosen|begun|sent|set) (?:by \w{1,30}ing|via|from (?:the )?[A-Z]|with (?:the )?[A-Z\"'*])"
    r"|\b(?:by|via) (?:typing|pressing|tapping|clicking|choosing|selecting|entering|scanning|holding|swiping)\b"
)
_STARTS = re.compile(
    r"(?:if|when|once|after|while|unless|no|only|at|without|with|on|in|for|until|within|every|each)\b", re.IGNORECASE
)
_COLON = re.compile(r"(?P<cue>[^:;,]{2,80}(?:, [^:;,]{2,30})?):\s+(?=\S)")
_CLAUSE = re.compile(
    r"(?P<lead>after|when|whenever|once|if|as soon as)\s+(?P<cue>[^;]{3,160}?),\s+(?=\S)", re.IGNORECASE
)
_CASE = re.compile(r"(?P<cue>(?:with|without|w/o|at|on|for|in|from)\s[^,;]{2,80}),\s+(?=\S)", re.IGNORECASE)
_LED = re.compile(r"(?:with|without|w/o|at|on|for|in|from)\s", re.IGNORECASE)
_BEHIND = re.compile(r"\s(?:after|when|once|if|as soon as)\s+(?P<cue>(?!(?:that|this|it)$)[^,;]{4,120})(?=$|,)")
_LINKS = ("of", "in", "on", "for", "to", "and", "or", "with", "by")
_LONGEST = 2_000  # characters of a result


class Telling:
    """Reads them."""

    lexicon: Lexicon
    reader: Reader
    triggers: Triggers
    verbs: EnglishVerbs
    terms: Callable[[str], frozenset[str]]

    def tell(self, text: str, acts: list[Act], outcome: str, *, row: bool) -> Told | None:
        """See `Tongue.tell`."""
        acts = [act for act in acts if act.kind not in UNREAD]
        apart = outcome and outcome != text and text.endswith(outcome)
        body = text[: -len(outcome)].rstrip(" ,;:->→=") if apart else text
        body, outcome = (body, outcome) if apart and body else (text, "")
        if acts and self._is_whole(acts, body):
            return Told(acts, outcome)
        if "<" in text:
            return None
        if self._by_hand(text) or (row and self._is_deed(text)):
            return Told([self.quoted(body)], outcome)
        return None

    def tells_act(self, value: str) -> bool:
        """See `Tongue.tells_act`."""
        first, _, rest = value.partition(" ")
        entry = self.verbs.entry(first)
        return bool(
            entry and entry[1] == "base" and entry[0].kind == "action" and first.islower() and len(rest.split()) > 1
        )

    def cue(self, wanted: Wanted) -> tuple[str, str]:
        """See `Tongue.cue`."""
        text = wanted.text[:_LONGEST]
        masked = flat(text)
        if (found := _COLON.match(masked)) and not self.triggers.is_place(text):
            cue = text[found.start("cue") : found.end("cue")]
            return cue, "state" if self.reader.finite(cue) else "case"
        if found := _CLAUSE.match(masked):
            return self._clause(text[found.start("cue") : found.end("cue")])
        if (found := _CASE.match(masked)) and self.triggers.predicate(flat(text[found.end() :])):
            return text[found.start("cue") : found.end("cue")], "case"
        acts = wanted.fact.acts
        led = bool(acts) and acts[0].kind == "variant" and bool(_LED.match(text))
        if not led and (found := _BEHIND.search(masked)):
            return self._clause(text[found.start("cue") : found.end("cue")])
        if not led and (subject := self._tried(text)):
            return subject, "case"
        if acts and acts[0].kind in UNREAD:
            cue = re.sub(r"^(?:bring about|with|for this case|set up this case): ", "", acts[0].text)
            return (cue, "case") if cue in text or acts[0].objects else ("", "")
        if acts and self._told_so(acts, text):
            return ", then ".join(act.text for act in acts), "act"
        return (wanted.fact.conditions[0], "state") if wanted.fact.conditions else ("", "")

    def _tried(self, text: str) -> str:
        """A filing submitted at 23:59:59: what a result is about, with what has been done to it."""
        at = self.triggers.predicate(flat(text))
        words = text[:at].split() if not _STARTS.match(text) else []
        forms = [self.verbs.entry(word.strip(",")) for word in words[1:]]
        return text[:at].strip() if any(entry and entry[1] in ("past", "participle") for entry in forms) else ""

    def acts_of(self, wanted: Wanted, cue: str) -> list[Act]:
        """See `Tongue.acts_of`."""
        acts = [act for act in wanted.fact.acts if act.kind not in UNREAD]
        torn = any(self.reader.finite(act.text) for act in acts)
        return acts if acts and not torn and self._is_whole(acts, cue) else []

    def in_words(self, act: Act, case: TestCase) -> bool:
        """See `Tongue.in_words`; what runs on into what is seen was cut at the wrong place."""
        del case
        behind = act.text.partition(", ")[2]
        return not (behind and self.reader.finite(behind))

    def further(self, wanted: Wanted) -> list[str]:
        """See `Tongue.further`."""
        cue = self.cue(wanted)[0]
        parts = re.split(r" and (?=(?:the|an?|[A-Z])\b)", cue)
        return [part for part in parts[1:] if any(fact.acts for fact in self.reader.facts(part, told=False))]

    def is_setting(self, cue: str) -> bool:
        """See `Tongue.is_setting`."""
        return bool(re.match(r"(?:at |on )?\d", cue))

    def _told_so(self, acts: list[Act] | tuple[Act, ...], text: str) -> bool:
        """Whether a text has the verbs of its acts in it."""
        words = self.terms(text)
        return all(
            act.kind in ("wait", "press") or overlap(self.terms(act.text.split(" ", 1)[0]), words) for act in acts
        )

    def _clause(self, text: str) -> tuple[str, str]:
        gerund = re.match(r"\w+ing\b", text) and not self.reader.finite(text)
        return (text, "act") if gerund else (text, "state" if self.reader.finite(text) else "case")

    def _is_whole(self, acts: list[Act], text: str) -> bool:
        said = self.terms(" ".join(f"{act.actor} {act.text}" for act in acts))
        wants = self.terms(text)
        return len(wants & said) >= _WHOLE * len(wants)

    def _by_hand(self, text: str) -> bool:
        return bool(_PATH.search(mask(text)) or _BY_HAND.search(text))

    def _is_deed(self, text: str) -> bool:
        """In a row of steps: somebody other than the product does something."""
        words = re.findall(r"[A-Za-z-]+", mask(text))[:5]
        if _STARTS.match(text) or not words or words[0].lower() in ("it", "this", "there"):
            return False
        if self._begins(text):
            return True
        if {word.lower() for word in words[:3]} & set(self.lexicon.data["system_actors"]):
            return False
        at = next((at for at, word in enumerate(words[:4]) if at and self.verbs.is_third(word.lower())), 0)
        if not at or at == len(words) - 1 or words[at - 1].lower() in _LINKS:
            return False  # a noun: outstanding documents
        entry = self.verbs.entry(words[at].lower())
        return not (entry and entry[0].kind == "system")

    def _begins(self, text: str) -> bool:
        entry = self.verbs.entry(text.split(" ", 1)[0].lower())
        return bool(entry and entry[1] == "base" and entry[0].kind != "system")

    def quote(self, text: str) -> str:
        """See `Tongue.quote`."""
        return f'"{text}"'

    def quoted(self, text: str) -> Act:
        """See `Tongue.quoted`."""
        return Act(text if self._begins(text) else self.lexicon.phrase("flow_do", what=text), "quoted")
