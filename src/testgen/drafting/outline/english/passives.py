"""Acts that are told of what they are done to: the door is closed, 2 EUR inserted."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask

_AND_DONE = re.compile(
    r"(?:then )?(?P<verb>[a-z]+)(?P<rest>(?: (?:again|on|off|in|out|up|down|with|to|from|by|at)\b.*)?)$"
)
CRITERION = ("sort", "filter", "group", "order", "search", "rank")  # by something, not by somebody
_INNER = re.compile(r"(?<!\bof)(?<!\bin)(?<!\bon)(?<!\bto)(?<!\bfor)(?<!\bwith)(?<!\bfrom)(?<!\bat)\s(?:an?|the)\s")


class Passives:
    """Turns them into acts."""

    lexicon: Lexicon
    verbs: EnglishVerbs
    _passive: re.Pattern[str]
    _finite: re.Pattern[str]

    def build(self, verb: Verb, rest: str) -> Act:
        """The act of a verb and what follows it."""
        raise NotImplementedError

    def finite(self, text: str) -> bool:
        """Whether a text has a finite verb."""
        return bool(self._finite.search(" " + mask(text)))

    def verb_set(self, name: str) -> frozenset[str]:
        """A list of verbs that stand apart."""
        return frozenset(self.lexicon.data["verbs"][name])

    def passive(self, text: str) -> tuple[Act, ...]:
        """The door is closed -> Close the door; a product's verb gives none."""
        parts = re.split(r"\s+and\s+", mask(text))
        if len(parts) == 2 and all(self._passive.match(part) for part in parts):
            cut = len(parts[0])
            return (*self.passive(text[:cut]), *self.passive(text[cut:].removeprefix(" and ").strip()))
        if (
            len(parts) == 2
            and (more := _AND_DONE.match(parts[1]))
            and (lemma := self.verbs.lemma_of_past(more["verb"]))
        ) and (first := self.passive(text[: len(parts[0])])):
            it = self.lexicon.phrase("it")
            return (*first, Act(f"{lemma} {it}{more['rest']}", "do", (it,)))
        match = self._passive.match(mask(text))
        entry = self.verbs.entry(match["verb"]) if match else None
        if (
            not match
            or not entry
            or entry[0].kind not in ("action", "told")
            or entry[1] not in ("past", "participle", "base")
        ):
            return ()
        if entry[1] == "base" and entry[0].lemma not in ("set", "put", "cut", "shut", "reset"):
            return ()
        if (
            entry[0].lemma in self.verb_set("by_itself") | {"go", "come"}
            or re.search(r"\b(?:not|no|never|nothing)\b|n't", mask(text))
            or " by the system" in text
        ):
            return ()
        end = match.end("np")
        if self.finite(text[:end]) or _INNER.search(mask(text[:end])):
            return ()
        subject = re.sub(r"^(?:an|a)\s+", "the ", text[:end], flags=re.IGNORECASE)
        verb, rest = entry[0], text[match.start("rest") :]
        head, _, particle = verb.lemma.partition(" ")
        if particle and rest:  # the phone is switched to dark mode
            return (self.build(replace(verb, lemma=head), f"{subject} {particle}{rest}"),)
        return (self.build(verb, subject + rest),)

    def done(self, text: str) -> tuple[Act, ...]:
        """2 EUR inserted, slot 21 -> insert 2 EUR, slot 21."""
        match = re.match(r"(?P<np>[^,]{1,60}?)\s+(?P<verb>[a-z]+)\b(?P<rest>.*)$", mask(text))
        entry = self.verbs.entry(match["verb"]) if match else None
        if not match or not entry or entry[0].kind == "system" or not self.verbs.lemma_of_past(match["verb"]):
            return ()
        noun, rest = text[: match.end("np")], text[match.start("rest") :]
        if not rest.strip() and " " not in noun and not re.search(r"\d", noun):
            return ()  # Soft closed: a state, nobody closes a soft
        by = None if entry[0].lemma in CRITERION else re.match(r" by (?P<who>[\w.]+)(?=\s|$)", rest)
        rest = rest[by.end() :] if by else rest
        return (Act(f"{entry[0].lemma} {noun}{rest}", "told", (noun,), "", by["who"] if by else ""),)
