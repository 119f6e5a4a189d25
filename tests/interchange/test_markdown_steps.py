"""Markdown with a table of steps below the heading of a case: procedures, those that testgen writes among them."""

import pytest
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.interchange import load_cases, load_procedures, read_cases, read_procedures, write_procedures

CASE = "# Login\n\n## L-1 Sign in\n\n- Priority: high\n\n### Preconditions\n\n- A user exists\n\n"
TABLE = "| No | Action | Data | Expected result |\n|--|--|--|--|\n| 1 | Open | | shown |\n| 2 | Enter | ID: a<br>PW: p\\|w | |\n"


def test_a_table_of_steps_belongs_to_the_case_above_it() -> None:
    [found] = read_procedures((CASE + TABLE).encode(), name="a.md")
    assert (found.test_case_id, found.title, found.section, found.priority) == ("L-1", "Sign in", ("Login",), "high")
    assert found.preconditions == ("A user exists",)
    assert [(step.action, step.test_data, step.expected_result) for step in found.steps] == [
        ("Open", None, "shown"),
        ("Enter", "ID: a\nPW: p|w", ""),
    ]


def test_the_case_behind_it_has_its_results() -> None:
    [case] = read_cases((CASE + TABLE).encode(), name="a.md")
    assert (case.id, case.expected_results) == ("L-1", ("shown",))


@pytest.mark.parametrize("heading", ["### Steps", "### Test steps"])
def test_steps_may_be_a_list_below_their_heading(heading: str) -> None:
    listed = (
        f"{heading}\n\n1. Open the form\n2. Enter an ID\n   and press Save\n\n### Expected result\n\nSaved is shown\n"
    )
    [found] = read_procedures((CASE + listed).encode(), name="a.md")
    assert [(step.action, step.expected_result) for step in found.steps] == [
        ("Open the form", ""),
        ("Enter an ID\nand press Save", "Saved is shown"),
    ]
    assert (found.preconditions, found.expected_results) == (("A user exists",), ("Saved is shown",))


def test_steps_may_be_listed_in_japanese() -> None:
    text = "## L-1 ログイン\n\n### 手順\n\n1. 画面を開く\n2. 「OK」を押す\n\n### 期待結果\n\n- 完了と表示される\n"
    [found] = read_procedures(text.encode(), name="a.md")
    assert [(step.action, step.expected_result) for step in found.steps] == [
        ("画面を開く", ""),
        ("「OK」を押す", "完了と表示される"),
    ]


def test_a_second_table_goes_on_and_one_of_other_columns_is_told() -> None:
    more = "\nthen\n\n" + TABLE.replace("Open", "Close")
    other = "\n| Action | Expected result |\n|--|--|\n| Wait | |\n"
    found = load_procedures((CASE + TABLE + more + other).encode(), name="a.md")
    assert [step.action for step in found.entries[0].steps] == ["Open", "Enter", "Close", "Enter"]
    assert [entry.reason for entry in found.skipped] == ["has a second table of steps with other columns"]


def test_a_section_of_the_document_is_no_field_of_the_case_above_it() -> None:
    found = load_procedures(f"{CASE}{TABLE}\n## Remarks\n\nReviewed each month.\n".encode(), name="a.md")
    assert found.entries[0].custom == {}
    assert [(entry.title, entry.reason[:25]) for entry in found.skipped] == [("Remarks", "contains only a paragraph")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_testgen_writes_is_read_back(language: Language) -> None:
    made = procedure(("open a|b", "x"), ("press\nagain", "y: 1\nz", "ok <b>"), ("# x", "- r"), language=language).model_copy(
        update={
            "test_case_id": "T-1", "title": "Sign *in*", "preconditions": ("a", "- b"), "expected_results": ("e",),
            "test_data": {"n": "v"},
        }
    )  # fmt: skip
    [back] = read_procedures(write_procedures([made], "markdown"), name="a.md")
    for field in ("test_case_id", "title", "preconditions", "expected_results", "test_data", "steps"):
        assert getattr(back, field) == getattr(made, field), field


@pytest.mark.parametrize("mark", ["**{}**\n\n", "**{}：**\n\n", "**{}**：\n"])
def test_labels_in_bold_are_headings(mark: str) -> None:
    """As word processors leave them."""
    text = "".join(
        mark.format(name) + body
        for name, body in (
            ("前提条件", "- 会員である\n\n"), ("手順", "- 開く\n    - 静かに\n- 押す\n\n"), ("期待結果", "- 出る\n\n> 注意：後で戻す\n"),
        )
    )  # fmt: skip
    [found] = read_procedures(f"# 手順書\n\n## 3.1 TC-1 入る\n\n{text}".encode(), name="a.md")
    assert (found.test_case_id, found.title, found.preconditions) == ("TC-1", "入る", ("会員である",))
    assert [(step.action, step.expected_result) for step in found.steps] == [("開く\n静かに", ""), ("押す", "出る")]
    assert found.custom == {"備考": "注意：後で戻す"}


def test_a_label_in_bold_may_have_its_text_beside_it() -> None:
    text = "## TC-2 Log in\n\n**Preconditions:** A user exists\n\n**Steps**\n1. Open\n2. Log in\n\n**Expected result:** Home\n"
    [found] = read_procedures(text.encode(), name="a.md")
    assert found.preconditions == ("A user exists",)
    assert [(step.action, step.expected_result) for step in found.steps] == [("Open", ""), ("Log in", "Home")]


def test_a_word_in_bold_is_no_label() -> None:
    text = "## TC-2 Log in\n\n### Expected results\n\n**Steps** are listed.\n"
    [found] = read_cases(text.encode(), name="a.md")
    assert found.expected_results == ("Steps are listed.",)


def test_only_a_section_without_cases_below_it_is_told() -> None:
    text = "# Suite\n\nAbout it.\n\n## A-1 In\n\nProse.\n\n## A-2 Out\n\n### Expected results\n\n- out\n\n## A-2 Out\n\nProse.\n"
    found = load_cases(text.encode(), name="a.md")
    assert [skipped.title for skipped in found.skipped] == ["A-1 In", "A-2 Out"]


def test_labels_in_bold_may_stand_on_lines_of_one_paragraph() -> None:
    text = "## L-1 Sign in\n\n**Priority:** high\n**Tags:** smoke\n**Precondition:** A user exists\nand is active\n\n### Steps\n\n1. Open\n"
    [found] = read_procedures(text.encode(), name="a.md")
    assert (found.priority, found.tags, found.preconditions) == ("high", ("smoke",), ("A user exists", "and is active"))


def test_numbers_that_restart_below_each_heading_get_its_name() -> None:
    table = "| No | テスト項目 | 操作手順 | 期待結果 |\n|--|--|--|--|\n| 1 | 開く | 押す | 開いた |\n\n"
    found = read_procedures(f"# 仕様書\n\n## 新規\n\n{table}## 取消\n\n{table}".encode(), name="a.md")
    assert [made.test_case_id for made in found] == ["新規-1", "取消-1"]


@pytest.mark.parametrize("tags", ["**Tags:** smoke, login", "### Tags\n\n- smoke\n- login", "### Tags\n\nsmoke, login"])
def test_tags_on_one_line_are_several(tags: str) -> None:
    [found] = read_procedures(f"## L-1 Sign in\n\n{tags}\n\n### Steps\n\n1. Open\n".encode(), name="a.md")
    assert found.tags == ("smoke", "login")
