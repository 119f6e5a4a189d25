"""Do two texts say the same? Width, kana, quotes, numbers and politeness aside, by the share of content words they share."""

import re
from collections.abc import Sequence, Set
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


def share(wanted: str, offered: str, language: Language) -> float:
    """How much of `wanted` stands in `offered`, 0 where one denies what the other says."""
    if negative(wanted, language) != negative(offered, language):
        return 0.0
    words = content(wanted, language)
    if not words:
        return 1.0 if normalise(wanted) in normalise(offered) else 0.0
    return len(words & content(offered, language)) / len(words)


def covered(wanted: str, offered: str, language: Language) -> float:
    """How much of `wanted` stands in `offered`. Polarity is judged sentence by sentence and clause by clause, since that one
    thing is not seen denies no other; the least of the parts counts."""
    whole, parted = _wanted(wanted, language)
    if not whole:
        return share(wanted, offered, language)
    places = _offered(offered, language)

    def least(parts: Sequence[str]) -> float:
        return min(
            (max((share(part, place, language) for place in places), default=0.0) for part in parts), default=0.0
        )

    return max(least(whole), least(parted))


@lru_cache(maxsize=1024)
def _wanted(text: str, language: Language) -> tuple[Sequence[str], Sequence[str]]:
    """The sentences of an expected result, and its clauses; of both those that carry a meaning."""
    sentences = _first(split_sentences(text), MOST_WANTED)
    parted = _first([clause for sentence in sentences for clause in clauses(sentence, language)], MOST_WANTED)
    whole, parts = ([part for part in told if content(part, language)] for told in (sentences, parted))
    return whole, parts


@lru_cache(maxsize=1024)
def _offered(text: str, language: Language) -> Sequence[str]:
    """What a step says: its sentences, their clauses, and what it denies and what not, each as a whole."""
    sentences = split_sentences(text)
    told = [
        "\n".join(sentence for sentence in sentences if negative(sentence, language) is denies)
        for denies in (True, False)
    ]
    first = _first(sentences, MOST_OFFERED)
    return [*first, *_first([part for one in first for part in clauses(one, language)], MOST_OFFERED), *told]


def _first(parts: Sequence[str], most: int) -> Sequence[str]:
    return parts if len(parts) <= most else [*parts[: most - 1], "\n".join(parts[most - 1 :])]


@lru_cache(maxsize=4096)
def clauses(sentence: str, language: Language) -> tuple[str, ...]:
    """The clauses of a sentence; what is quoted is not cut."""
    masked = mask(sentence)
    ends = [0, *(match.end() for match in _CLAUSE[language].finditer(masked)), len(sentence)]
    return tuple(clause for start, end in pairwise(ends) if (clause := sentence[start:end].strip()))


@lru_cache(maxsize=1024)
def consequence(text: str, language: Language) -> str:
    """What is seen, without the circumstances in front of or behind it; empty where there are none."""
    span = GRAMMARS[language].circumstances(mask(text))
    return (text[: span[0]] + text[span[1] :]).strip(" 、,.") if span else ""


@lru_cache(maxsize=4096)
def negative(text: str, language: Language) -> bool:
    """Whether the text denies something; quoted words do not count."""
    return GRAMMARS[language].negative(_QUOTES.sub(" ", text))
