"""Japanese wording: conditions on which it depends what is done."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_helpers import requests
from testgen.reviewer.japanese_morphemes import Found, clause_start, kind_of, span_of, surface_at
from testgen.reviewer.japanese_nouns import deeds

if TYPE_CHECKING:
    from sudachipy import Morpheme


def _comes_in_any_case(tokens: "list[Morpheme]", index: int) -> bool:
    """チャイムが鳴ったら, 時刻になったら, 終わったら: when, and not whether, something is done."""
    polite = surface_at(tokens, index - 1) == "まし"  # 終わりましたら
    index -= polite
    before = tokens[index - 1]
    ended = before.dictionary_form() in ("鳴る", "済む") or before.dictionary_form().endswith(("終わる", "終える"))
    done = ended or surface_at(tokens, index - 2) in ("完了", "終了")
    # 薬剤を取り出したら: the tester does it, so it comes.
    does = surface_at(tokens, index + polite) in ("たら", "だら") and any(
        entry.surface() == "を" for entry in tokens[clause_start(tokens, index) : index]
    )
    done = done or (before.dictionary_form() == "する" and surface_at(tokens, index - 2) in deeds())  # 起動したら
    done = done or (does and before.dictionary_form() not in ("れる", "られる", "ない", "過ぎる", "超える"))
    passes = before.dictionary_form() in ("経つ", "たつ") or surface_at(tokens, index - 2) == "経過"
    if passes and any(kind_of(entry)[1] == "数詞" for entry in tokens[clause_start(tokens, index) : index]):
        return True  # 30秒経過したら
    return done or surface_at(tokens, index - 3) in ("時刻", "時間")


def conditions(tokens: "list[Morpheme]") -> Iterator[Found]:
    """ば, たら, なら: a conditional form that is followed by something to do."""
    for index, token in enumerate(tokens[:-1]):
        form = kind_of(token)[5]
        if not form.startswith("仮定形") or requests(token) or _comes_in_any_case(tokens, index):
            continue
        end = index + 1 if surface_at(tokens, index + 1) == "ば" else index
        if end + 1 < len(tokens) and tokens[end].normalized_form() not in ("例えば",):
            yield "conditional-step", span_of(tokens, clause_start(tokens, index), end)
    for index in range(1, len(tokens) - 2):
        case = tokens[index].normalized_form() in ("時", "際", "限り", "場合", "折")
        limits = surface_at(tokens, index + 1) in ("は", "のみ", "だけ", "、")
        if case and limits and kind_of(tokens[index - 1])[0] in ("動詞", "助動詞", "形容詞"):
            yield "conditional-step", span_of(tokens, clause_start(tokens, index), index)
