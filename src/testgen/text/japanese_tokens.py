"""Splits Japanese texts into morphemes with Sudachi and its small dictionary."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sudachipy import Morpheme, Tokenizer


@cache
def _tokenizer() -> "Tokenizer":
    from sudachipy import Dictionary, SplitMode

    dictionary = Dictionary(dict="small")
    make = getattr(dictionary, "tokenizer", dictionary.create)
    made: Tokenizer = make(SplitMode.B)
    return made


def warm_up() -> None:
    """Loads the dictionary, which takes a tenth of a second, so that the first review does not have to wait for it."""
    _tokenizer()


@lru_cache(maxsize=64)
def _tokens(text: str) -> "tuple[Morpheme, ...]":
    return tuple(with_characters(_tokenizer().tokenize(text)))


def with_characters(morphemes: "Iterable[Morpheme]") -> "list[Morpheme]":
    """Leaves out the morphemes that stand for nothing: Sudachi reads 「…」 as three points, two of which have no place in the text."""
    return [morpheme for morpheme in morphemes if morpheme.end() > morpheme.begin()]


def tokenize(text: str) -> "list[Morpheme]":
    """The morphemes of a text; their offsets are code points. Results are cached, because several rules read the same text."""
    return list(_tokens(text))


_HAN = re.compile(r"[一-龠々〆ヶ]+")
_MOST_HAN = 60  # characters; a text of more of them that is Japanese has kana


def all_japanese(text: str) -> bool:
    """Whether the Han characters of a text without kana are mostly words of the dictionary in characters of JIS X 0208 (点灯, 伝票No.採番).
    Those of Chinese seldom are: it writes 打开 and 登录."""
    words = _HAN.findall(text)
    whole = "".join(words)
    if not whole or len(whole) > _MOST_HAN:
        return False
    try:
        whole.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    unknown: int = sum(token.end() - token.begin() for word in words for token in tokenize(word) if token.is_oov())
    return 2 * unknown <= len(whole)
