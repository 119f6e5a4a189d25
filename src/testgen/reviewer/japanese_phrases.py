"""Where a Japanese operation begins with its object, so that it can be quoted: the verb at its end alone tells nobody which it is."""

from itertools import pairwise
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import kind_of
from testgen.text.japanese_tokens import tokenize

if TYPE_CHECKING:
    from sudachipy import Morpheme

_BREAKS = frozenset("。→⇒\n")
_THEN = frozenset(("後", "あと", "のち", "次第", "上", "うえ"))


def phrase_start(masked: str, first: int, begin: int) -> int:
    """Where the operation whose verb begins at `begin` starts, behind the one whose verb begins at `first`."""
    tokens = [token for token in tokenize(masked) if first <= token.begin() <= begin and kind_of(token)[0] != "空白"]
    start = begin
    for at, (before, token) in enumerate(pairwise(tokens)):
        if _ends(tokens, at) or (_is_a_stem(before) and kind_of(token)[0] in ("名詞", "補助記号", "接頭辞")):
            start = token.begin()
    return start


def _ends(tokens: "list[Morpheme]", at: int) -> bool:
    """Whether a clause ends with a morpheme: 閉めて, 入力し、 印刷した後, 起動→."""
    token, before = tokens[at], tokens[at - 1] if at else None
    if token.surface() in _BREAKS:
        return True
    if before is None:
        return False
    inflected = (
        kind_of(before)[0] in ("動詞", "助動詞") or kind_of(before)[1] == "接続助詞" or before.surface() in _THEN
    )
    if token.surface() in "、，":
        return inflected or "サ変可能" in kind_of(before)[2]
    joins = kind_of(token)[1] == "接続助詞" and token.surface() in ("て", "で", "と")
    return inflected and (joins or token.surface() in _THEN or (token.surface() == "に" and before.surface() in _THEN))


def _is_a_stem(token: "Morpheme") -> bool:
    """入力し「実行」を押す: a verb that goes on, with nothing between."""
    return kind_of(token)[0] == "動詞" and kind_of(token)[5].startswith("連用形-一般")
