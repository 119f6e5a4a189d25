"""English verb forms: which verb of the word list stands here, and in which form."""

import re

from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.text.normal import normalise
from testgen.text.verbs import verb_groups

_DOUBLED = re.compile(r"(?:drop|drag|tap|submit|stop|log|hit|swap|scan|skip|run|plan|pin)")


class EnglishVerbs:
    """All surface forms of a lexicon's verbs; an action wins over a system verb that looks the same."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._groups = verb_groups("en")
        self._forms: dict[str, tuple[Verb, str]] = {}
        for verb in sorted(lexicon.verbs, key=lambda verb: verb.kind != "system"):
            for surface, form in self._inflect(verb).items():
                self._forms[surface] = (verb, form)
        self.pattern = "|".join(re.escape(form) for form in sorted(self._forms, key=len, reverse=True))

    def entry(self, word: str) -> tuple[Verb, str] | None:
        """The verb, and base, third, past, participle or gerund."""
        return self._forms.get(normalise(word))

    def lemma_of_past(self, word: str) -> str | None:
        """issued -> issue, set -> set; None for a word that is no participle."""
        verb, form = self.entry(word) or (None, "")
        return verb.lemma if verb and (form in ("past", "participle") or self._past(verb) == normalise(word)) else None

    def lemma_of_base(self, word: str) -> str | None:
        """create -> create; None for any other form."""
        verb = (self.entry(word) or (None, ""))[0]
        return verb.lemma if verb and verb.lemma == normalise(word) else None

    def participle_of(self, lemma: str) -> str | None:
        """delete -> deleted, reset -> reset; regular verbs that the list does not know as well."""
        word = normalise(lemma)
        known = self.entry(word)
        if known:
            return self._past(known[0])
        return word + ("d" if word.endswith("e") else "ed") if word.isalpha() else None

    def _past(self, verb: Verb) -> str:
        forms = self._inflect(verb)
        return next((surface for surface, form in forms.items() if form in ("participle", "past")), verb.lemma)

    def _inflect(self, verb: Verb) -> dict[str, str]:
        """Surface form -> name of the form; where two forms look the same, the later one names it."""
        if verb.conjugation == "irregular":
            third, past, participle, gerund = self._groups[verb.group]["irregular"][verb.lemma]
            return {gerund: "gerund", participle: "participle", past: "past", third: "third", verb.lemma: "base"}
        head, _, particle = verb.lemma.partition(" ")
        after = f" {particle}" if particle else ""
        stem = head[:-1] if head.endswith("e") else head
        stem = head + head[-1] if _DOUBLED.fullmatch(head) else stem
        third, past = head + ("es" if re.search(r"(s|x|ch|sh)$", head) else "s"), stem + "ed"
        if re.search(r"[^aeiou]y$", head):
            third, past = head[:-1] + "ies", head[:-1] + "ied"
        return {stem + "ing" + after: "gerund", past + after: "past", third + after: "third", head + after: "base"}
