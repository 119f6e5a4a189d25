"""Whether a text is in a language, quotes and data aside."""

import pytest

from testgen.domain.language import Language
from testgen.text.language import is_written_in


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("「Save」を押す", "ja", True),
        ("Press the Save button", "ja", False),
        ("点击登录按钮", "ja", False),
        ("https://example.com/a", "ja", True),
        ("A-100", "ja", True),
        ("商品 B-200 の在庫を1個に設定する", "ja", True),
        ("5回目に失敗する", "en", False),
        ("Click 「保存」", "en", True),
        ('Enter "山田"', "en", True),
        ("保存ボタンをクリック", "en", False),
        ("[FILL IN: 名前]", "en", True),
        ("Open https://例え.jp/あ", "en", True),
    ],
)
def test_quotes_data_and_urls_may_be_in_any_language(text: str, language: Language, expected: bool) -> None:
    assert is_written_in(text, language) is expected
