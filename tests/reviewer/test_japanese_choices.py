"""What a Japanese step leaves open by a kind of value: a state, a threshold, an amount, another one; and data that give less than it asks for."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review

VALUES = {"unspecified-value", "missing-test-data"}


def rules_of(action: str, data: str | None = None, expected: str = "「完了」と表示される") -> set[str]:
    return {finding.rule for finding in review(procedure((action, data, expected), language="ja")).findings}


@pytest.mark.parametrize(
    "action",
    [
        "予約の入っている資料を返却する",
        "予約の入っている資料の延長を試みる。",
        "ポイントのたまった会員で会計する",
        "入場券を持参しない選挙人について、本人確認を行う。",
        "有効期限が切れた人でもやってみる",
        "期限切れクーポンも試す",
        "売り切れのやつを押す",
        "普通のメールを送ってください。",
    ],
)
def test_a_state_does_not_tell_which_one_it_is(action: str) -> None:
    assert rules_of(action) & VALUES


@pytest.mark.parametrize(
    "action",
    [
        "申請金額を1,000,000円以上で申請する。",
        "18歳未満の会員でログインする",
        "商品の在庫を発注点以下にする",
        "上限まで登録する",
        "品温を上限より少し高くする",
        "設定を見直す",
        "いろんな武器を選ぶ",
        "他社を選択する",
        "理由を添えて却下する",
        "レシピを呼び出し、量を入力する",
        "間違ったパスワードを3回入力する",
        "ワンタイムパスワードを入れる",
        "顧客の券を選ぶ",
        "SVアカウントでログインする",
        "カード番号とPINで連携",
        "残額を現金または電子マネーで支払う",
        "所得超過で登録する",
        "全問に回答して提出する",
    ],
)
def test_a_limit_an_amount_or_a_role_is_no_value(action: str) -> None:
    assert rules_of(action) & VALUES


@pytest.mark.parametrize(
    "action",
    [
        "3秒以上の長押しをする",
        "水温を40℃以上にする",
        "色んな形の部品 A、B を順に置く",
        "ほかの項目についても同様に実施",
        "特急券を選択する",
        "上記ユーザーでログインする",
        "勤怠表を見直す",
        "係員を呼び出す",
    ],
)
def test_what_names_a_value_is_enough(action: str) -> None:
    assert not rules_of(action) & VALUES


@pytest.mark.parametrize("data", ["各種", "数件", "数パターン程度", "複数"])
def test_a_vague_amount_in_the_data_is_no_value(data: str) -> None:
    assert rules_of("値を送る", data) & VALUES


@pytest.mark.parametrize(
    ("action", "data", "lacking"),
    [
        ("住所・収集希望日を入れて申し込む", "桜市中央1-2-3", True),
        ("住所・収集希望日を入れて申し込む", "桜市中央1-2-3、6/20", False),
        ("店舗を選び日付、時間、人数を選択する", "6/20 19:00 4名", True),
        ("店舗を選び日付、時間、人数を選択する", "渋谷店 6/20 19:00 4名", False),
        ("電話番号で顧客を検索して、機種名と氏名を入力", "090-0000-1111", True),
        ("コメント入力 → 写真添付", "コメント:素線切れ3本", True),
        ("ECUにGPSデータを入力し、目的地を設定する", "GPSログ:route.nmea", True),
        ("ECUにGPSデータを入力し、目的地を設定する", "GPSログ:route.nmea、目的地:東京駅", False),
        ("申込書の氏名と住所を入力する", "申込書サンプル1", False),
    ],
)
def test_data_may_give_fewer_values_than_are_asked_for(action: str, data: str, lacking: bool) -> None:
    assert bool(rules_of(action, data) & VALUES) is lacking


def test_what_is_lacking_is_quoted() -> None:
    made = procedure(("コメント入力 → 写真添付", "コメント:素線切れ3本", "添付1件"), language="ja")
    [finding] = [entry for entry in review(made).findings if entry.rule in VALUES]
    assert finding.excerpt == "写真添付"


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("冷凍ご飯でも試してみます。", False),
        ("利用者の作成・変更・削除をひととおり行う。", False),
        ("オフラインでもやってみる", True),
        ("雨の日にも同じ内容をやっておく", True),
        ("予約上限に達している利用者で同様の操作を行うこと。", True),
        ("だめだったらもう一回", True),
        ("電池が少ないときの動き", True),
    ],
)
def test_with_what_something_is_tried_is_some_information(action: str, found: bool) -> None:
    assert ("low-information" in rules_of(action)) is found
