"""Whether two texts say the same, by the share of content words that they have in common, apart from width, kana, quotes, numbers and
politeness."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from testgen.domain.language import Language
from testgen.reviewer.grammar import GRAMMARS
from testgen.text.marks import mask
from testgen.text.normal import normalise
from testgen.text.sentences import split_sentences

# An expected result counts as covered where one step has this share of its content words, and the same polarity. On the
# examples' procedures true pairs have 0.75 or more, and the next best step 0.4 or less.
COVERED = 0.6
# An expected result, or what a step says, is seldom more than three sentences. Of a wall of text the first parts are compared
# one by one, since each is compared with each; the rest as a whole.
MOST_WANTED, MOST_OFFERED = 10, 20
_CLAUSE: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"、"),
    "en": re.compile(
        r"[,;]\s+(?:(?:and|but|so)\s+)?|\s(?:and|but)\s+(?=(?:the|an?|no|it|its|there|nothing)\b)", re.IGNORECASE
    ),
}
_QUOTES = re.compile(r"「[^」]{0,300}」|\"[^\"]{0,300}\"|“[^”]{0,300}”")


@lru_cache(maxsize=4096)
def content(text: str, language: Language) -> Set[str]:
    """The words that carry the meaning."""
    return GRAMMARS[language].content(normalise(text))


@dataclass(frozen=True)
class Part:
    """A sentence or a clause, and what is compared of it."""

    text: str
    words: Set[str]
    denies: bool

    @classmethod
    def of(cls, text: str, language: Language) -> "Part":
        """The part of a text; each text is read once, because every part is compared with every other."""
        return cls(text, content(text, language), negative(text, language))

    def share_in(self, offered: "Part") -> float:
        """How much of this occurs in `offered`; 0 if one denies what the other says."""
        if self.denies != offered.denies:
            return 0.0
        if not self.words:
            return 1.0 if normalise(self.text) in normalise(offered.text) else 0.0
        return len(self.words & offered.words) / len(self.words)


@lru_cache(maxsize=4096)
def covered(wanted: str, offered: str, language: Language) -> float:
    """How much of `wanted` occurs in `offered`. Negation is compared sentence by sentence and clause by clause, because the absence of
    one thing denies no other; the lowest value of the parts counts."""
    whole, parted = _wanted(wanted, language)
    if not whole:
        return Part.of(wanted, language).share_in(Part.of(offered, language))
    places = _offered(offered, language)
    return max(_least(whole, places), _least(parted, places))


def _least(parts: Sequence[Part], places: Sequence[Part]) -> float:
    return min((max((part.share_in(place) for place in places), default=0.0) for part in parts), default=0.0)


@lru_cache(maxsize=1024)
def _wanted(text: str, language: Language) -> tuple[Sequence[Part], Sequence[Part]]:
    """The sentences of an expected result and its clauses, as far as they carry a meaning."""
    sentences = _first(split_sentences(text), MOST_WANTED)
    parted = _first([clause for sentence in sentences for clause in clauses(sentence, language)], MOST_WANTED)
    whole, parts = (
        [part for part in (Part.of(one, language) for one in told) if part.words] for told in (sentences, parted)
    )
    return whole, parts


@lru_cache(maxsize=1024)
def _offered(text: str, language: Language) -> Sequence[Part]:
    """What a step says: its sentences, their clauses, and, each as a whole, what it denies and what it does not."""
    sentences = split_sentences(text)
    told = [
        "\n".join(sentence for sentence in sentences if negative(sentence, language) is denies)
        for denies in (True, False)
    ]
    first = _first(sentences, MOST_OFFERED)
    all_clauses = _first([part for one in first for part in clauses(one, language)], MOST_OFFERED)
    return [Part.of(part, language) for part in dict.fromkeys([*first, *all_clauses, *told])]


def _first(parts: Sequence[str], most: int) -> Sequence[str]:
    return parts if len(parts) <= most else [*parts[: most - 1], "\n".join(parts[most - 1 :])]


@lru_cache(maxsize=4096)
def clauses(sentence: str, language: Language) -> tuple[str, ...]:
    """The clauses of a sentence; quoted text is not split."""
    masked = mask(sentence)
    ends = [0, *(match.end() for match in _CLAUSE[language].finditer(masked)), len(sentence)]
    return tuple(clause for start, end in pairwise(ends) if (clause := sentence[start:end].strip()))


@lru_cache(maxsize=1024)
def consequence(text: str, language: Language) -> str:
    """What is seen, without the circumstances before or after it; empty if there are none."""
    span = GRAMMARS[language].circumstances(mask(text))
    return (text[: span[0]] + text[span[1] :]).strip(" 、,.") if span else ""


@lru_cache(maxsize=4096)
def negative(text: str, language: Language) -> bool:
    """Whether the text denies something; quoted words do not count."""
    return GRAMMARS[language].negative(_QUOTES.sub(" ", text))
