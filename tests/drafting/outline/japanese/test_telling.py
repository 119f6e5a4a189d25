"""What a Japanese sentence tells somebody to do."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese import Japanese
from testgen.drafting.outline.model import Act

JAPANESE = Japanese()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "照合者は入力値が見えない状態で同じ票を再入力し「照合」",
            "照合者は入力値が見えない状態で同じ票を再入力し「照合」を押す",
        ),
        ("全員一致で「確定」が有効な操作となる", None),
        ("最終ロット確定で自動送信", None),  # the product
    ],
)
def test_a_sentence_in_a_row_of_steps_is_quoted_whole(text: str, told: str | None) -> None:
    found = JAPANESE.tell(text, [], "", row=True)
    assert (found.acts[0].text if found else None) == told


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (Act("基準日の3をか月する", "do"), False),  # torn out of 基準日の3か月後
        (Act("振込を行う", "do"), True),
    ],
)
def test_an_act_that_the_case_does_not_have_in_its_words_is_none(act: Act, told: bool) -> None:
    case = TestCase(
        id="x", title="振込を行う", expected_results=("基準日の3か月後当日まで申請でき、翌日は期間外となる",)
    )
    assert JAPANESE.in_words(act, case) is told


def test_a_chain_of_arrows_is_found_in_a_long_run_of_blanks() -> None:
    text = "「A」を押す → 「B」を" + " " * 20_000 + "押す → 「C」を押す"
    found = JAPANESE.tell(text, [], "", row=False)
    assert found is not None
    assert found.chain
