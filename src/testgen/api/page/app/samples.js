/** Three cases to begin with, in each language. */

/** @type {Record<import("./types.js").Spoken, import("./types.js").TestCase[]>} */
export const SAMPLES = {
  ja: [
    {
      id: "LOGIN-007",
      title: "ログインに連続で失敗するとアカウントがロックされる",
      preconditions: ["会員 tanaka が登録済み"],
      test_data: { ID: "tanaka", 誤パスワード: "wrong-1" },
      specification:
        "ログイン画面でIDとパスワードを入力し「ログイン」を押すと認証する。\n5回連続で失敗した場合、アカウントをロックし「アカウントがロックされました」と表示する。",
      expected_results: ["「アカウントがロックされました」と表示される", "正しいパスワードでもログインできない"],
    },
    {
      id: "CART-021",
      title: "クーポンは1回の注文で1枚だけ使える",
      preconditions: ["会員 sato でログイン済み", "カートに商品 A-100 が1個入っている"],
      test_data: { クーポンコード1: "SPRING10", クーポンコード2: "WELCOME5" },
      specification:
        "カート画面でクーポンコードを入力し「適用」を押すと、割引後の合計金額を表示する。\n1回の注文で使えるクーポンは1枚とする。2枚目を適用した場合、「クーポンは併用できません」と表示する。",
      expected_results: [
        "1枚目のクーポンの割引後の合計金額が表示される",
        "2枚目を適用すると「クーポンは併用できません」と表示される",
        "合計金額は1枚目を適用した後の金額から変わらない",
      ],
    },
    {
      id: "BILL-014",
      title: "月末日に契約したプランの翌月の請求日",
      preconditions: ["検証環境のシステム日付を 2027-01-31 に設定する", "契約のない会員 suzuki が登録済み"],
      test_data: { 会員ID: "suzuki", プラン: "スタンダード", 契約日: "2027-01-31" },
      specification:
        "契約登録画面で会員IDと契約日を入力し、プランを選択して「契約する」を押すと、契約を登録して契約詳細画面に次回請求日を表示する。\n次回請求日は契約日の1か月後とする。翌月に同じ日がない場合は翌月の末日とする。",
      expected_results: ["契約詳細画面に次回請求日 2027-02-28 が表示される"],
      postconditions: ["登録した契約を取り消す", "システム日付を元に戻す"],
    },
  ],
  en: [
    {
      id: "AUTH-019",
      title: "An expired password-reset link is refused",
      preconditions: ["a reset link was issued to mori"],
      test_data: { link_age: "61 minutes" },
      specification:
        'Links expire after 60 minutes.\nWhen the user opens an expired link, the system shows "This link has expired".',
      expected_results: ['"This link has expired" is shown', "the password is unchanged"],
    },
    {
      id: "ADMIN-004",
      title: "A viewer cannot change the role of a user",
      preconditions: ["viewer kato is signed in", "user ito exists with the role Editor"],
      test_data: { "target user": "ito", "new role": "Administrator" },
      specification:
        'On the User management page, the user selects a target user, selects a new role and clicks "Save".\nIf the user is not an administrator, the system shows "You do not have permission" and keeps the role.',
      expected_results: ['"You do not have permission" is shown', "the role of ito is still Editor"],
    },
    {
      id: "PAY-032",
      title: "Partial refund of a paid order",
      preconditions: ["order 10025 was paid by card with 80.00 EUR", "the agent is signed in to the back office"],
      test_data: { "order number": "10025", "refund amount": "30.00 EUR", reason: "Damaged item" },
      specification:
        'On the Orders page, the agent enters the order number and clicks "Search".\nThe agent opens the order, clicks "Refund", enters the refund amount and the reason, and clicks "Confirm".\nAfter the refund is confirmed, the order shows the status "Partially refunded" and the remaining amount.',
      expected_results: ['the order shows the status "Partially refunded"', "the remaining amount is 50.00 EUR"],
    },
  ],
};
