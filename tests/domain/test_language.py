"""Which language a text is in."""

import pytest

from testgen.domain.language import Language, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Open the page", "en"),
        ("ページを開く", "ja"),
        ("ﾛｸﾞｲﾝ", "ja"),
        ("認証成功", "ja"),
        ("Click 「保存」", "ja"),
        ("", "en"),
        ("123", "en"),
    ],
)
def test_any_kana_or_han_is_japanese(text: str, language: Language) -> None:
    assert detect_language(text) == language
