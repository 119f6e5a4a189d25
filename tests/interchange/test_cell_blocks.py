"""Cells that hold a whole case: headings within a cell, and steps that are marked on one line."""

import pytest
from support.odd_texts import marked_lines

from testgen.interchange import load_procedures, read_procedures
from testgen.interchange.cell_blocks import blocks_of

CASES = [
    "【前提条件】\n会員である\n\n【手順】\n① 開く\n② 押す\n\n【期待結果】\nホームが出る",
    "■前提条件\n会員である\n■手順\n1. 開く\n2. 押す\n■期待結果\n2. ホームが出る",
    "[前提] 会員である\n[操作] ①開く ②押す\n[期待値] ホームが出る",
    "Preconditions:\n会員である\n\nSteps:\n1. 開く\n2. 押す\n\nExpected result:\nホームが出る",
    "*Preconditions*\n会員である\n*Test steps*\n# 開く\n".replace("# 開く", "1. 開く\n2. 押す")
    + "*Expected results*\nホームが出る",
]


@pytest.mark.parametrize("heading", ["手順", "説明", "Description"])
@pytest.mark.parametrize("cell", CASES)
def test_headings_within_a_cell_divide_it(cell: str, heading: str) -> None:
    [found] = read_procedures(f'#,題名,{heading}\n1,入る,"{cell}"\n'.encode(), name="a.csv")
    assert found.preconditions == ("会員である",)
    assert [(step.action, step.expected_result) for step in found.steps] == [("開く", ""), ("押す", "ホームが出る")]


def test_a_ticket_without_such_headings_is_skipped_among_those_that_have_them() -> None:
    sheet = f'#,題名,説明,期待結果\n1,入る,"{CASES[0]}",\n2,文字化け,件名が化ける,\n'.encode()
    found = load_procedures(sheet, name="a.csv")
    assert [made.test_case_id for made in found.entries] == ["1"]
    assert [(entry.title, entry.reason[:27]) for entry in found.skipped] == [
        ("文字化け", "has no steps in the column ")
    ]


@pytest.mark.parametrize("line", marked_lines().values(), ids=marked_lines())
def test_a_run_of_blanks_or_marks_is_no_heading(line: str) -> None:
    assert blocks_of(f"{line}\n【手順】 {'押す' * 50}") == {"": line, "action": "押す" * 50}


def test_the_mark_of_test_data_alone_divides_no_cell() -> None:
    [found] = read_procedures('ID,タイトル,手順\n1,入る,"入力する\n【テストデータ】 ID: a"\n'.encode(), name="a.csv")
    assert [(step.action, step.test_data) for step in found.steps] == [("入力する", "ID: a")]


@pytest.mark.parametrize(
    ("cell", "actions"),
    [
        ("①開く ②押す③戻る", ["開く", "押す", "戻る"]),
        ("①の欄に入力し、②の欄は空にする", ["①の欄に入力し、②の欄は空にする"]),
        ("③と①を比べる", ["③と①を比べる"]),
        ("1. 開く", ["開く"]),
        ("① 開く", ["開く"]),
        ("2. 開く", ["2. 開く"]),
        ("1.5 秒待つ", ["1.5 秒待つ"]),
    ],
)
def test_marks_on_one_line_divide_it_and_the_number_of_a_single_step_is_no_part_of_it(
    cell: str, actions: list[str]
) -> None:
    [found] = read_procedures(f"ID,タイトル,手順\n1,入る,{cell}\n".encode(), name="a.csv")
    assert [step.action for step in found.steps] == actions


def test_a_cell_may_be_in_the_wiki_markup_of_jira() -> None:
    cell = "h3. Precondition\n* A *gold* member\n\nh3. Steps\n# Open _Stock_\n** twice\n# Scan {{A-100}}, press [Confirm|https://a.test/b]\n\nh3. Expected\n* {color:red}5 left{color}"
    assert blocks_of(cell) == {
        "preconditions": "- A gold member",
        "action": "1. Open Stock\n  - twice\n2. Scan A-100, press Confirm",
        "expected": "- 5 left",
    }
