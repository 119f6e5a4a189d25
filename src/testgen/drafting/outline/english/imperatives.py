"""English: which words of a case are an order as they stand, and which name a thing, a label or a state."""

import re

from testgen.drafting.outline.english.acts import NOUNS
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.people import People
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.text.marks import MASK

_PREPOSITION = re.compile(r"\s(?:of|on|in|at|with|without|for|from|to|by|while|after|before|during|as)\s|\s\(|,")
_SURE = re.compile(r"(?:make sure|ensure|check|verify|confirm)\s", re.IGNORECASE)


class Imperatives(People):
    """Tells them apart."""

    reader: Reader
    verbs: EnglishVerbs

    def third_in(self, text: str) -> int:
        """See `Verbal.third_in`."""
        raise NotImplementedError

    def done(self, word: str, *, first: bool, anything: bool) -> str | None:
        """See `Verbal.done`."""
        raise NotImplementedError

    def imperative(self, cue: str) -> str:
        """Kill the client after only Ravel confirmed: as it stands."""
        first, _, rest = cue.partition(" ")
        entry = self.verbs.entry(first)
        if not rest and entry and entry[1] == "base" and entry[0].kind == "system":
            return f"choose {cue}"
        counted = entry and rest.isdigit() and entry[0].lemma in NOUNS | {"check"}  # check 1, of a bill
        if not entry or counted or entry[1] != "base" or entry[0].kind in ("system", "check") or first.isupper():
            return ""
        if not rest or self._is_thing(cue):
            return self._named_alone(cue, rest, entry[0].lemma)
        if (more := re.match(r"and ([a-z]+)\b", rest)) and (entry := self.verbs.entry(more[1])) and entry[1] == "base":
            return cue
        if rest.startswith("of "):
            return f"{first} {rest[3:]}"
        if self.verbs.is_participle(rest):
            return ""  # Save pressed
        named = re.match(r"\d|[A-Z]\d*(?:\s|$)|#", rest)
        noun = entry[0].lemma in NOUNS - {"use"} and not re.match(
            rf"(?:(?:the|an?|this|all|it|its|to|with|without|again|by|on|at|from)\b|[A-Z\d{MASK}\"'“])", rest
        )
        clause = _PREPOSITION.split(flat(rest), maxsplit=1)[0]
        verb = self.reader.finite(clause) or (" and " not in rest and self.third_in(clause))
        plain = named or re.match(r"(?!(?:the|an?|all|both|it|this|that|its|his|her)\b)[a-z]", rest)
        words = rest.split()[1:3] if plain else ()
        done = any(self.done(word, first=False, anything=False) for word in words)  # order 1 split in two
        return "" if (named and entry[0].kind != "action") or noun or verb or done else cue

    def _named_alone(self, cue: str, rest: str, lemma: str) -> str:
        if rest:
            return "" if rest.isdigit() else f"use {self.thing(f'{cue[:1].lower()}{cue[1:]}')}"
        return f"choose {cue}" if lemma in NOUNS else cue

    def _is_thing(self, cue: str) -> bool:
        """Kill switch, check 1: two words that the case has as the name of what something is done to, or that does something."""
        case = self.case
        told = "\n".join((case.specification or "", *case.preconditions, *case.expected_results))
        name = re.escape(cue)
        named = rf"\b[a-z]+ing (?:the )?{name}\b|(?<![\w>]){name} (?:is|are|[a-z]{{3,}}s) (?:the|an?|all|no|not|[a-z]+ed|paid)\b"
        return len(cue.split()) == 2 and bool(re.search(named, told, re.IGNORECASE))

    def commands(self, text: str) -> bool:
        """Make sure the queue has no entries; remove the user who has no role: an order, whatever verb stands behind."""
        first = self.verbs.entry(text.partition(" ")[0])
        base = first and first[1] == "base" and first[0].kind == "action" and first[0].lemma not in NOUNS
        return bool(_SURE.match(text) or (base and re.match(r"\S+ (?:the|an?|all|every|each|any|both)\b", text)))
