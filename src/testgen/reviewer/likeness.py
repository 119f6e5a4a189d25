"""Do two texts say the same? Width, kana, quotes, numbers and politeness aside, by the share of content words they share."""

import re
from collections.abc import Set
from functools import lru_cache

from testgen.domain.language import Language
from testgen.reviewer.grammar import GRAMMARS
from testgen.text.normal import normalise

# An expected result counts as covered where one step has this share of its content words, and the same polarity. On the
# examples' procedures true pairs have 0.75 or more, and the next best step 0.4 or less.
COVERED = 0.6
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


@lru_cache(maxsize=1024)
def consequence(text: str, language: Language) -> str:
    """What is seen, without the circumstances in front of or behind it; empty where there are none."""
    span = GRAMMARS[language].circumstances(text)
    return (text[: span[0]] + text[span[1] :]).strip(" 、,.") if span else ""


@lru_cache(maxsize=4096)
def negative(text: str, language: Language) -> bool:
    """Whether the text denies something; quoted words do not count."""
    return GRAMMARS[language].negative(_QUOTES.sub(" ", text))
