"""Labels in brackets, keys and arrows; test data that are no value; results that leave open what is right."""

import pytest
from support.procedures import procedure

from testgen.domain.procedure import Step
from testgen.reviewer import review

SHOWN = "「完了」と表示される"


def rules_of(action: str, data: str | None = None, expected: str = SHOWN) -> set[str]:
    """What the review finds in a test of one step."""
    made = procedure((action, expected), language="ja")
    step = Step(number=1, kind="action", action=action, test_data=data, expected_result=expected)
    return {finding.rule for finding in review(made.model_copy(update={"steps": (step,)})).findings}


@pytest.mark.parametrize(
    ("action", "several"),
    [
        ("今回指針を入力、[確定]", True),
        ("理由コード選択、[印字]", True),
        ("会員番号入力、〔照会〕", True),
        ("部屋を選んで［チェックイン］", True),
        ("宛先を入れ､｢送信｣", True),
        ("伝票読取、棚番入力、F4", True),
        ("氏名を入れて、つぎへ", True),
        ("ログイン後メニューから「入荷」", True),
        ("現金→レギュラー→「金額指定」", True),
        ("BAGキー→重量入力→Enter", True),
        ("名義変更をしまして、そのまま印刷までお願いします", True),
        ("「STOP」→「HOME」。", True),
        ("「詳細」→「履歴」", False),
        ("上ボタン押下 → かご呼び", False),
        ("電源ボタン押下 → プラグ抜き", True),
        ("会員証を見せてもらって読み取る", False),
        ("券を受け取って読み取る", True),
        ("弁を閉じ、同時に計時を開始する", False),
        ("弁を閉じ、計時を開始する", True),
        ("「発信」を押し、通話状態を維持する", False),
        ("ALM CLEAR → SKIP", True),
        ("精算機「1」→「確認」", True),
        ("「まぐろ」→数量2→「注文する」をすばやく2回タップ", True),
        ("原文セグメント1を選択し Ctrl+M(機械翻訳挿入)", True),
        ("フェーダー類を全部初期位置へ。本体を立ち上げる。", True),
        ("テスト配信後、本配信を予約する", True),
        ("本人確認後、「受付」を選択すること。", True),
        ("作品→上映回→座席の順にタッチ", True),
        ("1号機で放置→仮押さえ解放", False),
        ("RCP_A → RCP_B", False),
        ("フォームに名前いれてポチ", True),
        ("明細行の[+]を開いて2行目の[×]", True),
        ("QRを読み込んで、出てきた画面で人数を2に", True),
        ("顧客番号を入れてEnter", False),
        ("金額を入力し、Tabキー。", False),
        ("ボタンを押してすぐ離す", False),
        ("「開始」を押して3秒", False),
        ("[保存]", False),
        ("アラート画面、[詳細]", False),
        ("入庫予定No、[ロット]を入力する", False),
        ("実数入力→Enter", False),
        ("メニュー[1]入庫→Enter", False),
        ("品番を入力⇒ENT", False),
        ("[地図]長押し→[経由地に追加]", False),
        ("該当の行を右クリック→［削除］", False),
        ("ファイルを右クリックして[プロパティ]", False),
        ("[ファイル]→[開く]", False),
        ("駐輪場の外に停めて10分放置", False),
        ("61秒 sleep して GET /v1/tasks を呼ぶ", False),
    ],
)
def test_a_label_is_pressed_and_a_key_that_ends_an_input_is_none(action: str, several: bool) -> None:
    assert ("eager-action" in rules_of(action, "A-1")) is several


def test_a_state_inside_a_check_is_no_second_action() -> None:
    found = rules_of("「対象」タブを開いて、全員が表示されており、担任名も出ていることを確認する。")
    assert "misplaced-verification" in found
    assert "eager-action" not in found


@pytest.mark.parametrize(
    ("data", "left_open"),
    [
        ("併用禁忌の薬", True),
        ("在庫のある品番", True),
        ("社外の相手", True),
        ("ワルファリン錠1mg", False),
        ("上の手順で出た番号", False),
        ("同じ番号", False),
        ("別の端末", False),
        ("普通の口座", False),
        ("竹の間", False),
        ("売れ筋の品", True),
        ("1件目の注文", False),
        ("アスピリンの薬", False),
        ("大人の券", False),
        ("母の住所", False),
    ],
)
def test_data_that_only_name_a_kind_are_no_value(data: str, left_open: bool) -> None:
    assert ("unspecified-value" in rules_of("一覧に1件追加する。", data)) is left_open


def test_data_with_the_name_of_another_field_are_no_value_for_this_one() -> None:
    action = "暗証番号を入力し、限度額を超える金額を入力する。"
    assert "unspecified-value" in rules_of(action, "暗証番号:0417")
    assert "unspecified-value" not in rules_of(action, "暗証番号:0417、1,000,001円")


@pytest.mark.parametrize(
    ("action", "left_open"),
    [
        ("尺違いの素材を選択する", True),
        ("違う車種に変える", True),
        ("請求先を切り替える", True),
        ("時間帯を選ぶ", True),
        ("氏名で検索する", True),
        ("登録した番号で検索する", False),
        ("明るさを下げる", True),
        ("画面を切り替える", False),
        ("「泊数」を修正する", True),
        ("目的地「駅」を設定する", False),
        ("その物件を検索する", False),
        ("当該伝票を選択する", False),
    ],
)
def test_a_value_is_left_open_unless_the_text_refers_to_it(action: str, left_open: bool) -> None:
    found = rules_of(action)
    assert bool(found & {"unspecified-value", "missing-test-data"}) is left_open


@pytest.mark.parametrize(
    ("expected", "vague"),
    [
        ("正しい保険料が表示される", True),
        ("正しい検索結果", True),
        ("正しい会期では「受付中」と出る", False),
        ("処理時間は許容範囲内であること。", True),
        ("誤差は許容範囲内（±2g）であること。", False),
        ("リルートすること(早めに)", True),
        ("メールが無事届く", True),
        ("送信成功", True),
        ("発光機が動作する", False),
        ("ログに「補充 5件 成功」", False),
        ("変わってる", True),
        ("昨日と大差なし", True),
        ("レイアウトが整っている", True),
        ("本線のテロップが途切れない", False),
        ("イベント数 412、エラーなし", False),
        ("数量が 5 から 4 に変わっている", False),
        ("更新日時が変わる", False),
        ("出場可", False),
        ("読み取り可", False),
        ("登録OK", True),
        ("許容範囲は±0.5℃で、23.2℃と表示される", False),
        ("許容範囲に収まる", True),
        ("温度が上がりすぎない（60℃以下）", False),
        ("温度が上がりすぎない", True),
    ],
)
def test_what_is_right_tolerable_or_changed_says_nothing_that_is_seen(expected: str, vague: bool) -> None:
    assert ("ambiguous-wording" in rules_of("「開始」を押す", None, expected)) is vague


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("「開始」を押す(紙を入れない状態で)", {"misplaced-precondition"}),
        ("「返却」を押す→ポート外なので…", {"misplaced-precondition"}),
        ("警報が鳴り止むまで待つ。", {"undefined-wait"}),
        ("1号機で放置→席を選ぶ", {"undefined-wait"}),
        ("返事を待つ", {"undefined-wait"}),
        ("実数違いのとき「再入力」を押す", {"conditional-step"}),
        ("手順3に戻る", {"low-information"}),
        ("過負荷状態にて戸閉ボタン押下", {"misplaced-precondition"}),
        ("残高不足の状態で改札にタッチ", {"misplaced-precondition"}),
        ("扉を閉めた状態で「開始」を押す", {"misplaced-precondition"}),
        ("未ログイン状態で「送信」を押す", {"misplaced-precondition"}),
        ("満タンにした状態で「給油」を押す", {"misplaced-precondition"}),
        ("申請者が再申請を行った後、「受理」を押すこと。", {"misplaced-precondition"}),
    ],
)
def test_what_an_act_depends_on(action: str, found: set[str]) -> None:
    assert found <= rules_of(action)


@pytest.mark.parametrize(
    "action",
    [
        "走行中に「停止」を押す",
        "ドアを5cm開けた状態で固定する",
        "試験者がレバーを引いた後、「停止」を押すこと。",
    ],
)
def test_a_state_made_by_hand_is_part_of_the_act(action: str) -> None:
    assert rules_of(action) == set()


def test_a_supposed_outcome_only_stands_in_the_wrong_cell() -> None:
    found = rules_of("もう一度クーポンを読ませる。通らないはず")
    assert "misplaced-verification" in found
    assert "ambiguous-wording" not in found
    assert "ambiguous-wording" in rules_of("「開始」を押す", None, "通るはず")


@pytest.mark.parametrize("action", ["電波の悪いところで「送信」を押す", "風通しの良い場所に置く"])
def test_how_it_is_at_a_place_is_a_matter_of_judgement(action: str) -> None:
    assert rules_of(action) == {"ambiguous-wording"}


@pytest.mark.parametrize("action", ["一番高いところを押す", "赤いところを押す"])
def test_the_most_of_them_or_a_colour_says_which_place(action: str) -> None:
    assert rules_of(action) == set()


def test_the_number_of_the_means_is_no_value_of_what_is_searched_for() -> None:
    assert "missing-test-data" in rules_of("会員カードでログインして、本を検索する。", "カード番号 20001873")
    assert "missing-test-data" not in rules_of("会員カードでログインして、本を検索する。", "「坊っちゃん」")


@pytest.mark.parametrize(
    "action",
    ["レーンに商品が届いたら「受取」を押す", "12時過ぎたら「解錠」を押す", "ロック板が上がったら「入庫」を押す"],
)
def test_what_the_product_does_by_itself_only_says_when(action: str) -> None:
    assert "conditional-step" not in rules_of(action)


@pytest.mark.parametrize(
    "action",
    [
        "紙が詰まったら取り除く",
        "紙が切れておりましたら補充する",
        "電話がかかってきたら出る",
        "読み取れなかったら手で入れる",
    ],
)
def test_what_goes_wrong_or_may_not_come_is_a_condition(action: str) -> None:
    assert "conditional-step" in rules_of(action)


def test_a_check_that_says_what_is_seen_lacks_no_result() -> None:
    assert rules_of("「印刷」を押し、日付が出ることを確認する", None, "") == {"misplaced-verification"}
    assert "unverified-action" in rules_of("「印刷」を押し、紙を確認する", None, "")


@pytest.mark.parametrize("action", ["入院登録がお済みです。", "利用者の登録が済んでいる前提で"])
def test_an_honoured_state_is_a_precondition(action: str) -> None:
    assert "misplaced-precondition" in rules_of(action)


def test_a_role_is_no_account_unless_the_data_name_one() -> None:
    assert "missing-test-data" in rules_of("入居者としてログインする")
    assert "missing-test-data" not in rules_of("入居者としてログインする", "ID: n01")


def test_a_word_that_is_cut_in_two_is_no_manner() -> None:
    assert "ambiguous-wording" not in rules_of("売切にした大盛りのボタンを押す")


def test_what_is_done_before_a_vague_deed_says_something() -> None:
    found = rules_of("タスクキルして再起動とか色々やってみる")
    assert "ambiguous-wording" in found
    assert "low-information" not in found


@pytest.mark.parametrize(
    "action",
    [
        "帳票を出し、読みやすい配置かどうか確認する。",
        "扉を閉めて、異音がないか見る。",
        "印刷して、表示崩れがないことを確認する。",
    ],
)
def test_a_check_in_an_action_judges_as_a_result_does(action: str) -> None:
    assert ("ambiguous-wording" in rules_of(action, expected="")) is ("異音" not in action)
    assert "ambiguous-wording" not in rules_of(action, expected="図3と同じ")


def test_what_has_begun_or_ended_only_says_when() -> None:
    assert "eager-action" not in rules_of("送出開始後、系統1から系統2へ切り替えること。")
    assert "eager-action" in rules_of("伝票を印刷後、「確定」を押す。")


def test_a_word_that_reads_like_a_condition_or_a_helping_verb_is_none() -> None:
    assert "conditional-step" not in rules_of("評価いれて終了")
    assert "misplaced-verification" in rules_of("文字サイズを「大」に変えて見やすさを確認する。")


def test_the_usual_course_is_no_case_of_its_own() -> None:
    assert "eager-action" in rules_of("見積書を出力し、内容に不備がなければ担当者へ送付する。")
    assert "conditional-step" in rules_of("重さが合っているか確認し、違っていたら事務所に連絡する。")


def test_a_vague_choice_is_reported_once() -> None:
    assert rules_of("適切な区分を選ぶ") == {"ambiguous-wording"}


@pytest.mark.parametrize(
    "action",
    [
        "暗証番号入力→確認",
        "設定画面を開き、カメラをいくつか切り替える。",
        "薬剤を設定のうえ測定を実施すること。",
        "「取込」メニューから「CSV取込」をクリックし、ファイルを選択する。",
        "不足分を入金し再度出場処理を行うこと。",
        "親機→子機の順に電源ON",
    ],
)
def test_a_second_act_is_found_behind_a_button_a_purpose_or_a_menu(action: str) -> None:
    found = rules_of(action)
    assert "eager-action" in found
    assert "misplaced-verification" not in found


@pytest.mark.parametrize("action", ["表面を枠に合わせて撮影する。", "車速を 40 km/h に変えて同様に実施する。"])
def test_how_something_is_done_is_no_second_act(action: str) -> None:
    assert "eager-action" not in rules_of(action)


def test_a_wait_is_limited_by_its_own_clause_only() -> None:
    assert "undefined-wait" in rules_of("電源スイッチを2秒以上長押しし、自己診断が完了するまで待機する。")
    assert "undefined-wait" not in rules_of("電源スイッチを長押しし、2分以内に自己診断が完了するのを待つ。")
    assert "undefined-wait" not in rules_of("そのまま放置", expected="5分後に警報が鳴る")


def test_a_key_alone_is_pressed() -> None:
    assert "low-information" not in rules_of("クリアキー")
    assert "low-information" in rules_of("出口ゲート")


@pytest.mark.parametrize(
    "expected",
    [
        "リターンコード 0 で正常終了すること。",
        "正常終了 (RC=0)",
        "エラーなく終了する",
        "Standby機がActiveに遷移する",
        "変更前より高い金額が表示される",
    ],
)
def test_a_code_a_state_or_a_comparison_leaves_nothing_open(expected: str) -> None:
    assert "ambiguous-wording" not in rules_of("ジョブ「A」を実行する", expected=expected)


@pytest.mark.parametrize(
    "action",
    [
        "この状態で電源を切る",
        "手順2の状態で、レバーを戻す",
        "Shiftキーを押した状態で「削除」をクリックする",
        "片手で持った状態でシャッターを押す",
        "未入力の状態で「登録」を押す",
        "商品Aを選択した状態で「削除」を押す",
    ],
)
def test_a_state_of_the_test_itself_or_of_the_hands_is_no_precondition(action: str) -> None:
    assert "misplaced-precondition" not in rules_of(action)


def test_a_state_before_an_act_is_told_as_part_of_it_and_once() -> None:
    made = procedure(("残高不足の状態で改札にタッチする", None, SHOWN), language="ja")
    [finding] = [entry for entry in review(made).findings if entry.rule == "misplaced-precondition"]
    assert finding.message == "操作の中に前提条件（「残高不足の状態で」）が書かれています。"
    assert finding.severity == "info"
