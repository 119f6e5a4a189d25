"""Steps as sheets, polite people and hasty ones write them: what is found in them, and good steps that look like them."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review

FOUND = """
eager-action | 受付のタブレットをお手に取っていただきまして、「来院」をお押しくださいませ。 |  | 「受付番号 12」と表示される
eager-action | 売場の端末をお立ち上げいただきまして、商品コード「4901」をご入力いただき、在庫の数をご覧くださいませ。 |  | 在庫数「8」が表示される
eager-action | ご利用者様の画面を開いていただいて、右上にございます「設定」をお押しいただけますでしょうか。 |  | 設定画面が表示される
eager-action | 扉をお閉めいただき、運転ボタンを押していただけますと幸いです。 |  | 「運転中」と表示される
eager-action | 伝票を修正、再送。 | 伝票 102 | 「送信済」と表示される
eager-action | マスタの単価を直し、リトライ。 | 単価=120 | RC=0
eager-action | 番号えらんで印刷、それからプリンタで紙とる | 番号 7 | 「印刷済」と出る
eager-action | 受付番号を発番→窓口端末で呼出 | 番号 15 | 「15番」と表示される
eager-action | 給湯ボタンを押す。蛇口を開ける。 |  | 40 ℃の表示になる
eager-action | 端末の電源入れる、ログインしてみる | ID a01 | ホーム画面が出る
eager-action | 設定ファイル書き換え、リブート | port=8080 | ポート 8080 で待ち受ける
eager-action | 窓口でお名前をお伺いし、「新規」を押していただきまして、お名前をお入れくださいませ。 | 山田 | 氏名欄に「山田」と出ます
eager-action | レジのふたをお開けになって、紙をお入れください。 |  | 紙切れの表示が消えます
eager-action | QR読む、数量打つ、確定 | 品番 A1、3 | 在庫が 3 減る
eager-action | F5→行選ぶ→Del | 行 3 | 行が消える
eager-action | コネクタ抜。10秒後再接続 | CN5 | LED 緑
eager-action | ジョブをキャンセルし、再投入 | JB01 | RC=0
eager-action | アプリ落として立ち上げ直す |  | ログイン画面が出る
eager-action | 申請書を印刷の上、捺印し窓口へ提出する。 | 様式1 | 受付番号が発番される
eager-action | 電源OFF、SW1をB側に、電源ON |  | LED2 点灯
eager-action | キーを回す。その後ブレーキを踏みながらスタートボタンを押す。 |  | メーターが点灯する
eager-action | 写真撮って送る | 外観1枚 | 「送信しました」と出る
eager-action | カートに入れたら、レジへ進んで、住所入れる | 東京都港区1-1 | 送料 500 円
eager-action | 明細を開き、数量を 3 に変更の後、再計算ボタンを押下すること。 |  | 合計 3,000 円
eager-action | 患者バーコードをスキャン、続けて薬剤バーコードもスキャン | P-1、M-2 | 「照合一致」
eager-action | 子機を充電台から外し、「通話」を押してみる |  | 「ツー」と鳴る
tacit-knowledge | カードを読ませる | いつものカード | 「OK」ではなく「承認」と表示される
tacit-knowledge | 受入検査を実施する。 | 普段使っている検体 | 判定「適合」が表示される
tacit-knowledge | 返品処理を行う |  | 社内規程に基づき返品が拒否される
tacit-knowledge | 停電の復旧操作 |  | 仕様書5.1参照
tacit-knowledge | 所定の手順でサーバを停止する |  | プロセスが 0 件
tacit-knowledge | 前と同じ設定で印刷する |  | 1枚印刷される
tacit-knowledge | データ移行を行う |  | 別紙のとおり
tacit-knowledge | 溶接条件を設定する | 例の条件 | 「設定完了」と表示される
tacit-knowledge | 帳票を出力する | いつものプリンタ | 1枚出る
tacit-knowledge | 初期設定を済ませてログイン | 例のアカウント | ホーム画面
tacit-knowledge | 先輩に聞いたやり方で棚卸する | 棚 A | 差異 0 件
tacit-knowledge | 操作マニュアルに従い電源を投入する |  | 電源ランプが緑
tacit-knowledge | 締め処理を流す | 前回と同じデータ | RC=0
tacit-knowledge | 前任者のメモを見ながら設定する |  | 「完了」と表示
tacit-knowledge | 現場の慣れた人にやってもらう |  | 「完了」と表示
tacit-knowledge | 「登録」を押下する。 |  | 運用規程に則り承認依頼が飛ぶ
tacit-knowledge | 運転開始する |  | 動作は設計書 3.2 節を参照
unspecified-value | 残高が不足するカードで改札を通る |  | 扉が閉まり、赤ランプが点灯する
unspecified-value | 年齢が基準に満たない会員で購入する |  | 「購入できません」と表示される
unspecified-value | 上限を超えるファイルを添付する |  | 「サイズ超過」と表示される
unspecified-value | 条件に合う会員でログインする |  | 会員ランク「金」が表示される
unspecified-value | 保温中に停電5分超 |  | 「E-03」が表示される
unspecified-value | 何件か伝票を登録する |  | 一覧に伝票が追加される
unspecified-value | 大きめの荷物を載せる |  | 重量が表示される
unspecified-value | もう1つ別の端末でログインする |  | 「他端末でログイン中」と表示される
unspecified-value | 容量を超過した画像をアップロードする |  | 「E-12」と表示される
unspecified-value | 期限を過ぎたクーポンを使う |  | 「期限切れ」と表示される
unspecified-value | 残高の足りないカードで入る |  | 赤く光る
unspecified-value | 締切を過ぎた申請を出す |  | 「期限切れ」と出る
unspecified-value | 制限文字数を超える文字列を入力する |  | 「200文字以内」と出る
unspecified-value | 定員を超える人数で予約する |  | 「満席」と出る
unspecified-value | 該当する会員を選択し「発行」を押す |  | 発行済になる
unspecified-value | 2、3人で同時に押す |  | 順番に受け付けられる
unspecified-value | 適当な紙を挟む |  | 「紙あり」になる
unspecified-value | 大きめのファイルを添付する |  | 進捗バーが出る
unspecified-value | 別の日に予約を変える |  | 予約日が変わる
unspecified-value | 条件を変えて検索 |  | 件数が変わる
unspecified-value | 長い名前を登録 |  | 2行で表示される
unspecified-value | いくつか商品をカゴへ入れる |  | 合計が出る
unspecified-value | 温度を上げる |  | 送風が止まる
unspecified-value | 違う人のカードをかざす |  | 「対象外」と出る
unspecified-value | もう一台の端末で開く |  | 「編集中」と出る
unspecified-value | 上限超えの金額で振込 |  | 「限度額超過」と出る
unspecified-value | 古いバージョンのアプリで起動 |  | 更新を促す画面が出る
misplaced-precondition | トナー残量を10%以下にした状態で印刷を実行する。 | 文書A.pdf | 「トナー残量わずか」と表示される
misplaced-precondition | マスタの単価を 0 円に変更した状態で計算ボタンを押す。 |  | 「扉が開いています」と表示される
misplaced-precondition | ラベルを発行する | プリンタ LBL-02(事前に用紙を補充しておく) | ラベルが1枚出る
misplaced-precondition | 帳票を出力する | 帳票ID R01 ※あらかじめバッチB01を流しておくこと | PDFが出力される
misplaced-precondition | 帳票を出す | R01(前もってバッチを流してあること) | PDF が出る
misplaced-precondition | 「開始」を押す | ※予め暖機運転を済ませておく | 「運転中」
misplaced-precondition | 「検索」を押す | 会員 10 名を登録済みであること | 10 件
low-information | オフラインでもやってみる |  | 「未送信 1件」と表示される
low-information | スマホでも同様に。 |  | 「完了」と表示される
low-information | いろいろ試す |  | 「E-01」が出ない
low-information | 縦向きでもやる |  | 画面幅に収まる
low-information | 逆の順番でもやる |  | 「E-01」が出ない
low-information | 夜間モードも同じ |  | 画面が暗い配色になる
low-information | 反対側も。 |  | 扉が開く
low-information | ひととおりさわってみる |  | 「E-01」が出ない
low-information | 一連の操作を実施 |  | 「完了」が出る
low-information | 異常系 |  | 「E-01」が出る
misplaced-action | 残高を確認する |  | 残高 500 円。通帳と見くらべて、同じであればよろしゅうございます。
misplaced-action | 「開始」を押す |  | 緑ランプが点く。ふたをあけてみて、回っていなければOK
misplaced-action | 「計測」を押す |  | 体温が出ます。水銀の体温計と比べて、差が0.1度以内
misplaced-action | 「印刷」を押す |  | 伝票が出るので、お客様にお渡しする
misplaced-action | 「計測」を押す |  | 値が出る。3回はかって平均をとる
misplaced-action | 「送信」を押す |  | 送信済になる。管理画面を開いて件数をみる
misplaced-action | 「設定」を開く |  | 画面が出る。出ないときは再起動してみてください
misplaced-action | 「開始」を押す |  | 音が鳴る。耳をあてて聞いてみる
"""
GOOD = """
受付の画面をご覧くださいませ。 |  | 「受付番号 12」と表示されております
「来院」ボタンをお押しいただけますでしょうか。 |  | 「受付番号 12」と表示される
事務所のパソコンで「仕込蔵」を押していただきます。 |  | 三番タンクの品温「12.5 ℃」が表示される
「再送」を押す |  | 「送信済」と表示される
リトライボタンを押下。 |  | RC=0
バッチ JB01 をリラン。 |  | RC=0
電源スイッチを切る |  | ランプが消灯する
番号「7」を印刷 |  | 「印刷済」と表示される
「次へ」を押す。 |  | 確認画面が表示される
会員カード「A-01」で改札を通る |  | 扉が開く
残高 100 円のカードで改札を通る |  | 扉が閉まる
残額が運賃 200 円に満たないカード「B」で出場する |  | 扉が閉まる
10 MB を超えるファイル「big.zip」を添付する |  | 「サイズ超過」と表示される
上限を超えるファイルを添付する | big.zip (11 MB) | 「サイズ超過」と表示される
停電を10分11秒続ける |  | 「E-03」が表示される
もう1枚カード「C」をかざす |  | 「重複」と表示される
別の端末「T-02」でログインする |  | 「他端末でログイン中」と表示される
1件登録する | 伝票 101 | 一覧に「101」が追加される
伝票バーコードを読む | 伝票 102 | 明細が3行表示される
手順書 M-12 の手順 3 に従い停止する |  | プロセスが 0 件
規程「R-01」第3条の料金を入力する | 250 円 | 「250 円」と表示される
前回と同じ伝票番号「101」を入力する |  | 「登録済み」と表示される
扉が開いた状態になるまでレバーを引く |  | 扉が90度開く
「保存」を押す |  | 編集中の状態で保存される
「一時停止」を押す |  | 停止した状態で時刻が表示される
縦向きに回転する |  | 画面幅に収まる
スマホ「S-1」で「送信」を押す |  | 「完了」と表示される
「やり直す」を押す |  | 入力画面に戻る
「試す」ボタンを押す |  | 試用画面が表示される
「比較」を押す |  | 2つの価格が並んで表示される
「開始」を押す |  | 緑ランプが点く
「計測」を押す |  | 体温「36.5」が表示される
残高を確認する |  | 残高 500 円が表示される
ラベルを発行する | プリンタ LBL-02 | ラベルが1枚出る
帳票を出力する | 帳票ID R01(A4縦) | PDFが出力される
期限 3/31 のクーポンを 4/1 に使う |  | 「期限切れ」と表示される
会員「田中」で商品「ペン」を購入する |  | 「購入完了」と表示される
在庫が 0 個の商品「P-1」をカートに入れる |  | 「在庫切れ」と表示される
ホームボタンを2秒長押しする |  | 電源メニューが表示される
年齢 17 歳の会員「M-17」で購入する |  | 「購入できません」と表示される
設定画面を開く |  | 「Wi-Fi」がオンになっている
温度を 80 ℃ に上げる |  | 「80 ℃」と表示される
不足額 50 円を投入する |  | 発券される
超過料金を支払う | 300 円 | ゲートが開く
申請を差し戻す | 申請 A-3 | 規程違反の理由「R2」が表示される
通常モードに切り替える |  | 「通常」と表示される
仕様書 S-1 をアップロードする | spec.pdf | 一覧に「spec.pdf」が追加される
「参照」ボタンを押す |  | ファイル選択画面が開く
印刷する | 帳票A | 「印刷後、用紙を取ってください」と表示される
扉を開けた状態で運転ボタンを押す。 |  | 「扉が開いています」と表示される
3番の席を選択する |  | 3番の席が青色になる
伝票「A1」を開き直す |  | 最新の数量「3」が表示される
ジョブ JB01 を再投入する |  | RC=0
カード「A」を端末「T1」にかざす |  | 「受付済」と出る
QRコード「Q1」を読む |  | 品番「A1」が表示される
紙をトレイにセットする | A4 1枚 | 「紙あり」になる
「印刷」を押してください。 |  | 伝票が1枚出る
お客様の画面で「同意する」をお押しいただきます。 |  | 「同意済」と表示される
温度を上げる | 80 ℃ | 「80 ℃」と表示される
別の日に予約を変える | 10/5 → 10/6 | 予約日が「10/6」になる
帳票を出す | R01 | 前回と同じ1ページで出る
「再計算」を押下 |  | 合計 3,000 円
SW1をB側に倒す |  | LED2 点灯
「送信」を押す |  | 確認メールが届く
ログイン画面を開く |  | ID欄とPW欄が空で表示される
200文字の文字列「a…a」を入力する |  | 「200/200」と出る
セットアップを開始する |  | 進捗バーが 0% で表示される
管理者「admin」でログインする |  | 「管理」メニューが表示される
明細を3件表示する | 伝票 101 | 3行並ぶ
ブザーを止める |  | 無音になる
蓋を閉めたままにする | 10 分 | 庫内温度が 4 ℃以下
画面を横に向ける |  | 横長に並び変わる
受付票を取る |  | 番号「12」が印字されている
在庫数が発注点を下回る商品「P-1」を開く |  | 「発注」アイコンが出る
「1人」を選ぶ |  | 料金 500 円
申請を出す | 申請 A-3(締切 3/31、操作日 4/1) | 「期限切れ」と出る
3回目の打刻を行う | 社員 001 | 「打刻済み」と出る
"""
LABELLED = (
    *(
        "ambiguous-wording",
        "conditional-step",
        "eager-action",
        "low-information",
        "misplaced-action",
        "misplaced-precondition",
    ),
    *("misplaced-verification", "missing-test-data", "tacit-knowledge", "undefined-wait", "unspecified-value"),
)


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def rules_of(action: str, data: str, expected: str) -> set[str]:
    return {finding.rule for finding in review(procedure((action, data, expected), language="ja")).findings}


@pytest.mark.parametrize(("rule", "action", "data", "expected"), rows(FOUND))
def test_a_flaw_is_found_however_the_step_is_worded(rule: str, action: str, data: str, expected: str) -> None:
    found = rules_of(action, data, expected)
    assert rule in found or (rule == "unspecified-value" and "missing-test-data" in found)


@pytest.mark.parametrize(("action", "data", "expected"), rows(GOOD))
def test_a_good_step_that_looks_like_one_is_left_alone(action: str, data: str, expected: str) -> None:
    assert not rules_of(action, data, expected) & set(LABELLED)
