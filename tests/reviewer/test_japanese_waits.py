"""Waits: an end that takes long or may never come needs a limit; what is shown or heard, or has its own time, needs none."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review


def waits(action: str, data: str | None = None, expected: str = "「済」と表示される") -> bool:
    made = procedure((action, data, expected), language="ja")
    return "undefined-wait" in {finding.rule for finding in review(made).findings}


@pytest.mark.parametrize(
    "action",
    [
        "炉内が設定温度に達するまで待機する。",
        "全開まで待機。",
        "樹脂が固まるまで待ちます。",
        "水位が下がりきるのを待つ",
        "レプリカの同期を待つ",
        "ジョブ「A」を流し、終了を待つ。",
        "圧力が抜けるまで待って蓋を開ける",
        "温度を下げて警報が消えるまで待ってください。",
        "審査結果が出るのを待つ",
        "発酵が終わるまで置く",
        "承認メールが来るまで待つ",
        "保温に切り替わるまで放っておく",
    ],
)
def test_an_end_that_may_not_come_needs_a_limit(action: str) -> None:
    assert waits(action)


@pytest.mark.parametrize(
    "action",
    [
        "炉内が 850℃ になるまで待つ(最大 40 分)",
        "5分以内に昇温が終わるのを待つ",
        "解析の完了を待つ。タイムアウトは 10 分とする。",
        "ログイン画面が出るまで待つ",
        "「完了」と表示されるまで待つ",
        "新しい通帳が出てくるまで待つ",
        "曲が終わるまで待つ",
        "順番が来るまで待つ",
        "次のバスが来るまで待つ(時刻表では 10:05)",
        "応答を待たずに次の指令「開」を送る",
    ],
)
def test_what_is_soon_seen_or_has_a_limit_needs_none(action: str) -> None:
    assert not waits(action)


def test_the_row_may_tell_the_limit() -> None:
    assert waits("記帳が終わるまで待つ。")
    assert not waits("記帳が終わるまで待つ。", expected="60秒以内に通帳が出る")
    assert not waits("充填が終わるまで待つ。", data="上限 5分")
    assert waits("レプリカの同期を待つ", expected="遅延 0 秒")
    assert waits("しばらく待つ", data="5分")
