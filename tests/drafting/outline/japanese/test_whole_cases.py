"""Japanese cases as a whole: what is tried with which data, in which order, by whom, and what is said to be assumed."""

from support.japanese_cases import case, steps

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def told(given: TestCase) -> list[tuple[str, str | None]]:
    return [(step.action, step.test_data) for step in steps(given)]


def test_a_value_that_a_result_begins_with_is_entered_where_the_specification_takes_it() -> None:
    given = case(
        "数量 4 では「在庫が不足しています」が表示される",
        "数量 3 ではカートに追加される",
        specification="「数量」を入力し「カートに入れる」を押すとカートに追加する。",
        test_data={"数量": "4", "上限の数量": "3"},
    )
    assert told(given) == [
        ("「数量」を入力する", "4"),
        ("「カートに入れる」を押す", None),
        ("「数量」を入力する", "3"),
        ("「カートに入れる」を押す", None),
    ]


def test_the_values_of_a_list_are_tried_one_by_one_and_each_shows_its_own_part() -> None:
    given = case(
        "2009/10/02生は14歳、2009/10/01生は15歳と表示される",
        specification="生年月日を入力すると年齢を表示する。",
        test_data={"生年月日": "2009/10/02、2009/10/01"},
    )
    made = steps(given)
    assert [(step.test_data, step.expected_result) for step in made] == [
        ("2009/10/02", "2009/10/02生は14歳"),
        ("2009/10/01", "2009/10/01生は15歳と表示される"),
    ]
    assert all(step.verifies == (1,) for step in made)


def test_a_result_for_each_value_is_seen_with_each_of_them() -> None:
    given = case(
        "いずれの値でもHTTP 400 が返る",
        title="GET /api/v1/orders の不正なページ番号",
        test_data={"page": "0, -1, abc"},
    )
    assert told(given) == [("GET /api/v1/orders を送る", f"page: {value}") for value in ("0", "-1", "abc")]


def test_the_clock_is_set_where_the_preconditions_say_how() -> None:
    given = case(
        "31日前にはメールが送信されない",
        "30日前にメールが送信される",
        preconditions=["通知バッチ NOTICE_D がある", "検証環境ではシステム日付を変更できる"],
        test_data={"31日前": "2025/05/30", "30日前": "2025/05/31"},
    )
    actions = [step.action for step in steps(given)]
    assert actions == ["システム日付を変更する", "NOTICE_D を実行する"] * 2


def test_what_comes_before_an_act_is_looked_at_first_and_the_act_brings_the_next_result() -> None:
    given = case("送信する前は「未送信」と表示されている", "「送信済み」に変わる")
    made = steps(given)
    assert [(step.kind, step.action) for step in made] == [
        ("check", "送信する前に、画面の表示を確認する"),
        ("action", "送信する"),
    ]


def test_a_value_that_is_compared_later_is_noted_down_before_anything_is_done() -> None:
    given = case("残高が操作前と変わらない", specification="「照会」を押すと残高を表示する。")
    first = steps(given)[0]
    assert (first.kind, first.action) == ("setup", "操作前の残高を控える")


def test_what_is_done_again_later_has_been_done_before() -> None:
    given = case(
        "コメント空欄で差戻しを押すと拒まれる", "日付を直して再申請すると「申請中」に戻る", title="休暇申請の差戻し"
    )
    assert [step.action for step in steps(given)][:2] == ["休暇を申請する", "コメント空欄で差戻しを押す"]


def test_what_is_going_on_is_begun_with_the_key_of_its_name_and_another_state_is_brought_about() -> None:
    given = case("炊飯中に取消を押す → 変化なし", "炊飯中に炊飯キーを押しても変化なし", "保温中に取消を押す → 消える")
    assert [step.action for step in steps(given)] == [
        "炊飯キーを押す",
        "炊飯中に取消を押す",
        "炊飯中に炊飯キーを押す",
        "保温中の状態にする",
        "保温中に取消を押す",
    ]


def test_what_a_search_is_tried_with_is_no_label() -> None:
    given = case("「東 西」→ 1件", "「南」→ 0件", title="文書検索 空白区切り")
    assert [step.action for step in steps(given)] == ["「東 西」で検索する", "「南」で検索する"]


def test_what_a_job_does_is_no_order_and_a_rerun_is_the_job() -> None:
    given = case(
        "終了コードが4",
        "住所を登録して再実行すると1件追加される",
        test_data={"ジョブ名": "JX10"},
        specification="1. 住所のない得意先は飛ばし、警告ログに番号を出力する。\n2. 同じ日付で再実行した場合、二重に作成しないこと。",
    )
    assert steps(given)[0].action == "JX10 を実行する"


def test_what_the_product_makes_somebody_choose_is_no_order() -> None:
    given = case(
        "「取込に失敗しました」と出る",
        title="社員CSV取込",
        test_data={"ファイル": "e.csv(5行)"},
        specification="1. 見出し行を1行目と数える。\n2. 文字コードはUTF-8とし、画面で選択させること。",
    )
    assert [step.action for step in steps(given)] == ["e.csv を取り込む"]


def test_a_value_goes_to_the_one_parameter_of_a_call() -> None:
    given = case(
        "1000001 → 200、count=1",
        "同じリクエストを再送 → 409",
        specification="GET /v1/addresses?zip={zip}\n該当なし → 200",
    )
    assert [step.action for step in steps(given)] == [
        "zip=1000001で GET /v1/addresses を送る",
        "同じリクエストを再送する",
    ]


def test_those_of_a_numbered_series_that_a_result_speaks_of_are_entered_for_it() -> None:
    given = case(
        "5番の評定が5、6番の評定が1と表示される",
        "7番のセルが赤くなる",
        title="成績入力画面 点数の入力チェック",
        test_data={"出席番号5": "100", "出席番号6": "0", "出席番号7": "101"},
    )
    assert told(given) == [("出席番号5、出席番号6の値を入力する", "100 / 0"), ("出席番号7の値を入力する", "101")]


def test_ringed_values_of_one_datum_are_tried_one_by_one() -> None:
    given = case(
        "①は「ご予約があります」と出て予約できない",
        "②は完了画面に進む",
        title="Web予約",
        test_data={"試す予約": "①7/8 内科 ②7/8 皮膚科"},
    )
    assert told(given) == [("試す予約①を予約する", "7/8 内科"), ("試す予約②を予約する", "7/8 皮膚科")]


def test_what_a_title_calls_is_done_with_each_turn() -> None:
    given = case(
        "1回目、2回目とも受付完了となる",
        "3回目は「超えています」が表示される",
        title="振込限度額の判定",
        test_data={"1回目": "300円", "2回目": "200円", "3回目": "1円"},
        specification="限度額は日ごとの累計で判定する。",
    )
    assert [step.action for step in steps(given)] == ["1回目、2回目について、振込を行う", "3回目について、振り込む"]


def test_a_datum_goes_to_the_act_that_it_is_named_after() -> None:
    given = case(
        "コメント空欄で差戻しボタンを押すとエラーになる",
        "差戻し後、一覧で「差戻し」となる",
        "時刻を直して再申請すると「申請中」に戻る",
        title="打刻申請の差戻し",
        test_data={"申請時刻(1回目)": "28:30", "申請時刻(2回目)": "18:30", "差戻しコメント": "確認"},
    )
    assert [step.test_data for step in steps(given)] == [
        "申請時刻(1回目): 28:30",
        None,
        "差戻しコメント: 確認",
        "申請時刻(2回目): 18:30",
    ]


def test_a_dialogue_that_a_result_names_is_made_to_appear_and_so_are_its_like() -> None:
    given = case(
        "R-71の確認ダイアログに「480円」と表示",
        "R-72は 750円",
        title="宿泊の取消料計算",
        test_data={"R-71": "5/20", "R-72": "5/18", "操作日": "2024/5/17"},
    )
    assert [step.action for step in steps(given)] == [
        "R-71の確認ダイアログを表示する",
        "R-72の確認ダイアログを表示する",
    ]


def test_the_act_that_the_specification_begins_with_comes_first_and_names_the_thing() -> None:
    given = case(
        "選択画面が出て、内科を選ぶと受付票が出る",
        "11:31に挿入した場合は終了メッセージが出る",
        test_data={"診察券番号": "0458812"},
        specification="診察券を挿入すると患者名を表示。",
    )
    assert [(step.action, step.expected_result) for step in steps(given)] == [
        ("診察券を挿入する", "選択画面が出る"),
        ("内科を選ぶ", "受付票が出る"),
        ("11:31に診察券を挿入する", "終了メッセージが出る"),
    ]


def test_what_a_title_says_to_happen_is_done_and_what_was_seen_last_is_tapped() -> None:
    given = case("お知らせが届く", "タップすると商品が開く", title="アプリ:棚の商品が値下げされたらお知らせが届く")
    assert [step.action for step in steps(given)] == ["棚の商品を値下げする", "お知らせをタップする"]


def test_a_result_that_points_to_requirements_is_gone_through_one_by_one() -> None:
    given = case(
        "R1〜R2のとおりであること",
        specification="R1 閲覧者は一覧を参照できること。\nR2 編集画面を開いた場合は403画面を表示すること。",
    )
    assert [(step.action, step.verifies) for step in steps(given)] == [
        ("閲覧者として一覧を参照する", (1,)),
        ("編集画面を開く", (1,)),
    ]


def test_a_value_is_noted_at_the_moment_that_a_later_result_compares_it_with() -> None:
    given = case(
        "1枚目を適用すると割引後の合計が表示される",
        "2枚目を適用すると「併用できません」と表示される",
        "合計は1枚目を適用した後の金額から変わらない",
    )
    assert [step.action for step in steps(given)][:3] == ["1枚目を適用する", "合計を控える", "2枚目を適用する"]


def test_what_a_screen_is_said_to_show_beside_a_result_is_looked_for_as_well() -> None:
    given = case(
        "結果画面に行番号 4 が表示される",
        specification="「取り込み」を押すと、正常な行を登録し、結果画面に登録件数と行番号を表示する。",
    )
    assert steps(given)[-1].expected_result == "結果画面に行番号 4 が表示される。結果画面に登録件数が表示される"


def test_each_file_of_a_lettered_series_is_handed_in_for_its_result() -> None:
    given = case(
        "ファイルAは添付され、名前が表示される",
        "ファイルBは「対応していない形式です」と表示される",
        title="フォーム 添付ファイルの制限",
        test_data={"ファイルA": "a.jpg 4MB", "ファイルB": "b.mp4 3MB"},
    )
    assert told(given) == [("ファイルAを添付する", "a.jpg 4MB"), ("ファイルBを添付する", "b.mp4 3MB")]


def test_what_comes_the_next_day_is_waited_for_and_a_day_is_that_of_its_act() -> None:
    given = case("購入確定当日は500ptのまま", "翌日に532ptになる")
    assert [step.action for step in steps(given)] == ["購入を確定する", "翌日になるまで待つ"]


def test_what_a_rerun_must_not_change_is_noted_before_it() -> None:
    given = case("2件引き当てられる", "もう一度実行しても引当数は変わらない", test_data={"バッチ": "AL10"})
    assert [step.action for step in steps(given)] == ["AL10 を実行する", "引当数を控える", "AL10 を再実行する"]


def test_a_plan_that_leaves_out_a_wait_gives_way_to_the_case_s_own_words() -> None:
    given = case(
        "「おやすみ」を押すと「1時間」になる",
        "30分後に温度が26.5℃になる",
        specification="「おやすみ」ボタンを押すと1時間→2時間→解除の順に切り替わる。\n30分ごとに温度を0.5℃上げる。",
    )
    assert [step.action for step in steps(given)] == ["「おやすみ」を押す", "30分待つ"]


def test_what_has_no_subject_is_looked_at_in_its_own_words() -> None:
    last = steps(case("棚へ返すと消える", "延滞扱いにならない"))[-1]
    assert last.action.endswith("で延滞扱いにならないことを確認する")


def test_a_datum_that_a_result_tells_with_its_value_is_entered() -> None:
    given = case(
        "AST 35は黒字で表示される",
        "ALT 46は赤字でHが付く",
        title="検査値の表示",
        test_data={"AST": "35", "ALT": "46"},
        specification="基準外は赤字。",
    )
    assert told(given) == [("ASTの値を入力する", "35"), ("ALTの値を入力する", "46")]


def test_a_count_that_stays_as_it_is_is_noted_first() -> None:
    assert steps(case("石を10個使うと扉が開く", "枠Bの残数は変わらない"))[0].action == "枠Bの残数を控える"


def test_a_call_takes_the_fields_of_its_example_unless_it_tells_another_value() -> None:
    given = case(
        "ticket=T-0 → 404",
        "S3を指定 → 201",
        test_data={"ticket": "T-88", "exit_at": "19:10", "code": "S1"},
        specification='POST /v1/pay\n{ "ticket": "T-88", "exit_at": "...", "code": "S1" }',
    )
    assert [step.test_data for step in steps(given)] == ["exit_at: 19:10 / code: S1", "ticket: T-88 / exit_at: 19:10"]


def test_what_one_person_is_at_is_begun_before_the_other_one_acts() -> None:
    given = case(
        "Aの編集中、Bの画面に「編集中です」と表示される",
        specification="[編集]を押すと編集ロックを取得する。ロック中に他の人が同じ商品を開くと「編集中です」と表示する。",
    )
    assert [step.action for step in steps(given)] == ["Aとして[編集]を押す", "Bとしてロック中に同じ商品を開く"]


def test_what_a_later_result_needs_comes_before_what_tries_it() -> None:
    given = case(
        "新端末で発信できる",
        "旧端末は圏外になる",
        specification="QRコードを新端末で読み取ると開通し、旧端末は圏外となる。",
    )
    first, tried, *_ = steps(given)
    assert (first.action, tried.action) == ("QRコードを新端末で読み取る", "新端末で発信する")


def test_a_person_who_sent_something_sends_it() -> None:
    given = case("Bが送信した「元気？」は届く")
    assert [step.action for step in steps(given)] == ["Bとして「元気？」を送信する"]


def test_the_steps_of_a_numbered_list_follow_each_other() -> None:
    given = case(
        "返品後の保有ポイントが 70 になる",
        specification="1. 返品画面で会員番号を入力し「照会」を押す\n2. 商品にチェックを入れて「返品確定」を押す",
    )
    assert [step.action for step in steps(given)][-3:] == [
        "「照会」を押す",
        "商品にチェックを入れる",
        "「返品確定」を押す",
    ]


def test_opposite_verbs_do_not_stand_for_each_other() -> None:
    given = case(
        "フタを開けるとブザーが鳴る",
        specification="フタを閉めると表示が消える。",
    )
    assert [step.action for step in steps(given)] == ["フタを開ける"]


def test_a_product_that_does_something_by_itself_is_no_step() -> None:
    given = case(
        "「OK」を押すとPDFが作成される",
        specification="起動センサーが検知すると扉を開き、3秒後に閉じ始める。PDFには「再発行」の透かしを入れる。",
    )
    assert [step.action for step in steps(given)] == ["「OK」を押す"]


def test_a_screen_that_is_known_by_the_section_alone_is_said_to_be_assumed() -> None:
    given = case(
        "「該当なし」と表示される",
        specification="キーワードを入力し「検索」を押すと該当する資料を表示する。ない場合は「該当なし」と表示する。",
        title="蔵書検索が0件のとき",
        section=["図書館", "蔵書検索"],
        preconditions=[],
        test_data={"キーワード": "xyz"},
    )
    assert steps(given)[0].action == "蔵書検索の画面を開く"
    assert ("open-question", "assumed") in [(hit.rule, hit.variant) for hit in outline(given, "ja")[1]]
