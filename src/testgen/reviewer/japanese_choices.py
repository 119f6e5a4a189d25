"""Japanese wording: what a step leaves to the taste of the tester."""

from collections.abc import Set
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import clause_start, is_of, kind_of, kinds_of, surface_at
from testgen.reviewer.japanese_names import measure
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme


_CHOSEN = frozenset(("enters", "chooses", "adds", "degrees", "measures_of_change"))
_NO_THINGS = frozenset(("順", "方", "ほう", "感じ", "具合", "場合", "とき", "時", "際", "ため", "の", "こと", "もの"))
_PLACES = frozenset(("ところ", "とこ", "所", "場所", "環境", "状態"))
_ALLOWED = frozenset(("良い", "構う", "構わない", "OK", "可", "可能", "結構"))
_FREE = frozenset(("spare", "left_open", "settled", "sizes"))


def own_choice(tokens: "list[Morpheme]", index: int) -> bool:
    """思いついた言葉, 測った体温: what the tester thinks of or reads, and nobody else knows."""
    named = any(
        kind_of(entry)[1] == "数詞" or MASK in entry.surface() for entry in tokens[clause_start(tokens, index) : index]
    )
    return (
        surface_at(tokens, index + 1) in ("た", "だ")
        and index + 2 < len(tokens)
        and kind_of(tokens[index + 2])[0] == "名詞"
        and not named
    )


def free(tokens: "list[Morpheme]", index: int, kinds: Set[str]) -> bool:
    """空いている席, 余ったもの, 大きなファイル, 長い文字列: which one is left open. `kinds` are those of the word."""
    if not kinds & _FREE:
        return False
    token, following = tokens[index], surface_at(tokens, index + 1)
    if "spare" in kinds:
        depends = any(entry.surface() in ("たら", "れば", "なら") for entry in tokens[index + 1 : index + 4])
        return not depends and following in ("て", "てる", "た", "で", "でる")
    if "left_open" in kinds:
        if token.surface() == "適宜":  # 適宜対応する is vague, 適宜選択する leaves the choice open
            return any(kinds_of(entry) & _CHOSEN for entry in tokens[index + 1 : index + 8])
        if token.surface() == "ダミー" and index + 1 < len(tokens) and kind_of(tokens[index + 1])[0] == "名詞":
            return is_of(tokens[index + 1], "values") or following in ("アカウント", "カード")  # ダミー人形 is a thing
        return following not in ("に", "が", "は")
    if "settled" in kinds and following == "の" and index + 2 < len(tokens):
        if token.surface() == "元" and surface_at(tokens, index + 2) in ("位置", "場所", "状態", "画面"):
            return False
        return measure(tokens[index + 2]) or "once" not in kinds
    attributive = kind_of(token)[0] == "形容詞" and kind_of(token)[5].startswith("連体形")
    return attributive and "sizes" in kinds and following not in _NO_THINGS | _PLACES


def judged_place(tokens: "list[Morpheme]", index: int) -> bool:
    """電波の悪いところ, 暗い場所で: how it is there, and not which of several places."""
    attributive = kind_of(tokens[index])[0] == "形容詞" and kind_of(tokens[index])[5].startswith("連体形")
    most = index > 0 and tokens[index - 1].normalized_form() in ("一番", "最も")
    return (
        attributive
        and not most
        and surface_at(tokens, index + 1) in _PLACES
        and not is_of(tokens[index], "exact_adjectives")
    )


def what_number(tokens: "list[Morpheme]", index: int) -> bool:
    """何日か, 何枚も, 何品でもいい: a counter that somebody has to choose."""
    if tokens[index].surface() not in ("何", "幾"):
        return False
    counted = index + 2 < len(tokens) and kind_of(tokens[index + 1])[0] in ("名詞", "接尾辞")
    counted = counted and tokens[index + 1].surface() not in ("事", "者", "物", "処")
    any_will_do = [surface_at(tokens, at) for at in (index + 2, index + 3)] == ["で", "も"]
    allowed = index + 4 < len(tokens) and tokens[index + 4].normalized_form() in _ALLOWED
    return counted and (surface_at(tokens, index + 2) in ("か", "も") or (any_will_do and allowed))
