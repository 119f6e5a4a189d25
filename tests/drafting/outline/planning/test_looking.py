"""Where a result is looked at that no step has just brought: asked for unless it is before the tester's eyes."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.text.marks import OPEN_POINT


def checks(*expected: str, title: str = "t") -> list[str]:
    given = TestCase.parse({"id": "x", "title": title, "language": "ja", "expected_results": list(expected)})
    return [step.action for step in outline(given, "ja")[0] if step.kind == "check"]


def test_what_appears_or_sounds_after_an_act_needs_no_place() -> None:
    pressed = "「使う」を押すと、70/60 になる"
    assert checks(pressed, "70/60 の間、回復タイマーが表示されない") == ["70/60 の間に、回復タイマーを確認する"]
    assert checks("「使う」を押すと、扉が開く", "放送が2種類この順で流れる") == ["放送を確認する"]


def test_an_input_that_stays_is_seen_where_it_was_made() -> None:
    refused = "「次へ」を押すと、エラーになる"
    assert checks(refused, "振込先と金額が入力されたまま残っている") == ["振込先と金額を確認する"]


def test_a_bare_value_stands_beside_the_one_that_an_act_shows_or_in_its_row() -> None:
    shown = ("2か月平均 81:45", "3か月平均 80:30", "年累計 267:30")
    assert checks(*shown, title="集計を押す") == ["3か月平均を確認する", "年累計を確認する"]
    assert OPEN_POINT.search(checks(shown[0], "在庫 5", title="集計を押す")[0])
    row = ("退勤が前日の勤務行に入る", "実働 8:12", "深夜 6:00")
    assert checks(*row, title="退勤の打刻") == ["前日の勤務行で実働を確認する", "前日の勤務行で深夜を確認する"]


def test_a_sheet_is_looked_at_on_the_paper_that_is_printed() -> None:
    second = "2部目の1ページ目が裏に印刷されない"
    assert checks("「印刷」を押すと、合計6枚", second, title="両面印刷") == ["印刷した紙で2部目の1ページ目を確認する"]


def test_a_state_kept_elsewhere_and_an_event_without_a_noun_are_asked_for() -> None:
    pressed = "「復電」を押すと、ブザーが鳴る"
    for kept in ("残高は変わらない", "社員は登録されない", "請求予定が 66,000円と表示される", "打刻漏れの記録が出ない"):
        assert OPEN_POINT.search(checks(pressed, kept)[0]), kept
    assert OPEN_POINT.search(asked := checks(pressed, "設定した時刻に炊き上がる")[0])
    assert asked.endswith("で設定した時刻に炊き上がることを確認する")
