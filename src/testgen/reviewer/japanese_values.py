"""Japanese wording: values that a step leaves to the tester."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import (
    Found,
    clause_start,
    is_of,
    kind_of,
    some_number,
    span_of,
    surface_at,
)
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_SEPARATORS = frozenset("、，→⇒＞>／/。．\n（(")
_GOALS = ("に", "へ", "から", "まで", "だけ", "ずつ", "と")
_SAID_BEFORE = frozenset(
    (
        "元",
        "同じ",
        "同",
        "上記",
        "前述",
        "先ほど",
        "既定",
        "初期",
        "全",
        "すべて",
        "全て",
        "空",
        "空欄",
        "以下",
        "次",
        "表示",
        "作成",
        "登録",
        "一番",
        "先頭",
        "末尾",
        "最後",
        "左端",
        "右端",
        "最新",
        "直近",
    )
)
# 停止中の会員, 期限切れの券, 範囲外の値: how a word ends that tells a state.
_STATES = frozenset(
    (
        "中",
        "済み",
        "済",
        "切れ",
        "外",
        "不足",
        "超過",
        "なし",
        "あり",
        "有り",
        "無し",
        "以外",
        "違い",
        "待ち",
        "落ち",
        "漏れ",
        "不正",
        "異常",
        "無効",
        "有効",
    )
)
# What is put in or written down may be a thing or a sentence as well as a value.
_ALSO_OF_THINGS = frozenset(("入れる", "書く", "書き込む"))
# Kinds of verbs that need a value, and the rule that misses it.
_NEED_A_VALUE = {
    "measures_of_change": "missing-test-data",
    "degrees": "unspecified-value",
    "adds": "unspecified-value",
    "enters": "missing-test-data",
    "chooses": "missing-test-data",
}


def values(tokens: "list[Morpheme]", masked: str) -> Iterator[Found]:
    """What is to be entered or changed without a value."""
    for index, token in enumerate(tokens):
        if _what_number(tokens, index):
            yield "unspecified-value", span_of(tokens, index, index + 2)
        if some_number(tokens, index) and not _time_noun_of_wait(tokens, index):
            yield "unspecified-value", span_of(tokens, index, index + 1)
        for kind, rule in _NEED_A_VALUE.items():
            if is_of(token, kind) and _acts(tokens, index):
                span = _without_value(tokens, index, kind)
                if span:
                    yield rule, span
        if is_of(token, "amounts") and kind_of(token)[0] == "副詞":
            yield "unspecified-value", span_of(tokens, index, index)
        if _described(tokens, index):
            yield "unspecified-value", span_of(tokens, max(clause_start(tokens, index), index - 3), index)
        if _own_choice(tokens, index):
            yield "unspecified-value", span_of(tokens, index, index + 2)
        elif _free(tokens, index):
            yield "unspecified-value", span_of(tokens, index, min(index + 2, len(tokens) - 1))


def _time_noun_of_wait(tokens: "list[Morpheme]", index: int) -> bool:
    return tokens[index + 1].surface() in ("秒", "分", "時間", "日") and any(is_of(e, "waits") for e in tokens[index:])


def _acts(tokens: "list[Morpheme]", index: int) -> bool:
    """A noun acts where する follows it, or where the clause of a sheet ends with it: 数量を変更."""
    if kind_of(tokens[index])[0] == "動詞":
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.surface() in _SEPARATORS:
        return "サ変可能" in kind_of(tokens[index])[2]
    done = following.surface() == "を" and surface_at(tokens, index + 2) in (
        "行う",
        "行い",
        "行っ",
        "実施",
        "する",
        "し",
        "お",
        "願い",
    )
    denied = surface_at(tokens, index + 2) in ("ず", "ない", "ずに", "なく")  # 入力せずに
    return done or (following.dictionary_form() in ("する", "為る") and not denied)


def _without_value(tokens: "list[Morpheme]", index: int, kind: str) -> Span | None:
    """An object, and neither number, quote, nor what it becomes; what is entered has a place (に) beside its value."""
    first = clause_start(tokens, index)
    first = max([at + 1 for at in range(first, index) if tokens[at].surface() in _SEPARATORS], default=first)
    clause = tokens[first:index]
    objects = [at for at, entry in enumerate(clause) if entry.surface() == "を"] or _topics(clause)
    if not objects:
        return _bare_object(tokens, first, index)
    if objects[-1] == 0:
        return None
    goals = [at for at, entry in enumerate(clause) if entry.surface() in _GOALS]
    thing = clause[objects[-1] - 1]
    physical = not _measure(thing) if kind == "degrees" else is_of(thing, "switches")
    if physical or (goals and kind in ("measures_of_change", "degrees") and not _open_goal(clause, goals)):
        return None
    things = kind == "chooses" or tokens[index].dictionary_form() in _ALSO_OF_THINGS
    if things and not _kind_of_thing(thing):
        return None
    value = clause[max([at for at in goals if at < objects[-1]], default=-1) + 1 :]
    begin = value[0].begin()
    if kind == "measures_of_change" and MASK in thing.surface() and not goals:
        value = [token for token in value if token is not thing]  # 「泊数」を変更: the quotes name what is changed
    if _named(value) or (kind == "chooses" and any(entry.surface() == "目" for entry in value)):
        return None  # 2番目の候補を選ぶ
    return begin, tokens[index].end()


def _topics(clause: "list[Morpheme]") -> list[int]:
    """担当も変える: an object that も or は takes the を from; ドライバーの変更: or の, before a noun of action."""
    said = [at for at, entry in enumerate(clause) if at and entry.surface() in ("も", "は", "の")]
    last = said[-1:]
    if not last or kind_of(clause[last[0] - 1])[0] not in ("名詞", "接尾辞"):
        return []
    close = last[0] + 1 == len(clause)
    return last if close and (clause[last[0]].surface() != "の" or is_of(clause[last[0] - 1], "values")) else []


def _kind_of_thing(thing: "Morpheme") -> bool:
    """商品, 支払方法, 予約日: what there are several of; 普通預金 and 男性 are themselves what is chosen."""
    return is_of(thing, "values") or _measure(thing) or thing.surface()[-1] in "者員先名日品件額類種号欄法所地店枠型"


def _named(value: "list[Morpheme]") -> bool:
    """Something with a name, or that was said before."""
    return any(entry.surface() in _SAID_BEFORE for entry in value) or _has_a_name(value)


def _has_a_name(value: "list[Morpheme]") -> bool:
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


def _open_goal(clause: "list[Morpheme]", goals: list[int]) -> bool:
    """離島の住所に: what it becomes is only a kind of value."""
    at = goals[-1]
    if clause[at].surface() not in ("に", "へ") or at == 0 or not is_of(clause[at - 1], "values"):
        return False
    return not _named(clause)


def _bare_object(tokens: "list[Morpheme]", first: int, index: int) -> Span | None:
    """数量入力, 部署選択: a sheet leaves out を, as speech does: 数変える, 予約入れる."""
    clause = tokens[first:index]
    spoken = kind_of(tokens[index])[0] == "動詞"
    if not clause or not (spoken or is_of(tokens[index], "filled")) or kind_of(clause[-1])[0] not in ("名詞", "接尾辞"):
        return None
    if spoken and not (is_of(clause[-1], "values") or _measure(clause[-1])):
        return None
    if (
        _named(clause)
        or any(is_of(entry, "switches") for entry in clause)
        or clause[-1].surface() in ("新規", "再", "手")
    ):
        return None
    return clause[0].begin(), tokens[index].end()


def _described(tokens: "list[Morpheme]", index: int) -> bool:
    """権限のあるアカウントで, 登録されていない番号を, 不正なデータを, 停止中の会員で: a thing of a kind, told by a quality that several may
    have. What was done (登録した) was named before."""
    first = clause_start(tokens, index)
    if index - first < 2 or not is_of(tokens[index], "values"):
        return False
    if surface_at(tokens, index + 1) not in ("を", "で", "に", "も"):
        return False
    at = index - 1
    while at > first + 1 and kind_of(tokens[at])[0] in ("名詞", "接頭辞"):
        at -= 1  # メールアドレス
    return not _has_a_name(tokens[first:index]) and _is_a_quality(tokens, first, at)


def _is_a_quality(tokens: "list[Morpheme]", first: int, at: int) -> bool:
    """Whether what ends at `at`, before a noun, tells how the thing is, and not which one it is."""
    quality, before, clause = tokens[at], tokens[at - 1], tokens[first:at]
    if quality.surface() == "な":
        return kind_of(before)[0] in ("形状詞", "名詞") and not is_of(before, "exact_na")
    if quality.surface() == "の":
        return before.surface() in _STATES and kind_of(before)[0] in ("接尾辞", "名詞", "形状詞")
    attributive = kind_of(quality)[5].startswith("連体形")
    if kind_of(quality)[0] == "助動詞":
        return attributive and quality.dictionary_form() in ("ない", "ぬ")
    if quality.surface() == "いる":  # 既に登録されている番号
        return any(entry.normalized_form() == "既に" for entry in clause)
    told = any(entry.surface() in ("が", "の", "に", "を") for entry in clause)
    said = any(entry.surface() in _SAID_BEFORE for entry in clause) or quality.surface() in ("する", "なる")
    return attributive and kind_of(quality)[0] in ("動詞", "形容詞") and told and not said


def _own_choice(tokens: "list[Morpheme]", index: int) -> bool:
    """思いついた言葉, 測った体温: what the tester thinks of or reads, and nobody else knows."""
    named = any(
        kind_of(entry)[1] == "数詞" or MASK in entry.surface() for entry in tokens[clause_start(tokens, index) : index]
    )
    return (
        is_of(tokens[index], "whims")
        and surface_at(tokens, index + 1) in ("た", "だ")
        and index + 2 < len(tokens)
        and kind_of(tokens[index + 2])[0] == "名詞"
        and not named
    )


def _free(tokens: "list[Morpheme]", index: int) -> bool:
    """空いている席, 余ったもの, 大きなファイル, 長い文字列: which one is left open."""
    token, following = tokens[index], surface_at(tokens, index + 1)
    if token.normalized_form() in ("空く", "余る") and following in ("て", "てる", "た", "で", "でる"):
        return True
    if is_of(token, "left_open"):
        if token.surface() == "適宜" and following in ("対応", "対処", "処理", "判断", "実施"):
            return False
        return following not in ("に", "が", "は")
    if is_of(token, "settled") and following == "の" and index + 2 < len(tokens):
        return _measure(tokens[index + 2]) or not is_of(token, "once")
    attributive = kind_of(token)[0] == "形容詞" and kind_of(token)[5].startswith("連体形")
    return attributive and is_of(token, "sizes")


def _measure(token: "Morpheme") -> bool:
    """額, 開度, 設定値: what has a value."""
    return is_of(token, "measures") or token.surface()[-1] in "値数額量度圧率幅高長温"


def _what_number(tokens: "list[Morpheme]", index: int) -> bool:
    """何日か, 何枚も: a counter that somebody has to choose."""
    counted = index + 2 < len(tokens) and "助数詞" in "".join(kind_of(tokens[index + 1]))
    return tokens[index].surface() in ("何", "幾") and counted and surface_at(tokens, index + 2) in ("か", "も")
