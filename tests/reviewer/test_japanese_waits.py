"""Waits: an end that takes long or may never come needs a limit, and so does what changes little by little; a screen, a lamp or a door needs none."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review


def messages(action: str, data: str | None = None, expected: str = "「済」と表示される") -> list[str]:
    made = procedure((action, data, expected), language="ja")
    return [finding.message for finding in review(made).findings if finding.rule == "undefined-wait"]


def waits(action: str, data: str | None = None, expected: str = "「済」と表示される") -> bool:
    return bool(messages(action, data, expected))


@pytest.mark.parametrize(
    "action",
    [
        "レプリカの同期を待つ",
        "ジョブ「A」を流し、終了を待つ。",
        "取り込みが終わるまで待つ",
        "インストールが完了するまで待機する",
        "基幹側へ連携されるのを待つ",
        "返金処理が行われるのを待つ",
        "審査結果が出るのを待つ",
        "承認メールが来るまで待つ",
        "発酵が終わるまで置く",
        "認証メールが届くまでお待ちください。",
        "相手先から明細が送られてくるまで待機する",
        "返信があるまで待つ",
        "ブザーが鳴り止むまで待つ",
        "モーターが停止するまで待つ",
        "印刷が終わるまで待つ",
        "全開まで待機。",
        "警報が消えるまで待ってください。",
        "曲が終わるまで待つ",
        "順番が来るまで待つ",
        "ヘルスチェックが復活するまで待つ",
        "仮押さえが切れるまで待機する",
        "当たりが出るまで繰り返す",
    ],
)
def test_the_end_of_what_takes_long_needs_a_limit(action: str) -> None:
    assert [message for message in messages(action) if "待つ時間の上限がありません" in message]


@pytest.mark.parametrize(
    "action",
    [
        "品温が上がるのを待つ",
        "樹脂が固まるまで待ちます。",
        "湯温がある程度下がるまで待つ",
        "頃合いになるまで置いておく",
        "仮押さえの期限を過ぎるまでお待ちください。",
        "有効期限が切れるまで待つ",
        "水位が落ち着くまで様子見",
        "油温が安定したら圧力を測る",
        "ロック時間が経過してからログインする",
    ],
)
def test_how_far_something_changes_is_left_open(action: str) -> None:
    assert [message for message in messages(action) if "いつまで待つのか" in message]


@pytest.mark.parametrize(
    "action",
    [
        "信号が青になるまで待つ",
        "転送の進捗が100%になるまで待つ",
        "エレベーターが到着するまで待つ",
        "ロボットアームが原点に戻るまで待つ",
        "インジケータが緑色に変わるまで待つ",
        "応答を待つ",
        "呼び出しを待つ",
        "シャッターが上がるまで待つ",
        "計量器の表示が安定するまで待つ",
        "炉内が 850℃ になるまで待つ(最大 40 分)",
        "5分以内に昇温が終わるのを待つ",
        "解析の完了を待つ。タイムアウトは 10 分とする。",
        "ログイン画面が出るまで待つ",
        "「完了」と表示されるまで待つ",
        "新しい通帳が出てくるまで待つ",
        "次のバスが来るまで待つ(時刻表では 10:05)",
        "応答を待たずに次の指令「開」を送る",
        "有効期限の 10 分が過ぎるまで待つ",
        "メールが届くまで待つ（最大5分）",
        "受付待ち一覧を開く",
        "出荷待ちリストで「B-12」を選ぶ",
        "待ち時間表示の「更新」を押す",
    ],
)
def test_an_end_that_is_seen_or_has_a_limit_is_enough(action: str) -> None:
    assert not waits(action)


def test_the_row_may_tell_the_limit() -> None:
    assert waits("取り込みが終わるまで待つ。")
    assert not waits("取り込みが終わるまで待つ。", expected="60秒以内に一覧が出る")
    assert not waits("転送が終わるまで待つ。", data="上限 5分")
    assert waits("レプリカの同期を待つ", expected="遅延 0 秒")
    assert waits("しばらく待つ", data="5分")


def test_an_english_wait_for_what_takes_long_says_what_is_missing() -> None:
    made = procedure(("Wait until the import has finished", None, '"Done" is shown'), language="en")
    told = [finding.message for finding in review(made).findings if finding.rule == "undefined-wait"]
    assert told == ['"Wait until the import has finished" says what ends the wait, but not how long it may take.']


def test_a_short_wait_until_something_ends_lacks_only_its_limit() -> None:
    [finding] = [entry for entry in messages("予熱が終わるまでしばらく待つ")]
    assert "待つ時間の上限" in finding


@pytest.mark.parametrize(
    "action",
    [
        "ページの読み込みが完了するまで待つ",
        "スプラッシュ画面が消えるまで待つ",
        "読取ランプが消えるまで待つ",
        "シャッターが全開になるまで待つ",
        "最大3分間、同期が完了するまで待つ",
        "遅くとも10分で終わるので、終わるまで待つ",
        "紙が出るの待って受け取る",
        "ロボットが台に着くまで待つ",
        "給食の様子を入力する",
    ],
)
def test_what_is_seen_soon_or_has_its_limit_before_is_enough(action: str) -> None:
    assert not waits(action)


def test_a_place_is_no_end_of_a_wait() -> None:
    [message] = messages("奥まで差し込んで数秒待つ")
    assert "いつまで待つのか" in message


def test_a_screen_that_waits_for_the_tester_is_no_wait_and_one_for_a_process_is() -> None:
    assert not waits("起動する", expected="入荷予定番号の入力待ち")
    assert waits("バッチ完了待ち")


def test_a_result_may_leave_the_time_open_too_and_what_the_product_waits_for_is_its_own_affair() -> None:
    assert waits("戸を開ける", expected="一定時間後に戸が閉まる")
    assert waits("ページを開く", expected="古い値が出る場合は時間をおく")
    assert not waits("2台を発車させる", expected="もう一方は停止線で待機すること")
    assert not waits("制限時間が過ぎたら「次へ」を押す")
