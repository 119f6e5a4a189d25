"""The form of a specification: bullets under bullets, tables, code, scenarios, clock times that are no item numbers."""

from testgen.drafting.outline.reading.blocks import lines


def test_a_bullet_stands_under_the_bullet_that_it_is_indented_from() -> None:
    found = lines("・「カートに入れる」を押す\n　- 数量 ≦ 在庫数：追加する\n　- 数量 ＞ 在庫数：断る\n・別の話")
    assert [line.parent for line in found] == [-1, 0, 0, -1]


def test_a_clock_time_is_no_item_number() -> None:
    assert [line.text for line in lines("15:00 の枠を選択する\n9:30 slots can be booked")] == [
        "15:00 の枠を選択する",
        "9:30 slots can be booked",
    ]


def test_a_table_gives_rows_by_column_with_or_without_its_line_of_dashes() -> None:
    for dashes in ("|---|---|\n", ""):
        found = lines(f"| input | result |\n{dashes}| abc | Weak |\n| abcd1234 | Medium |")
        assert [(line.form, line.cells) for line in found] == [
            ("row", {"input": "abc", "result": "Weak"}), ("row", {"input": "abcd1234", "result": "Medium"}),
        ]  # fmt: skip


def test_scenarios_are_told_apart_by_their_keywords() -> None:
    found = lines("Scenario: x\nGiven a cart\nWhen I press Save\nAnd I wait\nThen it is saved")
    assert [line.form for line in found] == ["scenario", "given", "when", "when", "then"]
    assert lines("When paper is jammed, the printer stops.")[0].form == "text"


def test_code_and_headings_are_no_sentences() -> None:
    assert [line.form for line in lines("# Title\n```\n$ make\n```\n■見出し")] == ["heading", "code", "heading"]
