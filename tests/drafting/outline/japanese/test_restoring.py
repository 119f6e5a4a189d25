"""Clean-up in Japanese: each act a row, what it leaves behind, and what is only left as it is."""

import pytest

from testgen.drafting.outline.engine import load_tongue

JAPANESE = load_tongue("ja")


@pytest.mark.parametrize(
    ("postcondition", "acts"),
    [
        ("治具を外し元の弁に戻す", ["治具を外す", "元の弁に戻す"]),
        ("作成した予約はすべて取消し、仮会員を削除する", ["作成した予約はすべて取消す", "仮会員を削除する"]),
        (
            "箱を棚に戻し5℃に安定したことを確認してから鍵を返す",
            ["箱を棚に戻す", "5℃に安定したことを確認する", "鍵を返す"],
        ),
        ("札1は「貸出中」のまま。窓口で取消を行う", ["札1は「貸出中」のまま", "窓口で取消を行う"]),
        ("入力した値を保存せずに破棄する", ["入力した値を保存せずに破棄する"]),
        ("全ての弁を閉止、全ての灯を消灯に戻す", ["全ての弁を閉止、全ての灯を消灯に戻す"]),
    ],
)
def test_each_act_of_a_clean_up_is_a_row(postcondition: str, acts: list[str]) -> None:
    assert JAPANESE.each_clean_up(postcondition) == acts


@pytest.mark.parametrize(
    ("part", "step"),
    [
        ("作成した予約はすべて取消す", ("作成した予約をすべて取消す", "作成した予約がすべて取消されている")),
        ("記録は削除しない(監査用)", ("記録は削除せずにおく(監査用)", "記録が削除されていない")),
        ("本部に送らない", ("本部に送らずにおく", "本部に送られていない")),
        ("札1は「貸出中」のまま", ("札1は「貸出中」のままであることを確認する", "札1は「貸出中」のままである")),
        (
            "弁0%、切替「自動」",
            ("弁0%、切替「自動」の状態に戻す", "弁0%、切替「自動」になっている"),
        ),
        ("残数は窓口で初期値に戻す(毎回)", ("残数を窓口で初期値に戻す(毎回)", "残数が窓口で初期値に戻されている")),
        ("主任が確定する", ("主任が確定する", "主任が確定している")),
    ],
)
def test_a_clean_up_is_an_order_and_what_it_leaves_behind(part: str, step: tuple[str, str]) -> None:
    assert JAPANESE.clean_up(part) == step
