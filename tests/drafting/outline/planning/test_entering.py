"""Data that stand for cases of their own: each is entered or handed in where a result begins with its name."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def told(*results: str, **fields: Any) -> list[tuple[str, str | None, tuple[int, ...]]]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    return [(step.action, step.test_data, step.verifies) for step in outline(case, "ja")[0]]


def test_a_family_of_data_is_entered_and_judged_by_the_label_that_the_specification_presses() -> None:
    assert told(
        "R1 → 合格",
        "R2 → 理由 b",
        "R2に番号を入れて再判定 → 合格",
        test_data={"R1": "1台目10年／個人", "R2": "1台目9年／個人"},
        specification="■ 次のすべてを満たせば合格\n a) 年数が10年以上\n b) 番号の入力\n■ 判定は「次へ」押下時。理由を列挙",
    ) == [
        ("R1の値を入力する", "1台目10年／個人", ()),
        ("「次へ」を押す", None, (1,)),
        ("R2の値を入力する", "1台目9年／個人", ()),
        ("「次へ」を押す", None, (2,)),
        ("R2に番号を入れて再判定する", "1台目9年／個人", (3,)),
    ]


def test_files_are_handed_in_one_by_one_or_all_at_once() -> None:
    about = {
        "title": "入稿PDFの検査",
        "test_data": {"a.pdf": "正常", "b.pdf": "余白なし"},
        "specification": "・余白は3mm必要。足りなければエラー。\n・解像度は300dpi未満なら警告",
    }
    assert told("a.pdf:合格の緑表示", "b.pdf:余白のエラー", **about) == [
        ("a.pdfを入稿する", "正常", (1,)),
        ("b.pdfを入稿する", "余白なし", (2,)),
    ]
    assert told("a OK、b NG", **about) == [("次のファイルを入稿する", "a.pdf: 正常 / b.pdf: 余白なし", (1,))]


def test_a_call_is_made_for_each_answer() -> None:
    assert told(
        "K1: 201",
        "キーなし: 400",
        "GET /items?id=1 → 1件",
        title="POST /items の重複",
        test_data={"Key (K1)": "7b0c"},
        specification="201 Created: id\n同一Key＋同一body → 初回と同じ status を返す。新規作成しない\nKeyなし → 400",
    ) == [
        ("K1で POST /items を送る", "Key (K1): 7b0c", (1,)),
        ("キーなしで POST /items を送る", None, (2,)),
        ("GET /items?id=1 を送る", None, (3,)),
    ]


def test_a_noun_that_names_values_is_looked_at_and_not_done() -> None:
    rows = told(
        "残業：月0:00、火2:15",
        title="勤務表の計算",
        test_data={"6/2(月)": "出勤 9:00", "6/3(火)": "出勤 9:00"},
        specification="残業は8:00を超えた分。入力は24時以降も可。",
    )
    assert rows[0][0] == "次の各項目にテストデータを入力する"


def test_what_is_reckoned_with_is_entered_only_where_the_case_speaks_of_an_entry() -> None:
    rows = told(
        "退出1：300円",
        "退出2：900円",
        title="駐輪料金の計算",
        test_data={"退出1": "9:40", "退出2": "翌9:00"},
        specification="機械に券を入れると料金が表示される。料金は30分100円で計算する。",
    )
    assert [action for action, _, _ in rows] == [f"「退出{n}」で試す（【要記入: 方法】）" for n in (1, 2)]


def test_the_same_number_of_things_is_entered_each_under_its_name() -> None:
    rows = told(
        "1件目は確認が出て、理由を選ぶと0m3",
        "2件目は20m3",
        "1件目の今回を1250に訂正すると確認が出る。1249では出ない",
        test_data={"1件目": "前回1200 今回1200", "2件目": "前回1200 今回1220"},
        specification="使用量=今回-前回。小さいときは入力に戻る。\n使用量が0のときは確認を出す。",
    )
    assert [action for action, _, _ in rows] == [
        "1件目の値を入力する",
        "理由を選ぶ",
        "2件目の値を入力する",
        "1件目の今回を1250に訂正する",
        "1件目の今回を1249に訂正する",
    ]


def test_what_is_seen_before_an_act_needs_none() -> None:
    rows = told("分割前の合計 810円", "本をBに移すとA 710円", title="精算時の分割", test_data={"本": "100円"})
    assert [action for action, _, _ in rows] == ["分割前に、【要記入: 確認する場所】で合計を確認する", "本をBに移す"]


def test_values_that_come_with_a_file_are_handed_in_with_it_and_worked_on_by_the_label() -> None:
    rows = told(
        "10231：手当 150,000円",
        "10232：手当 148,750円",
        title="手当の計算",
        test_data={"10231": "60.00h", "10232": "59.50h", "取込ファイル": "kintai.csv"},
        specification="勤怠は月に一度入力する。CSV取込では計算されない。「給与計算」を実行した時点の勤怠を使う。",
    )
    assert [action for action, _, _ in rows] == [
        "取込ファイルを取り込む",
        "「給与計算」を押す",
        "10232 を確認する",
    ]


def test_where_a_result_is_shown_is_looked_at() -> None:
    rows = told(
        "「実行」を押すと案内が作られる",
        "ランは宛名PDFに1件だけ載る",
        "ゴンにはメールが出ない",
        test_data={"ラン": "はがき", "ゴン": "死亡"},
        title="案内の送り分け",
    )
    assert [action for action, _, _ in rows][2:] == ["宛名PDF でランを確認する", "メールを確認する"]


def test_a_wrong_entry_is_left_open_where_more_is_done_to_it() -> None:
    about = {"title": "暗証", "test_data": {"会員番号": "7", "暗証番号": "12"}}
    assert told("暗証番号誤り→「違います」", **about)[0][0] == "誤った暗証番号を入力する"
    pressed = {**about, "specification": "会員番号と暗証番号を入力し「進む」を押すと照合する。"}
    assert "誤った暗証番号を入力する" not in [action for action, _, _ in told("暗証番号誤り→「違います」", **pressed)]
