"""Results that are written as scenarios."""

import pytest

from testgen.drafting.outline.engine import load_tongue

JAPANESE = load_tongue("ja")


@pytest.mark.parametrize(
    ("result", "parts"),
    [
        (
            "Given 本を2冊カゴに入れている　When 割引券を適用する　Then 合計 900円",
            [("本を2冊カゴに入れる", ""), ("割引券を適用する", "合計 900円")],
        ),
        (
            "もし 返却する ならば 貸出中から消える かつ 予約者に知らせる",
            [("返却する", "貸出中から消える、予約者に知らせる")],
        ),
        ("And 印を3個使う　Then 残り0個", [("印を3個使う", "残り0個")]),
        ("And 「完了」が表示される", [("", "「完了」が表示される")]),
        ("もしもしと聞こえる", [("", "もしもしと聞こえる")]),
    ],
)
def test_what_is_given_and_done_are_acts_and_the_rest_is_seen(result: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.do, part.seen) for part in JAPANESE.retold(result)] == parts
