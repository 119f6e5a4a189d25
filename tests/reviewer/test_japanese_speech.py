"""Japanese steps as people ask for them, say them and shorten them: what is one action, what is left open, what is a condition."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review

SHOWN = "「完了」と表示される"


def rules_of(action: str, data: str | None = None, expected: str = SHOWN) -> set[str]:
    made = procedure((action, data, expected), language="ja")
    kept = {"missing-test-data": "unspecified-value"}
    return {kept.get(finding.rule, finding.rule) for finding in review(made).findings}


@pytest.mark.parametrize(
    ("action", "several"),
    [
        ("端末に部品「A」を置いていただき、「開始」ボタンを押してください。", True),
        ("主電源を入れておき、「運転」を押す", True),
        ("警告で「戻る」を押して、その行を消して、もう1回確定してみて。", True),
        ("システムにログインのうえ、「配車計画」をお開きください。", True),
        ("通常運転に戻してかごを2回往復させる", True),
        ("「新規」を押して予約入れる", True),
        ("ケーブルを抜き、10秒後に挿し直す。", True),
        ("商品「A」を選んで登録", True),
        ("「検索」を押していただけますでしょうか。", False),
        ("続けてクーポン「B」を適用する。", False),
        ("非常停止ボタンを右に回して解除する。", False),
        ("取消レバーを下げて返金する", False),
        ("センサーの前に板「P」を当て、センサーを反応させる", False),
        ("「一覧」タブを押して一覧画面を開く", False),
        ("スイッチ1をON、スイッチ2をOFFにする。", True),
        ("ファイル「A」をUSBに保存し取り外す", True),
        ("バルブV-3を全閉とし、ポンプ「P」を停止させる。", True),
        ("カードを裏返してかざす。", False),
        ("表示中の警告を閉じて続行する", False),
        ("2人続けて通る", False),
        ("全項目「良」にチェックして送信", True),
        ("1) カートを空にする　2) 商品「B」を追加", True),
        ("「修正」ボタンをクリックし、電話番号のみ変更。", True),
        ("インターホンを押し、室内機で応答する。", True),
        ("厚さ「3」に変えて繰り返す", False),
        ("カードをかざして「20歳以上」おす", True),
        ("票を資料「A」に挟み、棚「3」に配架する。", True),
        ("送信機→機体の順に電源を入れる。", True),
        ("欄「部屋」を「竹」に変更し、「保存」を押下いたします。", True),
        ("マスクをする、帽子をする、顔を見せます。", True),
        ("ボタン「A」を連打したり、「B」を長押ししたりする", True),
        ("番号「1」を入力して、「送信」を押すと、件数が増えるか確認する。", True),
        ("操作パネルにタッチして『受取り』を選んで下さい。", False),
        ("試験体「A」を中央に置き、6秒間保持する。", False),
        ("交付日「4/1」を指定して検索する。", False),
        ("注文番号「12」と「13」で同じ操作を行い、同じ作業をする", True),
        ("「印刷」を押す。用紙が切れている場合は用紙を補充する。", False),
        ("「戻す」を実施する。問題があれば担当「A」へ連絡。", False),
        ("F3(承認)→理由選択→ENT", True),
        ("部品「A」を置く → Clamp", True),
        ("保留→受付「B」へ転送", True),
        ("設定→一般→情報を開く", False),
        ("2個流す(間隔を「150」に詰める)。", False),
        ("紙「A」の向きを逆にして入れる", False),
        ("点「1」を入れかえて、線が交差するようにします。", False),
        ("旅券「A」を入れる。有効期限は、1日足りない日とする。", False),
        ("プラグ抜き → 10秒後に再投入", True),
        ("梱包、発送。", True),
        ("遠隔閉→遠隔開", True),
        ("回数を「89」にして抽選画面へ", True),
        ("「単発」を1回まわす。演出はスキップで。", True),
        ("画面をタッチし、言語を「English」にいたします。", True),
        ("センサー「A」を抜いて線「B」を外す。", True),
        ("コード「A1」を1文字まちがえて入力", False),
        ("通報者が電話を切った後、台「3」から呼び返す", False),
        ("メニュー＞マスタ管理＞商品マスタを開く", False),
    ],
)
def test_what_a_movement_achieves_and_how_it_is_asked_for_is_no_action_of_its_own(action: str, several: bool) -> None:
    assert ("eager-action" in rules_of(action)) is several


@pytest.mark.parametrize(
    ("action", "data", "left_open"),
    [
        ("担当も変えてみる", None, True),
        ("数変える", None, True),
        ("ドライバーの変更をお願いいたします。", None, True),
        ("数パターンで印刷する", None, True),
        ("切替を連続で何回か実施。", "0x1A0 Byte2=0x04", True),
        ("切替を連続で何回か実施。", "5回", False),
        ("硬貨をいっぱい入れる", None, True),
        ("停止中の会員で検索する", None, True),
        ("既に登録されているメールアドレスで登録する", None, True),
        ("登録されていない番号を入力する", None, True),
        ("登録されていない番号「99」を入力する", None, False),
        ("金額を入力する", "境界値", True),
        ("ファイルを取り込む", "不正データのCSV", True),
        ("ファイルを取り込む", "不正データ_01.csv", False),
        ("図書を検索する", "ｘｙｚ存在しない図書", False),
        ("一覧と元のファイルをいくつか見る", None, True),
        ("[自分の版で上書き]を押す", None, False),
        ("一番上の商品をお気に入りに入れる", None, False),
        ("4冊目を登録する", None, True),
        ("2番目の候補を選択する", None, False),
        ("商品を1つ選ぶ", None, True),
        ("届いた番号を入力する", None, False),
        ("測定した値を入力する", None, True),
        ("送信間隔を短くする", None, True),
        ("必要なデータを入力する", None, True),
        ("差異理由を適宜選択", None, True),
        ("支払方法を選ぶ", "現金またはカード", True),
        ("曲を1曲入れる", None, True),
        ("乗車前に座席を変更する", None, True),
        ("必要な情報をすべて入力する", None, True),
        ("範囲内の停留所で降りる", None, True),
        ("大容量ファイルを取り込む", None, True),
        ("メール内のリンクを開く", None, False),
        ("でんげんをいれます。", None, False),
        ("いろいろ触って落ちないか見る", None, True),
        ("記載事項を設定の上、「発行」を押す", None, True),
        ("体温の様子を見守る", None, False),
        ("取置棚の該当番号に配架する。", None, False),
        ("生地を入れる", None, False),
        ("適宜、対応する", None, False),
        ("店員の権限でログインする", None, True),
        ("点呼簿を1か月分印刷する", None, True),
        ("1日分の売上 12,000 円を締める", None, False),
        ("雑誌を1冊返却する", None, True),
        ("別系統の車載機に乗り継ぐ", None, True),
        ("高負荷時の挙動を記録する", None, True),
        ("高負荷の計測「L-90」を開始する", None, False),
        ("1年分の記録「2024」を開く", None, False),
        ("例えばを含む文「例えば」を入力する", None, False),
        ("例えば「東京」を入力する", None, True),
        ("商品名（例：みかん）を入力する", None, True),
        ("水位「1.2」まで下げる", "6.8mA 要計算確認", True),
        ("番号を入力する", "正: 4桁の試験用番号", True),
        ("明細を本人のIDで開く", "a00217 / 初期PW", True),
        ("通知に名前を入れる", "太郎ほか3名", True),
        ("間違えて書いた記録を消す", None, True),
        ("異常終了を起こす", None, False),
        ("適切な位置に板「A」を置く", None, False),
        ("元の位置に戻す", None, False),
        ("ケーブルを差し直す", None, False),
    ],
)
def test_a_value_is_left_open_in_speech_as_in_writing(action: str, data: str | None, left_open: bool) -> None:
    assert ("unspecified-value" in rules_of(action, data)) is left_open


@pytest.mark.parametrize(
    ("action", "expected", "conditional"),
    [
        ("結果が戻ってきましたら、「印刷」を押す", SHOWN, True),
        ("在庫も戻っているか確認(戻らない場合もあり)", SHOWN, True),
        ("薬剤「A」を取り出したら引き出しを閉める", SHOWN, False),
        ("30秒経過したら「停止」を押す", SHOWN, False),
        ("起動したら「履歴」を開く", SHOWN, False),
        ("お済みになりましたら「送信」をお願いします。", SHOWN, False),
        ("温度がだめなとき係員「B」を呼ぶ", SHOWN, True),
        ("接続できないようであれば「再試行」を押す", SHOWN, True),
        ("一覧を見ていただければと思います。", SHOWN, False),
        ("「次へ」を押す", "上限以下であれば確認画面に遷移し、上限を超えていれば遷移しないこと。", False),
        ("「次へ」を押す", "翌日になるかもしれない", True),
        ("利用者が予約「A」を見たとき、表示を写真に残す", SHOWN, False),
        ("「次へ」を押す", "片方だけのときは動かない", False),
        ("「次へ」を押す", "ダメなら弾かれる", True),
    ],
)
def test_what_decides_the_result_only_or_asks_politely_is_no_condition(
    action: str, expected: str, conditional: bool
) -> None:
    assert ("conditional-step" in rules_of(action, None, expected)) is conditional


@pytest.mark.parametrize(
    ("expected", "rule", "found"),
    [
        ("登録OK", "ambiguous-wording", True),
        ("登録OK。ステータスが「受付済」になる", "ambiguous-wording", False),
        ("フリーズ、リセット等が発生しないこと。", "ambiguous-wording", False),
        ("金額等が表示される", "ambiguous-wording", False),
        ("新しい通帳が出る。古い通帳も出る", "ambiguous-wording", False),
        ("価格の高い順に並ぶ", "ambiguous-wording", False),
        ("バッテリ残量が「80%」になる", "ambiguous-wording", False),
        ("元の画面にもどる？", "ambiguous-wording", True),
        ("次の画面が出るはず", "ambiguous-wording", True),
        ("期待する結果になること。", "ambiguous-wording", True),
        ("正しい結果が得られること。", "ambiguous-wording", True),
        ("異常な振動・騒音がないこと。", "ambiguous-wording", True),
        ("前より軽くなる", "ambiguous-wording", True),
        ("「すでに出勤しています」がでます。時間はかわりません。", "ambiguous-wording", False),
        ("2枚とも合ってること", "ambiguous-wording", True),
        ("期待値と一致していること。", "ambiguous-wording", True),
        ("エラーとなり取り込まれないこと。", "ambiguous-wording", False),
        ("毎回同じ結果となること。", "tacit-knowledge", False),
        ("ファンが止まるまで待つこと", "misplaced-action", True),
        ("大体3%くらい", "ambiguous-wording", True),
        ("スライド即停止。", "ambiguous-wording", True),
        ("安定してホバリングする。", "ambiguous-wording", True),
        ("期限の早いA-01から20個が引き当てられること", "ambiguous-wording", False),
        ("エラーにならないこと", "ambiguous-wording", False),
        ("番号は変更前と同じHR-5のままです。", "tacit-knowledge", False),
        ("端数は店の設定による", "tacit-knowledge", True),
        ("通知が届くのでタップする", "misplaced-action", True),
        ("表示された番号をメモしておく", "misplaced-action", True),
        ("寸法が規格内であること", "tacit-knowledge", True),
        ("寸法が規格内（20±0.5 mm）であること", "tacit-knowledge", False),
        ("上限以下であれば遷移し、上限を超えていれば遷移しないこと。", "misplaced-action", False),
        ("403 または 404 が返る", "ambiguous-wording", True),
        ("札が入らない/戻る", "ambiguous-wording", True),
        ("回転して読めるか、はじかれるか", "ambiguous-wording", True),
        ("写真が小さく見える", "ambiguous-wording", False),
        ("流量が 200±10 mL/min で安定", "ambiguous-wording", False),
        ("登録後に開き直しても残っている", "misplaced-action", True),
        ("返却レバーで150円そのまま戻る", "misplaced-action", True),
        ("「交付済」で表示される", "misplaced-action", False),
        ("できるかどうか見てください。", "misplaced-action", True),
        ("待機中のまま", "undefined-wait", False),
        ("メールも来る。たぶん 1 分", "ambiguous-wording", True),
        ("10秒ほどで案内が出る", "ambiguous-wording", True),
        ("責任者へ即時通知", "ambiguous-wording", True),
        ("残額から所定の運賃が引かれる", "ambiguous-wording", True),
        ("10回とも衝突なし。ばらつき少", "ambiguous-wording", True),
        ("画面がサクサク動く", "ambiguous-wording", True),
        ("録音が切れ目なく続く", "ambiguous-wording", False),
        ("画面が暗くなる", "ambiguous-wording", False),
        ("正しい会期では番号が採番される", "ambiguous-wording", False),
        ("再起動待ちの緑ランプが点滅する", "undefined-wait", False),
        ("次に待っている人へ順番がまわる", "undefined-wait", False),
        ("エラーが出る。出なければ担当者に報告", "misplaced-action", True),
        ("取り消した場合は在庫が戻る", "misplaced-action", True),
        ("429が返る。ヘッダがあるかも確認", "misplaced-action", True),
        ("GET /charges で金額が300", "misplaced-action", True),
    ],
)
def test_a_result_is_vague_only_where_nothing_shows_it(expected: str, rule: str, found: bool) -> None:
    assert (rule in rules_of("「登録」を押す", None, expected)) is found


@pytest.mark.parametrize(
    ("action", "rule", "found"),
    [
        ("お休み連絡も同じようにやってみてください。", "low-information", True),
        ("上・中・下の3箇所でやる。", "low-information", True),
        ("良くなるまで繰り返す。", "low-information", True),
        ("所定の手続きをとる。", "tacit-knowledge", True),
        ("ナビの起動を待つ。", "undefined-wait", False),
        ("基幹側へ連携されるのを待つ。", "undefined-wait", True),
        ("GPSが十分に捕捉できるまで待つ。", "undefined-wait", True),
        ("体温と給食の様子を入力する", "undefined-wait", False),
        ("運転スイッチ「A」を押下して停止する。", "misplaced-verification", False),
        ("やっぱり「指名なし」に戻す", "ambiguous-wording", False),
    ],
)
def test_what_a_step_waits_for_repeats_or_knows(action: str, rule: str, found: bool) -> None:
    assert (rule in rules_of(action)) is found


def test_once_the_test_has_begun_what_is_to_be_made_ready_is_an_action() -> None:
    steps = (("「開始」を押す", SHOWN), ("元データ「A」を削除しておくこと。", ""))
    found = {(finding.step, finding.rule) for finding in review(procedure(*steps, language="ja")).findings}
    assert (2, "unverified-action") in found
    assert (2, "misplaced-precondition") not in found


def test_a_state_is_a_precondition_at_the_beginning_and_a_check_in_the_middle() -> None:
    steps = (
        ("扉が閉まっているのを見てから主電源「A」を入れる", SHOWN),
        ("記録「B」が残っていること。", SHOWN),
        ("放送「C」が流れること(日英)", SHOWN),
        ("釦「D」を押す(カゴは走行中)", SHOWN),
        ("合計「E」を手計算の表とくらべる。", ""),
    )
    found = {(finding.step, finding.rule) for finding in review(procedure(*steps, language="ja")).findings}
    assert {(1, "misplaced-precondition"), (4, "misplaced-precondition")} <= found
    assert {(2, "misplaced-verification"), (3, "misplaced-verification"), (5, "misplaced-verification")} <= found
    assert not {(1, "misplaced-verification"), (2, "misplaced-precondition")} & found


@pytest.mark.parametrize("action", ["見る", "見て", "何回見る"])
def test_an_action_of_one_word_is_read(action: str) -> None:
    assert "several-actions" not in rules_of(action)
