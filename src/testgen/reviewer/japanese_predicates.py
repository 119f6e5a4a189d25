"""The predicates of a Japanese step: which of them are joined, which are checks, which only say how something is."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from testgen.reviewer.lexicon import lexicon
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_CHECKS = {"確認", "検証", "照合", "目視", "チェック", "点検", "観察", "注視", "監視", "検査", "観測", "検品", "検分"}
_CHECK_VERBS = lexicon("ja")["looks"]
# Verbs that join like postpositions (…に対して), and waiting, which `undefined-wait` looks after.
_NO_ACTION = {
    "対する",
    "従う",
    "関する",
    "応ずる",
    "応じる",
    "基づく",
    "因る",
    "よる",
    "伴う",
    "通ずる",
    "通じる",
    "待つ",
    "見計らう",
    "於く",
    "置く",
    "有る",
    "成る",
    "超える",
    "過ぎる",
}
_REPEAT = re.compile(r"手順\s*\d+(?:\s*[〜～~-]\s*\d+)?を(?:合計|計|繰)")


@dataclass(frozen=True)
class Predicate:
    """A verb that something is told with: what it is (`action` or `check`), where it begins, and whether more follows."""

    kind: str
    begin: int
    end: int
    joined: bool


def predicates(masked: str) -> list[Predicate]:
    """The predicates of an action that are joined to another or end a sentence, in order."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    found = []
    for index, token in enumerate(tokens):
        if done_first(tokens, index):
            found.append(Predicate("action", token.begin(), token.end(), joined=True))
        if noun_ending(tokens, index):
            kind = "check" if token.surface() in _CHECKS else "action"
            found.append(Predicate(kind, token.begin(), token.end(), joined=index + 1 < len(tokens)))
        if token.part_of_speech()[0] != "動詞":
            continue
        joined = joins(tokens, index)
        if not joined and not ends(tokens, index):
            continue
        if _waits(tokens, index):
            continue
        noun = noun_before(tokens, index)
        kind = _kind(token, noun, seen=_takes_a_fact(tokens, index - bool(noun)))
        if kind:
            begin = tokens[index - 1].begin() if noun else token.begin()
            found.append(Predicate(kind, begin, _inflected(tokens, index), joined))
    return [entry for entry in found if not _repeats(masked, entry)]


def _inflected(tokens: "list[Morpheme]", index: int) -> int:
    """Where the verb ends with what it is inflected by: 見た, 確かめて."""
    while index + 1 < len(tokens) and (
        tokens[index + 1].part_of_speech()[0] == "助動詞" or tokens[index + 1].surface() in ("て", "で")
    ):
        index += 1
    end: int = tokens[index].end()
    return end


def done_first(tokens: "list[Morpheme]", index: int) -> bool:
    """印刷後、 and ログインのうえ: a noun of action that comes before another."""
    if "サ変可能" not in tokens[index].part_of_speech()[2] or not any(
        token.surface() == "を" for token in tokens[max(index - 2, 0) : index]
    ):
        return False
    following = [token.surface() for token in tokens[index + 1 : index + 3]]
    return following[:1] in (["後"], ["のち"]) or following in (
        ["の", "うえ"],
        ["の", "上"],
        ["の", "後"],
        ["の", "のち"],
    )


_HAN = re.compile(r"[一-龠]")
_SEPARATORS = frozenset("、，→⇒＞>／/。．\n")
_PRESSED = frozenset(("キー", "ボタン", "釦"))
_SENTENCE_ENDS = frozenset("。．\n")


def noun_ending(tokens: "list[Morpheme]", index: int) -> bool:
    """検索ボタン押下→指針の再入力: sheets leave out する. The noun of an action, with what it is done to before it, in a sentence that
    ends so; or what is in quotes, where it is only pressed: 画面で「修正」、氏名を入力し「確定」."""
    if index + 1 < len(tokens) and tokens[index + 1].surface() not in _SEPARATORS:
        return False
    if MASK in tokens[index].surface():
        first = index
        while first and MASK in tokens[first - 1].surface():
            first -= 1
        return first > 0 and _pressed_after(tokens, first - 1)
    return _does(tokens[index]) and _has_an_object(tokens, index) and _does(_last_of_the_sentence(tokens, index))


def _pressed_after(tokens: "list[Morpheme]", index: int) -> bool:
    """入力し「確定」, or a place and a comma behind: 画面で「修正」、."""
    if tokens[index].surface() == "で":
        return _does(_last_of_the_sentence(tokens, index))
    done = tokens[index].part_of_speech()[0] == "動詞" and tokens[index].part_of_speech()[5].startswith("連用形")
    return done and any(token.surface() == "を" for token in tokens[max(index - 3, 0) : index])


def _does(token: "Morpheme") -> bool:
    """A noun of an action: 入力, 押下; of a verb, as sheets write it without kana: 読取, 取出; or of what is pressed: OKキー."""
    if token.surface() in _PRESSED:
        return True
    kind, usual = token.part_of_speech(), token.normalized_form()
    verbal = (
        _HAN.match(token.surface()[-1])
        and usual != token.surface()
        and usual[-1] in "いきしちにひみりぎじびえけせてねめれげべ"
    )
    return kind[0] == "名詞" and ("サ変可能" in kind[2] or bool(verbal and kind[1] == "普通名詞"))


def _has_an_object(tokens: "list[Morpheme]", index: int) -> bool:
    before = tokens[index - 1] if index else None
    if before is not None and before.part_of_speech()[0] == "接頭辞":
        before = tokens[index - 2] if index > 1 else None
    if before is None or before.surface() in _SEPARATORS:
        return False
    return (
        before.part_of_speech()[0] in ("名詞", "接尾辞") or before.surface() in ("を", "の") or MASK in before.surface()
    )


def _last_of_the_sentence(tokens: "list[Morpheme]", index: int) -> "Morpheme":
    last = index
    while last + 1 < len(tokens) and tokens[last + 1].surface() not in _SENTENCE_ENDS:
        last += 1
    return tokens[last]


def noun_before(tokens: "list[Morpheme]", index: int) -> str:
    """入力 of 入力する; empty where the verb stands alone."""
    if index == 0 or tokens[index].dictionary_form() not in ("する", "為る"):
        return ""
    before = tokens[index - 1]
    return before.surface() if before.part_of_speech()[0] == "名詞" else ""


def _takes_a_fact(tokens: "list[Morpheme]", index: int) -> bool:
    """…ことを見届ける, …かを見る, …かどうか確かめる: whatever the verb is, it looks at what is the case."""
    before = [token.surface() for token in tokens[max(index - 3, 0) : index]]
    if before and before[-1] == "を":
        before.pop()
    counted = len(before) > 1 and "助数詞" in "".join(tokens[index - 2].part_of_speech())  # 何日か延ばす
    return not counted and before[-1:] in (["こと"], ["か"], ["どうか"])


def _waits(tokens: "list[Morpheme]", index: int) -> bool:
    """様子を見る, 様子をうかがう, 間を置く: `undefined-wait` looks after it."""
    return [token.surface() for token in tokens[max(index - 2, 0) : index]] in (
        ["様子", "を"],
        ["間", "を"],
        ["時間", "を"],
    )


def _kind(token: "Morpheme", noun: str, *, seen: bool) -> str:
    lemma = token.dictionary_form()
    if (
        noun in _CHECKS
        or lemma in _CHECK_VERBS
        or (seen and not ({noun, lemma, token.normalized_form()} & lexicon("ja")["no_checks"]))
    ):
        return "check"
    if lemma in ("いる", "ある"):
        return "state"
    if noun in ("待機", "放置") or lemma in _NO_ACTION or token.normalized_form() in _NO_ACTION:
        return ""
    return "action"


def joins(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the clause goes on: 入力し、 / 入力して / 入力した後、 / 入力してから."""
    token = tokens[index]
    if not token.part_of_speech()[5].startswith("連用形") or index + 1 >= len(tokens):
        return False
    if token.dictionary_form() in ("する", "為る") and index and tokens[index - 1].surface() == "と":
        return False  # 管理者として
    after = tokens[index + 1]
    if after.part_of_speech()[0] in ("名詞", "接頭辞") or MASK in after.surface():
        return token.part_of_speech()[5] == "連用形-一般" and any(
            entry.surface() == "を" for entry in tokens[max(index - 3, 0) : index]
        )
    if after.surface() in ("、", "，", "つつ", "ながら"):
        return True
    if after.surface() in ("て", "で") and after.part_of_speech()[1] == "接続助詞":
        following = tokens[index + 2] if index + 2 < len(tokens) else None
        # 登録しておく, 表示している: an auxiliary, not another clause.
        return (
            following is not None
            and not (
                following.part_of_speech()[:2] == ("動詞", "非自立可能")
                and following.dictionary_form() not in ("する", "為る")
            )
            and following.surface() not in ("は", "も")
        )
    if after.surface() in ("た", "だ"):
        following = tokens[index + 2] if index + 2 < len(tokens) else None
        return following is not None and following.surface() in ("後", "あと", "のち", "うえ", "上")
    return False


def ends(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the verb ends a sentence, politely or not: 押す。 押します。 押すこと。"""
    rest = [token.surface() for token in tokens[index + 1 : index + 4]]
    while rest and rest[0] in ("ます", "こと", "ください", "て", "下さい"):
        rest.pop(0)
    return not rest or rest[0] in ("。", "．", "（", "(", "\n")


def _repeats(masked: str, entry: Predicate) -> bool:
    """手順2〜3を合計5回行う says how often, and is no action of its own."""
    start = max(masked.rfind("。", 0, entry.begin), masked.rfind("\n", 0, entry.begin)) + 1
    return bool(_REPEAT.search(masked, start, entry.end))
