"""The morphemes of a Japanese text: together they are the text, and each stands for at least one character of it."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review
from testgen.text.japanese_tokens import tokenize

# One character that the tokenizer reads as several: 「…」 as three points, ㈱ as （株）.
SEVERAL_IN_ONE = ["ポート外なので…", "…", "返却…押下", "㈱山田", "１０‥ｶﾞ㌔", "⁇！？⁉", "㍻8年", "ﷺ", "①〜⑳"]


@pytest.mark.parametrize("text", SEVERAL_IN_ONE)
def test_the_morphemes_make_up_the_text_and_none_is_empty(text: str) -> None:
    words = [token.surface() for token in tokenize(text)]
    assert "".join(words) == text
    assert all(words)


@pytest.mark.parametrize("text", SEVERAL_IN_ONE)
def test_a_step_with_such_a_character_is_reviewed(text: str) -> None:
    assert review(procedure((text, f"{text}を表示する"), (f"画面で{text}", text), language="ja")).readiness
