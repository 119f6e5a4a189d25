"""`several-results` and `result-without-trigger`: what brings a result comes before it, and one trigger has one step.
Examples from unlike trades, written before the rules."""

from dataclasses import dataclass

import pytest
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.reviewer import review


@dataclass
class Example:
    """Expected results of a case, and steps as (action, test data, results that it verifies)."""

    name: str
    language: Language
    results: list[str]
    steps: list[tuple[str, str, tuple[int, ...]]]
    preconditions: tuple[str, ...] = ()


def made(example: Example) -> Procedure:
    seen = {"en": "The page is shown", "ja": "画面が表示される"}[example.language]
    texts = [
        (action, data, ". ".join(example.results[number - 1] for number in verifies) or seen)
        for action, data, verifies in example.steps
    ]
    steps = procedure(*texts, language=example.language)
    numbered = [
        step.model_copy(update={"verifies": verifies})
        for step, (_, _, verifies) in zip(steps.steps, example.steps, strict=True)
    ]
    return steps.model_copy(update={"steps": tuple(numbered), "expected_results": tuple(example.results)})


def found(example: Example, rule: str) -> list[int | None]:
    case = TestCase(
        id="T",
        title="T",
        preconditions=example.preconditions,
        expected_results=tuple(example.results),
        language=example.language,
    )
    return [finding.step for finding in review(made(example), case).findings if finding.rule == rule]


SEVERAL = [
    Example("shop: two quantities, one click", "en",
            ["With quantity 4, \"Not enough stock\" is shown", "With quantity 3, the cart shows 3 items"],
            [("Enter the quantity", "4", ()), ("Enter the quantity", "3", ()), ('Click "Add"', "", (1, 2))]),
    Example("bank: two fees of one label", "en", ["the fee is 0.00 EUR", "the fee is 4.00 EUR"],
            [('Click "Cancel the order"', "", (1, 2))]),
    Example("hospital: three at once", "en",
            ["the alarm sounds", "the infusion stops", 'the display shows "Occlusion"'],
            [("Press the line together", "", (1, 2, 3))]),
    Example("batch: failure and rerun", "en",
            ["After cutting the connection, the exit code is 8", "After running run_job.sh again, the exit code is 0"],
            [("Cut the connection", "", ()), ("Run run_job.sh", "", (1, 2))]),
    Example("API: two requests", "en",
            ["The 30th request returns 200", "The 31st request returns 429"], [("Send 31 requests", "", (1, 2))]),
    Example("device: two keys", "en",
            ['pressing "OK" starts the print', 'pressing "Cancel" returns to the menu'],
            [('Press "OK" on the panel', "", ()), ('Press "Cancel" on the panel', "", (1, 2))]),
    Example("status twice", "en", ["the status is Open", "the status is Closed"], [("Reload the ticket", "", (1, 2))]),
    Example("通販: 数量が違う", "ja", ["数量 4 では「在庫が不足しています」と表示される", "数量 3 ではカートに追加される"],
            [("数量を入力する", "4 / 3", ()), ("「カートに入れる」を押す", "", (1, 2))]),
    Example("予約: 料金が違う", "ja", ["キャンセル料 0円と表示される", "キャンセル料 4,000円と表示される"],
            [("「はい」を押す", "", (1, 2))]),
    Example("病院: 3件", "ja", ["アラームが鳴る", "送液が停止する", "「閉塞」と表示される"],
            [("チューブを折り曲げる", "", (1, 2, 3))]),
    Example("バッチ: 異常終了と再実行", "ja",
            ["DBを切断すると終了コード 8 で終了する", "run_job.sh を再実行すると終了コード 0 で終了する"],
            [("DBを切断する", "", ()), ("run_job.sh を実行する", "", (1, 2))]),
    Example("API: 回数が違う", "ja", ["30回目の要求では 200 が返る", "31回目の要求では 429 が返る"],
            [("要求を31回送る", "", (1, 2))]),
    Example("モバイル: オンとオフ", "ja",
            ["機内モードをオンにすると「オフライン」と表示される", "「同期」を押すと件数が0になる"],
            [("機内モードをオンにする", "", ()), ("「同期」を押す", "", (1, 2))]),
    Example("状態が2つ", "ja", ["ステータスが「公開」になる", "ステータスが「下書き」になる"], [("「保存」を押す", "", (1, 2))]),
    Example('the loan limit is 3 books', 'en', ['the loan limit is 3 books', 'the loan limit is 5 books'], [('Open the member', '', (1, 2))]),
    Example('after 1 minute the light dims', 'en', ['after 1 minute the light dims', 'after 5 minutes the light goes out'], [('Wait', '', (1, 2))]),
    Example('貸出上限が3冊になる', 'ja', ['貸出上限が3冊になる', '貸出上限が5冊になる'], [('会員を開く', '', (1, 2))]),
    Example('1分後に暗くなる', 'ja', ['1分後に暗くなる', '5分後に消灯する'], [('待つ', '', (1, 2))]),
]  # fmt: skip
TOGETHER = [
    Example("shop: message and no order", "en", ['"Not enough stock" is shown', "no order is created"],
            [('Click "Order"', "", (1, 2))]),
    Example("shop: one trigger in two wordings", "en",
            ["With quantity 4, a warning is shown", "When the quantity is 4, the cart badge stays 0"],
            [("Enter the quantity", "4", (1, 2))]),
    Example("bank: two accounts", "en", ["the balance of account A is 80", "the balance of account B is 120"],
            [('Click "Transfer"', "", (1, 2))]),
    Example("API: code and header", "en", ["the status code is 429", "a Retry-After header of 60 is returned"],
            [("Send the request", "", (1, 2))]),
    Example("device: two rows", "en", ["row 1 shows the date", "row 2 shows the time"], [("Press Info", "", (1, 2))]),
    Example("form: two messages", "en", ['"Name is required" is shown', '"Mail is required" is shown'],
            [('Click "Save"', "", (1, 2))]),
    Example("the same act, named twice", "en",
            ["after signing in, the Address page is shown", "when the user logs in, the cart still holds SKU 5512"],
            [("Sign in", "", (1, 2))]),
    Example("one trigger, then what it leaves", "en", ["after saving, the list shows the note", "the note is bold"],
            [('Click "Save"', "", (1, 2))]),
    Example("通販: メッセージと注文なし", "ja", ["「在庫が足りません」と表示される", "注文は作成されない"],
            [("「注文する」を押す", "", (1, 2))]),
    Example("通販: 同じ数量の2つの言い方", "ja",
            ["数量 4 では警告が表示される", "数量 4 のとき、バッジは 0 のままである"], [("数量を入力する", "4", (1, 2))]),
    Example("銀行: 口座が2つ", "ja", ["口座Aの残高が 80円になる", "口座Bの残高が 120円になる"],
            [("「振込」を押す", "", (1, 2))]),
    Example("API: コードとヘッダー", "ja", ["ステータスコード 429 が返る", "Retry-After ヘッダーに 60 が入る"],
            [("要求を送る", "", (1, 2))]),
    Example("装置: 2行", "ja", ["1行目に日付が表示される", "2行目に時刻が表示される"], [("「情報」を押す", "", (1, 2))]),
    Example("入力チェック2件", "ja", ["「氏名は必須です」と表示される", "「メールは必須です」と表示される"],
            [("「保存」を押す", "", (1, 2))]),
    Example("同じ操作の2つの言い方", "ja",
            ["ログインするとホーム画面が表示される", "サインイン後、カートの中身が残っている"], [("ログインする", "", (1, 2))]),
    Example('"Saved" is shown', 'en', ['"Saved" is shown', 'the time of the last change is 10:15'], [('Click "Save"', '', (1, 2))]),
    Example('after 5 minutes a warning is s', 'en', ['after 5 minutes a warning is shown', 'after 5 minutes of inactivity the screen is locked'], [('Wait 5 minutes', '', (1, 2))]),
    Example('when the file is chosen, its n', 'en', ['when the file is chosen, its name is shown', 'after choosing the file the button is enabled'], [('Choose the file', 'a.csv', (1, 2))]),
    Example('pressing "Save" closes the dia', 'en', ['pressing "Save" closes the dialog', 'after the record is saved, the list shows it'], [('Press "Save"', '', (1, 2))]),
    Example("the sender's balance is 80", 'en', ["the sender's balance is 80", "the receiver's balance is 120"], [('Click "Send"', '', (1, 2))]),
    Example('「保存しました」と表示される', 'ja', ['「保存しました」と表示される', '更新日時が 10:15 になる'], [('「保存」を押す', '', (1, 2))]),
    Example('5分後に警告が表示される', 'ja', ['5分後に警告が表示される', '5分間操作しないと画面がロックされる'], [('5分待つ', '', (1, 2))]),
    Example('ファイルを選択するとファイル名が表示される', 'ja', ['ファイルを選択するとファイル名が表示される', '選択後、「取込」が押せるようになる'], [('ファイルを選択する', 'a.csv', (1, 2))]),
    Example('「保存」を押すとダイアログが閉じる', 'ja', ['「保存」を押すとダイアログが閉じる', '保存後、一覧に表示される'], [('「保存」を押す', '', (1, 2))]),
    Example('送金元の残高が 80円になる', 'ja', ['送金元の残高が 80円になる', '送金先の残高が 120円になる'], [('「送金」を押す', '', (1, 2))]),
    Example('1件目が表示される', 'ja', ['1件目が表示される', '2件目が表示される'], [('「検索」を押す', '', (1, 2))]),
]  # fmt: skip
WITHOUT = [
    Example("shop: the value is never entered", "en", ["With quantity 4, a warning is shown"],
            [("Open the cart", "", ()), ('Click "Order"', "", (1,))]),
    Example("bank: the key is never pressed", "en", ['pressing "Reverse" restores the balance'],
            [("Open the account", "", (1,))]),
    Example("device: never waited", "en", ["after 5 minutes the display goes dark"], [("Press Info", "", (1,))]),
    Example("API: never sent so often", "en", ["The 31st request returns 429"], [("Open the API console", "", (1,))]),
    Example("keyboard: another key", "en", ["pressing Tab three times never moves focus outside the dialog"],
            [("Press Delete on the list", "", (1,))]),
    Example("batch: verified before it is run", "en", ["After running run_job.sh, the log is empty"],
            [("Open the log", "", (1,)), ("Run run_job.sh", "", ())]),
    Example("hospital: never opened", "en", ["when the nurse opens the chamber, the infusion stops"],
            [("Start the infusion", "", (1,))]),
    Example("通販: 値を入力していない", "ja", ["数量 4 では警告が表示される"],
            [("カート画面を開く", "", ()), ("「注文する」を押す", "", (1,))]),
    Example("銀行: ボタンを押していない", "ja", ["「取消」を押すと残高が元に戻る"], [("口座照会画面を開く", "", (1,))]),
    Example("装置: 待っていない", "ja", ["5分後に画面が消灯する"], [("「情報」を押す", "", (1,))]),
    Example("API: 回数が足りない", "ja", ["31回目の要求では 429 が返る"], [("管理コンソールを開く", "", (1,))]),
    Example("モバイル: 切り替えていない", "ja", ["機内モードを解除すると通知が届く"], [("点検票を入力する", "", (1,))]),
    Example("バッチ: 実行より前に確認する", "ja", ["run_job.sh を実行するとログが空になる"],
            [("ログを開く", "", (1,)), ("run_job.sh を実行する", "", ())]),
    Example("病院: 開けていない", "ja", ["カバーを開けると送液が停止する"], [("送液を開始する", "", (1,))]),
    Example('swiping the card twice opens t', 'en', ['swiping the card twice opens the gate'], [('Stand before the gate', '', (1,))]),
    Example('Once the nurse confirms the do', 'en', ['Once the nurse confirms the dose, the pump starts'], [('Hang the bag', '', (1,))]),
    Example('the export contains 3 rows aft', 'en', ['the export contains 3 rows after filtering by "Overdue"'], [('Click "Export"', '', (1,))]),
    Example('The second scan shows "Already', 'en', ['The second scan shows "Already used"'], [('Scan the ticket', '', (1,))]),
    Example('when order A-77 is cancelled, ', 'en', ['when order A-77 is cancelled, the slot is free again'], [('Open the calendar', '', (1,))]),
    Example('after 30 days the voucher is r', 'en', ['after 30 days the voucher is refused'], [('Enter the voucher', '', (1,))]),
    Example('カードを2回タッチすると扉が開く', 'ja', ['カードを2回タッチすると扉が開く'], [('改札機の前に立つ', '', (1,))]),
    Example('看護師が投与量を承認すると送液が始まる', 'ja', ['看護師が投与量を承認すると送液が始まる'], [('輸液バッグを掛ける', '', (1,))]),
    Example('2回目の読み取りでは「使用済み」と表示される', 'ja', ['2回目の読み取りでは「使用済み」と表示される'], [('チケットを読み取る', '', (1,))]),
    Example('注文 A-77 を取り消すと枠が空く', 'ja', ['注文 A-77 を取り消すと枠が空く'], [('カレンダーを開く', '', (1,))]),
    Example('30日後にクーポンが使えなくなる', 'ja', ['30日後にクーポンが使えなくなる'], [('クーポンを入力する', '', (1,))]),
    Example('「期限切れ」で絞り込むと3件表示される', 'ja', ['「期限切れ」で絞り込むと3件表示される'], [('一覧画面を開く', '', (1,))]),
]  # fmt: skip
WITH = [
    Example("shop: entered from the data", "en", ["With quantity 4, a warning is shown"],
            [("Enter the quantity", "4", ()), ('Click "Order"', "", (1,))]),
    Example("shop: a state that was set before", "en", ["When the stock is 0, the button is grey"],
            [("Open the item", "", (1,))], preconditions=("The stock of A-100 is 0",)),
    Example("bank: other words for signing in", "en", ["after signing in, the Address page is shown"],
            [("Enter the password", "", ()), ('Click "Log in"', "", (1,))]),
    Example("device: waited", "en", ["after 5 minutes the display goes dark"], [("Wait 5 minutes", "", (1,))]),
    Example("device: the clock is set", "en", ["24 hours after the booking the fee is 50 %"],
            [("Set the clock of the test server", "2026-11-09 15:00", ()), ('Click "Cancel"', "", (1,))]),
    Example("API: thirty and one more", "en", ["The 31st request returns 429"],
            [("Send the request 30 times", "", ()), ("Send the request once more", "", (1,))]),
    Example("API: the second time", "en", ["The second request returns 409"],
            [("Send the request", "", ()), ("Send the request again", "", (1,))]),
    Example("keyboard", "en", ["pressing Tab three times never moves focus outside the dialog"],
            [("Press Tab 3 times", "", (1,))]),
    Example("the product's own event", "en", ["when the connection is lost, a banner is shown"],
            [("Turn on flight mode", "", (1,))]),
    Example("a button of another name", "en", ["after saving, the note is listed"], [('Click "OK"', "", (1,))]),
    Example("even with", "en", ["even with the right password sign-in fails"], [('Click "Sign in"', "", (1,))]),
    Example("hospital: opened", "en", ["when the nurse opens the chamber, the infusion stops"],
            [("Open the drip chamber", "", (1,))]),
    Example("通販: データから入力", "ja", ["数量 4 では警告が表示される"],
            [("数量を入力する", "4", ()), ("「注文する」を押す", "", (1,))]),
    Example("通販: 前提条件の状態", "ja", ["在庫が 0 の場合、ボタンが押せない"], [("商品画面を開く", "", (1,))],
            preconditions=("A-100 の在庫が 0 である",)),
    Example("銀行: 別の言い方", "ja", ["ログインすると残高が表示される"],
            [("パスワードを入力する", "", ()), ("「サインイン」を押す", "", (1,))]),
    Example("装置: 待つ", "ja", ["5分後に画面が消灯する"], [("5分待つ", "", (1,))]),
    Example("予約: 時計を変える", "ja", ["24時間前を過ぎると料金が50%になる"],
            [("システム日時を変更する", "2026-11-09 15:01", ()), ("「キャンセル」を押す", "", (1,))]),
    Example("API: 30回とあと1回", "ja", ["31回目の要求では 429 が返る"],
            [("要求を30回送る", "", ()), ("要求をもう1回送る", "", (1,))]),
    Example("製品側の出来事", "ja", ["通信が切れると「オフライン」と表示される"], [("LAN ケーブルを抜く", "", (1,))]),
    Example("別名のボタン", "ja", ["保存すると一覧に表示される"], [("「OK」を押す", "", (1,))]),
    Example("正しいパスワードでも", "ja", ["正しいパスワードでもログインできない"], [("「ログイン」を押す", "", (1,))]),
    Example("病院: 開けた", "ja", ["カバーを開けると送液が停止する"], [("ポンプのカバーを開ける", "", (1,))]),
    Example("画面の名前", "ja", ["承認画面では「承認」が押せない"], [("承認画面を開く", "", (1,))]),
    Example('the gate opens when the card i', 'en', ['the gate opens when the card is valid'], [('Swipe the card', '', (1,))]),
    Example('Once the nurse confirms the do', 'en', ['Once the nurse confirms the dose, the pump starts'], [('Enter the dose', '5 ml', ()), ('Press "Confirm"', '', (1,))]),
    Example('after the upload has finished,', 'en', ['after the upload has finished, the thumbnail is shown'], [('Choose the file', 'a.png', ()), ('Wait for the progress bar to reach 100 %', '', (1,))]),
    Example('the list is empty after deleti', 'en', ['the list is empty after deleting the last row'], [('Select the last row', '', ()), ('Press "Remove"', '', (1,))]),
    Example('if the voucher has expired, "E', 'en', ['if the voucher has expired, "Expired" is shown'], [('Enter the voucher', 'OLD-1', (1,))]),
    Example('after a restart, the setting i', 'en', ['after a restart, the setting is kept'], [('Switch the device off', '', ()), ('Switch the device on', '', (1,))]),
    Example('while offline, the note can be', 'en', ['while offline, the note can be edited'], [('Turn on flight mode', '', (1,))]),
    Example('reloading the page keeps the f', 'en', ['reloading the page keeps the filter'], [('Press F5', '', (1,))]),
    Example('after cancelling, no mail is s', 'en', ['after cancelling, no mail is sent'], [('Click "Abort"', '', (1,))]),
    Example('when the amount exceeds 10,000', 'en', ['when the amount exceeds 10,000 yen, a second approval is asked for'], [('Enter the amount', '12,000', (1,))]),
    Example('with an amount of 10,001 yen, ', 'en', ['with an amount of 10,001 yen, a second approval is asked for'], [('Enter the amount', '10001', (1,))]),
    Example('有効なカードの場合は扉が開く', 'ja', ['有効なカードの場合は扉が開く'], [('カードをかざす', '', (1,))]),
    Example('アップロードが完了するとサムネイルが表示される', 'ja', ['アップロードが完了するとサムネイルが表示される'], [('ファイルを選択する', 'a.png', (1,))]),
    Example('最後の行を削除すると一覧が空になる', 'ja', ['最後の行を削除すると一覧が空になる'], [('最後の行を選択する', '', ()), ('「消去」を押す', '', (1,))]),
    Example('期限切れの場合「期限切れです」と表示される', 'ja', ['期限切れの場合「期限切れです」と表示される'], [('クーポンを入力する', 'OLD-1', (1,))]),
    Example('再起動後も設定が残っている', 'ja', ['再起動後も設定が残っている'], [('電源を切る', '', ()), ('電源を入れる', '', (1,))]),
    Example('オフライン時は「未送信」と表示される', 'ja', ['オフライン時は「未送信」と表示される'], [('機内モードをオンにする', '', (1,))]),
    Example('再読み込みしても絞り込みが残る', 'ja', ['再読み込みしても絞り込みが残る'], [('F5 キーを押す', '', (1,))]),
    Example('金額が 10,000円を超えると二次承認を求められる', 'ja', ['金額が 10,000円を超えると二次承認を求められる'], [('金額を入力する', '12,000', (1,))]),
    Example('10,001円では二次承認を求められる', 'ja', ['10,001円では二次承認を求められる'], [('金額を入力する', '10001', (1,))]),
    Example('一覧画面では新しい順に並んでいる', 'ja', ['一覧画面では新しい順に並んでいる'], [('一覧を開く', '', (1,))]),
    Example('同時に2人が保存しても、片方だけ登録される', 'ja', ['同時に2人が保存しても、片方だけ登録される'], [('A が「保存」を押す', '', ()), ('B が「保存」を押す', '', (1,))]),
    Example('管理者でも削除できない', 'ja', ['管理者でも削除できない'], [('「削除」を押す', '', (1,))]),
    Example('承認後、申請者にメールが届く', 'ja', ['承認後、申請者にメールが届く'], [('「承認する」を押す', '', (1,))]),
]  # fmt: skip


def rows(examples: list[Example], wanted: bool) -> list[object]:
    return [pytest.param(example, wanted, id=f"{example.language} {example.name}") for example in examples]


@pytest.mark.parametrize(("example", "wanted"), [*rows(SEVERAL, True), *rows(TOGETHER, False), *rows(WITH, False)])
def test_results_of_one_trigger_share_a_step_and_others_do_not(example: Example, wanted: bool) -> None:
    assert bool(found(example, "several-results")) is wanted


@pytest.mark.parametrize(("example", "wanted"), [*rows(WITHOUT, True), *rows(WITH, False), *rows(TOGETHER, False)])
def test_what_brings_a_result_comes_before_it(example: Example, wanted: bool) -> None:
    assert bool(found(example, "result-without-trigger")) is wanted


def test_it_is_judged_without_a_test_case_too() -> None:
    assert [finding.rule for finding in review(made(WITHOUT[0])).findings if finding.severity == "error"] == [
        "result-without-trigger"
    ]
