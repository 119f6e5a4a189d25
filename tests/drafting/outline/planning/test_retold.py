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
