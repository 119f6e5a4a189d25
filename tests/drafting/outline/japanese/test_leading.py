"""What leads to a Japanese result where that says little: moments, jobs, rows of names, who does it, and with which of a series."""

from typing import Any

from support.japanese_cases import case, steps

from testgen.drafting.outline.engine import load_tongue


def told(*expected: str, **more: Any) -> list[tuple[str, str | None]]:
    return [(step.action, step.test_data) for step in steps(case(*expected, **more))]


def actions(*expected: str, **more: Any) -> list[str]:
    return [action for action, _ in told(*expected, **more)]


JOB: dict[str, Any] = {"title": "料金計算バッチ", "test_data": {"起動": "sh /opt/bill.sh"}}


def test_what_a_job_does_is_nobodys_order() -> None:
    given = "1. 対象の明細を集計し、請求テーブルに登録すること。\n2. 件数をログに出力すること。"
    assert actions("終了コード0で終わる", "請求が3件になる", specification=given, **JOB) == [
        "sh /opt/bill.sh を実行する"
    ]

    assert actions("請求が3件になる", specification=given, title="料金計算バッチ") == ["料金計算バッチを実行する"]


def test_a_job_is_run_by_its_name_when_a_result_says() -> None:
    results = ("02:00の起動で RC=0", "復旧後に手動再実行すると RC=0", "2回実行しても増えない")
    assert [a for a in actions(*results, title="連携", test_data={"ジョブID": "SND010"}) if "SND" in a] == [
        "02:00にSND010 を実行する",
        "復旧後にSND010 を再実行する",
        "SND010 を2回実行する",
    ]


def test_a_job_that_is_run_again_has_come_to_the_moment_behind_it() -> None:
    results = ("初回：RC=8", "初回後：T_BILL は2件", "データ修正後のリラン：RC=0", "リラン後：T_BILL は3件")
    way = {"エラーの起こし方": "顧客1件の単価をNULLに更新"}
    assert actions(*results, title="料金計算", test_data={**JOB["test_data"], **way}) == [
        "顧客1件の単価をNULLに更新する",
        "sh /opt/bill.sh を実行する",
        "T_BILL を確認する",
        "データを修正する",
        "sh /opt/bill.sh を再実行する",
    ]


def test_a_moment_is_waited_for_or_its_act_is_done() -> None:
    assert actions("期限内：リンクを開くと見られる", "期限後：「無効です」だけが出る") == [
        "期限内に、リンクを開く",
        "期限後になるまで待つ",
        "手順1をもう一度行う",
    ]
    assert actions("無効化から30秒後、端末で操作をすると切れる", title="会員無効化")[0] == "会員無効化を行う"


def test_a_time_at_which_something_is_seen_is_waited_for_or_set() -> None:
    assert actions("9:00に「2件あります」の通知が届く") == ["9:00 になるまで待つ"]
    assert actions("5/7 9:01には取消ボタンがない") == ["時刻を 5/7 9:01 にする"]
    assert actions("7:05のいいねは通知される") == ["7:05にいいねを発生させる"]
    assert actions("22時に届いたメール2件は音が鳴らない") == ["22時にメール2件が届くようにする"]


def test_the_names_before_an_act_in_a_row_are_gone_through_first() -> None:
    given = "棚スキャン → 品番スキャン → 個数入力 → 決定\n個数が多いと「ブブッ」"
    assert actions("15を入力すると警告音が鳴る", specification=given) == [
        "「棚スキャン → 品番スキャン」の順に進む",
        "15を入力する",
    ]


def test_a_state_is_switched_on_as_the_specification_says() -> None:
    given = "[設定]3秒長押しで静音ON/OFF。静音中は[▲]を受け付けない。"
    assert actions("静音中に[▲]を押すと「Lo」が出る", "静音中でも[切]2秒長押しで止まる", specification=given) == [
        "[設定]を3秒長押しする",
        "静音中に[▲]を押す",
        "静音中に[切]を2秒長押しする",
    ]


def test_each_of_a_series_has_a_step_of_its_own() -> None:
    times = {"送信時刻①": "8:09", "送信時刻②": "8:10", "送信時刻③": "8:11"}
    given = "締切後は送信ボタンを押すと「締切です」を表示する。"
    seen = ("①②は「送信しました」が表示される", "③は「締切です」が表示される")
    assert actions(*seen, specification=given, test_data=times, title="欠席の連絡") == [
        "8:09 に送信する",
        "8:10 に送信する",
        "8:11 に送信する",
    ]
    words = {"q1": "abc", "q2": "ＡＢＣ", "q3": "(空)"}
    assert told("q1とq2は同じ2件", "q3は検索されない", title="図書検索", test_data=words) == [
        ("q1で検索する", "abc"),
        ("q2で検索する", "ＡＢＣ"),
        ("q3で検索する", "(空)"),
    ]


def test_what_is_completed_is_done_by_the_one_whom_the_data_name() -> None:
    data = {"利用者B": "B01 / パスワード x9", "受取館": "中央館"}
    assert told("予約完了画面に「受け付けました」と出る", "一覧の受取館が「中央館」", title="図書予約", test_data=data)[
        :2
    ] == [("利用者B でログインする", "B01 / パスワード x9"), ("図書を予約する", "受取館: 中央館")]


def test_an_account_with_a_role_signs_in() -> None:
    roles = ["フォルダに viewer1=閲覧者、editor1=編集者 がある"]
    assert actions("viewer1：開けるが、他は出ない", "editor1：名前変更できる", preconditions=roles) == [
        "viewer1 でログインする",
        "editor1 でログインする",
        "名前変更する",
    ]


def test_what_another_person_can_do_then_is_done_by_him() -> None:
    found = load_tongue("ja").retold("主任が解除すると、担任が点数を86に変更して保存できる")
    assert [(part.act.actor, part.do) for part in found] == [
        ("主任", "解除する"),
        ("担任", "点数を86に変更して保存する"),
    ]


def test_a_call_goes_with_its_key_and_the_fields_of_its_example() -> None:
    given = 'POST /v2/holds\n```\n{ "shop": "W01", "sku": "K-77" }\n```\n一部だけの確保はしない。'
    data = {"店": "W01", "品": "K-77", "Idempotency-Key": "a1-22"}
    found = told(
        "201 が返る", "同じキーで再送 → 201", "GET /v2/stocks/W01 の在庫は5のまま", specification=given, test_data=data
    )
    assert found == [
        ("POST /v2/holds を送る", "店: W01 / 品: K-77 / Idempotency-Key: a1-22"),
        ("同じキーで POST /v2/holds を再送する", "Idempotency-Key: a1-22"),
        ("GET /v2/stocks/W01 を送る", None),
    ]


def test_an_objective_may_be_the_scenario() -> None:
    about = "Given 予約がある\nWhen 担当者が席を変更する\nThen 席が空く"
    assert actions("席が空く", objective=about) == ["担当者が席を変更する"]


def test_what_fails_is_done_as_often_as_a_result_says() -> None:
    results = ("4回目までは「違います」", "5回目で「ロックしました」", "ロック中は正しいパスワードでもログインできない")
    data = {"正PW": "Abc#1234", "誤PW": "xxxx0000"}
    assert actions(*results, "30分後に正しいパスワードでログインできる", title="ログイン失敗", test_data=data) == [
        "誤PWで4回ログインする",
        "誤PWでもう一度ログインする（5回目）",
        "ロック中に、正しいパスワードでログインする",
        "30分待つ",
        "正しいパスワードでログインする",
    ]
    assert actions("99回引いても出ない", "100回目で★5が出る") == ["99回引く", "もう一度引く（100回目）"]


def test_what_has_been_made_is_made_first() -> None:
    assert actions("出力したCSVは1行目が見出し")[0] == "CSVを出力する"
    assert actions("発行したIDで接続できる")[0] == "IDを発行する"
    assert actions("印刷途中で用紙が切れると止まる", title="伝票印刷")[0] == "伝票を印刷する"
    given = "予約中に停電した場合：\n　10分以内は継続"
    assert (
        actions("5分停電：復帰後も6:30", specification=given, title="予約炊飯", test_data={"予約時刻": "6:30"})[0]
        == "予約する"
    )


def test_a_value_that_a_list_offers_is_chosen() -> None:
    given = "期限は24時間/7日/無期限から選ぶ。"
    assert (
        actions("開くと見られる", specification=given, test_data={"有効期限": "24時間"})[0] == "有効期限に24時間を選ぶ"
    )


def test_a_level_is_brought_about_and_idle_time_is_waited_for() -> None:
    assert actions("定員の80%を超えると灯がつく", "在庫が0になると消える") == [
        "定員の80%を超える状態にする",
        "在庫を0にする",
    ]
    assert actions("14分操作しない → そのまま", "15分操作しない → 切れる") == [
        "何も操作せずに14分待つ",
        "何も操作せずに15分待つ",
    ]


def test_the_same_again_with_what_the_data_call_after_the_case() -> None:
    data = {"期間": "6月", "0件用の期間": "2030年"}
    assert told("出力したCSVは見出し付き", "0件のときは「ありません」", test_data=data)[-1] == (
        "「0件用の期間」で手順1をもう一度行う",
        "2030年",
    )


def test_a_preview_is_made_to_appear_and_what_is_kept_is_not_seen_among_errors() -> None:
    given = case(
        "検索すると4件", "絞ると3件", "プレビューが2ページ", "戻すと4件", "エラー一覧に2件出る", "成績は登録されない"
    )
    made = [step.action for step in steps(given)]
    assert made[2] == "プレビューを表示する"
    assert made[-1] == "【要記入: 確認する場所】で成績を確認する"
