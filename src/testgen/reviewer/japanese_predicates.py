"""The predicates of a Japanese step: which of them are joined, which are checks, and which only say how something is."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_behaviour import can
from testgen.reviewer.japanese_endings import CHECKS, ENDINGS, Predicate, seen_at_the_end
from testgen.reviewer.japanese_helpers import asked_for, causes, ends, helps, joins, leads_on, noun_before
from testgen.reviewer.japanese_morphemes import is_of, surface_at
from testgen.reviewer.japanese_nouns import ARROWS, done_first, noun_ending, operations, with_its_prefix
from testgen.reviewer.lexicon import lexicon
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_CHECK_VERBS = lexicon("ja")["looks"]
_LONGEST = 60  # morphemes of a sentence that are looked at
# `undefined-wait` looks after them.
_IDLE = frozenset(("放置", "静置", "sleep", "wait"))
# 窓口精算にチェック、… is ticked.
_TICKS = [["に", "チェック", end] for end in "、。→し"] + [["に", "チェック"]]
_REPEAT = re.compile(r"手順\s*\d+(?:\s*[〜～~-]\s*\d+)?を(?:合計|計|繰)")


def predicates(masked: str) -> list[Predicate]:
    """The predicates of an action that are joined to another or end a sentence, in order."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    arrow = seen_at_the_end(tokens)
    seen = [Predicate("check", tokens[arrow + 1].begin(), tokens[-1].end(), joined=False)] if arrow else []
    tokens = tokens[:arrow] if arrow else tokens
    found: list[Predicate] = []
    brought: list[Predicate] = []  # what is done in a clause with と
    for index, token in enumerate(tokens):
        found += _of_noun(tokens, index)
        if token.part_of_speech()[0] != "動詞":
            continue
        if joins(tokens, index) or ends(tokens, index):
            found += _of_verb(tokens, index)
        elif brings(tokens, index):
            brought.append(Predicate("action", token.begin(), token.end(), joined=True))
    for ending in ENDINGS if tokens else ():
        found += list(ending(tokens, found))
    if not found and len(tokens) > 1:
        found += _at_the_end(tokens)
    if found and found[-1].kind == "check":  # 「送信」を押すと…届くか確認する
        found = sorted((*found, *brought), key=lambda entry: entry.begin)
    found += seen
    once = {entry.begin: entry for entry in sorted(found, key=lambda entry: entry.begin)}
    return [entry for entry in once.values() if not _repeats(masked, entry)]


def _of_noun(tokens: "list[Morpheme]", index: int) -> Iterator[Predicate]:
    """押下, チェック, ログイン後: a noun that says what is done."""
    token = tokens[index]
    if (
        MASK in token.surface()
        and surface_at(tokens, index + 1) == "後"
        and surface_at(tokens, index + 2) in ("、", "に")
    ):
        yield Predicate("action", token.begin(), token.end(), joined=True)  # 「登録」後、
    ticks = [entry.surface() for entry in tokens[max(index - 1, 0) : index + 2]] in _TICKS
    looked = token.surface() in CHECKS and not ticks and surface_at(tokens, index - 1) != "本人"
    looked = looked and not (_is_a_button(tokens, index) or _is_asked(tokens, index))
    kind = "check" if looked else "action"
    if done_first(tokens, index):
        yield Predicate(kind, token.begin(), token.end(), joined=True)
    if token.surface() in _IDLE:
        return  # 停めて10分放置
    if noun_ending(tokens, index) or ticks:
        yield Predicate(kind, with_its_prefix(tokens, index), token.end(), joined=index + 1 < len(tokens))


def _is_a_button(tokens: "list[Morpheme]", index: int) -> bool:
    """暗証番号入力→確認: alone behind an arrow, what goes on in the product."""
    behind = surface_at(tokens, index + 1)
    return (
        tokens[index].surface() == "確認" and surface_at(tokens, index - 1) in ARROWS and behind in ARROWS | {"", "。"}
    )


def _is_asked(tokens: "list[Morpheme]", index: int) -> bool:
    """上司に確認のうえ: somebody is asked."""
    return surface_at(tokens, index - 1) == "に" and surface_at(tokens, index + 1) == "の"


def _of_verb(tokens: "list[Morpheme]", index: int) -> Iterator[Predicate]:
    """A verb, with its noun (入力する), or the noun that it asks for (ご入力ください)."""
    token = tokens[index]
    looked = token.surface() == "見" and [entry.normalized_form() for entry in tokens[index + 1 : index + 3]] == [
        "て",
        "見る",
    ]
    behind_a_verb = index and tokens[index - 1].part_of_speech()[1] == "接続助詞"  # 画面で見る is none
    helped = behind_a_verb and tokens[index - 1].surface() in ("て", "で") and helps(token) and not looked
    wished = index and (
        tokens[index - 1].normalized_form() == "願う" or tokens[index - 1].surface() in ("たり", "だり")
    )
    if surface_at(tokens, index - 1) in ("お", "ご") and surface_at(tokens, index + 1) == "です":
        return  # 登録がお済みです
    if helped or wished or _waits(tokens, index) or leads_on(tokens, index) or _by_another(tokens, index):
        return
    asked = asked_for(tokens, index)
    noun = noun_before(tokens, index) or (tokens[asked].surface() if asked >= 0 else "")
    adverb = not noun and index and tokens[index - 1].part_of_speech()[0] == "副詞"
    ticked = noun == "チェック" and surface_at(tokens, (asked if asked >= 0 else index - 1) - 1) == "に"
    given = index > 0 and tokens[index - 1].surface() == "と" and _of_a_topic(tokens, index)
    used = surface_at(tokens, index - 1) == "を" and index > 1 and is_of(tokens[index - 2], "documents")
    if used and token.normalized_form() == "見る" and joins(tokens, index):
        return  # 手順書を見て設定する
    if (ticked and asked < 0) or given or (adverb and token.dictionary_form() == "する"):
        return  # しばらくして
    fact = _takes_a_fact(tokens, index - bool(noun))
    made = token.normalized_form() == "致す" and tokens[index - 1].surface() == "に"  # 「English」にいたします
    bare = noun == "チェック" and joins(tokens, index) and surface_at(tokens, index - 2) not in ("を", "か", "も", "で")
    kind = "action" if made or ticked or bare or _puts(tokens, index) else _kind(token, noun, seen=fact)
    if fact and token.dictionary_form() == "聞く" and "に" not in [entry.surface() for entry in tokens[:index]]:
        kind = "check"  # 音量が同じか聞く; 店員に聞く asks
    if kind:
        first = asked if asked >= 0 else index - bool(noun)
        begin, lemma = tokens[first].begin(), noun or token.dictionary_form()
        joined = joins(tokens, index)
        yield Predicate(kind, begin, _inflected(tokens, index), joined, lemma, causes(tokens, index))


def _by_another(tokens: "list[Morpheme]", index: int) -> bool:
    """券を見せてもらって読み取る: somebody else does it, and the tester goes on. いただいて asks the tester."""
    asked = surface_at(tokens, index + 1) in ("て", "で") and index + 3 < len(tokens)
    return asked and tokens[index + 2].normalized_form() == "貰う" and tokens[index + 3].surface() in ("て", "、")


def _of_a_topic(tokens: "list[Morpheme]", index: int) -> bool:
    """有効期限は、1日足りない日とする: the sentence says what holds of something; nobody does it."""
    for at in range(index - 1, max(index - _LONGEST, 0), -1):
        if tokens[at].surface() in ("は", "を", "。"):
            return bool(tokens[at].surface() == "は")
    return False


def _at_the_end(tokens: "list[Morpheme]") -> Iterator[Predicate]:
    """…ことを目視で確認, 表示されるかどうか: a check without a verb."""
    last = tokens[-1]
    if (last.surface() in CHECKS and _is_said_of(tokens)) or last.surface() in ("か", "どうか"):
        yield Predicate("check", last.begin(), last.end(), joined=False)


def brings(tokens: "list[Morpheme]", index: int) -> bool:
    """「送信」を押すと、: what the tester does to a user interface, before its consequence is told."""
    if surface_at(tokens, index + 1) == "と" and [surface_at(tokens, index + 2), surface_at(tokens, index + 3)] == [
        "する",
        "と",
    ]:
        return True  # 延泊しようとすると
    politely = index + 1 < len(tokens) and tokens[index + 1].dictionary_form() == "ます"
    following = tokens[index + 1 + politely] if index + 1 + politely < len(tokens) else None
    if following is None or following.surface() != "と" or following.part_of_speech()[1] != "接続助詞":
        return False
    done = noun_before(tokens, index) or tokens[index].dictionary_form()
    return done in operations() and any(entry.surface() == "を" for entry in tokens[max(index - 3, 0) : index])


def _is_said_of(tokens: "list[Morpheme]") -> bool:
    """…ことを目視で確認, 旧版も同様に確認: something is looked at, or in some manner; 本人確認 is a word of its own."""
    return any(entry.surface() == "を" for entry in tokens) or tokens[-2].part_of_speech()[0] in (
        "助詞",
        "助動詞",
        "副詞",
    )


def _inflected(tokens: "list[Morpheme]", index: int) -> int:
    """Where the verb ends with what it is inflected by: 見た, 確かめて."""
    while index + 1 < len(tokens) and (
        tokens[index + 1].part_of_speech()[0] == "助動詞" or tokens[index + 1].surface() in ("て", "で")
    ):
        index += 1
    end: int = tokens[index].end()
    return end


def _takes_a_fact(tokens: "list[Morpheme]", index: int) -> bool:
    """…ことを見届ける, …かを見る, …かどうか確かめる: whatever the verb is, it looks at what is the case."""
    before = [token.surface() for token in tokens[max(index - 3, 0) : index]]
    if before and before[-1] in ("お", "ご", "御"):
        before.pop()
    if before and before[-1] in ("を", "も"):
        before.pop()
    unit = tokens[index - 2].part_of_speech() if len(before) > 1 else ()
    some = surface_at(tokens, index - 2) in ("何", "誰", "どこ", "どれ")  # どれか選ぶ
    counted = some or (
        "助数詞" in "".join(unit) and surface_at(tokens, index - 3) in ("何", "幾", "数", "いく")
    )  # 何日か延ばす
    same = surface_at(tokens, index - 3) in ("同じ", "同様", "の")  # 同じことをやる
    return not (counted or same) and before[-1:] in (["こと"], ["か"], ["どうか"])


def _puts(tokens: "list[Morpheme]", index: int) -> bool:
    """受話器を置く, ヒーターの前に置く: with an object or a place it is done, and no waiting or helping verb."""
    return bool(index) and tokens[index].surface()[0] == "置" and tokens[index - 1].surface() in ("を", "に", "へ")


def _waits(tokens: "list[Morpheme]", index: int) -> bool:
    """様子を見る, 様子をうかがう, 間を置く: `undefined-wait` looks after it. 時間をいれる enters a value."""
    before = tokens[max(index - 2, 0) : index]
    if len(before) < 2 or before[1].surface() != "を" or is_of(tokens[index], "enters"):
        return False
    if before[0].surface() == "様子":
        return tokens[index].normalized_form() in ("見る", "伺う", "窺う", "うかがう")
    return before[0].surface() in ("間", "時間") or before[0].normalized_form() in lexicon("ja")["vague_moments"]


def _kind(token: "Morpheme", noun: str, *, seen: bool) -> str:
    lemma = token.dictionary_form()
    if (
        noun in CHECKS
        or {lemma, token.normalized_form()} & _CHECK_VERBS
        or (seen and not ({noun, lemma, token.normalized_form()} & lexicon("ja")["no_checks"]))
    ):
        return "check"
    if lemma in ("いる", "ある", "おる") or (not noun and can(token)):
        return "state"
    if not noun and {lemma, token.normalized_form()} & lexicon("ja")["vague_moments"]:
        return ""  # 冷えてから
    if (
        noun == "待機"
        or noun.lower() in _IDLE
        or ({noun} if noun else {lemma, token.normalized_form()}) & lexicon("ja")["no_actions"]
    ):
        return ""
    return "action"


def _repeats(masked: str, entry: Predicate) -> bool:
    """手順2〜3を合計5回行う says how often, and is no action of its own."""
    start = max(masked.rfind("。", 0, entry.begin), masked.rfind("\n", 0, entry.begin)) + 1
    return bool(_REPEAT.search(masked, start, entry.end))
