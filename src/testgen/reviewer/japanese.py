"""Japanese steps by morphemes: which predicates are joined, which of them are checks. Sudachi with its small dictionary."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Reading, Span
from testgen.text.marks import MASK
from testgen.text.verbs import verb_groups

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

PLAIN_CHECK_IS_STYLE = True  # 「…を確認する」 as a step is normal
_CHUNK = 10_000  # characters; the tokenizer takes 49,149 bytes at once
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
_QUESTION = re.compile(r"(?:か|でしょうか)[？?]|[？?]\s*$")
_PRECONDITION = re.compile(
    r"(?:(?:が|を)前提(?:条件)?|は[^をがに]{1,20}とする|(?:である|済みである|でいる|ている|てある|ておく|がある|済み)こと|(?:ている|である|ておく|てある|がある)必要がある|を?前提(?:とする|条件(?:とする|である)?)|済みの状態であること)。?$"
)
_COMMAND = re.compile(
    r"を(?:(?:押す|開く|選ぶ|閉じる|タップする|クリックする|選択する|入力する|押下する|送信する|実行する)(?=[。、]|と|$)|(?:押し|開き|選び|閉じ|タップし|クリックし|選択し|入力し|押下し)(?=、))"
)


_NEGATION = re.compile(r"ない|ません|(?<![ま必])ず(?:に|、|$)|なし|ぬ(?:$|。)|不可")
_CIRCUMSTANCES = re.compile(
    r"^.{2,}?(?:でも|ても|では|すると|と、|とき(?:は|に|、)|(?<![同\d])時(?:は|に|、)|場合(?:は|、|に)|後(?:は|に|、)|たら、?)"
)
# Words that say nothing of what is seen.
# fmt: off
_STOP = frozenset((
    "表示", "する", "為る", "れる", "られる", "いる", "居る", "こと", "事", "ある",
    "有る", "なる", "成る", "確認", "画面", "メッセージ", "出来る", "できる", "の",
    "物", "よう",
))
# fmt: on


@dataclass(frozen=True)
class Predicate:
    """A verb that something is told with: what it is (`action` or `check`), where it begins, and whether more follows."""

    kind: str
    begin: int
    end: int
    joined: bool


@cache
def _tokenizer() -> "Tokenizer":
    from sudachipy import Dictionary, SplitMode

    dictionary = Dictionary(dict="small")
    make = getattr(dictionary, "tokenizer", dictionary.create)
    made: Tokenizer = make(SplitMode.B)
    return made


def warm_up() -> None:
    """Loads the dictionary, which takes a tenth of a second, so that the first review need not wait for it."""
    _tokenizer()


@lru_cache(maxsize=64)
def _tokens(text: str) -> "tuple[Morpheme, ...]":
    return tuple(_tokenizer().tokenize(text))


def tokenize(text: str) -> "list[Morpheme]":
    """Morphemes of a text; their offsets are code points. Several rules read the same text, one after the other."""
    return list(_tokens(text))


_A_FEW = re.compile(r"[一-龠々〆ヶ\s、。・]{1,8}")


def all_japanese(text: str) -> bool:
    """Whether a few Han characters are words of the dictionary (点灯, 異常無し), as those of another language seldom are."""
    return bool(_A_FEW.fullmatch(text.strip())) and not any(token.is_oov() for token in tokenize(text.strip()))


def read(masked: str, *, begun: bool) -> Reading:
    """What an action says."""
    needed = precondition(masked)
    if needed:
        return Reading(precondition=needed)
    found = predicates(masked)
    if all(entry.kind == "state" for entry in found) and (told := state(masked)):
        return Reading(precondition=told)
    check = next(((entry.begin, entry.end) for entry in found if entry.kind == "check"), None)
    return Reading([entry.begin for entry in found if entry.kind == "action"], check, None, question(masked))


def content(normalised: str) -> set[str]:
    """The dictionary forms of the words that carry the meaning."""
    starts = range(0, len(normalised), _CHUNK)
    tokens = (token for start in starts for token in tokenize(normalised[start : start + _CHUNK]))
    return {
        token.normalized_form()
        for token in tokens
        if token.part_of_speech()[0] in ("名詞", "動詞", "形容詞", "形状詞", "副詞")
        and token.part_of_speech()[1] != "非自立可能"
        and token.normalized_form() not in _STOP
    }


def negative(bare: str) -> bool:
    """Whether a text without quotes denies something."""
    return bool(_NEGATION.search(bare))


def circumstances(masked: str) -> Span | None:
    """Where an expected result says when it holds."""
    match = _CIRCUMSTANCES.search(masked)
    return match.span() if match else None


def predicates(masked: str) -> list[Predicate]:
    """The predicates of an action that are joined to another or end a sentence, in order."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    found = []
    for index, token in enumerate(tokens):
        if _done_first(tokens, index):
            found.append(Predicate("action", token.begin(), token.end(), joined=True))
        if token.part_of_speech()[0] != "動詞":
            continue
        joined = _joins(tokens, index)
        if not joined and not _ends(tokens, index):
            continue
        if _waits(tokens, index):
            continue
        noun = _noun_before(tokens, index)
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


def _done_first(tokens: "list[Morpheme]", index: int) -> bool:
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


def _noun_before(tokens: "list[Morpheme]", index: int) -> str:
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


def _joins(tokens: "list[Morpheme]", index: int) -> bool:
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


def _ends(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the verb ends a sentence, politely or not: 押す。 押します。 押すこと。"""
    rest = [token.surface() for token in tokens[index + 1 : index + 4]]
    while rest and rest[0] in ("ます", "こと", "ください", "て", "下さい"):
        rest.pop(0)
    return not rest or rest[0] in ("。", "．", "（", "(", "\n")


def _repeats(masked: str, entry: Predicate) -> bool:
    """手順2〜3を合計5回行う says how often, and is no action of its own."""
    start = max(masked.rfind("。", 0, entry.begin), masked.rfind("\n", 0, entry.begin)) + 1
    return bool(_REPEAT.search(masked, start, entry.end))


def question(masked: str) -> Span | None:
    """Where an action asks."""
    match = _QUESTION.search(masked)
    return match.span() if match else None


def precondition(masked: str) -> Span | None:
    """An ending that only says what must hold before."""
    match = _PRECONDITION.search(masked)
    return match.span() if match else None


def state(masked: str) -> Span | None:
    """A sentence whose predicate tells how something is, and not what is done: …ている, …である, …ない, …済み."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] not in ("空白", "補助記号")]
    while tokens and tokens[-1].normalized_form() in ("事", "です", "だ", "ます", "物"):
        tokens.pop()
    if not tokens or masked.startswith(("（前提", "(前提", "【前提")):
        return None
    last = tokens[-1]
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
    nominal = last.part_of_speech()[0] == "名詞" and _is_told_of(tokens)
    return (tokens[0].begin(), last.end()) if auxiliary or nominal or (adjective and len(tokens) > 2) else None


def _is_told_of(tokens: "list[Morpheme]") -> bool:
    """バッテリーは満充電: a topic and a noun, without a verb or an object."""
    kinds = [token.part_of_speech()[0] for token in tokens]
    if tokens[-1].surface() == "なし" or tokens[-1].normalized_form() in lexicon("ja")["likenesses"]:
        return False
    return (
        any(token.surface() == "は" for token in tokens)
        and "動詞" not in kinds
        and not any(token.surface() == "を" for token in tokens)
    )


def commands(masked: str) -> Span | None:
    """An action inside an expected result: what triggers it (…を押すと, 開けば), or what is to be done next."""
    match = _COMMAND.search(masked)
    if match:
        return match.span()
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    for index, token in enumerate(tokens):
        if token.surface() in _operations() and _done_first(tokens, index):
            return token.begin(), tokens[index + 1].end()
        if token.part_of_speech()[0] == "動詞" and _is_told(tokens, index):
            return tokens[max(index - 1, 0)].begin(), token.end()
    return None


def _is_told(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the tester does it: a verb with an object, or one of the user interface, and no subject that does it."""
    token = tokens[index]
    start = next(
        (at + 1 for at in range(index - 1, max(index - 60, 0) - 1, -1) if tokens[at].surface() in ("、", "。", "\n")), 0
    )
    before = [entry.surface() for entry in tokens[start:index]]
    if "が" in before or ("は" in before and "後" not in before):
        return False
    noun = _noun_before(tokens, index)
    operates = (noun or token.dictionary_form()) in _operations()
    following = [entry.surface() for entry in tokens[index + 1 : index + 3]]
    form = token.part_of_speech()[5]
    triggers = following[:1] in (["と"], ["ば"]) or following[:2] in (["た", "ら"],) or following[:1] == ["たら"]
    if triggers and form.startswith(("終止形", "連体形", "仮定形", "連用形")):
        return operates or ("を" in before and not noun)
    return (
        operates
        and not (noun and before[-1:] != [noun])
        and ("を" in before or "続け" in "".join(before))
        and (_joins(tokens, index) or _ends(tokens, index))
    )


@cache
def _operations() -> frozenset[str]:
    """What is done to a user interface: 押す, クリック, 開く."""
    groups = [group for group in verb_groups("ja").values() if group.get("ui")]
    groups.append(
        {
            "suru": ["ログイン", "ログアウト", "サインイン", "サインアウト", "再起動", "リロード", "スキャン"],
            "ichidan": ["閉じる"],
            "godan": ["抜く", "差す"],
        }
    )
    return frozenset(verb for group in groups for kind in ("suru", "godan", "ichidan") for verb in group.get(kind, ()))
