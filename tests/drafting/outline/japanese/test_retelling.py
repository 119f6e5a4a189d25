"""A Japanese result in its own words: what is done, who does it, and what is then to be seen."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.engine import load_tongue
from testgen.drafting.outline.model import Portion

JAPANESE = load_tongue("ja")


def told(part: Portion) -> tuple[str, str]:
    who = f"{part.act.actor}として" if part.act.actor else ""
    return who + part.do, part.seen


@pytest.mark.parametrize(
    ("result", "parts"),
    [
        ("棚3の前に2秒立つと案内が始まる", [("棚3の前に2秒立つ", "案内が始まる")]),
        ("弁を閉じてから表示を戻しても点灯しない", [("弁を閉じてから表示を戻す", "点灯しない")]),
        (
            "箱を置いた後に再び同じ箱を置いても数は増えない",
            [("箱を置いた後に再び同じ箱を置く", "数は増えない")],
        ),
        (
            "係長が取り下げようとするとエラー、理由を入れると取り下げられる",
            [("係長として取り下げる", "エラー"), ("理由を入れる", "取り下げられる")],
        ),
        ("[中止]だと一覧は空のまま", [("[中止]を押す", "一覧は空のまま")]),
        ("70℃では続け、80℃で止まる", [("70℃にする", "続け"), ("80℃にする", "止まる")]),
        ("札を読んで置く→次が読める状態になる", [("札を読んで置く", "次が読める状態になる")]),
        ("店長承認で発送可になる", [("店長として承認する", "発送可になる")]),
        ("同じ電文を再送:RC=4、件数は3のまま", [("同じ電文を再送する", "RC=4、件数は3のまま")]),
        ("係員が理由「汚れ」で返却 → 取消", [("係員が理由「汚れ」で返却する", "取消")]),
        ("5→6→5 では鳴らない", [("「5→6→5」の順に試す", "鳴らない")]),
        ("洗浄が終わって1分後に扉が開く", [("洗浄が終わってから1分待つ", "扉が開く")]),
        ("18時を過ぎると締め切られる", [("18時を過ぎるまで待つ", "締め切られる")]),
        ("担当者が30秒取らないと次に回る", [("担当者が30秒取らないまま待つ", "次に回る")]),
        ("在庫の間違いが未解決の間は、出荷の操作が行えない", None),
        ("箱3を含む注文は、理由とともに登録が拒否される", None),
        ("21時に入れると、二重エラーにならない", [("21時に入れる", "二重エラーにならない")]),
        ("入場しなければならない回数17、休み0", [("", "入場しなければならない回数17、休み0")]),
        ("伝票を発行できない", [("伝票を発行する", "伝票を発行できない")]),
        ("庫内が空であれば灯が消える", [("庫内が空の状態にする", "灯が消える")]),
        ("カードを2回続けて読ませると鳴る", [("カードを2回続けて読ませる", "鳴る")]),
        ("設定を変えると、次の操作時に消える", [("設定を変える", "次の操作時に消える")]),
        (
            "温度が80℃に達したら止まり、70℃まで下がると戻る",
            [("温度が80℃に達するまで待つ", "止まり"), ("70℃まで下がるまで待つ", "戻る")],
        ),
        ("残量19%で警告", [("残量を19% にする", "警告")]),
        ("認証後に一覧が開く", [("認証を行う", "一覧が開く")]),
        ("通信断の間の3件が復旧後すぐに届く", [("", "通信断の間の3件が復旧後すぐに届く")]),
        ("伝票に控え番号が印字される", [("", "伝票に控え番号が印字される")]),
        ("REQ-7:札を先に読むと拒まれる", [("札を先に読む", "拒まれる")]),
        ("K2: 409 FULL", [("", "K2:409 FULL")]),
        ("確認が出て、入れ直して[はい]を選ぶと終わる", [("", "確認が出て"), ("入れ直して[はい]を選ぶ", "終わる")]),
        ("札を当てると「×」が出て、音と振動で通知される", [("札を当てる", "「×」が出て、音と振動で通知される")]),
        ("旧回線は生きたまま、画面に「翌日」", [("", "旧回線は生きたまま、画面に「翌日」")]),
        ("出発を押したら確認画面→題字", [("出発を押す", "確認画面→題字")]),
        ("再ログインで7日目", [("再ログインを行う", "7日目")]),
        ("精算機でチャージ後の残額が10円", [("精算機でチャージする", "精算機でチャージ後の残額が10円")]),
        ("風9m/s 30秒→閉まる", [("風を9m/sにして30秒待つ", "閉まる")]),
        ("全開から2.0±0.3秒で閉まり始める", [("全開から2.0±0.3秒待つ", "閉まり始める")]),
        ("水位40%で雨ON → 閉じ、10%までで止まる", [("水位40%で雨をONにする", "閉じ、10%までで止まる")]),
        ("3600秒で「自動」に戻り、雨ONなら閉じる", [("3600秒待つ", "「自動」に戻り"), ("雨をONにする", "閉じる")]),
        ("11.1℃が15分続いたら鳴る", [("11.1℃を15分続ける", "鳴る")]),
        ("利用31分なら275円", [("利用31分になるまで待つ", "275円")]),
        ("写真なしの場合、進めない", [("写真がない状態にする", "進めない")]),
        ("PIN誤り→承認されない", [("誤ったPINを入力する", "承認されない")]),
        (
            "札を読むと[開始]が活性になり、押下すると終わる",
            [("札を読む", "[開始]が活性になり"), ("[開始]を押す", "終わる")],
        ),
        ("締切後、ボタンが消える", [("締切後になるまで待つ", "ボタンが消える")]),
        ("担任は取り消せる", [("担任として取り消す", "担任は取り消せる")]),
        ("月は「要確認」で赤くなる", [("", "月は「要確認」で赤くなる")]),
        (
            "番号ありなら取消でき、残数は0。番号なしは不可",
            [("番号ありの状態で、取消する", "取消でき、残数は0"), ("番号なしで取消する", "番号なしは不可")],
        ),
        ("紙が排出されたあと灯がつく", [("紙が排出されるまで待つ", "灯がつく")]),
        (
            "4.5mを9秒保持して3mに戻すと鳴らない。10秒以上で鳴る",
            [("4.5mを9秒保持して3mに戻す", "鳴らない"), ("4.5mを10秒以上保持する", "鳴る")],
        ),
        ("8.0m/sを5秒で0%になる", [("8.0m/sを5秒続ける", "0%になる")]),
        ("もう1台で同じ部屋に入っても増えない", [("もう1台で同じ部屋に入る", "増えない")]),
        ("Aは薬を6回引き出しても止まらない", [("Aとして薬を6回引き出す", "止まらない")]),
        ("3人分を1回で送って、それぞれの名簿に載る", [("3人分を1回で送る", "それぞれの名簿に載る")]),
        (
            "夜11℃で灯がつき、そこから27℃まで上げても消えない",
            [("夜に11℃にする", "灯がつき"), ("そこから27℃まで上げる", "消えない")],
        ),
        ("札1のみ：60秒後に戻る", [("札1のみの状態で、60秒待つ", "戻る")]),
        ("この時点で釣りは出ていない", [("", "この時点で釣りは出ていない")]),
        ("24まではブザーが鳴らない", [("", "24まではブザーが鳴らない")]),
    ],
)
def test_what_a_result_says_of_its_trigger_is_done_and_the_rest_is_seen(
    result: str, parts: list[tuple[str, str]] | None
) -> None:
    found = [told(part) for part in JAPANESE.retold(result)]
    if parts is None:
        [(done, seen)] = found
        assert done.endswith(("する", "行う"))
        assert seen == result
    else:
        assert found == parts


def test_what_is_seen_first_is_checked_before_the_act_and_who_acts_is_named_once() -> None:
    ahead, done = JAPANESE.retold("所長の承認前は倉庫に指示が出ず、承認後に出る")
    assert not ahead.do
    assert (done.act.actor, done.do, done.seen) == ("所長", "承認する", "出る")


@pytest.mark.parametrize(
    ("title", "act"), [("部品表CSVを取り込んだときの重複", "部品表CSVを取り込む"), ("月次の締め", None)]
)
def test_a_title_tells_what_is_done_only_where_it_says_when(title: str, act: str | None) -> None:
    found = JAPANESE.titled(title)
    assert (found.text if found else None) == act


@pytest.mark.parametrize("result", ["「保存」を押す→", "→", "保存→、", "あ:" * 900 + "あ"], ids=str.__len__)
def test_a_result_that_breaks_off_is_drafted_all_the_same(result: str) -> None:
    case = TestCase.parse({"id": "T-1", "title": "保存", "expected_results": [result], "language": "ja"})
    assert outline(case, "ja")[0]


def test_a_table_of_marks_with_numbered_rows_is_tried_by_its_columns() -> None:
    table = "| No | 操作 | 管理者 | 一般 |\n|---|---|---|---|\n| 1 | 登録 | ○ | × |\n| 2 | 削除 | ○ | × |"
    case = TestCase.parse(
        {
            "id": "T-1",
            "title": "権限",
            "expected_results": ["No.1 は登録できる"],
            "specification": table,
            "language": "ja",
        }
    )
    assert outline(case, "ja")[0]


def test_a_state_that_is_confirmed_afterwards_is_not_cut_inside_a_verb() -> None:
    case = TestCase.parse(
        {
            "id": "T-1",
            "title": "在庫",
            "expected_results": ["在庫が0になる"],
            "postconditions": ["残高が減少していないことを確認する"],
            "language": "ja",
        }
    )
    assert outline(case, "ja")[0][-1].expected_result == "残高が減少していない"


def test_where_every_step_asks_for_its_way_the_draft_is_a_skeleton() -> None:
    results = ["3件目は拒否される", "2人目が入れない", "12回目は失敗する"]
    case = TestCase.parse({"id": "T-1", "title": "上限", "expected_results": results, "language": "ja"})
    assert "low-information" in {hit.rule for hit in outline(case, "ja")[1]}
