"""Japanese wording by kinds of words: manner, success, waits, conditions, values, knowledge, and steps that say nothing.

An open kind is recognised by part of speech and inflection, minus the words that leave no doubt; a closed one by its list.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_conditions import conditions
from testgen.reviewer.japanese_knowledge import knowledge, nothing_said
from testgen.reviewer.japanese_morphemes import (
    ENDS,
    Found,
    clause_start,
    is_of,
    kind_of,
    span_of,
    surface_at,
)
from testgen.reviewer.japanese_values import values
from testgen.reviewer.japanese_waits import waits
from testgen.reviewer.lexicon import lexicon
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_MIMETIC = re.compile(
    r"(?:^|(?<=[をがはにでとも、。一-龠\ue000]))(([ぁ-んァ-ヶ]{2})\2|[ぁ-んァ-ヶ][っッんン][ぁ-んァ-ヶ][りリ])(?=と|に|し|[一-龠ァ-ヶ]|動|$)"
)
# 正常な行, 安全な操作 name a case of the test.
_CASES = ("正常", "通常", "安全", "自然")
_VERDICT = re.compile(r"OK|ＯＫ|ok|オーケー|可|合格|NG", re.IGNORECASE)
_SHOWN = 3  # morphemes of the shortest clause that shows something
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]$")
_ORDERED = frozenset(("順", "方", "ほう", "もの", "側"))  # 金額の高い順
_SOUND = re.compile(r"[ァ-ヶー]+[ッン]|[ァ-ヶー]+")
_PART_OF_A_WORD = re.compile(r"[一-龠]")  # 復電 is cut behind 復, which alone is an adverb
_THE_ONE_NAMED = re.compile(r"該当|対象|当該")
_INDEFINITE = re.compile(r"何|なん|なに|誰|だれ|どこ|どれ|どちら|いつ|いずれ")
_STATE_MARKS = frozenset(
    ("です", "だ", "か", "こと", "である", "で", "ある", "ます", "でしょう", "よ", "ね", "状態", "もの", "の")
)


def without_what_is_named(masked: str) -> str:
    """The text with 該当 and 対象 masked after a value in quotes, because they refer to that value."""
    first = masked.find(MASK)
    return masked if first < 0 else masked[:first] + _THE_ONE_NAMED.sub(MASK * 2, masked[first:])


def wording(masked: str, *, action: bool) -> Iterator[Found]:
    """Rule and position of each phrase that belongs to one of the kinds."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    yield from waits(tokens)
    yield from _manners(tokens)
    yield from _mimetic(masked)
    yield from knowledge(tokens)
    if action:
        yield from conditions(tokens)
        yield from values(tokens, masked)
        yield from nothing_said(tokens, masked)
    else:
        yield from _states(tokens)
        yield from _indefinite(tokens)
        yield from _doubted(tokens)
        yield from _qualities(tokens)


def _manners(tokens: "list[Morpheme]") -> Iterator[Found]:
    """Adverbs, and adjectives used like them: how something is done or happens."""
    for index, token in enumerate(tokens):
        kind = kind_of(token)
        if kind[0] == "副詞":
            if (
                not is_of(token, "exact_adverbs")
                and not _SOUND.fullmatch(token.surface())
                and not _PART_OF_A_WORD.fullmatch(token.surface())
                and not _number_near(tokens, index)
            ):
                yield "ambiguous-wording", span_of(tokens, index, index)
        elif (
            token.surface() == "なく"
            and kind_of(tokens[index - 1])[0] == "名詞"
            and index
            and surface_at(tokens, index - 1) not in ("関係", "例外", "もれ", "異音", "異臭", "発煙", "残り")
        ):
            yield "ambiguous-wording", span_of(tokens, index - 1, index)
        elif kind[0] == "形容詞" and kind[5].startswith("連用形-一般") and index + 1 < len(tokens):
            following = tokens[index + 1]
            if not is_of(token, "exact_adjectives") and _modifies(following):
                # タイミングよく, 手際よく: the noun belongs to it.
                whole = token.normalized_form() == "良い" and index and kind_of(tokens[index - 1])[0] == "名詞"
                yield "ambiguous-wording", span_of(tokens, index - bool(whole), index)
        elif surface_at(tokens, index + 1) == "に" and _vague_state(tokens, index):
            yield "ambiguous-wording", span_of(tokens, index, index + 1)


def _mimetic(masked: str) -> Iterator[Found]:
    """ゆるゆると, すっきり, ふんわり: words that paint a manner, told by their shape."""
    for match in _MIMETIC.finditer(masked):
        loan = re.match(r"[ァ-ヶ]", match.group(1)) and re.match(
            r"[一-龠ァ-ヶー]", masked[match.end() :]
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
    return kind_of(following)[0] in ("動詞", "名詞", "接頭辞")


def _number_near(tokens: "list[Morpheme]", index: int) -> bool:
    """もう1回, あと3つ: the number says it."""
    return index + 1 < len(tokens) and kind_of(tokens[index + 1])[1] == "数詞"


def _vague_state(tokens: "list[Morpheme]", index: int) -> bool:
    """円滑(に), 効率的(に), 丁寧(に): an open kind where the word is nothing else."""
    token = tokens[index]
    kind = kind_of(token)
    if is_of(token, "vague_states"):
        return True
    comes_to_be = index + 2 < len(tokens) and not _modifies(tokens[index + 2])
    if comes_to_be:
        return False
    if kind[0] == "接尾辞" and kind[1] == "形状詞的":
        return index > 0 and not is_of(tokens[index - 1], "exact_teki")
    return kind[0] == "形状詞" and kind[1] != "助動詞語幹" and not is_of(token, "exact_na")


def _states(tokens: "list[Morpheme]") -> Iterator[Found]:
    """What an expected result ends with: that all is well, that nothing is amiss, that it works."""
    for index, token in enumerate(tokens):
        if _flaw(tokens, index) and (end := _denied(tokens, index)):
            yield "ambiguous-wording", span_of(tokens, index, end)
        elif kind_of(token)[0] in ("形状詞", "形容詞", "名詞") and _ends_result(tokens, index):
            vague = is_of(token, "vague_states") or (
                kind_of(token)[0] == "形状詞" and kind_of(token)[1] == "一般" and not is_of(token, "exact_na")
            )
            if _VERDICT.fullmatch(token.surface()) and _more_is_told(tokens, index):
                continue
            if vague or token.normalized_form() in ("良い", "おかしい", "可笑しい", "悪い"):
                yield "ambiguous-wording", span_of(tokens, index, index)
        elif is_of(token, "works") and _ends_result(tokens, index):
            yield "ambiguous-wording", span_of(tokens, index, index)


def _more_is_told(tokens: "list[Morpheme]", index: int) -> bool:
    """登録OK。ステータスが…になる: beside a verdict stands what shows it."""
    ends = [at for at, entry in enumerate(tokens) if at > index and entry.surface() in "、。，．\n"]
    begins = clause_start(tokens, index)
    return (bool(ends) and len(tokens) - ends[0] > _SHOWN) or begins > _SHOWN


def _qualities(tokens: "list[Morpheme]") -> Iterator[Found]:
    """妥当な値, 見やすい, 速い, それらしい: a quality without a measure."""
    for index, token in enumerate(tokens):
        kind = kind_of(token)
        named = kind[0] == "形状詞" and kind[1] == "一般" and not is_of(token, "exact_na")
        vague = is_of(token, "vague_states") and token.surface() not in _CASES
        right = token.normalized_form() == "正しい" and kind[5].startswith("連体形")  # 正しい値が表示される
        if right and index + 1 < len(tokens) and kind_of(tokens[index + 1])[0] == "名詞":
            yield "ambiguous-wording", span_of(tokens, index, index + 1)
        elif (named or vague) and surface_at(tokens, index + 1) in ("な", "そう"):
            yield "ambiguous-wording", span_of(tokens, index, index)
        elif (
            kind[0] in ("形容詞", "接尾辞")
            and kind[4] in ("形容詞",)
            and not is_of(token, "exact_adjectives")
            and not (
                is_of(token, "sizes") and surface_at(tokens, index + 1) in ("なる", "なり", "なっ")
            )  # a change is seen
            and not kind[5].startswith("語幹")  # 長押し, 高画質: part of a noun
            and not _compared(tokens, index)
            and surface_at(tokens, index + 1) not in _ORDERED
        ):
            yield "ambiguous-wording", span_of(tokens, max(index - (kind[0] == "接尾辞"), 0), index)


def _compared(tokens: "list[Morpheme]", index: int) -> bool:
    """5 mm 大きい, 前より速い: a measure, or what it is compared with."""
    before = tokens[clause_start(tokens, index) : index]
    than = next((at for at, entry in enumerate(before) if entry.surface() == "より"), 0)
    vague = than and before[than - 1].surface() in (
        "前",
        "以前",
        "従来",
        "いつも",
        "普段",
        "通常",
        "今まで",
        "これまで",
    )
    return not vague and any(entry.surface() == "より" or kind_of(entry)[1] == "数詞" for entry in before)


def _doubted(tokens: "list[Morpheme]") -> Iterator[Found]:
    """元の画面にもどる？: the author does not know. 「…か？」 asks the tester instead."""
    for index, token in enumerate(tokens):
        before = surface_at(tokens, index - 1)
        if token.surface() in ("？", "?") and _JAPANESE.search(before) and before not in ("か", "の"):
            yield "ambiguous-wording", span_of(tokens, clause_start(tokens, index), index)


def _indefinite(tokens: "list[Morpheme]") -> Iterator[Found]:
    """何らかの変化, 何かが出る: what is to be seen is left open."""
    for index, token in enumerate(tokens):
        if (
            kind_of(token)[0] == "代名詞"
            and "か" in (surface_at(tokens, index + 1), surface_at(tokens, index + 2))
            and _INDEFINITE.match(token.surface())
        ):
            end = index + 1 if surface_at(tokens, index + 1) == "か" else index + 2
            yield "ambiguous-wording", span_of(tokens, index, end)


def _flaw(tokens: "list[Morpheme]", index: int) -> bool:
    """問題, 違和感, 不整合, おかしな点: a word of the list, a feeling, what is un-, or something odd."""
    token = tokens[index]
    before = surface_at(tokens, index - 1)
    pair = before + token.surface()
    odd = (
        ("な", "い", "なる")
        if token.surface() in ("点", "ところ", "所", "箇所", "部分", "様子", "動き", "もの", "こと")
        else ()
    )
    return (
        is_of(token, "flaws")
        or pair in lexicon("ja")["flaws"]
        or (token.surface() == "感" and kind_of(token)[0] == "名詞" and bool(before))
        or (before == "不" and kind_of(token)[0] in ("名詞", "形状詞"))
        or (bool(odd) and any(is_of(entry, "odd") for entry in tokens[max(index - 4, 0) : index]))
        or (bool(odd) and before == "た" and tokens[index - 2].normalized_form() == "変わる")
    )


def _denied(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the ない that denies the flaw, or the thing that has it (異常な振動がない); 0 where none does."""
    if surface_at(tokens, index + 1) == "な":
        index += 1
        while index + 1 < len(tokens) and (
            kind_of(tokens[index + 1])[0] in ("名詞", "接尾辞") or tokens[index + 1].surface() in "・や"
        ):
            index += 1
    for ahead in range(index + 1, min(index + 6, len(tokens))):
        token = tokens[ahead]
        if token.normalized_form() in ("無い", "ない", "ぬ") or token.surface() in ("なし", "なく", "ませ"):
            return ahead
        if token.surface() in ENDS or (
            kind_of(token)[0] == "名詞" and token.surface() not in ("点", "ところ", "所", "発生")
        ):
            return 0
    return 0


def _ends_result(tokens: "list[Morpheme]", index: int) -> bool:
    rest = iter(tokens[index + 1 : index + 6])
    for token in rest:
        if token.surface() in ENDS:
            return True
        if token.surface() not in _STATE_MARKS and token.dictionary_form() not in (
            "する",
            "為る",
            "いる",
            "て",
            "だ",
            "た",
            "できる",
        ):
            return False
    return True
