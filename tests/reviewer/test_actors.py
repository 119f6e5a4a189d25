"""`product-as-actor`: what the product does is no action of a tester. Examples from unlike trades, written before the rule."""

import pytest
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.reviewer import review

PRODUCT: dict[Language, list[str]] = {
    "en": [
        "The system sends a confirmation e-mail to mori",  # web shop
        "The account is locked after five failures",  # bank
        "The infusion pump sounds the occlusion alarm",  # hospital
        "The batch writes the totals to sales_daily",  # batch job
        "It returns 401",  # API
        "The attention light blinks orange",  # device
        'Enter on "Delete" removes the list',  # a key for a subject
        "Launch shows 'Restored from backup save'",
        "Pressing Delete on a focused list opens the dialog",
        "Place the order shows the Order confirmation page",  # an imperative that runs into the product's sentence
        "Sign in the shopper is back and the cart is unchanged",
        "When the door is closed, the controller restarts the spindle",  # embedded
        "An e-mail is sent to the customer",
        "The page automatically reloads",
        "The elevator controller closes the doors after 20 seconds",
        "Your order is cancelled",
        "The reader beeps",
        "The invoice PDF is generated",
        "Tapping the card unlocks the door",
        "Upload the file shows an error",
        "The report job moves the file to the archive",
        "The loyalty points are updated",
        "The traffic light turns red",
        "The app crashes",
        "Then the server responds with 503",
        "The patient record is locked",
    ],
    "ja": [
        "システムが確認メールを送信する",  # 通販
        "口座がロックされる",  # 銀行
        "輸液ポンプが閉塞アラームを鳴らす",  # 病院
        "夜間バッチが売上を店舗別に集計する",  # バッチ
        "API が 401 を返す",  # API
        "電源 LED が点灯する",  # 装置
        "通信が回復すると自動で送信する",  # モバイル
        "「保存しました」と表示される",
        "画面が自動的に更新される",
        "サーバーは受信した電文を検証する",
        "エラーメッセージが画面上部に表示される",
        "5分経過後、セッションが切断される",
        "端末が再起動する",
        "改札機が扉を閉める",
        "注文がキャンセルされる",
        "ポイントが加算される",
        "帳票が自動で生成される",
        "センサーが温度を検知する",
        "信号が赤に変わる",
        "アプリが異常終了する",
        "患者のカルテがロックされる",
        "システムは申込内容をメールで通知する",
        "Webhook が送信される",
        "サーバーが 503 を返す",
        "ジョブが完了する",
    ],
}
TESTER: dict[Language, list[str]] = {
    "en": [
        'Click "Place order"',  # web shop
        "As Lena, approve the transfer",  # bank
        "The nurse scans the bar code on the bag",  # hospital: a person acts
        "Bring about: Mia has two visitors and Tom is away",  # what is to be so
        "Run the job that writes the totals",  # batch job
        "Send the request again with the header the server returned",  # API
        "Wait until the attention light blinks orange",  # device
        "Check that the account is locked",
        'Select the row that shows "Overdue"',
        "Open the page that is shown in the mail",
        "Let the session expire",
        "Mori signs in with her phone",
        "The user enters the one-time code",
        "Enter the amount the bank shows on the slip",
        "While the icon is visible, kill the process",
        "Make sure the printer is on",
        "Hold the sheet at the exit slot until the printer stops",
        "Open the Returns page",
        "Set the clock to 15:00, when the free period is over",
        "Close the door so that the printer is ready",
        "Choose which account is charged",
        "Press Esc",
        "Enter the values as the table shows",
        "Check the orders",
        "Plug in the charger: the battery is low",
        "Tap the card on the reader",
        "Ask the second clerk to approve the payment",
        "Upload invoice.pdf",
        "Turn the key to position 2",
        "Start the report job for 2026-10",
        "The cashier scans the voucher",
        "Hold the button for 3 seconds",
        "Compare the printed total with the total on the screen",
        "Note the number that the app displays",
        "Leave the browser open until the session ends",
        "Restart the controller",
        "As the approver, reject the request",
        "Restore the backup the night job made",
        "Open the order whose status is Shipped",
        "Repeat steps 2 to 4 with the card that was blocked",
        "Send the order to the kitchen printer",
        "Log the user out of all devices",
        "List the returns of customer 7",
        "The tester opens the mail",
        "Customer B opens the same record",
        "Account settings > Security > Change password",
        'Order details: select "Refund"',
        'Mail settings: turn on "Daily report"',
        "Display the list sorted by date",
    ],
    "ja": [
        "「注文を確定する」を押す",  # 通販
        "承認者として振込を承認する",  # 銀行
        "看護師が輸液バッグのバーコードを読み取る",  # 病院: 人が行う
        "夜間バッチを手動で実行する",  # バッチ
        "システムが返したトークンを付けて要求を再送する",  # API
        "電源 LED が点灯するまで待つ",  # 装置
        "自動同期をオンにする",  # モバイル
        "担当者Aが「引当」を押す",
        "システム管理者が申請を承認する",
        "自動販売機に硬貨を入れる",
        "表示された確認コードを入力する",
        "ポンプが停止していることを確認する",
        "ロックされたアカウントでログインする",
        "自動的に更新される一覧を開く",
        "利用者が受付機に診察券を入れる",
        "メールが届いたら、本文の URL を開く",
        "「ログイン」を押す。手順2〜3を合計5回行う",
        "自動で送信するように設定する",
        "画面を閉じずに5分待つ",
        "tanaka が出庫を登録する",
        "在庫が0の商品を選択する",
        "カードを改札機にかざす",
        "2人目の担当者が支払を承認する",
        "請求書をアップロードする",
        "センサーに温風を当てる",
        "月次ジョブを 2026-10 分で起動する",
        "レジ係がクーポンを読み取る",
        "ボタンを3秒間押し続ける",
        "印字された合計と画面の合計を見比べる",
        "アプリに表示された番号を控える",
        "セッションが切れるまでブラウザーを開いたままにする",
        "コントローラーを再起動する",
        "承認者が申請を差し戻す",
        "夜間ジョブが作成したファイルを開く",
        "状態が「発送済み」の注文を選択する",
        "通知が届くまで1分待つ",
        "顧客Bが同じ伝票を開く",
        "画面が切り替わったら「次へ」を押す",
        "エラーが表示された行を削除する",
        "自動ログアウトを無効にする",
        "メールは件名で並べ替える",
        "端末は充電したままにする",
        "一覧が更新されたことを目視する",
        "システムに管理者としてログインする",
        "機能が有効な店舗を選択する",
        "バッチを自動実行に切り替える",
        "扉を手で押さえて閉まらないようにする",
        "ランプが消えていることを確認してから蓋を開ける",
    ],
}
CASES = [(language, text, True) for language, texts in PRODUCT.items() for text in texts]
CASES += [(language, text, False) for language, texts in TESTER.items() for text in texts]
SEEN: dict[Language, str] = {"en": "The page is shown", "ja": "画面が表示される"}


@pytest.mark.parametrize(("language", "action", "wanted"), CASES, ids=[case[1][:40] for case in CASES])
def test_who_acts(language: Language, action: str, wanted: bool) -> None:
    found = review(procedure((action, SEEN[language]), language=language)).findings
    assert ("product-as-actor" in {finding.rule for finding in found}) is wanted


@pytest.mark.parametrize("action", ["The system should show the menu", "Does the page load?"])
def test_one_flaw_is_one_finding(action: str) -> None:
    found = review(procedure((action, "The menu is shown"))).findings
    assert [finding.rule for finding in found] == ["misplaced-verification"]
