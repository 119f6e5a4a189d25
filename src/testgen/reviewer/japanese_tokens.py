"""Japanese texts as morphemes, by Sudachi with its small dictionary."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer


@cache
def _tokenizer() -> "Tokenizer":
    from sudachipy import Dictionary, SplitMode

    dictionary = Dictionary(dict="small")
    make = getattr(dictionary, "tokenizer", dictionary.create)
    made: Tokenizer = make(SplitMode.B)
    return made


def warm_up() -> None:
    """Loads the dictionary, which takes a tenth of a second, so that the first review need not wait for it."""
    _tokenizer()


@lru_cache(maxsize=64)
def _tokens(text: str) -> "tuple[Morpheme, ...]":
    return tuple(_tokenizer().tokenize(text))


def tokenize(text: str) -> "list[Morpheme]":
    """Morphemes of a text; their offsets are code points. Several rules read the same text, one after the other."""
    return list(_tokens(text))


_A_FEW = re.compile(r"[一-龠々〆ヶ\s、。・]{1,8}")


def all_japanese(text: str) -> bool:
    """Whether a few Han characters are words of the dictionary (点灯, 異常無し), as those of another language seldom are."""
    return bool(_A_FEW.fullmatch(text.strip())) and not any(token.is_oov() for token in tokenize(text.strip()))
