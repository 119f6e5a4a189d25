"""`make lint` finds the words that docs/contributing.md says we do not use."""

import subprocess
import sys

from support.cases import ROOT

sys.path.insert(0, str(ROOT))
from tools.wording import faults, faults_shown, shown, word_list

WORDS = word_list()


def test_the_pages_have_none() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.wording"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_both_tables_are_read() -> None:
    assert WORDS["stands twice"].startswith("duplicate id")
    assert WORDS["配備"] == "デプロイ"


def test_a_word_is_found_with_its_line_over_a_break_too() -> None:
    assert list(faults("One.\nAn id stands\ntwice.", WORDS, japanese=False)) == [
        (2, f'"stands twice": we say {WORDS["stands twice"]}')
    ]


def test_code_and_bad_examples_are_left_out() -> None:
    text = "`stands twice`\n```\nstands twice\n```\n- 悪い例: 配備する\n"
    assert list(faults(text, WORDS, japanese=True)) == []


def test_japanese_sentences_end_as_japanese_ones_do() -> None:
    assert [line for line, _ in faults("終わります.\n次です。 その次。\n| 表です。 | 表 |", WORDS, japanese=True)] == [
        1,
        2,
    ]


def test_a_japanese_paragraph_is_one_line_since_a_break_becomes_a_space() -> None:
    assert [line for line, _ in faults("手順書を作成\nします。\n\n次の段落。\n- 項目", WORDS, japanese=True)] == [1]


def test_a_long_vowel_is_no_fault_of_the_word_that_has_it() -> None:
    assert [line for line, _ in faults("- フォルダーを開く。\n- フォルダを開く。", WORDS, japanese=True)] == [2]


def test_brackets_and_colons_between_japanese_words_are_full_width() -> None:
    text = "例: 保存(上書き)\n例：保存（上書き）\n【要記入: …】"
    assert [line for line, _ in faults(text, WORDS, japanese=True)] == [1, 1]


def test_what_testgen_says_in_japanese_is_looked_through_too() -> None:
    where = " ".join(place for place, _ in shown())
    for part in ("testgen.po", "ja.js", "problems.js", "undefined-wait.yaml", "words.ja.yaml"):
        assert part in where
    assert [remedy for _, remedy in faults_shown("3 件のフォルダ", WORDS)] == [
        '"フォルダ": we say フォルダー',
        "no space between a number and its counter",
    ]
