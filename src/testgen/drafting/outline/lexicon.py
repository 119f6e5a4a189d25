"""The word lists: data files, read once, with the few look-ups that both languages share."""

import re
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from typing import Any

import yaml

from testgen.domain.language import Language
from testgen.text.marks import open_point, quotes
from testgen.text.normal import normalise
from testgen.text.verbs import verb_groups


@dataclass(frozen=True)
class Verb:
    """A predicate of the word list: its class, and the group whose template says what a tester then sees."""

    lemma: str
    group: str
    kind: str
    conjugation: str
    ui: bool


class Lexicon:
    """One language's words and phrases."""

    def __init__(self, data: dict[str, Any], language: Language) -> None:
        self.data = data
        self._language = language
        self.phrases: dict[str, Any] = data["phrases"]
        self.verbs = [
            Verb(lemma, group, entry["class"], conjugation, bool(entry.get("ui")))
            for group, entry in verb_groups(language).items()
            if entry["class"] != "instruction"
            for conjugation, lemmas in entry.items()
            if conjugation not in ("class", "ui")
            for lemma in lemmas
        ]
        self._synonyms = [{normalise(word) for word in group} for group in data["synonyms"]]
        self.stop_terms = {normalise(word) for word in data["stop_terms"]}

    def phrase(self, key: str, **values: object) -> str:
        """A template, filled in."""
        text: str = self.phrases[key]
        return text.format(**values)

    def fill_in(self, what: str) -> str:
        """The mark for something that the case does not say."""
        return open_point(what, self._language)

    def same_thing(self, one: str, other: str) -> bool:
        """Whether two names mean one datum: equal but for spelling, or synonyms."""
        a, b = _key(one), _key(other)
        return bool(a) and (a == b or any(a in group and b in group for group in self._synonyms))


def _key(name: str) -> str:
    return re.sub(r"[\s_\-]+", " ", normalise(name)).strip()


@cache
def load_lexicon(language: Language) -> Lexicon:
    """The lexicon of a language."""
    text = resources.files(__package__).joinpath(f"data/{language}.yaml").read_text(encoding="utf-8")
    return Lexicon(yaml.safe_load(text), language)


def overlap(one: frozenset[str], other: frozenset[str]) -> int:
    """How much two sets of terms share: one a term, five a quoted label (marked by a leading quote sign)."""
    score = 0
    for term in one:
        if term.startswith('"'):
            labels = (candidate for candidate in other if candidate[:1] == '"')
            score += 5 * (term in other or any(map(partial(_same_label, term), labels)))
        elif term in other or (not term.isascii() and _is_part(term, other)):
            score += (
                3
                if len(term) > 3 and not term.isalpha() and re.search(r"[a-z]", term) and re.search(r"\d", term)
                else 1
            )
    return score


_HOLDS = re.compile(r"\{[^{}]{0,60}\}|<[^<>]{1,60}>")  # the place of a value in a label


def _same_label(one: str, other: str) -> bool:
    """Whether two labels are one but for their placeholders: 残り{n}点, 残り3点."""
    template, text = (one, other) if _HOLDS.search(one) else (other, one)
    if not (template.startswith('"') and text.startswith('"') and _HOLDS.search(template)):
        return False
    position, parts = 0, _HOLDS.split(template)
    for part in parts:
        position = text.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return len("".join(parts)) * 2 >= len(template) / 2


def quoted_terms(text: str) -> set[str]:
    """Quoted labels as terms."""
    return {'"' + normalise(label) for label in quotes(text)}


def _is_part(term: str, others: frozenset[str]) -> bool:
    """Whether a term holds another one, or is held by it; a label is no term. A large case asks this half a million times."""
    length = len(term)
    for other in others:
        short, long = (term, other) if length <= len(other) else (other, term)
        if short in long and len(short) >= 2 and not short.isascii() and other[:1] != '"':
            return True
    return False
