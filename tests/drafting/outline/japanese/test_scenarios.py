"""Expected results that are told as a scenario."""

import pytest

from testgen.drafting.outline.japanese import Japanese
from testgen.drafting.outline.japanese.scenarios import scenario_of

JAPANESE = Japanese()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Given 商品A・Bを1点ずつカートに入れている　When SUMMER10を適用する　Then 送料 0円と表示される",
            [("商品A・Bを1点ずつカートに入れる", ""), ("SUMMER10を適用する", "送料 0円と表示される")],
        ),
        ("And ポイントを500pt利用する　Then 支払額 5,182円", [("ポイントを500pt利用する", "支払額 5,182円")]),
        ("And 「あと1,018円で送料無料」が表示される", [("", "「あと1,018円で送料無料」が表示される")]),
        (
            "前提 会員でログインしている、もし 「退会」を押す、ならば 確認画面が出る",
            [("「退会」を押す", "確認画面が出る")],
        ),
    ],
)
def test_a_scenario_in_a_result_tells_what_is_done_and_what_is_seen(text: str, told: list[tuple[str, str]]) -> None:
    assert [(part.do, part.seen) for part in JAPANESE.retold(text)] == told


@pytest.mark.parametrize("text", ["もし在庫がないならば、エラーになる", "「Then 」と表示される"])
def test_a_word_in_a_sentence_or_in_a_label_is_no_keyword(text: str) -> None:
    assert scenario_of(text) is None


def test_the_first_planner_reads_no_keyword_either() -> None:
    [(part, fact)] = JAPANESE.results("When 商品Bを削除する　Then 送料 550円が表示される")
    assert part == "送料 550円が表示される"
    assert [act.text for act in fact.acts] == ["商品Bを削除する"]
