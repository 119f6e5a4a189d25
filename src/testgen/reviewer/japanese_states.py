"""Japanese: a sentence that says how something is, not what is done: 扉が開いている, バッテリーは満充電."""

from itertools import pairwise
from typing import TYPE_CHECKING

from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.japanese_tokens import tokenize

if TYPE_CHECKING:
    from sudachipy import Morpheme

# 人がいない, 何も表示されない: these say how something is.
_STAYS = frozenset(("いる", "ある", "れる", "られる", "できる", "なる"))


def state(masked: str) -> Span | None:
    """A sentence whose predicate says how something is, not what is done: …ている, …である, …ない, …済み."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    tokens = [token for token in _without_an_aside(tokens) if token.part_of_speech()[0] != "補助記号"]
    while tokens and tokens[-1].normalized_form() in ("事", "こと", "です", "だ", "ます", "物"):
        tokens.pop()
    if not tokens or masked.startswith(("（前提", "(前提", "【前提")):
        return None
    last = tokens[-1]
    if _is_left_undone(tokens):
        return None
    auxiliary = last.dictionary_form() in ("いる", "ある", "おる") and len(tokens) > 1
    adjective = last.part_of_speech()[0] == "形容詞" or last.normalized_form() in (
        "ない",
        "状態",
        "済み",
        "済",
        "中",
        "前",
        "ぬ",
    )
    yet = len(tokens) > 1 and tokens[-2].surface() in ("未", "済")
    honoured = len(tokens) > 1 and tokens[-2].surface() in ("お", "ご") and last.part_of_speech()[0] == "動詞"
    achieved = yet or (
        last.surface() in ("完了", "完了済み", "済み", "済") and not any(token.surface() == "を" for token in tokens)
    )
    nominal = last.part_of_speech()[0] == "名詞" and _is_told_of(tokens)
    return (
        (tokens[0].begin(), last.end())
        if auxiliary
        or nominal
        or (honoured and masked.rstrip("。").endswith("です"))
        or (adjective and len(tokens) > 2)
        or (achieved and len(tokens) > 1)
        else None
    )


def _is_left_undone(tokens: "list[Morpheme]") -> bool:
    """1分間操作しない, 「保存」を押さない, 何も触らない: what the tester does is to leave something undone. 人がいない is a state."""
    if (
        len(tokens) < 2
        or tokens[-1].normalized_form() not in ("ない", "ぬ")
        or tokens[-2].part_of_speech()[0] != "動詞"
    ):
        return False
    surfaces = [token.surface() for token in tokens]
    nothing = any(pair == ("何", "も") for pair in pairwise(surfaces))
    during = any(one.isdecimal() and other.endswith("間") for one, other in pairwise(surfaces))
    return (nothing or during or "を" in surfaces) and tokens[-2].dictionary_form() not in _STAYS


def _without_an_aside(tokens: "list[Morpheme]") -> "list[Morpheme]":
    """運転準備完了（ランプ点灯）: the text in brackets at the end says how it can be seen."""
    if not tokens or tokens[-1].surface() not in ("）", ")"):
        return tokens
    opened = max((at for at, token in enumerate(tokens) if token.surface() in ("（", "(")), default=0)
    return tokens[:opened] if opened else tokens


def _is_told_of(tokens: "list[Morpheme]") -> bool:
    """バッテリーは満充電: a topic and a noun, without a verb or an object."""
    kinds = [token.part_of_speech()[0] for token in tokens]
    deed = "サ変可能" in tokens[-1].part_of_speech()[2] and kinds[-2:-1] != ["接頭辞"]  # 異常時はセンターに連絡
    if (
        deed
        or tokens[-1].surface() == "おす"
        or tokens[-1].surface() == "なし"
        or tokens[-1].normalized_form() in lexicon("ja")["likenesses"]
    ):
        return False
    return (
        any(
            token.surface() in ("は", "が") and tokens[at - 1].normalized_form() not in ("時", "場合", "際")
            for at, token in enumerate(tokens)
        )
        and "動詞" not in kinds
        and not any(token.surface() == "を" for token in tokens)
    )
