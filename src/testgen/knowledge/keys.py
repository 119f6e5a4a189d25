"""The words of a text that say what it is about."""

import re
from functools import lru_cache

from testgen.text.normal import normalise

ENDINGS = 3  # letters that an English word may have behind its stem: log, logged
HAN, KATAKANA = re.compile("[一-龠々]"), re.compile("[ァ-ヶー]")
_WORD = re.compile(r"[a-z0-9]+|[一-龠々〆]+|[ァ-ヶー]+")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "the",
        "to",
        "was",
        "with",
    ]
)


@lru_cache(maxsize=2048)
def keys(text: str) -> tuple[str, ...]:
    """Latin words, runs of Han and of katakana, once each."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(normalise(text)) if word not in _EMPTY))
