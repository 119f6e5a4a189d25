"""Rows: handed on when the fourth cell closes, strict at the end."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.tools import examples

from testgen.domain.errors import InvalidOutputError
from testgen.drafting.wire import SCHEMA, RowReader, dump_rows, to_row, to_step

ROWS = [("a", "b", "c", "1"), ("d", "", "e", "S")]


def test_a_row_is_handed_on_with_the_very_character_that_closes_its_fourth_cell() -> None:
    reader, text, when = RowReader(), dump_rows(ROWS), []
    for position, character in enumerate(text):
        when += [position] * len(list(reader.feed(character)))
    assert [text[: position + 1] for position in when] == ['[["a","b","c","1"', '[["a","b","c","1"],["d","","e","S"']
    assert list(reader.finish()) == []


def test_white_space_escapes_and_quotes_inside_cells_do_no_harm() -> None:
    rows = [('say "hi", ok', "C:\\x\n", "「[]」", "1,2")]
    reader = RowReader()
    found = [row for character in json.dumps(rows, indent=2) for row in reader.feed(character)]
    assert found == rows
    assert list(reader.finish()) == []


@given(st.lists(st.tuples(*[st.text('ab"\\[]{}, \n手', max_size=6)] * 4), min_size=1, max_size=4), st.data())
@settings(max_examples=examples(100), deadline=None)
def test_however_an_answer_is_cut_its_rows_are_the_same(
    rows: list[tuple[str, str, str, str]], data: st.DataObject
) -> None:
    text = dump_rows(rows)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=9)))
    reader = RowReader()
    found = [
        row for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) for row in reader.feed(text[start:end])
    ]
    assert found == rows
    assert list(reader.finish()) == []


def test_rows_that_the_stream_did_not_show_come_at_the_end() -> None:
    reader = RowReader()
    assert list(reader.feed('[["a","b","c"')) == []
    assert list(reader.feed(",1]]")) == []
    with pytest.raises(InvalidOutputError, match="row 1 was not four strings"):
        list(reader.finish())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[",
        '[["a","b","c","d"]',
        "```json\n[]\n```",
        '{"a":1}',
        '[["a","b","c"]]',
        '["a"]',
        '[["a","b","c","d","e"]]',
    ],
)
def test_what_is_not_an_array_of_rows_is_refused_at_the_end(text: str) -> None:
    reader = RowReader()
    with pytest.raises(InvalidOutputError):
        [*reader.feed(text), *reader.finish()]


@pytest.mark.parametrize(
    ("mark", "action", "kind", "verifies"),
    [
        ("", "Open it", "action", ()),
        ("S", "Open it", "setup", ()),
        ("C", "Open it", "cleanup", ()),
        ("1,2", "Open it", "action", (1, 2)),
        ("2, 1", "Check the list", "check", (1, 2)),
        ("1、2", "一覧を確認する", "check", (1, 2)),
        ("9", "Open it", "action", ()),
        ("", "Check the list", "action", ()),
    ],
)
def test_the_fourth_cell_tells_kind_and_what_is_verified(
    mark: str, action: str, kind: str, verifies: tuple[int, ...]
) -> None:
    step = to_step((action, "x", "y", mark), 1, expected_results=2)
    assert (step.kind, step.verifies) == (kind, verifies)


@pytest.mark.parametrize("row", [("", "", "y", ""), ("x", "", " ", "")])
def test_action_and_expected_result_must_not_be_empty(row: tuple[str, str, str, str]) -> None:
    with pytest.raises(InvalidOutputError, match="step 1 had no"):
        to_step(row, 1, 1)


def test_a_step_and_its_row_are_the_same_thing() -> None:
    for row in [("a", "b", "c", "1,2"), ("a", "", "c", "S"), ("a", "", "c", "C"), ("a", "", "c", "")]:
        assert to_row(to_step(row, 1, 2)) == row


def test_the_schema_is_the_one_that_the_design_names() -> None:
    cell = {"type": "string", "maxLength": 400}
    assert {
        "type": "array", "minItems": 1, "maxItems": 60, "items": {"type": "array", "minItems": 4, "maxItems": 4, "items": cell},
    } == SCHEMA  # fmt: skip
