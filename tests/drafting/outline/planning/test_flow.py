"""A case that was not understood: its own words, in its own order, and nothing that it does not say."""

from typing import Any

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.engine import stages

LOCKER = """Scenario: Return without a network
  Given parcel P-7 is in the courier's van
  When Mira opens locker 12
  And puts the parcel in
  And the neighbour signs on the display
  Then the return is queued
  When Mira drives out of the yard
  And up to 3 minutes pass
  Then the depot sees P-7 as Returned"""
MERGE = """R-1 The system shall not merge a shelf while any pallet on it is held.
R-2 On refusal, message WH-9 shall list the pallets concerned.
R-3 Merging is started from Stock > Shelves > [shelf] > Merge and must be confirmed by typing the shelf code."""
LEVELS = """| Level | Alarm | Colour |
|---|---|---|
| > 30 C | none | green |
| 30 C .. 10 C | Too warm, once a day | amber |"""


def steps_of(*results: str, **fields: Any) -> list[Step]:
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    language = case.resolved_language()
    steps, hits = outline(case, language)
    assert stages(case, language)[1].skeleton
    assert [hit.rule for hit in hits][:1] == ["low-information"]  # it stays a skeleton, and says so
    return steps


def told(*results: str, **fields: Any) -> list[tuple[str, str | None, tuple[int, ...]]]:
    """The same of a case that is told in its own words: it asks to be read, and is no skeleton."""
    case = TestCase.parse({"id": "x", "title": "A test", **fields, "expected_results": results})
    steps, _ = outline(case, "ja")
    return [(step.action, step.test_data, step.verifies) for step in steps]


def rows(*results: str, **fields: Any) -> list[tuple[str, str | None, tuple[int, ...]]]:
    return [(step.action, step.test_data, step.verifies) for step in steps_of(*results, **fields)]


def test_a_scenario_is_gone_through_and_each_result_stands_behind_its_when() -> None:
    assert rows(
        "The display shows 'Stored - waiting to send' with a grey cloud",
        "After coverage is back the return is sent without anybody doing anything",
        "Time of return on the depot board is the time at the locker",
        title="Parcel locker - return offline",
        specification=LOCKER,
    ) == [
        ("As Mira, open locker 12", None, ()),
        ("As Mira, put the parcel in", None, ()),
        ("As the neighbour, sign on the display", None, (1,)),
        ("As Mira, drive out of the yard", None, ()),
        ('Carry out: "up to 3 minutes pass"', None, (2,)),
        ("Check time of return on the depot board", None, (3,)),
    ]


def test_what_the_specification_tells_in_the_passive_is_quoted_whole_and_both_persons_act() -> None:
    first, status, third = rows(
        "Merging is refused with message WH-9 and a list of the 2 pallets concerned",
        "Shelf status remains SPLIT",
        "After the foreman releases both pallets and the stock clerk repeats the merge, status becomes MERGED",
        title="WH-MRG-4 shelf merge blocked by held pallets",
        test_data={"shelf": "B-07", "held_pallets": "311, 312"},
        specification=MERGE,
    )
    assert first == (
        'Carry out: "Merging is started from Stock > Shelves > [shelf] > Merge and must be confirmed by typing the shelf code"',
        "B-07",
        (1,),
    )
    assert status == ("Check Shelf status", None, (2,))
    assert third == (
        'Bring about: "the foreman releases both pallets and the stock clerk repeats the merge"', None, (3,)
    )  # fmt: skip


def test_a_value_that_can_be_simulated_is_set_with_what_the_preconditions_name_and_the_row_is_quoted() -> None:
    assert rows(
        "At 31 C no alarm is shown",
        "At 30 C a 'Too warm' alarm is shown once",
        title="Tank alarm levels",
        preconditions=["Temperature simulator attached to tank 2"],
        specification=LEVELS,
    ) == [
        ("Set up this case: 31", "Temperature simulator attached to tank 2", (1,)),
        (
            "Set up this case: 30",
            "Temperature simulator attached to tank 2 / Level: 30 C .. 10 C, Alarm: Too warm, once a day, Colour: amber",
            (2,),
        ),
    ]


def test_the_values_of_a_list_are_tried_one_by_one() -> None:
    tried = rows(
        "201 for weight 1.00 and 30.00",
        "422 with code `weight_out_of_range` for 0.99",
        "After coverage is back the parcel is listed",
        title="POST /v1/parcels - weight limits",
        test_data={"weights": "0.99 | 1.00 | 30.00"},
        specification="## POST /v1/parcels\n* `weight` - decimal string",
    )
    assert tried[:3] == [
        ("Send `POST /v1/parcels`", "weights: 1.00", (1,)),
        ("Repeat step 1 with this case: weights: 30.00", None, (1,)),
        ("Repeat step 1 with this case: weights: 0.99", None, (2,)),
    ]


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


def test_what_nothing_leads_to_names_the_title_and_says_that_the_way_is_missing() -> None:
    (step,) = rows("blank pages only at the end", title="Booklet printing", test_data={"document": "b.pdf"})
    assert step == ("Carry out: Booklet printing ([FILL IN: how])", "document: b.pdf", (1,))
