"""A Japanese case that tells itself what is done: its own words, in its own order, and nothing that it does not say."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def told(*results: str, **fields: Any) -> list[tuple[str, str | None, tuple[int, ...]]]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    steps, _ = outline(case, "ja")
    return [(step.action, step.test_data, step.verifies) for step in steps]


def test_a_datum_that_tells_an_act_is_done_and_a_lapse_is_waited_for() -> None:
    assert told(
        "画面に顔写真が3秒間表示される",
        "当番が「別の人」を押したら、その打刻は取り消され、家族への通知も送られない",
        "通知は打刻から20秒経って送信される",
        title="入退館 - 家族のカードの取り違え",
        preconditions=["姉と妹の両方が登録されている"],
        test_data={"姉": "森 葵", "妹": "森 花", "使うカード": "葵のカードを花がかざす"},
        specification="家族を間違えることが多い。職員が気づいて止めたい。通知は少し待ってよい。\n対応:打刻直後の画面に「別の人」ボタンを追加。20秒以内に押せば打刻取消+通知中止。",
    ) == [
        ("使うカード：葵のカードを花がかざす", "姉: 森 葵 / 妹: 森 花", (1,)),
        ("当番が「別の人」を押す", None, (2,)),
        ("何も操作せずに 20秒待つ", None, (3,)),
    ]


def test_a_case_of_something_else_says_that_the_way_is_missing() -> None:
    rows = told(
        "「保存」を押すと「完了」と表示される",
        "登録者と同じIDでは照合できない",
        preconditions=["画面を表示している"],
        specification="「保存」を押すと「完了」と表示する。登録後に通知を送る。取消後に在庫を戻す。夜間に集計する。月末に締める。",
        test_data={"登録者": "tana01", "確認者": "tana02"},
    )
    assert rows == [("「保存」を押す", None, (1,)), ("「登録者と同じID」で試す（【要記入: 方法】）", "tana01", (2,))]


def done(*results: str, **fields: Any) -> list[str]:
    return [action for action, _, _ in told(*results, **fields)]


def test_a_value_or_a_thing_is_handled_as_another_one_of_its_kind() -> None:
    assert done("30円:「50円以上です」と出る", "500円を入金すると残高が増える") == ["30円を入金する", "500円を入金する"]
    assert done("T01で1回回すと100になる", "T02ではアラーム", test_data={"T01": "残り1回", "T02": "残り0回"}) == [
        "T01で1回回す",
        "T02で1回回す",
    ]
    assert (
        done(
            "期限切れのカードだけでは開かない。係員カードで開く",
            "印が消える",
            specification="カードかざす → 開く。期限切れは開かない。",
            test_data={"期限切れのカード": "C-9"},
        )[0]
        == "期限切れのカードをかざす"
    )


def test_a_label_that_a_result_names_without_its_brackets_is_pressed() -> None:
    keys = "[GO]で次の番へ移る。\n[BACK]で一つ前の番へ移る。押しながら[GO]は0秒。"
    assert done("GOで2番へ", "2番完了後のBACKは3秒で1番、BACK+GOは即時", specification=keys) == [
        "[GO]を押す",
        "2番完了後の[BACK]を押す",
        "[BACK]を押しながら[GO]を押す",
    ]


def test_the_same_again_with_another_value_is_a_step_of_its_own() -> None:
    assert done("a.pdfは添付でき、b.pdfは「大きすぎます」") == ["a.pdfを添付する", "b.pdfを添付する"]
    assert done("10%にするとその場で止まり、棒を倒しても止まったまま") == ["10%にする", "棒を倒す"]


def test_the_other_answer_of_a_dialogue_needs_the_dialogue_again() -> None:
    answers = "電源断の後は「再開 [YES]/[NO]」を表示する。"
    actions = done("主電源を切→入、YESで続きから", "NOでは最初から", specification=answers)
    assert actions == ["主電源を切って入れ直す", "[YES]を押す", "手順1をもう一度行う", "[NO]を押す"]


def test_a_clean_up_of_two_acts_has_two_steps() -> None:
    assert done("「完了」を押すと終わる", postconditions=["取引を中止し、待機画面に戻す"])[1:] == [
        "取引を中止する",
        "待機画面に戻す",
    ]


def test_a_job_is_run_by_hand_as_the_specification_tells_and_what_befalls_it_comes_while_it_runs() -> None:
    assert told(
        "ディスク満杯時に終了コード 16 で終了する",
        "リラン後に終了コード 0 で終了する",
        title="請求バッチの異常終了とリラン",
        specification="BILL_MONTHLY は毎月1日に起動される。手動実行は billrun にジョブ名と対象月を渡す。"
        "処理中にディスクが満杯になった場合は終了コード 16 で終了する。監視は別紙を参照。ログは30日保管する。",
        test_data={"ジョブ名": "BILL_MONTHLY", "対象月": "2026-10"},
    ) == [
        ("billrun にジョブ名と対象月を渡し、BILL_MONTHLY を実行する", "2026-10", ()),
        ("実行中にディスク満杯の状態にする", None, (1,)),
        ("billrun にジョブ名と対象月を渡し、BILL_MONTHLY を再実行する", "2026-10", (2,)),
    ]


def test_a_job_is_started_by_hand_on_its_screen() -> None:
    rows = told(
        "回線切断時に終了コード 4 で終了する",
        "再実行後に終了コード 0 で終了する",
        title="在庫同期の再実行",
        specification="STOCK_SYNC は15分ごとに起動される。手動起動はジョブ管理画面で「即時実行」を押す。転送中に回線が切れた場合は終了コード 4 で終了する。",
        test_data={"ジョブ": "STOCK_SYNC"},
    )
    assert [action for action, _, _ in rows] == [
        "ジョブ管理画面で「即時実行」を押し、STOCK_SYNC を実行する",
        "実行中に回線切断の状態にする",
        "ジョブ管理画面で「即時実行」を押し、STOCK_SYNC を再実行する",
    ]
