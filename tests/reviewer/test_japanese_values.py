"""What a step leaves to the tester: things told by what is amiss with them, what is changed without its new value, who signs in."""

import pytest
from support.procedures import procedure

from testgen.reviewer import review

SHOWN = "「完了」と表示される"
VALUES = {"unspecified-value", "missing-test-data"}


def rules_of(action: str, data: str | None = None, expected: str = SHOWN) -> set[str]:
    return {finding.rule for finding in review(procedure((action, data, expected), language="ja")).findings}


@pytest.mark.parametrize(
    "action",
    [
        "重量オーバー車両で入場",
        "期限切れトークンでPOSTする。",
        "塗り足しなしのPDFを入稿する",
        "失効した社員証をかざす",
        "未成年者アカウントで課金",
        "暗号化されたPDFをアップロード",
        "未成年の会員で購入する",
        "他部署の社員の勤怠を開く",
        "退職した社員のIDで照会する",
        "入場記録のないICカードをタッチする",
    ],
)
def test_a_quality_does_not_tell_which_thing_it_is(action: str) -> None:
    assert rules_of(action) & VALUES
    assert not rules_of(action, "No. 7") & VALUES


@pytest.mark.parametrize(
    "action",
    [
        "登録した予約の人数を変更する",
        "「変更」ボタンから予約時刻を変更すること。",
        "カートに戻って数量を変更する",
        "お届け先を変更いただきます。",
        "ログインして残高を見る",
        "続けて何曲も予約する",
    ],
)
def test_a_change_or_a_log_in_needs_a_value(action: str) -> None:
    assert rules_of(action) & VALUES


@pytest.mark.parametrize(
    "action",
    [
        "予約「R-1」の人数を 2 名から 3 名に変更する",
        "配色を変更→紺",
        "電源を切り替える",
        "伝票を裏向きに入れる",
        "「旅券未取得」にチェックを入れる",
        "会員番号 1002 でログインする",
        "ログイン画面を開く",
        "ログインし直す",
        "カバーなしの状態で「運転」を押す",
        "バーコードのある面を窓に当てる",
        "契約切れの顧客 K-012 で照会する",
        "期限切れの札が付いた棚 S-3 を撮る",
        "表示言語を切り替える",
        "アプリにログインする",
        "商品のバーコードをスキャンする",
        "QRコードをスキャンする",
    ],
)
def test_what_is_named_or_is_no_choice_is_left_alone(action: str) -> None:
    assert not rules_of(action) & VALUES


@pytest.mark.parametrize(
    "action",
    [
        "故障中の札を券売機に掛ける",
        "蓋なしのカップを注ぎ口の下に置く",
        "手すり付きの階段を1階から2階まで上がる",
        "未読のメールを開く",
        "使用中の部屋のドアをノックする",
        "予約不可の日をタップする",
        "破損した商品を返品棚に置く",
        "使用済みの切符を改札機に入れる",
        "空席ありの便をタップする",
        "窓のある部屋をタップする",
        "閉店後の店舗の入口に立つ",
        "暗号化されたUSBメモリを挿す",
        "管理者権限でコマンドプロンプトを開く",
        "変形した箱を秤に載せる",
    ],
)
def test_what_can_be_seen_needs_no_value(action: str) -> None:
    assert not rules_of(action) & VALUES


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("1分間操作しない", False),
        ("10秒間ハンドルに触れない", False),
        ("何も入力しない", False),
        ("カードをかざさない", False),
        ("作業半径内に人がいない", True),
        ("会員にログインしていない", True),
    ],
)
def test_to_leave_something_undone_is_an_action(action: str, found: bool) -> None:
    assert ("misplaced-precondition" in rules_of(action)) is found


def test_the_quality_is_quoted_with_the_thing() -> None:
    findings = review(procedure(("暗号化されたPDFをアップロード", None, SHOWN), language="ja")).findings
    assert [finding.excerpt for finding in findings if finding.rule in VALUES] == ["暗号化されたPDF"]


@pytest.mark.parametrize("action", ["テストする", "対応する", "いろいろ操作", "各機能の確認", "一通り確認"])
def test_data_do_not_say_what_is_done(action: str) -> None:
    assert "low-information" in rules_of(action, "A-100")
    assert "low-information" not in rules_of("滞納会員", "A-100")


def test_a_setting_is_quoted_with_its_value() -> None:
    findings = review(procedure(("温度180度、時間12分、スタート", None, SHOWN), language="ja")).findings
    assert [finding.excerpt for finding in findings if finding.rule == "eager-action"] == ["時間12分"]


def test_who_signs_in_may_have_been_said_before() -> None:
    steps = (("会員のIDを読む", "a01", SHOWN), ("ログインする", None, SHOWN))
    found = {finding.step for finding in review(procedure(*steps, language="ja")).findings if finding.rule in VALUES}
    assert 2 not in found


def test_data_of_something_else_are_no_value() -> None:
    assert "missing-test-data" in rules_of("数量入れて確定", "伝票は机の上のやつ")
    assert "missing-test-data" not in rules_of("数量入れて確定", "12")
    assert "tacit-knowledge" in rules_of("伝票をスキャンする", "机の上のやつ")
    assert "unspecified-value" in rules_of("期限切れトークンで送信する", "上記と同じbody")


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("演奏が始まったらキーを2つ上げる", False),
        ("10時になったら「開店」を押す", False),
        ("温度が100℃になったら火を止める", False),
        ("信号が緑に変わったら発進する", False),
        ("呼ばれたら番号札 12 を渡す", False),
        ("ログイン画面が表示されたら「次へ」を押す", False),
        ("警告が出たら「続行」を押す", True),
        ("赤ランプが点いたら「停止」を押す", True),
        ("在庫があればカートに入れる", True),
    ],
)
def test_a_condition_is_none_where_it_comes_in_any_case(action: str, found: bool) -> None:
    assert ("conditional-step" in rules_of(action)) is found


@pytest.mark.parametrize(
    ("action", "expected", "rule", "found"),
    [
        ("通常どおり会計まで進める", SHOWN, "tacit-knowledge", True),
        ("再開後の音量が以前と同じか聞く", SHOWN, "tacit-knowledge", False),
        ("前の手順で登録した予約を取り消す", SHOWN, "tacit-knowledge", False),
        ("店長に聞いて単価をなおす", SHOWN, "tacit-knowledge", True),
        ("前に使ったデータで流す", SHOWN, "tacit-knowledge", True),
        ("検査要領に従って外観を検査する", SHOWN, "tacit-knowledge", True),
        ("「開始」を押す", "画面の判定が OK になる", "ambiguous-wording", False),
        ("「開始」を押す", "OK になる", "ambiguous-wording", True),
        ("「開始」を押す", "ブレーキが効く", "ambiguous-wording", False),
        ("「開始」を押す", "ファンが働き、風が出る", "ambiguous-wording", False),
        ("「開始」を押す", "画面が元の状態に戻る", "ambiguous-wording", False),
        ("「開始」を押す", "元の状態に戻る", "ambiguous-wording", True),
        ("「開始」を押す", "雑音が気にならない", "ambiguous-wording", True),
        ("「開始」を押す", "用紙があれば出る", "conditional-step", True),
        ("「開始」を押す", "差分があればOK", "conditional-step", False),
        ("「開始」を押す", "ダメ", "ambiguous-wording", True),
        ("「開始」を押す", "赤が出る。出なかったら設定 S1 を直す", "conditional-step", True),
        ("すぐもう一回かざす", SHOWN, "ambiguous-wording", False),
        ("ダミー人形を下ろす", SHOWN, "unspecified-value", False),
        ("ダミーデータを入れる", SHOWN, "unspecified-value", True),
    ],
)
def test_what_is_known_and_what_is_shown(action: str, expected: str, rule: str, found: bool) -> None:
    assert (rule in rules_of(action, None, expected)) is found


def test_where_any_number_will_do_the_manner_is_vague_beside_it() -> None:
    found = rules_of("5番卓に適当に注文を入れておく。何品でもいい")
    assert {"ambiguous-wording", "unspecified-value"} <= found


def test_a_vague_quality_in_the_data_is_ambiguous() -> None:
    assert "ambiguous-wording" in rules_of("日付を選択する", "適切な日付")


@pytest.mark.parametrize(
    "action",
    [
        "別の売場でもう一度スキャンする",
        "別系統の改札機にタッチする",
        "部長でログインし直して承認",
        "経理担当者としてログインする",
        "管理者権限で該当する券を取り消す",
    ],
)
def test_another_one_or_a_role_is_not_the_one_meant(action: str) -> None:
    assert rules_of(action) & VALUES
    assert not rules_of(action, "No. 7") & VALUES


@pytest.mark.parametrize(
    ("action", "data", "covered"),
    [
        ("退勤時刻を直して理由を書いて申請する", "18:30→19:15", False),
        ("退勤時刻を直して理由を書いて申請する", "18:30→19:15 電車遅延", True),
        ("数量・単価を入力し、備考を記入する", "3個、1,200円", False),
        ("数量・単価を入力し、備考を記入する", "3個、1,200円、至急", True),
        ("数量・単価を入力し、備考を記入する", "別紙 No. 2", True),
        ("「新規」を選択し、品名を入力する", "りんご", True),
    ],
)
def test_data_may_cover_only_what_is_entered_first(action: str, data: str, covered: bool) -> None:
    assert bool(rules_of(action, data) & VALUES) is not covered


@pytest.mark.parametrize(
    "data", ["8文字以上の英数字", "日本語と改行を含む文", "配送後7日以内の注文", "空いている部屋", "18, 19, 70 など"]
)
def test_what_a_value_must_be_like_is_no_value(data: str) -> None:
    assert rules_of("内容を入力する", data) & VALUES


@pytest.mark.parametrize(
    "action", ["別ブラウザで同じ席を選ぶ", "フリーズ釦を押下し、画像を保存する", "1件目をタップする"]
)
def test_any_browser_will_do_and_what_is_saved_is_there(action: str) -> None:
    assert not rules_of(action) & VALUES


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("カードを入れて暗証番号を入力する", "1234"),
        ("お預入れを選び、金額を入力する", "5,000"),
        ("伝票と現品を照合し、数量を入力する", "5"),
        ("受注画面で検索を押し、受注番号を入力する", "J-1001"),
        ("緯度・経度を入力する", "35.68,139.76"),
        ("開店・閉店の時刻を入力する", "9:00～21:00"),
        ("入・出庫数を入力する", "3"),
        ("氏名・住所を入力する", "TD-01"),
        ("暗証番号入力、明細・残高・履歴を開く", "1234"),
    ],
)
def test_what_is_put_in_pressed_or_given_together_leaves_no_value_out(action: str, data: str) -> None:
    assert not rules_of(action, data) & VALUES


def test_data_that_cover_half_are_told_so() -> None:
    made = procedure(("金額・摘要を入力する", "1,200", SHOWN), language="ja")
    [finding] = [entry for entry in review(made).findings if entry.rule == "missing-test-data"]
    assert finding.message == "テストデータの欄に、「金額・摘要を入力」で使う値がありません。"


@pytest.mark.parametrize(
    "action",
    ["権限で「編集者」を選ぶ", "カメラの権限で拒否を選ぶ", "管理者権限でsetup.exeを実行する", "特急券を選択する"],
)
def test_a_permission_or_a_kind_of_ticket_is_what_is_chosen(action: str) -> None:
    assert not rules_of(action) & VALUES


@pytest.mark.parametrize("data", ["65歳以上割引", "30日以内返品", "男女平等", "旅行の写真など"])
def test_a_name_with_a_limit_in_it_is_a_value(data: str) -> None:
    assert not rules_of("区分を選択する", data) & VALUES
