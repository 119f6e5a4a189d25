"""Orders in plain words: the noun of an act becomes its verb, where its object, time or means is told before it."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.engine import load_tongue

JAPANESE = load_tongue("ja")


@pytest.mark.parametrize(
    ("wrapped", "plain"),
    [
        ("CSV取込を行う", "CSVを取り込む"),
        ("靴の返品を行う", "靴を返品する"),
        ("18:00 の精算を行う", "18:00 に精算する"),
        ("締切前の取り消しを行う", "締切前に取り消す"),
        ("2回目の実行を行う", "もう一度実行する"),
        ("9:30に抜線を行う", "9:30に抜線する"),
        ("係員が差戻しを行う", "係員が差し戻す"),
        ("搬送中の間に、確定を行う", "搬送中の間に、確定する"),
        ("DB切断の状態にする", "DBを切断する"),
        ("待機の状態にする", "待機の状態にする"),
        ("山田様の予約を行う", "山田様の予約を行う"),  # nothing that is done to him
        ("SMS認証を行う", "SMS認証を行う"),  # by SMS
        ("転換操作を行う", "転換操作を行う"),  # no verb of its own
        ("箱を10個増やす訂正を行う", "箱を10個増やす訂正を行う"),
    ],
)
def test_a_wrapped_act_is_said_by_its_verb(wrapped: str, plain: str) -> None:
    assert JAPANESE.order(wrapped) == plain


@pytest.mark.parametrize(
    ("title", "verb"),
    [
        ("入稿PDFの自動検査", "入稿する"),
        ("名簿CSVの一括取込", "取り込む"),
        ("出力ファイルの確認", ""),
        ("対象ファイルの並び", ""),
    ],
)
def test_files_are_handed_in_as_the_title_says(title: str, verb: str) -> None:
    case = TestCase.parse({"id": "x", "title": title, "expected_results": ["一覧に出る"]})
    assert JAPANESE.filing(case) == verb
