"""Japanese wording by kinds of words: manner, success, waits, conditions, values, knowledge, and steps that say nothing.

An open kind is told by its part of speech and inflection, less the words that leave no doubt; a closed one by its list.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese import tokenize
from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_Tokens = "list[Morpheme]"
_Found = tuple[str, Span]
# Kinds of verbs that need a value, and the rule that misses it.
_NEED_A_VALUE = {
    "measures_of_change": "unspecified-value",
    "degrees": "unspecified-value",
    "adds": "unspecified-value",
    "enters": "missing-test-data",
}
_MIMETIC = re.compile(
    r"(?:^|(?<=[をがはにでとも、。一-龠\ue000]))(([ぁ-んァ-ヶ]{2})\2|[ぁ-んァ-ヶ][っッんン][ぁ-んァ-ヶ][りリ])(?=と|に|し|[一-龠ァ-ヶ]|動|$)"
)
_NO_CHANGE = (("変わり", "なし"), ("変わり", "ない"), ("変更", "なし"), ("差", "なし"))
_LONGEST = 60  # morphemes of a clause that are looked at
_SOUND = re.compile(r"[ァ-ヶー]+[ッン]|[ァ-ヶー]+")
_INDEFINITE = re.compile(r"何|なん|なに|誰|だれ|どこ|どれ|どちら|いつ|いずれ")
_ENDS = frozenset("。．、，？?！!（(\n")
_STATE_MARKS = frozenset(
    ("です", "だ", "か", "こと", "である", "で", "ある", "ます", "でしょう", "よ", "ね", "状態", "もの", "の")
)


def wording(masked: str, *, action: bool) -> Iterator[_Found]:
    """Rule and place of each phrase that is one of the kinds."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    yield from _waits(tokens)
    yield from _manners(tokens)
    yield from _mimetic(masked)
    yield from _knowledge(tokens)
    if action:
        yield from _conditions(tokens)
        yield from _values(tokens, masked)
        yield from _nothing_said(tokens, masked)
    else:
        yield from _states(tokens)
        yield from _indefinite(tokens)
        yield from _qualities(tokens)


def _is(token: "Morpheme", kind: str) -> bool:
    words = lexicon("ja")[kind]
    return token.normalized_form() in words or token.dictionary_form() in words or token.surface() in words


def _pos(token: "Morpheme") -> tuple[str, ...]:
    return tuple(token.part_of_speech())


def _span(tokens: "list[Morpheme]", first: int, last: int) -> Span:
    return tokens[first].begin(), tokens[last].end()


def _at(tokens: "list[Morpheme]", index: int) -> str:
    return tokens[index].surface() if 0 <= index < len(tokens) else ""


def _clause(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the first token of the clause that `index` stands in."""
    first = max(index - _LONGEST, 0)
    while index > first and tokens[index - 1].surface() not in _ENDS:
        index -= 1
    return index


def _manners(tokens: "list[Morpheme]") -> Iterator[_Found]:
    """Adverbs, and adjectives used like them: how something is done or happens."""
    for index, token in enumerate(tokens):
        kind = _pos(token)
        if kind[0] == "副詞":
            if (
                not _is(token, "exact_adverbs")
                and not _SOUND.fullmatch(token.surface())
                and not _number_near(tokens, index)
            ):
                yield "ambiguous-wording", _span(tokens, index, index)
        elif (
            token.surface() == "なく"
            and _pos(tokens[index - 1])[0] == "名詞"
            and index
            and _at(tokens, index - 1) not in ("関係", "例外", "もれ")
        ):
            yield "ambiguous-wording", _span(tokens, index - 1, index)
        elif kind[0] == "形容詞" and kind[5].startswith("連用形-一般") and index + 1 < len(tokens):
            following = tokens[index + 1]
            if not _is(token, "exact_adjectives") and _modifies(following):
                yield "ambiguous-wording", _span(tokens, index, index)
        elif _at(tokens, index + 1) == "に" and _vague_state(tokens, index):
            yield "ambiguous-wording", _span(tokens, index, index + 1)


def _mimetic(masked: str) -> Iterator[_Found]:
    """ゆるゆると, すっきり, ふんわり: words that paint a manner, told by their shape."""
    for match in _MIMETIC.finditer(masked):
        if match.group(1) not in lexicon("ja")["exact_mimetic"]:
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
        "て",
    ):
        return False
    return _pos(following)[0] in ("動詞", "名詞", "接頭辞")


def _number_near(tokens: "list[Morpheme]", index: int) -> bool:
    """もう1回, あと3つ: the number says it."""
    return index + 1 < len(tokens) and _pos(tokens[index + 1])[1] == "数詞"


def _vague_state(tokens: "list[Morpheme]", index: int) -> bool:
    """円滑(に), 効率的(に), 丁寧(に): an open kind where the word is nothing else."""
    token = tokens[index]
    kind = _pos(token)
    if _is(token, "vague_states"):
        return True
    comes_to_be = index + 2 < len(tokens) and not _modifies(tokens[index + 2])
    if comes_to_be:
        return False
    if kind[0] == "接尾辞" and kind[1] == "形状詞的":
        return index > 0 and not _is(tokens[index - 1], "exact_teki")
    return kind[0] == "形状詞" and kind[1] != "助動詞語幹" and not _is(token, "exact_na")


def _states(tokens: "list[Morpheme]") -> Iterator[_Found]:
    """What an expected result ends with: that all is well, that nothing is amiss, that it works."""
    for index, token in enumerate(tokens):
        if _flaw(tokens, index) and (end := _denied(tokens, index)):
            yield "ambiguous-wording", _span(tokens, index, end)
        elif _pos(token)[0] in ("形状詞", "形容詞", "名詞") and _ends_result(tokens, index):
            vague = _is(token, "vague_states") or (
                _pos(token)[0] == "形状詞" and _pos(token)[1] == "一般" and not _is(token, "exact_na")
            )
            if vague or token.normalized_form() in ("良い", "おかしい", "可笑しい", "悪い"):
                yield "ambiguous-wording", _span(tokens, index, index)
        elif _is(token, "works") and _ends_result(tokens, index):
            yield "ambiguous-wording", _span(tokens, index, index)


def _qualities(tokens: "list[Morpheme]") -> Iterator[_Found]:
    """妥当な値, 見やすい, 速い, それらしい: a quality without a measure."""
    for index, token in enumerate(tokens):
        kind = _pos(token)
        named = kind[0] == "形状詞" and kind[1] == "一般" and not _is(token, "exact_na")
        if (named or _is(token, "vague_states")) and _at(tokens, index + 1) in ("な", "そう"):
            yield "ambiguous-wording", _span(tokens, index, index)
        elif (
            kind[0] in ("形容詞", "接尾辞")
            and kind[4] in ("形容詞",)
            and not _is(token, "exact_adjectives")
            and not _compared(tokens, index)
        ):
            yield "ambiguous-wording", _span(tokens, max(index - (kind[0] == "接尾辞"), 0), index)


def _compared(tokens: "list[Morpheme]", index: int) -> bool:
    """5 mm 大きい, 前より速い: a measure, or what it is compared with."""
    before = tokens[_clause(tokens, index) : index]
    return any(entry.surface() == "より" or _pos(entry)[1] == "数詞" for entry in before)


def _indefinite(tokens: "list[Morpheme]") -> Iterator[_Found]:
    """何らかの変化, 何かが出る: what is to be seen is left open."""
    for index, token in enumerate(tokens):
        if (
            _pos(token)[0] == "代名詞"
            and "か" in (_at(tokens, index + 1), _at(tokens, index + 2))
            and _INDEFINITE.match(token.surface())
        ):
            end = index + 1 if _at(tokens, index + 1) == "か" else index + 2
            yield "ambiguous-wording", _span(tokens, index, end)


def _flaw(tokens: "list[Morpheme]", index: int) -> bool:
    """問題, 違和感, 不整合, おかしな点: a word of the list, a feeling, what is un-, or something odd."""
    token = tokens[index]
    before = _at(tokens, index - 1)
    pair = before + token.surface()
    odd = (
        ("な", "い", "なる")
        if token.surface() in ("点", "ところ", "所", "箇所", "部分", "様子", "動き", "もの", "こと")
        else ()
    )
    return (
        _is(token, "flaws")
        or pair in lexicon("ja")["flaws"]
        or (token.surface() == "感" and _pos(token)[0] == "名詞" and bool(before))
        or (before == "不" and _pos(token)[0] in ("名詞", "形状詞"))
        or (bool(odd) and any(_is(entry, "odd") for entry in tokens[max(index - 4, 0) : index]))
    )


def _denied(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the ない that denies the flaw; 0 where none does."""
    for ahead in range(index + 1, min(index + 6, len(tokens))):
        token = tokens[ahead]
        if token.normalized_form() in ("無い", "ない", "ぬ") or token.surface() in ("なし", "なく", "ませ"):
            return ahead
        if token.surface() in _ENDS or (
            _pos(token)[0] == "名詞" and token.surface() not in ("点", "ところ", "所", "発生")
        ):
            return 0
    return 0


def _ends_result(tokens: "list[Morpheme]", index: int) -> bool:
    rest = iter(tokens[index + 1 : index + 6])
    for token in rest:
        if token.surface() in _ENDS:
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


def _waits(tokens: "list[Morpheme]") -> Iterator[_Found]:
    """A wait without a number, an event, or a mark that ends it."""
    for index, token in enumerate(tokens):
        if not _is(token, "waits"):
            continue
        first = _clause(tokens, index)
        before = tokens[first:index]
        told = any(_pos(entry)[1] == "数詞" and entry.surface() != "数" for entry in before)
        ended = any(entry.surface() == "まで" for entry in before) and not any(_is(e, "vague_moments") for e in before)
        if told or ended:
            continue
        begin = next((at for at in range(first, index) if _short(tokens, at)), None)
        if begin is not None or _waits_alone(token):
            yield "undefined-wait", _span(tokens, index if begin is None else begin, index)
    for index in range(len(tokens) - 2):
        looks = tokens[index + 2].normalized_form() in ("見る", "見計らう", "図る", "計る", "窺う", "待つ")
        if looks and _is(tokens[index], "vague_moments") and _at(tokens, index + 1) in ("を", "に", "で"):
            yield "undefined-wait", _span(tokens, index, index + 2)


def _short(tokens: "list[Morpheme]", index: int) -> bool:
    return _is(tokens[index], "short_times") or _is(tokens[index], "vague_moments") or _time_noun(tokens, index)


def _time_noun(tokens: "list[Morpheme]", index: int) -> bool:
    """時間, 間, 間隔 as what is let pass, and 数秒 that counts nothing."""
    if tokens[index].surface() in ("時間", "間", "間隔", "あいだ", "時"):
        return _at(tokens, index + 1) in ("を", "が", "", "だけ", "ほど")
    return _some(tokens, index)


def _what_number(tokens: "list[Morpheme]", index: int) -> bool:
    """何日か, 何枚か: a counter that somebody has to choose."""
    counted = index + 2 < len(tokens) and "助数詞" in "".join(_pos(tokens[index + 1]))
    return tokens[index].surface() in ("何", "幾") and counted and _at(tokens, index + 2) == "か"


def _some(tokens: "list[Morpheme]", index: int) -> bool:
    """数秒, 数件: a counter that counts nothing."""
    return tokens[index].surface() == "数" and index + 1 < len(tokens) and "助数詞" in "".join(_pos(tokens[index + 1]))


def _waits_alone(token: "Morpheme") -> bool:
    return token.dictionary_form() in ("待つ", "待機", "放置", "待ち", "様子")


def _conditions(tokens: "list[Morpheme]") -> Iterator[_Found]:
    """ば, たら, なら: a conditional form that is followed by something to do."""
    for index, token in enumerate(tokens[:-1]):
        form = _pos(token)[5]
        if not form.startswith("仮定形"):
            continue
        end = index + 1 if _at(tokens, index + 1) == "ば" else index
        if end + 1 < len(tokens) and tokens[end].normalized_form() not in ("例えば",):
            first = max(_clause(tokens, index), index - 3)
            yield "conditional-step", _span(tokens, first, end)
    for index in range(1, len(tokens) - 2):
        case = tokens[index].normalized_form() in ("時", "際", "限り", "場合", "折")
        limits = _at(tokens, index + 1) in ("は", "のみ", "だけ", "、")
        if case and limits and _pos(tokens[index - 1])[0] in ("動詞", "助動詞", "形容詞"):
            yield "conditional-step", _span(tokens, max(_clause(tokens, index), index - 2), index)


def _values(tokens: "list[Morpheme]", masked: str) -> Iterator[_Found]:
    """What is to be entered or changed, and to what, without a value."""
    for index, token in enumerate(tokens):
        if _what_number(tokens, index):
            yield "unspecified-value", _span(tokens, index, index + 2)
        if _some(tokens, index) and not _time_noun_of_wait(tokens, index):
            yield "unspecified-value", _span(tokens, index, index + 1)
        for kind, rule in _NEED_A_VALUE.items():
            if _is(token, kind) and _acts(tokens, index):
                span = _without_value(tokens, index, kind)
                if span:
                    yield rule, span
        if _own_choice(tokens, index):
            yield "unspecified-value", _span(tokens, index, index + 2)
        elif _free(tokens, index):
            yield "unspecified-value", _span(tokens, index, min(index + 2, len(tokens) - 1))


def _time_noun_of_wait(tokens: "list[Morpheme]", index: int) -> bool:
    return tokens[index + 1].surface() in ("秒", "分", "時間", "日") and any(_is(e, "waits") for e in tokens[index:])


def _acts(tokens: "list[Morpheme]", index: int) -> bool:
    """A noun acts where する follows it."""
    return _pos(tokens[index])[0] == "動詞" or (
        index + 1 < len(tokens) and tokens[index + 1].dictionary_form() in ("する", "為る")
    )


def _without_value(tokens: "list[Morpheme]", index: int, kind: str) -> Span | None:
    """An object, and neither number, quote, nor what it becomes; what is entered has a place (に) beside its value."""
    clause = tokens[_clause(tokens, index) : index]
    objects = [at for at, entry in enumerate(clause) if entry.surface() == "を"]
    if not objects or objects[-1] == 0:
        return None
    goals = [
        at for at, entry in enumerate(clause) if entry.surface() in ("に", "へ", "から", "まで", "だけ", "ずつ", "と")
    ]
    thing = clause[objects[-1] - 1]
    physical = not _measure(thing) if kind == "degrees" else _is(thing, "switches")
    if physical or (goals and kind in ("measures_of_change", "degrees")):
        return None
    value = clause[max([at for at in goals if at < objects[-1]], default=-1) + 1 :]
    if any(
        _pos(entry)[1] in ("数詞", "固有名詞") or MASK in entry.surface() or entry.surface().isascii()
        for entry in value
    ):
        return None
    return value[0].begin(), tokens[index].end()


def _own_choice(tokens: "list[Morpheme]", index: int) -> bool:
    """思いついた言葉, 測った体温: what the tester thinks of or reads, and nobody else knows."""
    named = any(_pos(entry)[1] == "数詞" or MASK in entry.surface() for entry in tokens[_clause(tokens, index) : index])
    return (
        _is(tokens[index], "whims")
        and _at(tokens, index + 1) in ("た", "だ")
        and index + 2 < len(tokens)
        and _pos(tokens[index + 2])[0] == "名詞"
        and not named
    )


def _free(tokens: "list[Morpheme]", index: int) -> bool:
    """空いている席, 余ったもの, 大きなファイル, 長い文字列: which one is left open."""
    token = tokens[index]
    if token.normalized_form() in ("空く", "余る") and _at(tokens, index + 1) in ("て", "た", "で"):
        return True
    if token.normalized_form() in (
        "空き",
        "手近",
        "手頃",
        "手持ち",
        "適量",
        "それらしい",
        "大量",
        "多数",
        "未使用",
        "ダミー",
        "架空",
        "適宜",
        "大きな",
        "小さな",
        "お好み",
        "好み",
    ):
        return _at(tokens, index + 1) not in ("に", "が", "は")
    if _is(token, "settled") and _at(tokens, index + 1) == "の" and index + 2 < len(tokens):
        return _measure(tokens[index + 2]) or not _is(token, "once")
    return (
        _pos(token)[0] == "形容詞"
        and _pos(token)[5].startswith("連体形")
        and token.normalized_form()
        in (
            "大きい",
            "小さい",
            "長い",
            "短い",
            "多い",
            "少ない",
            "高い",
            "低い",
            "重い",
            "軽い",
            "古い",
            "若い",
            "近い",
            "遠い",
            "良い",
        )
    )


def _measure(token: "Morpheme") -> bool:
    """額, 開度, 設定値: what has a value."""
    return _is(token, "measures") or token.surface()[-1] in "値数額量度圧率幅高長"


def _knowledge(tokens: "list[Morpheme]") -> Iterator[_Found]:
    """In the manner that somebody knows: a familiar time or person, and a likeness or a manner."""
    for index, token in enumerate(tokens):
        first = _clause(tokens, index)
        before = tokens[first:index]
        manner = _is(token, "manners") or (token.surface() == "方" and _pos(token)[0] == "接尾辞")
        if manner and _at(tokens, index + 1) in ("で", "に", "どおり", "通り", "を", "の"):
            if _at(tokens, index + 1) in ("を", "の") or not before or any(_exact(entry) for entry in before):
                continue
            if _pos(tokens[index - 1])[0] in ("助動詞", "動詞") or _at(tokens, index - 1) in ("の", "な"):
                yield "tacit-knowledge", _span(tokens, first, index)
        elif (
            _is(token, "familiar")
            and _likened(tokens, index)
            and not any(_exact(e) for e in tokens[index + 1 : index + 4])
        ):
            yield "tacit-knowledge", _span(tokens, index, index)


def _exact(token: "Morpheme") -> bool:
    return _is(token, "documents") or MASK in token.surface() or _pos(token)[1] == "数詞"


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


def _nothing_said(tokens: "list[Morpheme]", masked: str) -> Iterator[_Found]:
    """試してみる, 一通り触る: a deed that could be any, done to what could be anything."""
    told = [
        token
        for token in tokens
        if token.surface() not in _ENDS and _pos(token)[0] not in ("助詞", "助動詞", "補助記号")
    ]
    deeds = [token for token in told if _is(token, "vague_deeds") or token.surface() == "確認"]
    rest = [
        token
        for token in told
        if token not in deeds and token.normalized_form() not in ("見る", "為る", "置く", "下さる", "事", "行く")
    ]
    if _as_elsewhere(tokens):
        yield "low-information", (tokens[0].begin(), tokens[-1].end())
    if not deeds or MASK in masked or any(_pos(token)[1] == "数詞" for token in told):
        return
    if all(_is(token, "generalities") for token in rest) or _about(rest):
        yield "low-information", (tokens[0].begin(), tokens[-1].end())


def _about(rest: "list[Morpheme]") -> bool:
    """決済まわり, 参加者関係の作業: behind the noun of a scope there are at most words that say nothing."""
    while len(rest) > 1 and _is(rest[-1], "generalities"):
        rest = rest[:-1]
    return _is(rest[-1], "scopes")


def _as_elsewhere(tokens: "list[Morpheme]") -> bool:
    """以降は上り側と変わりなし, 残りも同様: the step is a likeness, and no verb says what to do."""
    rest = [
        token
        for token in tokens
        if _pos(token)[0] not in ("補助記号", "助動詞") and token.surface() not in ("する", "行う", "とする")
    ]
    pair = tuple(token.surface() for token in rest[-2:])
    return pair in _NO_CHANGE or bool(rest and _is(rest[-1], "likenesses"))
