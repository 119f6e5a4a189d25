"""Japanese wording: values that a step leaves to the tester."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_accounts import SEPARATORS, nobody, with_rights
from testgen.reviewer.japanese_choices import free, own_choice, what_number
from testgen.reviewer.japanese_morphemes import (
    Found,
    clause_start,
    is_of,
    kind_of,
    kinds_of,
    some_number,
    span_of,
    surface_at,
)
from testgen.reviewer.japanese_names import counts, is_past, measure, named
from testgen.reviewer.japanese_qualities import described, marked
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

# 即日配送, 通常便: one service of several, by the name it has on the page.
_NAMED_BY = frozenset(("即日", "翌日", "当日", "即時", "通常", "定期"))
_CARTS = frozenset(("カート", "かご", "カゴ", "バスケット"))
_TOLD_BEHIND = frozenset("→⇒：:（(")
_ONE_OF_MANY = frozenset(("者", "員", "客", "生"))  # 延滞中の利用者で
_KINDS_OF_THINGS = frozenset(("values", "records", "identified"))
_GOALS = ("に", "へ", "から", "まで", "だけ", "ずつ", "と")


_SEARCHES = frozenset(("検索", "照会", "抽出", "絞り込み", "絞り込む", "絞り込ん", "連携", "認証"))
# What is put in or written down may be a thing or a sentence as well as a value.
_ALSO_OF_THINGS = frozenset(("入れる", "いる", "書く", "書き込む", "切り替える", "付す", "添える"))
_LOANS = ("パスワード", "コード", "アドレス", "ナンバー", "ファイル")  # ワンタイムパスワード
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
        if what_number(tokens, index):
            yield "unspecified-value", span_of(tokens, index, index + 2)
        if some_number(tokens, index) and not _time_noun_of_wait(tokens, index):
            yield "unspecified-value", span_of(tokens, index, index + 1)
        kinds = kinds_of(token)
        for kind in _NEED_A_VALUE if kinds & _NEED_A_VALUE.keys() else ():
            if kind in kinds and _acts(tokens, index) and (span := _without_value(tokens, index, kind)):
                yield _NEED_A_VALUE[kind], span
        asks = nobody if "signs_in" in kinds else _by_no_value if token.surface() in _SEARCHES else with_rights
        if whom := asks(tokens, index):
            yield "missing-test-data", whom
        vaguely = index + 1 < len(tokens) and tokens[index + 1].normalized_form() in ("やる", "遣る")  # 色々やってみる
        if "amounts" in kinds and kind_of(token)[0] == "副詞" and not vaguely:
            yield "unspecified-value", span_of(tokens, index, index)
        some = bool(kinds & _KINDS_OF_THINGS) or token.surface() in _ONE_OF_MANY
        if some and described(tokens, index):
            yield "unspecified-value", span_of(tokens, max(clause_start(tokens, index), index - 3), index)
        elif kind_of(token)[0] in ("名詞", "接尾辞") and (thing := marked(tokens, index)):
            yield "unspecified-value", thing
        if "whims" in kinds and own_choice(tokens, index):
            yield "unspecified-value", span_of(tokens, index, index + 2)
        elif free(tokens, index, kinds):
            yield "unspecified-value", span_of(tokens, index, min(index + 2, len(tokens) - 1))


def _time_noun_of_wait(tokens: "list[Morpheme]", index: int) -> bool:
    return tokens[index + 1].surface() in ("秒", "分", "時間", "日") and any(is_of(e, "waits") for e in tokens[index:])


def _acts(tokens: "list[Morpheme]", index: int) -> bool:
    """A noun acts where する follows it, or where the clause of a sheet ends with it: 数量を変更."""
    if kind_of(tokens[index])[0] == "動詞":  # 差し直す is done again
        again = (
            index and tokens[index].normalized_form() == "直す" and kind_of(tokens[index - 1])[5].startswith("連用形")
        )
        denied = surface_at(tokens, index + 1) in ("ない", "ず", "ませ", "なけれ")
        return not again and not denied
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.surface() in SEPARATORS:
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
    before_another = [entry.surface() for entry in tokens[index + 1 : index + 3]] in (["の", "上"], ["の", "うえ"])
    asked = following.normalized_form() in ("頂く", "下さる", "為さる")  # 変更いただきます
    return done or asked or before_another or (following.dictionary_form() in ("する", "為る") and not denied)


def _by_no_value(tokens: "list[Morpheme]", index: int) -> Span | None:
    """氏名で検索する: by what is said, and not by which one."""
    first, kind = clause_start(tokens, index), index - 2
    by_a_kind = (
        surface_at(tokens, index - 1) == "で"
        and kind >= first
        and (_kind_of_thing(tokens[kind], chosen=False) or tokens[kind].surface() in ("ID", "PIN", "PW"))
    )
    told = named(tokens[first:index]) or is_past(tokens[first:index])
    return span_of(tokens, kind, index) if by_a_kind and not told and _acts(tokens, index) else None


def _without_value(tokens: "list[Morpheme]", index: int, kind: str) -> Span | None:
    """An object, and neither number, quote, nor what it becomes; what is entered has a place (に) beside its value."""
    first = _clause_of(tokens, index, kind)
    clause = tokens[first:index]
    objects = [at for at, entry in enumerate(clause) if entry.surface() == "を"] or _topics(clause)
    if not objects:
        return _bare_object(tokens, first, index)
    if objects[-1] == 0 or _becomes_something(tokens, index, clause, kind):
        return None
    thing = clause[objects[-1] - 1]
    things = kind == "chooses" or tokens[index].normalized_form() in _ALSO_OF_THINGS
    judged = (at for at, entry in enumerate(clause) if is_of(entry, "vague_states") or entry.surface() == "適当")
    if any(surface_at(clause, at + 1) == "な" for at in judged):
        return None  # 適切な区分を選ぶ: that it is vague is what is reported
    by_name = kind == "chooses" and objects[-1] > 1 and clause[objects[-1] - 2].surface() in _NAMED_BY
    if by_name or _has_no_value(thing, kind, tokens[index]) or _is_put(clause, tokens[index], objects[-1]):
        return None
    of_somebody = kind == "chooses" and is_of(thing, "identified") and surface_at(clause, objects[-1] - 2) == "の"
    if things and not of_somebody and not _kind_of_thing(thing, chosen=kind == "chooses"):
        return None  # 特急券を選ぶ: one kind of ticket; 顧客の券を選ぶ
    goals = _goals(clause)
    value = clause[max([at for at in goals if at < objects[-1]], default=-1) + 1 :]
    return None if _is_told(value, thing, tokens[index], kind) else (value[0].begin(), tokens[index].end())


def _clause_of(tokens: "list[Morpheme]", index: int, kind: str) -> int:
    """Where the clause of a verb begins: behind カートに戻って for what is changed."""
    first = clause_start(tokens, index)
    ends = (
        at + 1
        for at in range(index - 1, first - 1, -1)
        if tokens[at].surface() in SEPARATORS or (kind == "measures_of_change" and kind_of(tokens[at])[1] == "接続助詞")
    )
    return next(ends, first)


def _goals(clause: "list[Morpheme]") -> list[int]:
    return [at for at, entry in enumerate(clause) if entry.surface() in _GOALS and not _tells_when(clause, at)]


def _becomes_something(tokens: "list[Morpheme]", index: int, clause: "list[Morpheme]", kind: str) -> bool:
    """5 に変更する, 予約を変更→11:00, ゆっくり上げる (the manner is told of); 「変更」ボタンから変更する says nothing of it."""
    if kind not in ("measures_of_change", "degrees"):
        return False
    becomes = [at for at in _goals(clause) if clause[at].surface() != "から"]
    told_behind = kind == "measures_of_change" and surface_at(tokens, index + 1) in _TOLD_BEHIND
    in_a_manner = kind == "degrees" and any(kind_of(entry)[0] == "副詞" for entry in clause)
    return told_behind or in_a_manner or (bool(becomes) and not _open_goal(clause, becomes))


def _is_put(clause: "list[Morpheme]", verb: "Morpheme", last: int) -> bool:
    """伝票を裏向きに入れる, 商品を袋に入れる: what has its place behind it is put there by hand, but in a cart."""
    places = [at for at in range(last + 1, len(clause)) if clause[at].surface() == "に"]
    return verb.normalized_form() == "入れる" and bool(places) and clause[places[-1] - 1].surface() not in _CARTS


def _has_no_value(thing: "Morpheme", kind: str, verb: "Morpheme") -> bool:
    """電源を変更する, 荷物を落とす: the thing is no quantity and none of several."""
    if kind == "degrees":
        return not measure(thing)
    called = (
        kind == "chooses"
        and verb.normalized_form() == "呼び出す"
        and thing.surface().endswith(("員", "係", "スタッフ"))
    )
    return called or is_of(thing, "switches")  # 係員を呼び出す: whoever comes


def _is_told(value: "list[Morpheme]", thing: "Morpheme", verb: "Morpheme", kind: str) -> bool:
    """Whether the words from the object on name the value: A-100 を選ぶ, 届いたコードを入力, 2番目の候補を選ぶ."""
    if is_of(verb, "changes"):
        return False  # 登録した予約の時刻を変更: what is named is what is changed
    at = next((at for at, token in enumerate(value) if token is thing), 0)
    apposed = at > 0 and kind_of(value[at - 1])[0] in ("名詞", "接尾辞")
    if kind == "measures_of_change" and MASK in thing.surface() and not apposed:
        value = [token for token in value if token is not thing]  # 「泊数」を修正; 目的地「駅」を設定 names the value
    if kind == "chooses":  # 商品を1つ選ぶ: how many says nothing of which
        value = [e for e in value if e.begin() < thing.end() or not (kind_of(e)[1] == "数詞" or counts(e))]
    if kind == "enters":  # 情報をすべて入力する
        value = [entry for entry in value if entry.surface() not in ("すべて", "全て", "全部")]
    return named(value) or is_past(value) or (kind == "chooses" and any(entry.surface() == "目" for entry in value))


def _tells_when(clause: "list[Morpheme]", at: int) -> bool:
    """乗車前に, 実行中に: when, and not what it becomes."""
    return (
        at > 0
        and clause[at].surface() == "に"
        and clause[at - 1].surface() in ("前", "後", "時", "際", "中", "うち", "間", "あと")
    )


def _topics(clause: "list[Morpheme]") -> list[int]:
    """担当も変える: an object that も or は takes the を from; ドライバーの変更: or の, before a noun of action."""
    said = [at for at, entry in enumerate(clause) if at and entry.surface() in ("も", "は", "の")]
    last = said[-1:]
    if not last or kind_of(clause[last[0] - 1])[0] not in ("名詞", "接尾辞"):
        return []
    close = last[0] + 1 == len(clause)
    return last if close and (clause[last[0]].surface() != "の" or is_of(clause[last[0] - 1], "values")) else []


def _kind_of_thing(thing: "Morpheme", *, chosen: bool) -> bool:
    """商品, 支払方法, 予約日: what there are several of; 普通預金 and 男性 are themselves what is chosen, and 生地 is put in as it is."""
    suffixes = "者員先名日品件額類種号欄法所地店枠型帯" if chosen else "者員先名日額号欄法"
    return (
        is_of(thing, "values") or measure(thing) or thing.surface()[-1] in suffixes or thing.surface().endswith(_LOANS)
    )


def _open_goal(clause: "list[Morpheme]", goals: list[int]) -> bool:
    """離島の住所に: what it becomes is only a kind of value."""
    at = goals[-1]
    if clause[at].surface() not in ("に", "へ") or at == 0 or not is_of(clause[at - 1], "values"):
        return False
    return not named(clause)


def _bare_object(tokens: "list[Morpheme]", first: int, index: int) -> Span | None:
    """数量入力, 部署選択: a sheet leaves out を, as speech does: 数変える, 予約入れる."""
    clause = tokens[first:index]
    spoken = kind_of(tokens[index])[0] == "動詞"
    if not clause or not (spoken or is_of(tokens[index], "filled")) or kind_of(clause[-1])[0] not in ("名詞", "接尾辞"):
        return None
    thing = tokens[index].normalized_form() == "入れる" or not is_of(tokens[index], "enters")
    if spoken and thing and not (is_of(clause[-1], "values") or measure(clause[-1])):
        return None
    if (
        named(clause)
        or any(is_of(entry, "switches") for entry in clause)
        or clause[-1].surface() in ("新規", "再", "手")
    ):
        return None
    return clause[0].begin(), tokens[index].end()
