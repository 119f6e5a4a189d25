"""Japanese wording: what only some people know, and steps that say nothing."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_helpers import helps
from testgen.reviewer.japanese_morphemes import (
    ENDS,
    Found,
    clause_start,
    is_of,
    kind_of,
    kinds_of,
    span_of,
    surface_at,
)
from testgen.reviewer.japanese_nouns import does, is_a_verb_in_kana
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_BEFORE = (["前"], ["直前"], ["上"], ["先"])
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
_TOLD_OF_A_THING = frozenset(("名詞", "接尾辞", "接頭辞", "形状詞", "形容詞"))
_NO_HEADINGS = frozenset(("前提", "状態", "なし", "あり", "済み", "場合"))  # what must hold
_STEPS_BEFORE = (["前", "の"], ["直前", "の"], ["先", "の"], ["上", "の"])  # 前の手順で控えた番号
_CONTROLS = ("キー", "ボタン", "釦", "スイッチ", "レバー")  # クリアキー is pressed
_NO_CHANGE = (("変わり", "なし"), ("変わり", "ない"), ("変更", "なし"), ("差", "なし"))


def knowledge(tokens: "list[Morpheme]") -> Iterator[Found]:
    """In the manner that somebody knows: a familiar time or person, and a likeness or a manner."""
    for index, token in enumerate(tokens[:-1]):
        kinds = kinds_of(token)
        if _is_told(tokens, index):
            continue
        manner = "manners" in kinds or (token.surface() == "方" and kind_of(token)[0] == "接尾辞")
        if not (manner or "familiar" in kinds):
            continue
        first = clause_start(tokens, index)
        before = tokens[first:index]
        if manner and surface_at(tokens, index + 1) in ("で", "に", "どおり", "通り", "を", "の"):
            becomes = index + 2 < len(tokens) and tokens[index + 2].dictionary_form() in ("なる", "成る", "見える")
            if (
                becomes
                or surface_at(tokens, index + 1) in ("を", "の")
                or not before
                or [entry.surface() for entry in before[-2:]] in _STEPS_BEFORE
                or any(_exact(entry) for entry in before)
            ):
                continue
            if kind_of(tokens[index - 1])[0] in ("助動詞", "動詞") or surface_at(tokens, index - 1) in ("の", "な"):
                yield "tacit-knowledge", span_of(tokens, first, index)
        elif (
            "familiar" in kinds
            and _likened(tokens, index)
            and not any(_exact(e) for e in tokens[index + 1 : index + 7])
        ):
            yield "tacit-knowledge", span_of(tokens, index, index)


def _is_told(tokens: "list[Morpheme]", index: int) -> bool:
    """毎回同じ結果, 変更前と同じ, 再開後の音量が以前と同じ, 前の手順で登録した: nothing to know, as this very
    test tells what is meant."""
    word, before = tokens[index].surface(), [entry.surface() for entry in tokens[clause_start(tokens, index) : index]]
    return (
        (word.startswith("毎") and surface_at(tokens, index + 1) == "同じ")
        or (word == "前" and bool(before) and kind_of(tokens[index - 1])[0] == "名詞")
        or (word == "以前" and "後" in before)
        or (word == "手順" and before[-1:] == ["の"] and before[-2:-1] in _BEFORE)
    )


def _exact(token: "Morpheme") -> bool:
    return is_of(token, "documents") or MASK in token.surface() or kind_of(token)[1] == "数詞"


def _likened(tokens: "list[Morpheme]", index: int) -> bool:
    rest = [token.normalized_form() for token in tokens[index + 1 : index + 5]]
    return any(
        word
        in (
            "同じ",
            "同様",
            "通り",
            "変わる",
            "従う",
            "倣う",
            "習う",
            "教わる",
            "聞く",
            "準ずる",
            "準じる",
            "任せる",
            "基づく",
            "沿う",
            "ならう",
            "踏襲",
            "要領",
        )
        for word in rest
    )


def nothing_said(tokens: "list[Morpheme]", masked: str) -> Iterator[Found]:
    """試してみる, 一通り触る: an action that could be any, on something that could be anything."""
    told = [
        token
        for token in tokens
        if token.surface() not in ENDS and kind_of(token)[0] not in ("助詞", "助動詞", "補助記号")
    ]
    deeds = [token for token in told if is_of(token, "vague_deeds") or token.surface() == "確認"]
    rest = [
        token
        for token in told
        if token not in deeds and token.normalized_form() not in ("見る", "為る", "置く", "下さる", "事", "行く")
    ]
    if _as_elsewhere(tokens) or _is_a_heading(told, tokens, masked):
        yield "low-information", (tokens[0].begin(), tokens[-1].end())
    if not deeds or MASK in masked or any(kind_of(token)[1] == "数詞" for token in told):
        return
    if all(is_of(token, "generalities") for token in rest) or (
        _about(rest) and not _acts_first(tokens) and not _lists(tokens)
    ):
        yield "low-information", (tokens[0].begin(), tokens[-1].end())


def ends_in_a_vague_deed(masked: str) -> bool:
    """対応する, 一通り確認: whether the last word is a deed that could be any."""
    said = [token for token in tokenize(masked) if kind_of(token)[0] not in ("助詞", "助動詞", "補助記号", "空白")]
    return bool(said) and (is_of(said[-1], "vague_deeds") or said[-1].surface() == "確認")


def _is_a_heading(told: "list[Morpheme]", tokens: "list[Morpheme]", masked: str) -> bool:
    """出口ゲート, 期限切れクーポン, 電波なしの状態でも: nouns that name a thing or a case; what is done to it is not said."""
    marks = {token.surface() for token in tokens if kind_of(token)[0] in ("助詞", "補助記号", "助動詞")}
    if not told or MASK in masked or marks - {"の", "な", "。", "で", "も", "・"} or {"で"} == marks & {"で", "も"}:
        return False
    *earlier, last = told
    nouns = kind_of(last)[0] in ("名詞", "接尾辞") and all(kind_of(token)[0] in _TOLD_OF_A_THING for token in earlier)
    acts = "サ変可能" in kind_of(last)[2] or does(last) or any(kind_of(token)[1] == "数詞" for token in told)
    acts = acts or is_a_verb_in_kana(last)
    thing = (kind_of(last)[0] == "名詞" or last.surface() == "側") and last.surface() not in _NO_HEADINGS
    thing = thing and not last.surface().endswith(_CONTROLS)
    return nouns and not acts and thing and bool(_JAPANESE.search(told[0].surface() + last.surface()))


def _acts_first(tokens: "list[Morpheme]") -> bool:
    """タスクキルして再起動とか色々やってみる: another clause says what is done before."""
    return any(
        token.surface() in ("て", "で") and kind_of(token)[1] == "接続助詞" and not helps(following)
        for token, following in pairwise(tokens)
    )


def _lists(tokens: "list[Morpheme]") -> bool:
    """ユーザーの作成・変更・削除をひととおり: several acts are named."""
    listed = any(token.surface() in "・、" for token in tokens[1:-1])
    return listed and sum("サ変可能" in kind_of(token)[2] for token in tokens) > 1


def _about(rest: "list[Morpheme]") -> bool:
    """決済まわり, 参加者関係の作業: behind the noun of a scope there are at most words that say nothing."""
    while len(rest) > 1 and is_of(rest[-1], "generalities"):
        rest = rest[:-1]
    return is_of(rest[-1], "scopes")


def _as_elsewhere(tokens: "list[Morpheme]") -> bool:
    """以降は上り側と変わりなし, 残りも同様: the step is a likeness, and no verb says what to do."""
    rest = [
        token
        for token in tokens
        if kind_of(token)[0] not in ("補助記号", "助動詞") and token.surface() not in ("する", "行う", "とする")
    ]
    pair = tuple(token.surface() for token in rest[-2:])
    return pair in _NO_CHANGE or bool(rest and is_of(rest[-1], "likenesses"))
