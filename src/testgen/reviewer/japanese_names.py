"""Japanese wording: what is said by its name, or was said before."""

import itertools
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import is_of, kind_of
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

# fmt: off
SAID_BEFORE = frozenset((
    "元", "同じ", "同", "上記", "前述", "先ほど", "既定", "初期", "全", "全員", "すべて", "全て", "空", "空欄", "以下", "次", "表示",
    "作成", "登録", "一番", "先頭", "末尾", "最後", "左端", "右端", "最新", "直近",
    "その", "この", "当該", "翌", "当", "当日", "本日", "明日", "翌日", "前日", "昨日", "今日", "現在", "月末", "月初", "年末",
))
# fmt: on


def named(value: "list[Morpheme]") -> bool:
    """Something with a name, or that was said before."""
    return any(entry.surface() in SAID_BEFORE for entry in value) or has_a_name(value)


def has_a_name(value: "list[Morpheme]") -> bool:
    """A number, a quote, a proper noun, Latin letters. The IP of IPアドレス is only a kind, and an ordinal only a place."""
    for place, entry in enumerate(value):
        text = entry.surface()
        kind_only = place + 1 < len(value) and len(text) > 1 and text.isascii() and text.isalpha() and text.isupper()
        ordinal = kind_of(entry)[1] == "数詞" and any(e.surface() == "目" for e in value[place + 1 : place + 3])
        if MASK in text or (kind_of(entry)[1] in ("数詞", "固有名詞") and not ordinal):
            return True
        if text.isascii() and not (kind_only or ordinal):
            return True
    return False


def without_amounts(value: "list[Morpheme]") -> "list[Morpheme]":
    """Without the numbers that count something: 4時間, 10件."""
    return [
        entry
        for place, entry in enumerate(value)
        if not (kind_of(entry)[1] == "数詞" and place + 1 < len(value) and counts(value[place + 1]))
    ]


def is_past(value: "list[Morpheme]") -> bool:
    """届いたコード, 控えた番号, 記載の番号: it is there already."""
    stated = any(
        (entry.surface(), following.surface()) == ("記載", "の") for entry, following in itertools.pairwise(value)
    )
    return stated or any(
        entry.dictionary_form() == "た"
        and kind_of(entry)[5].startswith("連体形")
        and not any(is_of(doing, "whims") for doing in value[max(at - 1, 0) : at + 1])
        for at, entry in enumerate(value[1:])
    )


def counts(token: "Morpheme") -> bool:
    """件, 枚, つ: what a number is followed by."""
    return "助数詞" in "".join(kind_of(token)) or token.surface() in ("つ", "個", "件")


def measure(token: "Morpheme") -> bool:
    """額, 開度, 設定値: what has a value."""
    degree = token.surface() == "さ" and kind_of(token)[0] == "接尾辞"  # 明る + さ
    return degree or is_of(token, "measures") or token.surface()[-1] in "値数額量度圧率幅高長温"
