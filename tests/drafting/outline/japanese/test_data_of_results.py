"""Japanese results that say with which of the data they are reached: calls of an API, files, rows of values, states."""

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def steps(*expected: str, **more: object) -> list[Step]:
    given = {"id": "x", "title": "t", "language": "ja", "expected_results": list(expected), **more}
    return outline(TestCase.parse(given), "ja")[0]


def told(*expected: str, **more: object) -> list[tuple[str, str | None]]:
    return [(step.action, step.test_data) for step in steps(*expected, **more)]


def test_each_result_of_an_api_has_its_own_call_with_its_own_key_and_body() -> None:
    data = {"Idempotency-Key (K1)": "7b0c-11", "Idempotency-Key (K2)": "9d2f-22", "body": '{"seats":1}'}
    found = told(
        "K1初回: 201、残枠 0",
        "K1再送（同一body）: 201、reservationId 一致",
        "K1＋seats=2: 422 MISMATCH",
        "K2: 409 SLOT_FULL",
        "4xx の Content-Type がすべて application/problem+json",
        "GET /v1/reservations?slotId=S-1 → 1件のみ",
        title="POST /v1/reservations の Idempotency-Key",
        test_data=data,
    )
    assert found == [
        ("K1で POST /v1/reservations を送る", 'Idempotency-Key (K1): 7b0c-11 / body: {"seats":1}'),
        ("K1（同一body）で POST /v1/reservations を再送する", 'Idempotency-Key (K1): 7b0c-11 / {"seats":1}'),
        ("K1＋seats=2で POST /v1/reservations を送る", "Idempotency-Key (K1): 7b0c-11"),
        ("K2で POST /v1/reservations を送る", 'Idempotency-Key (K2): 9d2f-22 / body: {"seats":1}'),
        ("ここまでの応答で4xx の Content-Type を確認する", None),
        ("GET /v1/reservations?slotId=S-1 を送る", None),
    ]


def test_what_an_answer_does_not_hold_is_asked_for_by_the_call_that_the_specification_names() -> None:
    found = told(
        "1回目は201、id を含む",
        "在庫は8",
        title="POST /v1/orders",
        specification="在庫確認は `GET /v1/products/{id}` の `stock`。",
    )
    assert found[-1] == ("GET /v1/products/{id} を送り、在庫を確認する", None)


def test_files_are_put_into_the_folder_that_is_watched() -> None:
    found = told(
        "f1 OK、レポートなし",
        "f2,f3 NG＋レポート",
        "f1の出力が4版",
        preconditions=["ホットフォルダ IN_A4 監視中"],
        test_data={"f1.pdf": "正常", "f2.pdf": "塗り足し1mm", "f3.pdf": "RGB画像1点"},
    )
    assert found[:2] == [
        ("f1.pdfをホットフォルダ IN_A4 に入れる", "正常"),
        ("f2.pdf、f3.pdfをホットフォルダ IN_A4 に入れる", "f2.pdf: 塗り足し1mm / f3.pdf: RGB画像1点"),
    ]


def test_values_are_entered_and_the_label_that_judges_them_is_pressed() -> None:
    found = told(
        "P1 → 7等級",
        "P2 → 次へ進めず、入力エラー",
        title="等級判定",
        specification="■ 判定は「次へ」押下時。証券番号は入力必須",
        test_data={"P1": "11等級／普通／本人", "P2": "20等級／普通／証券番号 未入力"},
    )
    assert found == [
        ("P1の値を入力する", "11等級／普通／本人"),
        ("「次へ」を押す", None),
        ("P2の値を入力する", "20等級／普通／証券番号 未入力"),
        ("「次へ」を押す", None),
    ]


def test_a_state_is_brought_about_before_what_the_title_says_that_the_product_detects() -> None:
    found = told(
        "位置1：一旦停止の後、最寄階に着床",
        "位置2：行先ボタンを押しても登録されない",
        title="地震時管制運転　P波検知→自動復帰",
        test_data={"かご位置1": "5F付近 上昇中", "かご位置2": "12F 戸開"},
    )
    assert found == [
        ("かご位置1の状態にする", "5F付近 上昇中"),
        ("P波を検知させる", None),
        ("かご位置2の状態にする", "12F 戸開"),
        ("P波を検知させる", None),
        ("行先ボタンを押す", None),
    ]


def test_a_job_that_the_title_names_in_half_width_letters_is_run() -> None:
    found = told("RC=0", title="結果ﾌｧｲﾙ作成ﾊﾞｯﾁ（KFB0310）　混在", test_data={"入力ﾌｧｲﾙ": "KFIN.T012"})
    assert found[0][0] == "KFB0310 を実行する"


def test_the_job_is_run_again_and_with_another_input() -> None:
    found = told("RC=0", "再実行後も内容同一", "件数を6に書換えた入力→RC=8", title="作成バッチ（KFB0310）")
    assert [action for action, _ in found] == [
        "KFB0310 を実行する",
        "KFB0310 を再実行する",
        "件数を6に書換えた入力でKFB0310 を実行する",
    ]


def test_a_datum_that_is_told_wrong_or_right_is_entered_so() -> None:
    found = told("PIN誤り→承認されない", "PIN正→26で確定", test_data={"責任者PIN": "0000"})
    assert found == [("誤った責任者PINを入力する", None), ("正しい責任者PINを入力する", "0000")]


def test_one_of_a_datums_values_is_what_a_result_begins_with() -> None:
    data = {"予約1": "6:30", "停電": "短 5分／長 15分", "切替操作": "20:58／21:01 の2回"}
    found = told(
        "5分：予約ランプ点灯のまま", "15分：予約取消", "21:01：翌日に予約", title="予約炊飯中の停電復帰", test_data=data
    )
    assert found == [
        ("予約炊飯を開始する", "予約1: 6:30"),
        ("停電を5分続ける", None),
        ("予約炊飯を開始する", None),
        ("停電を15分続ける", None),
        ("予約炊飯を開始する", None),
        ("21:01 に切替操作を行う", None),
    ]


def test_what_the_title_says_that_is_received_is_made_to_be_received() -> None:
    found = told("受信から1秒以内に表示", title="緊急地震速報 CM中に受信", test_data={"電文": "訓練報"})
    assert found == [("CM中に、電文を受信させる", "訓練報")]


def test_data_in_an_order_are_read_as_the_case_reads_others() -> None:
    found = told(
        "患者B→製剤1の順に読み取ると「患者不一致」が表示される",
        "患者A→製剤2では「期限切れ」が表示される",
        test_data={"患者A": "0012", "患者B": "0013", "製剤1": "01-45", "製剤2": "01-46"},
    )
    assert found[1] == ("「患者A→製剤2」の順に進む", "0012 / 01-46")


def test_nobody_makes_what_the_preconditions_say_is_there() -> None:
    found = told(
        "薬剤ラベルA-1を照合すると「○」が表示される",
        preconditions=["薬剤ラベルが払い出されていること。"],
        test_data={"起票者": "N20417", "薬剤ラベルA-1": "セファゾリン", "薬剤ラベルB-1": "フロセミド"},
    )
    assert [action for action, _ in found] == ["薬剤ラベルA-1を照合する"]


def test_what_was_before_an_act_is_looked_at_and_nothing_is_done_for_it() -> None:
    found = told("分割前の合計 81,080円", title="チェックアウト時の伝票分割")
    assert found == [("分割前に、【要記入: 確認する場所】で合計を確認する", None)]


def test_what_is_undone_by_itself_is_looked_at() -> None:
    left = steps("「済」と表示される", postconditions=["異動は夜間処理により消去される"])
    assert left[-1].action == "異動は夜間処理により消去されていることを確認する"


def test_the_rows_of_a_workbook_are_entered_before_anything_is_looked_at() -> None:
    found = told(
        "実働：月8:00、火10:15",
        "木は「要確認」で赤くなる",
        "退勤に「1:30」と入れた場合は「24時以降で入力してください」と出る",
        title="勤務表（Excel）の計算",
        objective="勤務表_v3.xlsmの計算式を見る。",
        test_data={
            "6/2(月)": "出勤 9:00 退勤 18:00",
            "6/3(火)": "出勤 9:00 退勤 20:15",
            "6/5(木)": "出勤 9:00 退勤 空欄",
        },
    )
    assert [action for action, _ in found] == [
        "勤務表_v3.xlsm を開く",
        "次の各行に値を入力する",
        "勤務表_v3.xlsm で木を確認する",
        "退勤に「1:30」と入れる",
    ]
    assert found[1][1] == "6/2(月): 出勤 9:00 退勤 18:00 / 6/3(火): 出勤 9:00 退勤 20:15 / 6/5(木): 出勤 9:00 退勤 空欄"


def test_what_happens_to_the_product_happens_again_and_behind_a_time() -> None:
    found = told(
        "続報→県名が差し替わる",
        "本報の30秒後に続報：表示が延びる",
        title="本報受信→続報→取消",
        specification="続報が来たら更新する。",
    )
    assert [action for action, _ in found] == ["続報を受信させる", "本報を受信させる", "30秒待つ", "続報を受信させる"]


def test_a_datum_that_is_an_order_is_carried_out_first() -> None:
    found = told(
        "4:00前は何ももらえない",
        "「出発」を押すと日付変更ダイアログが出る",
        specification="日付の切り替わりは4:00。",
        test_data={"鯖時刻": "3:58に合わせる（GMツール）"},
    )
    assert found[0] == ("鯖時刻を3:58に合わせる（GMツール）", None)


def test_as_many_are_done_as_a_result_counts() -> None:
    found = told("24まではブザーが鳴らない", "25個目のスキャンで「予定数超過」", test_data={"予定数": "24"})
    assert [action for action, _ in found] == ["24までスキャンする", "25個目をスキャンする"]


def test_the_file_that_a_job_makes_is_where_its_fields_are_seen() -> None:
    found = told(
        "RC=0、ｼﾞｮﾌﾞﾛｸﾞに入力5",
        "結果ｺｰﾄﾞが上から 0,1",
        "再実行後も内容同一",
        "件数を6に書換えた入力→RC=8",
        title="振替結果ﾌｧｲﾙ作成ﾊﾞｯﾁ（KFB0310）",
    )
    assert found[1] == ("振替結果ファイルで結果ｺｰﾄﾞを確認する", None)


def test_numbered_data_are_entered_one_by_one() -> None:
    found = told(
        "1件目は20m3、3,960円。",
        "2件目は「一巡ですか?」と出て、[はい]を選ぶと27m3",
        title="検針端末の料金計算",
        specification="使用水量=今回指針-前回指針。[いいえ]なら指針の入力に戻る。使用水量が0のときは確認画面を出す。",
        test_data={"1件目": "前回1200 今回1220", "2件目": "前回9985 今回0012"},
    )
    assert found == [
        ("1件目の値を入力する", "前回1200 今回1220"),
        ("2件目の値を入力する", "前回9985 今回0012"),
        ("[はい]を選ぶ", None),
    ]


def test_a_thing_that_is_called_by_its_letter_has_the_data_of_that_letter() -> None:
    data = {"商品A": "食パン 178円", "商品B": "缶ビール 228円"}
    found = told("Aを読んで置く→次が読める", "Aと一緒にBを置くと黄点滅", test_data=data)
    assert found == [
        ("Aを読んで置く", "商品A: 食パン 178円"),
        ("Aと一緒にBを置く", "商品A: 食パン 178円 / 商品B: 缶ビール 228円"),
    ]


def test_a_range_belongs_to_the_act_that_sets_a_value_of_its_unit() -> None:
    data = {"模擬温度": "つまみで 10〜35℃", "模擬風速": "0〜9 m/s"}
    found = told("風9m/s 30秒→全部閉まる", "27℃で半分開く", test_data=data)
    assert [data for _, data in found] == ["模擬風速: 0〜9 m/s", "模擬温度: つまみで 10〜35℃"]


def test_a_switch_is_put_where_the_specification_has_it() -> None:
    found = told(
        "手動でも強風では閉まる",
        specification="手動スイッチが「手動」のときは自動は何もさわらない。",
        test_data={"風": "9 m/s"},
    )
    assert found[0][0] == "手動スイッチを「手動」にする"
