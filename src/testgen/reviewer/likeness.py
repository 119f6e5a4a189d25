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
_CLAUSE: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"、"),
    "en": re.compile(
        r"[,;]\s+(?:(?:and|but|so)\s+)?|\s(?:and|but)\s+(?=(?:the|an?|no|it|its|there|nothing)\b)", re.IGNORECASE
    ),
}
_QUOTES = re.compile(r"「[^」]*」|\"[^\"]*\"|“[^”]*”")


@lru_cache(maxsize=4096)
def content(text: str, language: Language) -> Set[str]:
    """The words that carry the meaning."""
    return GRAMMARS[language].content(normalise(text))


def share(wanted: str, offered: str, language: Language, *, polarity: bool = True) -> float:
    """How much of `wanted` stands in `offered`, 0 where one denies what the other says."""
    if polarity and negative(wanted, language) != negative(offered, language):
        return 0.0
    words = content(wanted, language)
    if not words:
        return 1.0 if normalise(wanted) in normalise(offered) else 0.0
    return len(words & content(offered, language)) / len(words)


def covered(wanted: str, offered: str, language: Language) -> float:
    """How much of `wanted` stands in `offered`. Polarity is judged sentence by sentence and clause by clause, since that one
    thing is not seen denies no other; the least of the parts counts."""
    whole, parted = _told(wanted, language)
    if not whole:
        return share(wanted, offered, language)
    places = _places(offered, language)

    def least(parts: Sequence[str]) -> float:
        return min(
            (max((share(part, place, language) for place in places), default=0.0) for part in parts), default=0.0
        )

    return max(least(whole), least(parted))


@lru_cache(maxsize=4096)
def _told(wanted: str, language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences and the clauses of an expected result that say something."""
    whole = split_sentences(wanted)
    parted = (clause for sentence in whole for clause in clauses(sentence, language))
    return tuple(part for part in whole if content(part, language)), tuple(
        part for part in parted if content(part, language)
    )


@lru_cache(maxsize=4096)
def _places(offered: str, language: Language) -> tuple[str, ...]:
    """Where a result may stand: each sentence, each clause, and all sentences that deny or affirm."""
    sentences = split_sentences(offered)
    parted = (clause for sentence in sentences for clause in clauses(sentence, language))
    sides = ("\n".join(text for text in sentences if negative(text, language) is denies) for denies in (True, False))
    return tuple(dict.fromkeys((*sentences, *parted, *filter(None, sides))))


def clauses(sentence: str, language: Language) -> tuple[str, ...]:
    """The clauses of a sentence; what is quoted is not cut."""
    masked = mask(sentence)
    ends = [0, *(match.end() for match in _CLAUSE[language].finditer(masked)), len(sentence)]
    return tuple(clause for start, end in pairwise(ends) if (clause := sentence[start:end].strip()))


def consequence(text: str, language: Language) -> str:
    """What is seen, without the circumstances in front of or behind it; empty where there are none."""
    span = GRAMMARS[language].circumstances(mask(text))
    return (text[: span[0]] + text[span[1] :]).strip(" 、,.") if span else ""


@lru_cache(maxsize=8192)
def negative(text: str, language: Language) -> bool:
    """Whether the text denies something; quoted words do not count."""
    return GRAMMARS[language].negative(_QUOTES.sub(" ", text))
