"""What the end of a Japanese sentence says beside its verbs: another action, by its noun alone, or what is to be looked at."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import is_of, surface_at
from testgen.reviewer.japanese_names import measure
from testgen.reviewer.japanese_nouns import ARROWS, CLOSES, by_products, closes, deeds, does
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

CHECKS = {"確認", "検証", "照合", "目視", "チェック", "点検", "観察", "注視", "監視", "検査", "観測", "検分", "比較"}
_LONGEST = 60  # morphemes of a sentence that are looked at
_AND_THEN = (["の", "上"], ["の", "うえ"], ["の", "後"], ["の", "のち"])
# 読取 → 機体情報, 起動→定常速度まで: what comes up, or how far it goes.
_COMES_UP = frozenset(("画面", "情報", "ダイアログ", "ポップアップ", "メッセージ", "まで"))
_AGAIN = frozenset(("再度", "再び", "続けて"))
_TOLD = frozenset(("が", "は", "も", "の", "と", *CLOSES))
_WHOLLY = frozenset(("ひととおり", "一通り", "すべて", "全て", "順に", "順番", "続けて"))
_LISTS = frozenset("、，・")
_AND = _LISTS | {"および", "及び", "並びに", "ならびに", "と"}
_NOUNS = frozenset(("名詞", "接頭辞", "接尾辞"))
_PARTICLES_BEHIND = frozenset(("っと", "ね", "よ", "な"))


@dataclass(frozen=True)
class Predicate:
    """A verb or noun that says something: its kind (`action` or `check`), where it begins, and whether more follows."""

    kind: str
    begin: int
    end: int
    joined: bool
    lemma: str = ""  # 解除 of 解除する
    caused: bool = False  # 停止させる


def behind_arrows(tokens: "list[Morpheme]", found: list[Predicate]) -> Iterator[Predicate]:
    """理由選択→ENT: behind what is done and an arrow something else is done, though no verb says so."""
    ends_of_actions = {entry.end for entry in found if entry.kind == "action"}
    begins = {entry.begin for entry in found}
    marks = [at for at, token in enumerate(tokens) if token.surface() in ARROWS | {"。", "\n"}] + [len(tokens)]
    for at, end in pairwise(marks):
        if at and end > at + 1 and tokens[at].surface() in ARROWS and tokens[at - 1].end() in ends_of_actions:
            begin, last = tokens[at + 1].begin(), tokens[end - 1].end()
            waits = is_of(tokens[end - 1], "waits") or tokens[end - 1].surface() in _COMES_UP
            if not waits and not any(token.begin() in begins for token in tokens[at + 1 : end]):
                ends_of_actions.add(last)
                yield Predicate("action", begin, last, joined=False)


def seen_at_the_end(tokens: "list[Morpheme]") -> int:
    """フタ開 → 保温移行、ブザー、時刻表示: where the last arrow stands, if only nouns follow that tell what the product shows; or 0."""
    arrow = next((at for at in range(len(tokens) - 1, 0, -1) if tokens[at].surface() in ARROWS), 0)
    rest = [token for token in tokens[arrow + 1 :] if token.surface() != "。"]
    ends = [before for before, mark in pairwise([*rest, None]) if before and (mark is None or mark.surface() in _LISTS)]
    nouns = all(token.surface() in _LISTS or token.part_of_speech()[0] in _NOUNS for token in rest)
    shown = any(token.surface() in by_products() for token in ends)
    return arrow if arrow and nouns and shown and len(ends) > 1 and ends[-1].surface() not in deeds() else 0


def closing(tokens: "list[Morpheme]", found: list[Predicate]) -> Iterator[Predicate]:
    """合わせて、タイマー10分でスタート, 投入後、開始, 書いて保存っと: behind what is done, the noun of an action that ends the sentence."""
    done = sorted(found, key=lambda entry: entry.end)
    ends, begins = [entry.end for entry in done], {entry.begin for entry in done}
    for end in (at for at in range(1, len(tokens) + 1) if at == len(tokens) or tokens[at].surface() in CLOSES):
        last = end - 1
        if [surface_at(tokens, last - 1), surface_at(tokens, last)] == ["の", "こと"]:
            last -= 2  # アップロードのこと
        while last > 0 and _is_behind(tokens[last]):
            last -= 1
        token, place = tokens[last], bisect_right(ends, tokens[last].begin()) - 1
        if place < 0 or done[place].kind != "action" or token.begin() in begins:
            continue
        near = tokens[max(last - _LONGEST, 0) : last]
        between = [entry.surface() for entry in near if ends[place] <= entry.begin()]
        between = between[2:] if between[:2] in _AND_THEN else between
        pressed = MASK in tokens[end - 1].surface() and between[:1] == ["、"] and token.surface() in _AGAIN
        if (closes(token) or pressed) and not _TOLD & set(between) and between[:2] != ["後", "に"]:
            yield Predicate("action", token.begin(), tokens[end - 1].end(), joined=False, lemma=token.surface())


def moved_to(tokens: "list[Morpheme]", found: list[Predicate]) -> Iterator[Predicate]:
    """置き、照明を50%に。: an object and what becomes of it, behind what is done; the verb is left out."""
    end = len(tokens) - (tokens[-1].surface() == "。")
    if not found or not found[-1].joined or end < 1 or tokens[end - 1].surface() not in ("に", "へ"):
        return
    rest = [token for token in tokens[max(end - _LONGEST, 0) : end] if token.begin() >= found[-1].end]
    objects = [at for at, token in enumerate(rest) if token.surface() == "を"]
    if objects and not any(token.part_of_speech()[0] == "動詞" for token in rest[objects[-1] :]):
        begin = next((token.begin() for token in rest if token.part_of_speech()[0] == "名詞"), rest[0].begin())
        yield Predicate("action", begin, tokens[end - 1].end(), joined=False)


def named_last(tokens: "list[Morpheme]", found: list[Predicate]) -> Iterator[Predicate]:
    """名前いれてポチ, 開いて2行目の[×]: behind what is done nothing but the name of a thing, which is what is used next."""
    end = len(tokens) - (tokens[-1].surface() == "。")
    if not found or found[-1].kind != "action" or tokens[end - 1].part_of_speech()[0] == "助詞":
        return
    rest = [token for token in tokens[max(end - _LONGEST, 0) : end] if token.begin() >= found[-1].end]
    names = all(
        token.part_of_speech()[0] in _NOUNS or token.surface() == "の" or MASK in token.surface() for token in rest
    )
    waits = bool(rest) and is_of(rest[-1], "waits")
    timed = bool(rest) and rest[0].part_of_speech()[1] == "数詞" and MASK not in rest[-1].surface()  # 押して3秒
    behind = next((token for token in reversed(tokens[:end]) if token.begin() < found[-1].end), None)
    if rest and names and not (timed or waits) and behind is not None and behind.surface() in ("て", "で"):
        yield Predicate("action", rest[0].begin(), rest[-1].end(), joined=False)


def _is_behind(token: "Morpheme") -> bool:
    """っと, 「117」, 2回: what may stand behind the noun of an action."""
    kind = token.part_of_speech()
    return token.surface() in _PARTICLES_BEHIND or MASK in token.surface() or "数詞" in kind[1] + kind[2]


def looked_at(tokens: "list[Morpheme]", found: list[Predicate]) -> Iterator[Predicate]:
    """予約してみて重くならないか, 印刷してずれていないかチェック, 押下し…を確認のこと: what is asked behind an action is looked at."""
    last = len(tokens) - 1
    while last > 0 and tokens[last].surface() in ("。", "？", "?"):
        last -= 1
    if [surface_at(tokens, last - 1), surface_at(tokens, last)] == ["の", "こと"]:
        last -= 2
    if last < 1 or not found or found[-1].kind != "action" or found[-1].end > tokens[last].begin():
        return
    word, before = tokens[last].surface(), tokens[last - 1]
    asked = word == "か" and before.dictionary_form() not in ("ます", "です")
    checked = word in CHECKS and before.surface() in ("か", "を", "有無", "も")
    if asked or checked:
        yield Predicate("check", tokens[last - asked].begin(), tokens[last].end(), joined=False)


def settings(tokens: "list[Morpheme]", found: list[Predicate]) -> Iterator[Predicate]:
    """温度 180、時間 12分、スタート: what is set to a value, before what is done."""
    if len(found) > 1 or len(tokens) > _LONGEST or not closes(tokens[-1]):
        return
    marks = [-1, *(at for at, token in enumerate(tokens) if token.surface() in ("、", "，")), len(tokens)]
    parts = [tokens[at + 1 : end] for at, end in pairwise(marks) if end > at + 1]
    set_to = [part for part in parts[:-1] if _is_a_setting(part)]
    early = any(entry.begin < parts[-1][0].begin() for entry in found)
    if set_to and not early and not any(token.part_of_speech()[0] == "助詞" for token in parts[-1]):
        for part in set_to if found else (*set_to, parts[-1]):
            yield Predicate("action", part[0].begin(), part[-1].end(), joined=part is not parts[-1])


def _is_a_setting(part: "list[Morpheme]") -> bool:
    """時間 12分, 倍率150%: a thing that has a value, and the value; ポンプ1 is only a name."""
    things = [token for token in part if token.part_of_speech()[0] in ("名詞", "接尾辞", "接頭辞")]
    at = next((at for at, token in enumerate(part) if token.part_of_speech()[1] == "数詞"), 0)
    measured = at > 0 and (measure(part[at - 1]) or not part[-1].surface().isdecimal())
    return len(things) == len(part) and measured


def listed(tokens: "list[Morpheme]", found: list[Predicate]) -> Iterator[Predicate]:
    """意向確認、電子署名を行う, 作成・変更・削除をする: nouns of what is done, of which each is done by itself."""
    for index, token in enumerate(tokens):
        if token.surface() != "を" or index + 1 >= len(tokens):
            continue
        skipped = surface_at(tokens, index + 1) in _WHOLLY  # をひととおり行う
        if not is_of(tokens[min(index + 1 + skipped, len(tokens) - 1)], "vague_deeds"):
            continue
        items = _items(tokens, index)
        if len(items) > 1 and all(does(item[-1]) for item in items):
            for item in items[:-1]:
                yield Predicate("action", item[0].begin(), item[-1].end(), joined=True, lemma=item[-1].surface())


def _items(tokens: "list[Morpheme]", end: int) -> "list[list[Morpheme]]":
    """The members of the list in front of an index, without あたり or など. 送信・受信テスト are two kinds of one thing."""
    at = end - (surface_at(tokens, end - 1) in ("あたり", "など", "等"))
    items: list[list[Morpheme]] = [[]]
    marks: set[str] = set()
    while at and len(items) < _LONGEST:
        at -= 1
        if tokens[at].surface() in _AND:
            marks.add(tokens[at].surface())
            items.insert(0, [])
        elif tokens[at].part_of_speech()[0] in _NOUNS:
            items[0].insert(0, tokens[at])
        else:
            break
    kept = [item for item in items if item]
    return [] if "・" in marks and len(kept) > 1 and len(kept[-1]) > len(kept[0]) == 1 else kept


ENDINGS = (listed, behind_arrows, closing, moved_to, looked_at, settings, named_last)
