"""Japanese wording by kinds of words: manner, success, waits, conditions, values, knowledge, and steps that say nothing.

An open kind is recognised by part of speech and inflection, minus the words that leave no doubt; a closed one by its list.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_choices import judged_place
from testgen.reviewer.japanese_conditions import conditions
from testgen.reviewer.japanese_knowledge import knowledge, nothing_said
from testgen.reviewer.japanese_morphemes import (
    Found,
    is_of,
    kind_of,
    span_of,
    surface_at,
)
from testgen.reviewer.japanese_qualities import only_a_kind
from testgen.reviewer.japanese_repairs import repair
from testgen.reviewer.japanese_results import compared, is_output, judged, results
from testgen.reviewer.japanese_values import values
from testgen.reviewer.japanese_waits import waits
from testgen.reviewer.lexicon import lexicon
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_MIMETIC = re.compile(
    r"(?:^|(?<=[をがはにでとも、。一-龠\ue000]))(([ぁ-んァ-ヶ]{2}|[ァ-ヶ]{2}[ャュョー])\2|[ぁ-んァ-ヶ][っッんン][ぁ-んァ-ヶ][りリ])(?=と|に|し|[一-龠ァ-ヶ]|動|$)"
)
_KANA, _SHORT = re.compile(r"[ぁ-ん]+"), 2
_SOUND = re.compile(r"[ァ-ヶー]+[ッン]|[ァ-ヶー]+")
_PART_OF_A_WORD = re.compile(r"[一-龠]")  # 復電 is cut behind 復, which alone is an adverb
_KANJI = re.compile(r"[一-龠]{2,3}")
_CUT, _HAN = re.compile(r"[一-龠]に"), re.compile(r"[一-龠]$")
_THE_ONE_NAMED = re.compile(r"該当|対象|当該")


def without_what_is_named(masked: str) -> str:
    """The text with 該当 and 対象 masked after a value in quotes, because they refer to that value."""
    first = masked.find(MASK)
    return masked if first < 0 else masked[:first] + _THE_ONE_NAMED.sub(MASK * 2, masked[first:])


def wording(masked: str, *, action: bool) -> Iterator[Found]:
    """Rule and position of each phrase that belongs to one of the kinds."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    yield from waits(tokens)
    yield from _manners(tokens, action=action)
    yield from _mimetic(masked)
    yield from knowledge(tokens)
    if action:
        yield from conditions(tokens)
        yield from values(tokens, masked)
        places = (index for index in range(len(tokens) - 1) if judged_place(tokens, index))
        yield from (("ambiguous-wording", span_of(tokens, index, index + 1)) for index in places)
        yield from nothing_said(tokens, masked)
        yield from judged(tokens)
    else:
        yield from results(tokens, masked)
        if mended := repair(tokens):
            yield "conditional-step", mended.condition


def data(masked: str) -> Iterator[Found]:
    """Test data that are no value: 併用禁忌の薬, 在庫のある品番."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    if only_a_kind(tokens):
        yield "unspecified-value", (tokens[0].begin(), tokens[-1].end())


def _manners(tokens: "list[Morpheme]", *, action: bool) -> Iterator[Found]:
    """Adverbs, and adjectives used like them: how something is done or happens. 仮押さえ、すぐBでも押す: one act follows the other."""
    for index, token in enumerate(tokens):
        kind = kind_of(token)
        if kind[0] == "副詞":
            if (
                not is_of(token, "exact_adverbs")
                and not _SOUND.fullmatch(token.surface())
                and not _in_kana(tokens, index)
                and not _PART_OF_A_WORD.fullmatch(token.surface())
                and not _is_cut(tokens, index)
                and (is_of(token, "hedges") or not _number_near(tokens, index))
                and not (is_of(token, "at_once") and (_again(tokens, index) or (action and index > 0)))
            ):
                yield "ambiguous-wording", span_of(tokens, index, index)
        elif (
            token.surface() == "なく"
            and kind_of(tokens[index - 1])[0] == "名詞"
            and index
            and not is_of(tokens[index - 1], "exact_without")
        ):
            yield "ambiguous-wording", span_of(tokens, index - 1, index)
        elif kind[0] == "形容詞" and kind[5].startswith("連用形-一般") and index + 1 < len(tokens):
            following = tokens[index + 1]
            if is_of(token, "judgements") and following.dictionary_form() in ("なる", "成る"):
                yield "ambiguous-wording", span_of(tokens, index, index + 1)
            if not is_of(token, "exact_adjectives") and _modifies(following) and not compared(tokens, index):
                # タイミングよく, 手際よく: the noun belongs to it.
                whole = token.normalized_form() == "良い" and index and kind_of(tokens[index - 1])[0] == "名詞"
                yield "ambiguous-wording", span_of(tokens, index - bool(whole), index)
        elif surface_at(tokens, index + 1) == "に" and _vague_state(tokens, index):
            yield "ambiguous-wording", span_of(tokens, index, index + 1)


def _in_kana(tokens: "list[Morpheme]", index: int) -> bool:
    """The でん of でんげん: a noun in kana that the dictionary cuts in two."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    short = len(tokens[index].surface()) <= _SHORT
    return short and after is not None and kind_of(after)[0] == "名詞" and bool(_KANA.fullmatch(after.surface()))


def _is_cut(tokens: "list[Morpheme]", index: int) -> bool:
    """売切にした is cut behind 売, and 切に is an adverb."""
    short = _CUT.fullmatch(tokens[index].surface()) and index > 0
    return bool(short and tokens[index - 1].end() == tokens[index].begin() and _HAN.search(tokens[index - 1].surface()))


def _mimetic(masked: str) -> Iterator[Found]:
    """ゆるゆると, すっきり, ふんわり: words that paint a manner, told by their shape."""
    for match in _MIMETIC.finditer(masked):
        loan = (
            not match.group(2)
            and re.match(r"[ァ-ヶ]", match.group(1))
            and re.match(r"[一-龠ァ-ヶー]", masked[match.end() :])
        )  # バッテリ残量
        if not loan and match.group(1) not in lexicon("ja")["exact_mimetic"]:
            yield "ambiguous-wording", match.span(1)


def _modifies(following: "Morpheme") -> bool:
    """A verb that is done so, not one that comes to be so (遅くなる, 大きくする)."""
    if following.dictionary_form() in (
        "する",
        "為る",
        "なる",
        "成る",
        "ない",
        "無い",
        "ある",
        "変わる",
        "見える",
        "いく",
        "て",
    ):
        return False
    return kind_of(following)[0] in ("動詞", "名詞", "接頭辞") and not following.surface().startswith("並び")


def _number_near(tokens: "list[Morpheme]", index: int) -> bool:
    """もう1回, あと3つ: the number says it."""
    return index + 1 < len(tokens) and kind_of(tokens[index + 1])[1] == "数詞"


def _again(tokens: "list[Morpheme]", index: int) -> bool:
    """すぐもう一回, 直後に再度: what comes next is done once more, with nothing between."""
    return surface_at(tokens, index + 1) in ("もう", "また", "再度", "再び", "次", "続け")


def _vague_state(tokens: "list[Morpheme]", index: int) -> bool:
    """円滑(に), 効率的(に), 丁寧(に): an open kind where the word is nothing else."""
    token = tokens[index]
    kind = kind_of(token)
    if index and kind_of(tokens[index - 1])[1] == "数詞":
        return False  # 200 円に
    latin = token.surface().isascii() and not is_of(token, "vague_states")
    if latin or (token.surface() == "可" and index and kind_of(tokens[index - 1])[0] == "名詞"):
        return False  # Active に, 受付可に
    if is_of(token, "vague_states"):
        return not is_output(tokens, index)
    following = tokens[index + 2] if index + 2 < len(tokens) else None
    ended = following is None or kind_of(following)[1].startswith(("括弧閉", "句点", "読点"))  # …すること(早めに)
    comes_to_be = not ended and following is not None and not _modifies(following)
    if comes_to_be:
        return False
    if kind[0] == "接尾辞" and kind[1] == "形状詞的":
        return index > 0 and not is_of(tokens[index - 1], "exact_teki")
    noun = "形状詞可能" in kind[2] and _KANJI.fullmatch(token.surface())  # 乱暴に扱う
    return (kind[0] == "形状詞" or bool(noun)) and kind[1] != "助動詞語幹" and not is_of(token, "exact_na")
