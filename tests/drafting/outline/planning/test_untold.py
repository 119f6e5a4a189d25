"""What no result tells: what is done before, what is noted, and which of a series of data is done with what the title names."""

from support.japanese_cases import case, steps


def test_what_is_barred_before_an_act_is_done_after_it_for_the_next_result() -> None:
    results = ("同意前は「買う」が押せない", "残量が1GBになる")
    ahead = "同意前に、「買う」を押す"
    assert [step.action for step in steps(case(*results))] == [ahead, "同意する", "「買う」を押す"]
    keys = case(*results, specification="月末に残量を消す。翌月に届ける。「同意する」のみ必須。")
    assert [step.action for step in steps(keys)] == [ahead, "「同意する」を押す", "「買う」を押す"]


def test_what_the_specification_does_for_a_result_is_not_done_twice() -> None:
    given = case(
        "同意前は「買う」を押せない",
        "購入完了画面に注文番号が表示される",
        "閲覧は可能",
        specification="購入画面は、利用規約に同意するまで「買う」を押せない。同意すると「買う」が押せる。「買う」を押すと購入完了画面を表示する。購入完了画面に注文番号と配達日を表示する。",
    )
    assert [step.action for step in steps(given)][:-1] == ["同意前に、「買う」を押す", "同意する", "「買う」を押す"]


def test_what_another_act_is_about_is_not_done() -> None:
    data = {"予約1件目": "9/1", "予約2件目": "9/2"}
    for title in ("予約の取消", "予約の変更", "予約番号の訂正"):
        given = case("2件目は一覧に出る", title=title, test_data=data)
        assert not any("予約する" in step.action or "予約を行う" in step.action for step in steps(given))
    kept = case("2件目は変わらない", title="Web予約", test_data=data)
    assert not any("予約2件目を予約する" in step.action for step in steps(kept))


def test_what_is_done_again_is_done_before_with_what_the_title_names() -> None:
    def first(again: str, title: str) -> str:
        return steps(case(f"{again}すると「済」になる", title=title))[0].action

    assert first("再印刷", "請求書印刷") == "請求書を印刷する"
    assert first("再接続", "通信断からの復旧") == "再接続する"


def test_a_value_of_the_last_time_is_noted_when_that_has_been() -> None:
    given = case(
        "受注テーブルに5件が登録される",
        "再実行しても件数が前回から変わらない",
        title="夜間バッチの再実行",
    )
    assert [step.action for step in steps(given)][1:] == ["件数を控える", "再実行する"]
    assert [step.action for step in steps(case("件数は前回から変わらない", title="再集計"))] == [
        "「再集計」を行う（【要記入: 方法】）"
    ]
    assert "操作前の人数を控える" in [step.action for step in steps(case("登録前から人数が変わらない", title="登録"))]


def test_each_ringed_value_is_done_before_a_wait_for_one_of_them() -> None:
    given = case(
        "①は仮予約として一覧に表示される",
        "②も一覧に並ぶ",
        "24時間経つと①が取り消される",
        title="仮予約",
        test_data={"予約": "①7/8 10:00 会議室A ②7/9 13:00 会議室B"},
        specification="予約画面で日時と部屋を選び「仮予約」を押すと、仮予約になる。仮予約から24時間経つと、自動で取り消される。",
    )
    assert [(step.action, step.test_data) for step in steps(given)] == [
        ("予約①を予約する", "7/8 10:00 会議室A"),
        ("予約②を予約する", "7/9 13:00 会議室B"),
        ("24時間経つまで待つ", None),
    ]


def test_requirements_that_a_result_points_to_are_shown_with_its_own_words() -> None:
    given = case(
        "R1〜R2のとおり",
        specification="R1 検索画面で「検索」を押すと一覧を表示する。\nR2 空白で区切った語はすべて含むものを表示する。",
    )
    *_, last = steps(given)
    assert last.expected_result.endswith("（R1〜R2のとおり）")
    assert "試す" not in last.action
