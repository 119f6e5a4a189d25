"""Japanese results: what is to be done where something else is seen than expected: 出なかったら設定が違うので直す."""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from testgen.reviewer.japanese_helpers import ends, noun_before
from testgen.reviewer.japanese_morphemes import kind_of, surface_at
from testgen.reviewer.japanese_nouns import acts
from testgen.reviewer.reading import Span
from testgen.text.verbs import verb_groups

if TYPE_CHECKING:
    from sudachipy import Morpheme

_LONGEST = 60  # morphemes of a clause that are looked at
_CASES = frozenset(("時", "場合", "際"))
_CALLS = frozenset(("電話", "連絡", "報告", "相談"))  # 本部に電話する
_STOPS = frozenset("。\n")


class Repair(NamedTuple):
    """Where the condition stands, and what is done then."""

    condition: Span
    act: Span


def repair(tokens: "list[Morpheme]") -> Repair | None:
    """The first sentence, behind one that tells what is seen, that has a condition and an act of the tester's."""
    start, condition, clause, reasoned = 0, None, 0, False
    for index, token in enumerate(tokens):
        if token.surface() in _STOPS:
            start, condition, reasoned = index + 1, None, False
        elif start and (end := _end_of_condition(tokens, start, index)):
            condition, clause = (tokens[start].begin(), tokens[end].end()), end + 1
        elif condition and [token.surface(), surface_at(tokens, index + 1)] == ["の", "で"]:
            clause, reasoned = index + 2, True
        elif condition and (begin := _act(tokens, clause, index, reasoned=reasoned)) is not None:
            return Repair(condition, (tokens[begin].begin(), token.end()))
    return None


def _end_of_condition(tokens: "list[Morpheme]", start: int, index: int) -> int:
    """The index of the たら, ば or とき that ends a condition; 0 where there is none, or where the tester brings it about."""
    following = surface_at(tokens, index + 1)
    form = kind_of(tokens[index])[5].startswith("仮定形")
    case = tokens[index].normalized_form() in _CASES and following in ("は", "、", "に")
    if not form and not (case and kind_of(tokens[index - 1])[0] in ("動詞", "助動詞", "形容詞")):
        return 0
    if any(entry.surface() == "を" for entry in tokens[max(start, index - _LONGEST) : index]):
        return 0
    return index + (case or following == "ば")


def _act(tokens: "list[Morpheme]", clause: int, index: int, *, reasoned: bool) -> int | None:
    """Where an act begins whose verb ends the sentence and which the tester does: an act by meaning, on something, or for a reason."""
    if kind_of(tokens[index])[0] != "動詞" or not ends(tokens, index):
        return None
    before = [entry.surface() for entry in tokens[max(clause, index - _LONGEST) : index]]
    if {"が", "は"} & set(before):
        return None
    noun = noun_before(tokens, index)
    done = noun or tokens[index].dictionary_form()
    again = done.endswith("直す") or (bool(noun) and before[-2:-1] == ["再"])
    theirs = (
        reasoned
        or again
        or done in acts()
        or done in ("待つ", "待機")
        or "を" in before
        or (noun in _CALLS and before[-2:-1] == ["に"])
    )
    return index - bool(noun) if theirs and done not in by_the_product() else None


@cache
def by_the_product() -> frozenset[str]:
    """What products do as well as people, or what is only looked at."""
    groups = [group for group in verb_groups("ja").values() if group["class"] in ("system", "check")]
    listed = {verb for group in groups for kind in ("suru", "godan", "ichidan") for verb in group.get(kind, ())}
    return frozenset(
        listed
        | {"示す", "知らせる", "鳴らす", "出す", "返す", "含む", "持つ", "確認", "する", "促す", "求める", "保つ"}
    )
