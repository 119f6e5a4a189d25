"""Which of two Japanese predicates are two acts: effects, means and looks are none; lists of nouns and the same once more are."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review


def _rules(action: str, expected: str = "「完了」と表示される", data: str = "") -> set[str]:
    begun = ("「開始」を押す", "", "画面「A」が出る")
    return {
        entry.rule
        for entry in review(procedure(begun, (action, data, expected), language="ja")).findings
        if entry.step == 2
    }


ONE = """
主電源「MCB-2」を投入し、通常運転に復帰させる。
信号「A」の送信を停止し、途絶状態とする。
薬剤「B」を入れてpHを上げる
請求書「10月分」を開き、合計を参照する。
項目「メール」を省略して実行
鍵「K1」を持って取っ手を握る
車両「B」に近づき取っ手にさわる
ハンドル「H」をゆるめ位置に操作する
QRコード「A」読取 → 機体情報
ポンプ「P」起動→定格速度まで
手順書を見てプラグ「A」を差す
"""
SEVERAL = """
アプリ「A」を再インストールして同様の操作を行う
電池「A」を「B」に替えて同じことをやる
申込内容「A」について説明、署名、押印を行うこと。
利用者「A」の作成・変更・削除をひととおり行う。
温度「T1」を60度にセット、1個目の部品「B」を打つ
加熱開始、10分後に弁「V」を開ける
評価「5」いれて終了
設定「A」変更後再起動
鍵「K1」を車両から離してにぎる
日時「4/1」を押して枠どれか選ぶ
ログインおよび初期設定を行う
注文「1」をタップし、そのままアプリを終了させる
"""


@pytest.mark.parametrize("action", ONE.strip().splitlines())
def test_what_an_act_brings_about_or_is_done_with_is_no_second_act(action: str) -> None:
    assert "eager-action" not in _rules(action)


@pytest.mark.parametrize("action", SEVERAL.strip().splitlines())
def test_nouns_and_the_same_once_more_are_acts_of_their_own(action: str) -> None:
    assert "eager-action" in _rules(action)


@pytest.mark.parametrize(
    ("action", "expected", "checks"),
    [
        ("担当者「A」でログインし明細を確認する", "5月分が出る", True),
        ("ロック「L」を解除してみて開けるか確認", "開ける", True),
        ("「棚卸開始」を押下。在庫がロックされる。", "", True),
        ("満室の日「6/15」に延泊しようとするとどうなるか見る", "「満室です」と出る", True),
        ("設定「A」を「B」に変更し、個数を入力して「次へ」に触れる。", "券が1枚出る", False),
        ("試験環境「A」へ戻して件数比較", "同じ", True),
        ("コピー、スキャン、FAXが動作することを確認する", "動作する", False),
        ("登録、変更、削除の履歴が残っていることを確認する", "3件残る", False),
        ("対象「10月」を抽出し、全件チェックして「発行」を押す", "1通出る", False),
    ],
)
def test_a_check_beside_an_act_is_found_and_what_only_looks_like_one_is_not(
    action: str, expected: str, checks: bool
) -> None:
    assert ("misplaced-verification" in _rules(action, expected)) is checks


@pytest.mark.parametrize(
    ("action", "decides"),
    [
        ("回線「A」を切って待つ。復旧したら「戻す」を押す", False),
        ("「開始」を押し、60度なったら「保持」を押す", False),
        ("通信が不安定になったら「退出」を押す", True),
        ("電池の残量が少なくなったら「帰還」を押す", True),
        ("部品「A」が違ったら「取消」を押す", True),
        ("館に戻ったら「同期」を押す", False),
        ("聞こえづらい所は音量を「5」にする", True),
        ("数量が違うのとき→画面「差異」", True),
    ],
)
def test_what_comes_in_any_case_is_no_condition(action: str, decides: bool) -> None:
    assert ("conditional-step" in _rules(action)) is decides


@pytest.mark.parametrize(
    ("expected", "vague"),
    [
        ("要綱どおり", True),
        ("おかしな値が出ない", True),
        ("扉を乱暴に閉める音がしない", True),
        ("モータがガチャガチャ動かない", True),
        ("映像に乱れがない", False),
        ("漏れなく記録される", False),
        ("入力どおり表示される", False),
        ("あとで送信される", True),
        ("席が空く、はず", True),
        ("録音がクリアに再生される", True),
        ("バッチが正常終了し、ログに「失効件数：3」が出力される", False),
        ("5.8～8.6に入ればよい", False),
    ],
)
def test_a_result_that_refers_or_is_put_off_is_vague(expected: str, vague: bool) -> None:
    assert ("ambiguous-wording" in _rules("「実行」を押す", expected)) is vague


@pytest.mark.parametrize(
    ("action", "expected", "foreign"),
    [
        ("git push origin main", "「完了」と出る", False),
        ("「実行」を押す", "Permission denied", False),
        ("Click [Save] button", "「完了」と出る", True),
        ("「実行」を押す", "The plate is ejected", True),
        ("「実行」を押す", "点击登录按钮", True),
    ],
)
def test_what_is_typed_or_printed_may_be_english_and_a_sentence_may_not(
    action: str, expected: str, foreign: bool
) -> None:
    assert ("mixed-language" in _rules(action, expected)) is foreign


@pytest.mark.parametrize(
    ("expected", "asks"),
    [
        ("会員カード「A」で扉が開く", False),
        ("スライドが下降し、ボタンを離すと停止する", False),
        ("3秒後に走行を再開する", False),
        ("押下後0.5秒以内に出力が停止する", False),
        ("押下後10秒で出力が停止する", False),
        ("「再開」を押下後、出力が戻る", True),
        ("店長カードで解除できる", True),
    ],
)
def test_what_the_product_does_then_is_no_act_in_a_result(expected: str, asks: bool) -> None:
    assert ("misplaced-action" in _rules("「実行」を押す", expected)) is asks


def test_a_check_told_in_the_last_sentence_is_the_only_flaw_of_a_missing_result() -> None:
    assert "unverified-action" not in _rules("扉「1」を開けてみる。ヒーターが止まるはず", "")


def test_at_once_only_joins_two_acts() -> None:
    assert "ambiguous-wording" not in _rules("席「A」を押し、すぐ席「B」も押す")
    assert "ambiguous-wording" in _rules("「停止」を押す", "すぐ止まる")


def test_a_loss_or_a_shortage_that_an_act_needs_is_a_precondition_at_any_time() -> None:
    assert "misplaced-precondition" in _rules("通信断の状態で「充電」を押す")
    assert "misplaced-precondition" in _rules("棚卸「A」を開始する（倉庫の締め後に）")
    assert "misplaced-precondition" in _rules("石たりない状態で10連おす")
