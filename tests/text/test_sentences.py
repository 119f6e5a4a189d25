"""Rules 1 and 2: sentences end where they end, never inside quotes, URLs, decimals or file names."""

import pytest

from testgen.text.marks import mask, quotes
from testgen.text.normal import normalise
from testgen.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("ログインする。保存する！終わる？", ["ログインする", "保存する", "終わる"]),
        ("Open it. Save it! Done?", ["Open it", "Save it", "Done"]),
        ("「はい。いいえ。」を押す。次へ", ["「はい。いいえ。」を押す", "次へ"]),
        ('Click "Yes. No." now. Next', ['Click "Yes. No." now', "Next"]),
        ("Open https://a.example/b.c?d=1. Then go", ["Open https://a.example/b.c?d=1", "Then go"]),
        ("The price is 3.50 EUR. Pay", ["The price is 3.50 EUR", "Pay"]),
        ("Select items.csv. Import it", ["Select items.csv", "Import it"]),
        (
            "- one\n* two\n1. three\n(4) four\n・五\n① 六\n## seven",
            ["one", "two", "three", "four", "五", "六", "seven"],
        ),
        ("first; second", ["first", "second"]),
        ("", []),
        ("。。。", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_mask_keeps_every_offset() -> None:
    text = "「押す」と mail@example.com を 1.5 回"
    assert len(mask(text)) == len(text)
    assert "押" not in mask(text)
    assert "@" not in mask(text)


def test_quotes_are_found_in_both_languages() -> None:
    assert quotes('「保存」と"Save"と『はい』と“Yes”') == ["保存", "Save", "はい", "Yes"]


def test_matching_ignores_width_and_case() -> None:
    assert normalise("ＩＤ ﾛｸﾞｲﾝ Save") == "id ログイン save"
