"""The words of a text that say what it is about."""

import re
from functools import lru_cache

from testgen.text.normal import normalise

HAN, KATAKANA = re.compile("[一-龠々]"), re.compile("[ァ-ヶー]")
# 申し込み and 取り消し are one word each, 注文し and what follows are two.
_WORD = re.compile(
    r"[a-z][a-z0-9]*|(?<![一-龠々])[一-龠々][いしちりみけきえせれげめべびぎ][一-龠々]+|[一-龠々〆]+|[ァ-ヶー]+"
)
_ENDINGS = frozenset(("s", "es", "d", "ed", "ing", "er"))
_SHORTEST = 3  # letters of a word that has forms
_EMPTY = re.compile(r"an?|and|as|at|by|for|from|in|into|is|its?|of|on|or|the|to|was|with")


@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[str, ...]:
    """Latin words, and runs of Han and of katakana characters, once each, without words that only connect others."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(normalise(text)) if not _EMPTY.fullmatch(word)))


def keys(text: str) -> tuple[str, ...]:
    """The words that two texts about different things rarely share; a single letter says nothing."""
    return tuple(word for word in words_of(text) if len(word) > 1)


def one_word(word: str, other: str) -> bool:
    """Whether two Latin words differ only in their ending: log and logged, not log and login."""
    short, long = sorted((word, other), key=len)
    rest = long.removeprefix(short)
    if rest[:1] == short[-1:]:
        rest = rest[1:] if rest not in _ENDINGS else rest
    return word == other or (len(short) >= _SHORTEST and long.startswith(short) and rest in _ENDINGS)
