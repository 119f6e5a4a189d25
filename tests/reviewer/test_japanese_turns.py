"""A second action where no verb in て tells of it: in a case, behind たら, in nouns and arrows; and what is none."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review

SEVERAL = """
目盛りを5に合わせて、タイマー10分でスタート。
日付を10/5に合わせて「検索」を押してください。
照合キー投入後、開始
備考に「急ぎ」って書いて保存っと。
戻るボタン押したら、同じ商品(4901)を読ませてください。
宛名を「鈴木」に変えたら「更新」。
カードQ1を読ませたら「支払う」を押すだけ。
上部カバーを取り外すとともに、フィルタを引き抜くこと。
「承認」ボタンをお押しいただいたのち、印刷もお願いいたします。
「開始」を押したら、「同意する」にチェックをお願いします。
切替スイッチを「機側」とし、1号ゲートを閉じる。
遠方操作に切替え、管理所から同様の操作を行う。
計時スタート、ストップボタン押す
検知棒撤去、再度「閉」
先頭のクーポン→「使う」→「OK」
バックグラウンド→復帰
白番が「投了」→確認ダイアログ「はい」
伝票に宛名「高橋」を書いたらベルを鳴らす。
クーポン「AUTUMN」を入力の後「適用」
予約番号 H-22 でチェックイン、ルームキー2枚発行
数量訂正2、「小計」を押下
マイクボタン押して「自宅へ帰る」としゃべる
「登録」後、「一覧」を押す
温度 180、時間 12分、スタート
給湯 40℃、湯はり開始
最小化→最大化
右にスワイプして、出てきた「削除」を押す
部品 B-1 を取って秤へ
「印刷」と「保存」を順に押す
明細ファイル A.csv を選択の上アップロードのこと
バッテリを外す/付ける
1)電源投入 2)自己診断 3)待機画面
申込書 A に記入してもらったら受付印を押す
「戻る」長押しでトップへ戻り、「終了」。
照度計を机上に置き、照明を調光 50% に。
荷物番号を読み取り [引渡] を押す
「破損」を選択し［送信］をタップ
便名「NH1」を入力し〈照会〉を押す
会員番号「7788」を入力し'検索'を押す
温度を180に設定し[開始]を押す
電源いれる 時計あわせる
日付を4月1日にかえて保存 とじる
退出時間 18:00 をいれて確定
フタをあけて投入 ボタンおす
1人目を現金、2人目をクレジットで払う。
「電源」キー押下 → 「開始」キー押下
"""
ONE = """
HTメインメニュー → 「1:入荷検品」押下
「予約管理」→「新規予約」
製品仕様に合わせて「A」を選択する。
マイクに向かって「電気をつけて」と言う。
製品検査の電源を入れ、30分暖機する。
続きまして、カードT1を読み取ってください。
終了報告01を送り、エラーの場合は再送する。
会計後に生1追加(ラストオーダー後)
速度4000回転/時で100枚刷る。
左手で手すりにつかまって、乗り込みボタンを押す。
受付票 12 を投入口に差し込む。
はさみを紙に当てて下へ引く。
プリンタ LBL-02 のノズルを交換した後の初期化を実行する。
荷物 S-1 のラベルを上向きにして投入する。
印鑑を朱肉に付けて押す。
カーテンを閉めて照明を消した状態で撮影する。
「予約」キー短押し → 予約1選択
「洗浄」キー → 洗浄確定
沸き上がりまで待つ → フタ開
詳細を見る ボタンを押す
管理 画面を開く
出発を東京、到着を大阪に設定する
ポンプ1、起動
左ペインのツリーを展開して「在庫」をクリック
照明を調光 50% に。
"""


def counted(action: str) -> bool:
    found = review(
        procedure(("「開始」を押す", "「開始」画面が出る"), (action, "「完了」と出る"), language="ja")
    ).findings
    return any(finding.rule == "eager-action" and finding.step == 2 for finding in found)


@pytest.mark.parametrize("action", SEVERAL.strip().splitlines())
def test_a_second_action_is_found_however_it_is_joined(action: str) -> None:
    assert counted(action)


@pytest.mark.parametrize("action", ONE.strip().splitlines())
def test_one_action_is_one(action: str) -> None:
    assert not counted(action)


@pytest.mark.parametrize(
    "action",
    [
        "停止釦を押して本当に止まるか",
        "印刷して印影がずれていないかチェック。",
        "「登録」を押下し、タイトルに誤りがないかを確認のこと。",
        "アラームを鳴らし、音が出ておりますかもお確かめ願います。",
        "再起動する。ログに「started」が出ていること。",
        "百円玉を50枚取り出し、残高を精算画面で見る。",
        "扉閉 → 開始押下 → 回転、ランプ点灯、残時間表示",
        "番号 12 をいれて確定 料金みる",
    ],
)
def test_what_is_asked_behind_an_action_is_a_check(action: str) -> None:
    found = review(procedure((action, "「完了」と出る"), language="ja")).findings
    assert "misplaced-verification" in {finding.rule for finding in found}


@pytest.mark.parametrize(
    "action",
    [
        "※事前に用紙をセットしておくこと。「印刷」を押す。",
        "主電源を入れ(ブレーカーは上がっていること)、3秒待つ。",
        "機体に転送(Wi-Fi繋がってること)",
        "あらかじめ用紙を補充しておき、「印刷」を押す。",
    ],
)
def test_what_must_hold_beside_an_action_is_a_precondition(action: str) -> None:
    found = {finding.rule for finding in review(procedure((action, "1枚出る"), language="ja")).findings}
    assert "misplaced-precondition" in found
    assert "eager-action" not in found


@pytest.mark.parametrize(
    ("action", "data", "says_nothing"),
    [
        ("出口ゲート", "", True),
        ("昨日の券", "", True),
        ("夜間モードでも同じように確認してください。", "", True),
        ("期限切れクーポン", "", True),
        ("期限切れクーポン", "C-01", False),
        ("テストピースも同様に流す。", "SUS φ1.5mm", False),
        ("再起動", "", False),
        ("3番ゲート", "", False),
        ("小計キー", "", False),
        ("紛失ボタンおす", "", False),
    ],
)
def test_a_heading_says_nothing_unless_its_data_do(action: str, data: str, says_nothing: bool) -> None:
    found = review(procedure(("「開始」を押す", "「開始」画面が出る"), (action, data, "開く"), language="ja")).findings
    assert ("low-information" in {finding.rule for finding in found}) == says_nothing


@pytest.mark.parametrize("result", ["画面の判定が OK になる", "「2.14」と出ればOKです"])
def test_a_verdict_that_the_product_shows_or_that_is_explained_is_not_vague(result: str) -> None:
    found = review(procedure(("「開始」を押す", result), language="ja")).findings
    assert "ambiguous-wording" not in {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("result", "asks"),
    [
        ("ラベルが出てくるので剥がして貼る", True),
        ("精算機へ移動し、券を取る", True),
        ("アームが部品をつかみ、箱を運ぶ", False),
        ("係員呼出ランプが点き、券を受け取れる", False),
        ("発券口から券が出る", False),
    ],
)
def test_what_only_hands_do_is_an_action_in_a_result(result: str, asks: bool) -> None:
    found = review(procedure(("「開始」を押す", result), language="ja")).findings
    assert ("misplaced-action" in {finding.rule for finding in found}) == asks


@pytest.mark.parametrize(
    "action", ["アラーム一覧で最新の1件をタップ", "前の手順で控えた受付番号で検索する。", "車いすを前向きに固定する。"]
)
def test_what_says_which_or_how_is_left_alone(action: str) -> None:
    made = procedure(("「開始」を押す", "「開始」画面が出る"), (action, "詳細が開く"), language="ja")
    assert not [finding.rule for finding in review(made).findings if finding.step == 2]


@pytest.mark.parametrize(
    ("result", "mends"),
    [
        ("1人3,333円と出る。出なかったら設定が違うので店長メニューで直す", True),
        ("一覧に出る。出ないときは再読み込みする", True),
        ("在庫が0になる。ならなかったら本部に電話する", True),
        ("ロック音がする。しなければ閉め直す", True),
        ("アカウントがロックされる。10分たったら解除される", False),
        ("受付番号が出る。残高が足りなければ拒否画面が出る", False),
    ],
)
def test_a_repair_in_a_result_is_an_act_behind_a_condition(result: str, mends: bool) -> None:
    found = {finding.rule for finding in review(procedure(("「開始」を押す", result), language="ja")).findings}
    assert ({"conditional-step", "misplaced-action"} <= found) == mends
