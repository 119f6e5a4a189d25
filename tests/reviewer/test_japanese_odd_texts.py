"""Texts of a word or two, cut off or in no order, as they stand in half-filled sheets: the review of them never fails."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.procedures import procedure
from support.tools import with_tools

from testgen.reviewer import review
from testgen.reviewer.japanese_wording import wording
from testgen.reviewer.lexicon import lexicon
from testgen.text.marks import mask

ROUNDS = Path(__file__).parents[2] / "bench/review/rounds"
_PARTICLES = ("", "を", "の", "に", "、", "する", "待つ", "→", "…")


def labelled() -> Iterator[str]:
    for path in sorted(ROUNDS.glob("*.ja.procedures.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from (step["action"] for step in json.loads(line)["steps"] if step["action"])


def found(text: str) -> None:
    for action in (True, False):
        list(wording(mask(text), action=action))


@pytest.mark.uncovered
def test_each_word_of_the_lexicon_may_stand_alone_or_beside_a_particle() -> None:
    for word in sorted({word for words in lexicon("ja").values() for word in words}):
        for particle in _PARTICLES:
            found(word + particle)
            found(particle + word)


@pytest.mark.uncovered
def test_a_step_may_begin_or_end_anywhere() -> None:
    parts = [part for text in labelled() for at in range(1, min(len(text), 40), 7) for part in (text[:at], text[-at:])]
    odd = [part for part in parts if part.strip()][:: 3 if with_tools() else 15]
    for at in range(0, len(odd), 40):
        review(procedure(*((text, None, text) for text in odd[at : at + 40]), language="ja"))


@pytest.mark.parametrize(
    "word", ["ダミー", "元の", "数", "何", "まで", "のを待つ", "→", "、", "切れ", "未", "適宜", "の", "ない", "（"]
)
def test_a_whole_review_takes_a_single_word(word: str) -> None:
    for action, expected in ((word, word), (f"値は{word}", f"{word}を入力してください"), (word + word, "")):
        review(procedure((action, word, expected), language="ja"))
