"""What a finding quotes: whole words."""

import pytest
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.reviewer import review
from testgen.reviewer.excerpts import whole_words


@pytest.mark.parametrize(
    ("text", "part", "whole", "language"),
    [
        ("しばらく待つ", "しばらく待", "しばらく待つ", "ja"),
        ("ラベルを読み取る", "読み", "読み取る", "ja"),
        ("2秒長押し", "長押", "長押し", "ja"),
        ("「送金」を押す", "送金", "送金", "ja"),
        ("Click the Save button", "av", "Save", "en"),
        ("Click the Save button", "Save", "Save", "en"),
        ("Define the start of the search", "Define the start of the ", "Define the start", "en"),
        ("要否を聞かれたら「不要」を押す", "を聞かれたら", "聞かれたら", "ja"),
        ("カードを読み取って「OK」を押す", "読み取っ", "読み取って", "ja"),
        ("開いて[予約]を押す", "[", "[予約]", "ja"),
        ("電源を入れ、扉を開く", "、扉を開く", "扉を開く", "ja"),
        ("別アカウントで入る", "別", "別アカウント", "ja"),
        ("If the dialog appears, click OK", "If", "If the dialog appears", "en"),
        ("Enter any installation media", "any", "any installation media", "en"),
        ("Enter any of them", "any", "any", "en"),
    ],
)
def test_a_part_of_a_word_becomes_the_word(text: str, part: str, whole: str, language: Language) -> None:
    start = text.index(part)
    begin, end = whole_words(text, (start, start + len(part)), language)
    assert text[begin:end] == whole


def test_an_empty_place_stays_where_it_is() -> None:
    assert whole_words("Save", (2, 2), "en") == (2, 2)


def test_the_span_of_a_finding_is_its_excerpt() -> None:
    made = procedure(("しばらく待ち、「次へ」を押す", "「完了」と表示される"), language="ja")
    found = {finding.rule: finding for finding in review(made).findings}["undefined-wait"]
    assert (found.excerpt, found.span) == ("しばらく待ち", (0, 6))


@pytest.mark.parametrize(("language", "word"), [("en", "click"), ("ja", "読み取る")])
def test_of_many_words_each_place_belongs_to_its_own(language: Language, word: str) -> None:
    text = "、".join([word] * 30)
    step = len(word) + 1
    assert [whole_words(text, (at * step + 1, at * step + 2), language) for at in range(30)] == [
        (at * step, at * step + len(word)) for at in range(30)
    ]


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("予約を選択し、「取消」ボタンを押下する。", "『取消』ボタンを押下"),
        ("暗証番号を入力し「実行」を押下する。", "『実行』を押下"),
        ("扉を閉めて、運転キーを回す。", "運転キーを回す"),
        ("起動→メニュー画面を開く", "メニュー画面を開く"),
    ],
)
def test_a_japanese_second_action_is_quoted_with_its_object(action: str, told: str) -> None:
    made = procedure((action, "「完了」と表示される"), language="ja")
    [message] = [finding.message for finding in review(made).findings if finding.rule == "eager-action"]
    assert message == f"1つの手順に複数の操作があります（2つ目の操作：「{told}」）。"


def test_a_condition_is_quoted_as_a_clause_and_a_quality_with_its_ending() -> None:
    made = procedure(("15時以降に実施した場合は翌営業日扱いとする。", "重大な警報がない"), language="ja")
    found = {finding.rule: finding.excerpt for finding in review(made).findings}
    assert found["conditional-step"] == "15時以降に実施した場合"
    assert found["ambiguous-wording"] == "重大な"


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("日付を入力し、すべての項目を保存する", "すべての項目を保存"),
        ("扉を閉めて、午後診療を選択する", "午後診療を選択"),
        ("伝票を印刷したあと明細を閉じる", "明細を閉じる"),
        ("カードを読み取り暗証番号を入力する", "暗証番号を入力"),
    ],
)
def test_a_quoted_operation_is_not_cut_inside_a_word(action: str, told: str) -> None:
    made = procedure((action, "1", "「完了」と表示される"), language="ja")
    [finding] = [entry for entry in review(made).findings if entry.rule == "eager-action"]
    assert finding.excerpt == told
