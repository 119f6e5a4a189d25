"""English verb forms: which verb stands here, and in which form. Verbs that no list has are known by their ending."""

import re
from dataclasses import replace

from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.text.normal import normalise
from testgen.text.verbs import instructions, verb_groups

_DOUBLED = re.compile(
    r"(?:drop|drag|tap|submit|stop|log|hit|swap|scan|skip|run|plan|pin|unplug|plug|zip|cut|shut|put|get|let|set|trip|clip|flip|map|pop|snap|spin|wrap|step|commit|refer|transfer|cancel|dial|travel)"
)
_NO_VERBS = frozenset(
    (
        "this",
        "is",
        "was",
        "has",
        "its",
        "as",
        "us",
        "status",
        "address",
        "class",
        "always",
        "access",
        "process",
        "less",
        "plus",
        "thus",
        "yes",
        "bus",
        "pass",
    )
)

_PREFIX = re.compile(r"(?:re|(?P<un>un))-?(?=[a-z]{4})")  # redone, or undone
# What is done back by "un-"; of any other verb it makes an adjective: unread, unpaid, unlike.
_UNDONE = frozenset(
    (
        *("archive", "assign", "block", "bolt", "buckle", "check", "clamp", "couple", "cover", "delete", "do", "fold"),
        *("follow", "freeze", "group", "hide", "hook", "install", "latch", "link", "load", "lock", "mark", "mount"),
        *("mute", "pack", "pair", "park", "pause", "pin", "plug", "publish", "register", "screw", "seal", "select"),
        *("share", "star", "subscribe", "tick", "tie", "wrap", "zip"),
    )
)


class EnglishVerbs:
    """All surface forms of a lexicon's verbs; an action wins over a system verb that looks the same."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._groups = verb_groups("en")
        self._forms: dict[str, tuple[Verb, str]] = {}
        odd = self._groups["further"].get("irregular", {})
        told = [
            Verb(lemma, *(("further", "told", "irregular") if lemma in odd else ("do", "told", "regular")), ui=False)
            for lemma in sorted(instructions())
        ]
        rank = {"told": 0, "system": 1, "check": 2, "action": 3}
        for verb in sorted([*told, *lexicon.verbs], key=lambda verb: rank[verb.kind]):
            for surface, form in self._inflect(verb).items():
                self._forms[surface] = (verb, form)
        self.pattern = "|".join(re.escape(form) for form in sorted(self._forms, key=len, reverse=True))
        self.thirds = sorted(surface for surface, (_, form) in self._forms.items() if form == "third")

    def entry(self, word: str) -> tuple[Verb, str] | None:
        """The verb, and base, third, past, participle or gerund."""
        plain = normalise(word)
        if known := self._forms.get(plain):
            return known
        again = _PREFIX.match(plain)
        found = self._forms.get(plain[again.end() :]) if again else None
        if not again or not found or (again["un"] and found[0].lemma not in _UNDONE):
            return None
        return replace(found[0], lemma=again.group().rstrip("-") + found[0].lemma), found[1]

    def guess(self, word: str, form: str) -> Verb:
        """A verb that no list has, by its form: unclasps -> unclasp, soldering -> solder."""
        plain = word.lower()
        if form == "third":
            plain = (
                re.sub(r"ies$", "y", plain)
                if plain.endswith("ies")
                else re.sub(r"(?:(?<=ss|zz|ch|sh)|(?<=x))es$|(?<!s)s$", "", plain)
            )
        elif form == "gerund":
            plain = plain[:-3]
            if re.search(r"([bdgmnprt])\1$|[aeiou][^aeiou]+[ae]ll$", plain):  # planning, travelling
                plain = plain[:-1]
            elif (
                re.search(r"[^aeiou][aiou][cgkmnprstvz]$|qu[ao]t$|[aeiou][cgsvz]$|[lr][gsv]$|[^aeiou]l$|nc$|dg$", plain)
                and len(plain) > 3
            ):
                plain += "e"
        return Verb(plain, "do", "told", "regular", ui=False)

    def lemma_of_past(self, word: str) -> str | None:
        """issued -> issue, set -> set; None for a word that is no participle."""
        verb, form = self.entry(word) or (None, "")
        return verb.lemma if verb and (form in ("past", "participle") or self._past(verb) == normalise(word)) else None

    def is_participle(self, word: str) -> bool:
        """Whether a word in small letters is what has been done, by a verb of the list or by its ending."""
        known = word.isalpha() and word.islower()
        return known and bool(self.lemma_of_past(word) or re.fullmatch(r"[a-z]{3,}(?<!e)ed", word))

    def participle_of(self, lemma: str) -> str | None:
        """delete -> deleted, reset -> reset; regular verbs that the list does not know as well."""
        word = normalise(lemma)
        known = self.entry(word)
        if known:
            return self._past(known[0])
        if re.search(r"[^aeiou]y$", word):
            return word[:-1] + "ied"
        return word + ("d" if word.endswith("e") else "ed") if word.isalpha() else None

    def is_third(self, word: str) -> bool:
        """Whether a word may be the third person of a verb, known or not."""
        entry = self.entry(word)
        if entry:
            return entry[1] == "third"
        return bool(re.fullmatch(r"[a-z]{2,}s", word)) and word not in _NO_VERBS and not word.endswith(("ss", "us"))

    def _past(self, verb: Verb) -> str:
        forms = self._inflect(verb)
        return next((surface for surface, form in forms.items() if form in ("participle", "past")), verb.lemma)

    def _inflect(self, verb: Verb) -> dict[str, str]:
        """Surface form -> name of the form; where two forms look the same, the later one names it."""
        if verb.conjugation == "irregular":
            forms = self._groups[verb.group]["irregular"]
            again = "" if verb.lemma in forms else verb.lemma[:2]  # rerun, unfreeze: see _PREFIX
            third, past, participle, gerund = (again + form for form in forms[verb.lemma.removeprefix(again)])
            return {gerund: "gerund", participle: "participle", past: "past", third: "third", verb.lemma: "base"}
        head, _, particle = verb.lemma.partition(" ")
        after = f" {particle}" if particle else ""
        stem = head[:-1] if head.endswith("e") and not head.endswith("ee") else head
        stem = head + head[-1] if _DOUBLED.fullmatch(head) else stem
        third, past = head + ("es" if re.search(r"(s|x|ch|sh)$", head) else "s"), stem + "ed"
        if re.search(r"[^aeiou]y$", head):
            third, past = head[:-1] + "ies", head[:-1] + "ied"
        return {stem + "ing" + after: "gerund", past + after: "past", third + after: "third", head + after: "base"}
