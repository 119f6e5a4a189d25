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
misplaced-precondition | 扉を開けた状態で運転ボタンを押す。 |  | 「扉が開いています」と表示される
misplaced-precondition | 夜間帯の時刻に変更した状態でセンサーの前を通る |  | ライトが点灯する
misplaced-precondition | バイパス運転とした状態で主弁を全閉にする |  | 流量変動±5%以内
misplaced-precondition | 予約された本が戻った状態で返却ポストに入れる |  | 取置に回る
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
tacit-knowledge | ハンディ電源ON→社員コード読ませる→入荷 | いつものコード | メニューでる
eager-action | 検品数を1個少なく入力し、差異理由を選択後、確定する | 理由:破損 | 差異一覧に1件あがること
low-information | ハンディ圏外でもう一回やってみる |  | データがきえない
eager-action | お客様カードを読み取り機にお通しいただき、暗証番号をご入力のうえ、「確認」をお押しください。 | 1234 | 残高が表示されます。
misplaced-action | お引き出しの金額をお入れください。 |  | 現金が出てまいります。音声でご案内もされますのでお聞きくださいませ。
conditional-step | 通帳が見当たらない場合は窓口にお声がけくださいませ。 |  | 窓口の者がご案内いたします。
unspecified-value | 最大荷重を超える荷を積んで上昇ボタンを押す |  | 過荷重ブザーが鳴動し、上昇しないこと
tacit-knowledge | ドア開放のまま30秒超 |  | 警告音。詳細は取説P.12参照
tacit-knowledge | 非常停止を押し、所定の手順で復帰させる。 |  | 通常状態に戻る
misplaced-verification | ナースコール押す、PHS鳴るか見る | 病室 301 | PHSに「301」と出る
unspecified-value | 点滴残量を少なめに設定し、アラームが鳴るまで待つ |  | アラームが鳴る
unspecified-value | 別の看護師でログインして同じ操作 |  | 正しく引き継がれている
unspecified-value | マスタに登録されていない薬剤を読み取る |  | エラーになる
misplaced-verification | トランザクションファイルを差し替え、JCLをサブミット。SPOOLを確認。 | TR0930 | COND CODE 0
eager-action | DBを前日断面に戻した後、再ラン |  | 件数が前回と一致すること
conditional-step | ログを見て問題なければ次へ |  | -
unspecified-value | ブラウザを複数立ち上げて同時に更新してみる |  | 後勝ちにならないこと
unspecified-value | 申込フォームに必要事項を入力 |  | 確認画面に遷移
unspecified-value | テレビのリモコンの番組表を押して、みたい番組を選んで、予約 |  | 予約マークがつく
misplaced-action | おじいちゃんの血圧計で測って、アプリに飛ばす |  | アプリに数字が出る。手帳に書いた値と見比べる
misplaced-precondition | 分銅(事前に清掃しておくこと)を静かに載せる | 500 g | 500.0±0.2 g
eager-action | 給水終わったらフタ閉めて開始 |  | 残り時間 38分
misplaced-verification | 注文をキャンセル、その後マイページで履歴をチェックする | 注文 1201 | ステータス「取消」
unspecified-value | ポイントが足りない会員で交換 |  | 「ポイント不足」
unspecified-value | 有効期限を過ぎたチケットをゲートにかざす |  | 赤点灯、ゲート開かず
eager-action | 起動後、メニュー4→サブ2選択、コード入れてEnter | 4711 | 品名表示
eager-action | POSの日計を締める。締めたら本部に送信。 |  | 送信済ランプ
misplaced-precondition | (前提)つり銭準備金を5万円入れておく |  | -
tacit-knowledge | 精算レポートをいつもどおり印刷する |  | 金額あってる
tacit-knowledge | 返品は規定に従って処理する |  | 返金額が正しい
eager-action | ラケットボールの予約枠を2面とって、片方だけキャンセルする | A面・B面 10時 | B面だけ残る
unspecified-value | 高めの金額で入札してみる |  | 最高額が更新される
conditional-step | 締切間際に入札が重なったら延長されるか確認 |  | 5分延長
eager-action | 出品者側に切りかえて落札者へ連絡を送る | 「発送しました」 | 落札者に通知が届く
misplaced-verification | タンク液位が下限を下回るまで排水し、ポンプの自動停止を確認すること。 | LAL=15% | ポンプP-101停止、アラームLAL発報
tacit-knowledge | 現場指示計とDCS指示値を照合する。 |  | 差が許容値以内
tacit-knowledge | 運転員の判断で負荷を下げる |  | 異常なし
eager-action | 保育園の連絡帳に、体温と食事の様子を書いて、送るをおす |  | 先生の画面に出る
unspecified-value | お迎えの人を変える |  | 変わる
eager-action | お休みの連絡をして、やっぱり取り消す | 10/3 | 出席にもどる
unspecified-value | 写真をたくさん選んで送る |  | 全部届く
unspecified-value | ロック中のユーザーでログイン |  | ロックの旨のメッセージ
unspecified-value | 3回間違えたあと正しいのを入れる |  | 入れること
low-information | 騒がしいところで同じことをする |  | それなりに認識する
conditional-step | 検温して37.5度以上なら別室へ案内する |  | 別室番号が出る
unspecified-value | 予約なしの患者さんを受け付ける |  | 順番の最後に入る
unspecified-value | 診察券の磁気が弱いカードを何度か通す |  | 読めなければ手入力画面になる
tacit-knowledge | 棚卸の差異を担当者判断で調整する |  | 在庫数が一致
low-information | 積み込みは前回同様 |  | 積載率 80%
conditional-step | ラベルが曲がっていたら貼り直す |  | バーコードが読める
tacit-knowledge | 音が大きくなるので周囲に声をかけてから試運転を始める |  | 音圧が管理値以内
unspecified-value | 延滞中の利用者で貸出 |  | 貸出不可のメッセージ
misplaced-verification | 水槽のヒーターを外し、温度が下がるのを待って、アラームを見る |  | 22 ℃で「低温」
misplaced-verification | ファンを1個抜く。冗長側で動作継続するか。 |  | ログに FAN FAIL
misplaced-verification | 交換用ファンを挿入→ログ確認 |  | FAN OK
unspecified-value | 代引で注文したのち、支払方法を変えてみる |  | 変えられない
misplaced-verification | お届け先を離島にして送料を見る | 沖縄県竹富町1 | 送料 1,500 円
misplaced-verification | 定期便を一回スキップ、次回日をチェック | 定期 T-1 | 次回日 11/1
unspecified-value | 法定労働時間を超えるシフトを組む |  | 警告「36協定」
unspecified-value | 有休残がない人で申請 |  | 「残日数 0」で申請不可
unspecified-value | バーコードがかすれたラベルを読む |  | 「読取不可」
unspecified-value | 前工程のNG品を混ぜて流す |  | NG品だけ排出される
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
PC側で差異を見る |  | 反映されてる
調剤済みの処方箋をもう一度読む | 処方箋 R-01 | 「調剤済みです」と表示
念のため管理画面でも見ておく |  | 申込が1件ある
はかりの上に何も載せずに「ゼロ」を押す |  | 0.0 g
レバーを手前に倒しながら給水ボタンを長押しする | 3秒 | 水位2まで入る
途中でフタを開けようとする |  | 開かない
パスワードを忘れた体で再発行 |  | メールくる
夕方にバッチが流れたあと在庫照会 |  | 在庫が落ちている
歩数計を腰につけて100歩あるいていただきます。 |  | 「100」とでますでしょうか
同じシリーズの巻ちがいを2冊借りる | 1巻、2巻 | 2冊とも一覧に出る
締日変更後のデータで再計算する | 締日 25日 | 25日締めの金額 1,200 円
SNMPトラップ受信確認 |  | 監視画面に赤
LANケーブルを抜き差しする | ポート 3 | リンク LED が消灯し再点灯
治具の向きを逆にしてセットする |  | 「方向違い」と出て起動しない
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
