"""Japanese notes: a blank between two acts stands for a full stop: 入庫時間をいれて確定 料金みる, 電源いれる 時計あわせる."""

import re
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_helpers import noun_before, opens_a_label
from testgen.reviewer.japanese_morphemes import surface_at
from testgen.reviewer.japanese_nouns import closes
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_BLANK = re.compile(r"[^\s、。→⇒A-Za-z0-9][ \u3000]+(?=[^\s→⇒])")
_LEADS_ON = frozenset(("を", "て", "で"))
# 詳細を見る ボタン: the label of what is pressed.
_LABELLED = frozenset(("ボタン", "キー", "釦", "タブ", "リンク", "アイコン", "メニュー", "画面", "欄"))


def with_stops(masked: str) -> str:
    """The text, of the same length, with a full stop for each blank that stands behind an act and before another clause."""
    if not _BLANK.search(masked):
        return masked
    tokens = tokenize(masked)
    stopped = list(masked)
    for index in range(1, len(tokens) - 1):
        if (
            tokens[index].part_of_speech()[0] == "空白"
            and _ends_an_act(tokens, index - 1)
            and _begins(tokens, index + 1)
        ):
            stopped[tokens[index].begin()] = "。"
    return "".join(stopped)


def _ends_an_act(tokens: "list[Morpheme]", index: int) -> bool:
    """いれて確定, 番号を入力, 電源いれる: a noun of action behind a verb or its object, or a verb at the end with its object."""
    token, before = tokens[index], tokens[index - 1] if index else None
    if before is None:
        return False
    if token.part_of_speech()[0] == "名詞":
        return closes(token) and before.surface() in _LEADS_ON
    if not token.part_of_speech()[5].startswith(("終止形", "連体形")) or token.part_of_speech()[0] != "動詞":
        return False
    at = index - bool(noun_before(tokens, index)) - 1
    return surface_at(tokens, at) == "を" or (at >= 0 and tokens[at].part_of_speech()[:2] == ("名詞", "普通名詞"))


def _begins(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether a clause of its own begins: a thing, and what is done to it."""
    token = tokens[index]
    thing = token.part_of_speech()[0] in ("名詞", "接頭辞") or MASK in token.surface() or opens_a_label(token)
    return thing and index + 1 < len(tokens) and token.surface() not in _LABELLED
