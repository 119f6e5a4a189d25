"""What a cell says stays whole: a time, a date or a version begins no item, numbers may leave some out, a mark means the value above."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.procedures import procedure
from support.tools import examples
from support.workbooks import workbook

from testgen.interchange import load_cases, load_procedures
from testgen.interchange.ditto import is_nothing
from testgen.interchange.named_data import data_of
from testgen.interchange.tabular import paired, split_numbered

LIKE_NUMBERS = st.sampled_from(
    ["9:00 の枠", "15:00 の枠", "2026/10/1 から", "2026.10.1 から", "1.2.3 を入れる", "v2.0", "10/1 9:00", "0.5 秒", "3.14", "12：30 に始まる", "１．５倍"]
)  # fmt: skip
WORDS = st.text(st.characters(categories=["Lo", "Ll"]), min_size=1, max_size=6)
LINES = st.lists(LIKE_NUMBERS | WORDS, min_size=1, max_size=4).map("\n".join)
HEAD = ["ID", "Title", "Action", "Test data", "Expected result"]


def as_csv(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def both(rows: list[list[str]]) -> list[tuple[str, bytes]]:
    return [("a.csv", as_csv(rows)), ("a.xlsx", workbook({"S": rows}))]


@settings(max_examples=examples(100), deadline=None)
@given(action=LINES, data=LINES, expected=LINES)
def test_values_that_look_like_items_stay_whole_in_csv_and_excel(action: str, data: str, expected: str) -> None:
    for name, content in both([HEAD, ["1", "T", action, data, expected]]):
        [step] = load_procedures(content, name=name).entries[0].steps
        assert (step.action, step.test_data, step.expected_result) == (action, data, expected)


@settings(max_examples=examples(100), deadline=None)
@given(
    numbers=st.lists(st.integers(2, 20), unique=True, min_size=1, max_size=4).map(sorted).map(lambda more: [1, *more]),
    texts=st.lists(LIKE_NUMBERS | WORDS, min_size=5, max_size=5),
)
def test_items_keep_their_results_whatever_numbers_are_left_out(numbers: list[int], texts: list[str]) -> None:
    items = list(zip(numbers, texts, strict=False))
    cell = "\n".join(f"{number}. {text}" for number, text in items)
    for name, content in both([HEAD, ["1", "T", cell, "", cell]]):
        steps = load_procedures(content, name=name).entries[0].steps
        assert [(step.action, step.expected_result) for step in steps] == [(text, text) for _, text in items]


def test_items_that_begin_anew_are_one_list() -> None:
    assert split_numbered("1. a\n2. b\n1. c") == [(1, "a"), (2, "b"), (1, "c")]
    assert paired("1. a\n2. b\n1. c", "shown") == [("a", "", ""), ("b", "", ""), ("c", "", "shown")]


@pytest.mark.parametrize("text", ["10、20 を入力する\n15、30 を入力する", "3. c\n2. b", "a\n1. b"])
def test_what_is_no_list_is_none(text: str) -> None:
    assert split_numbered(text) == []


@pytest.mark.parametrize(
    ("cell", "data"),
    [
        ("ID：tanaka\nPW：x", {"ID": "tanaka", "PW": "x"}),
        ("金額 = 1,000 円", {"金額": "1,000 円"}),
        ("9:00", {"1": "9:00"}),
        ("https://example.com/a", {"1": "https://example.com/a"}),
        ("C:\\temp", {"1": "C:\\temp"}),
        ("色: 赤\n色: 青", {"色": "赤", "色 (2)": "青"}),
    ],
)
def test_a_data_cell_is_names_and_values(cell: str, data: dict[str, str]) -> None:
    assert data_of(cell) == data


@settings(max_examples=examples(60), deadline=None)
@given(
    mark=st.sampled_from(["同上", "same as above", "〃", "Ditto"]),
    nothing=st.sampled_from(["-", "－", "〃", "n/a", "—"]),
    value=WORDS.filter(lambda text: not is_nothing(text)),
)
def test_a_mark_takes_the_value_above_and_as_a_result_it_is_nothing(mark: str, nothing: str, value: str) -> None:
    rows = [HEAD, ["1", "T", "open", value, "shown"], ["", "", "press", mark, nothing]]
    for name, content in both(rows):
        first, second = load_procedures(content, name=name).entries[0].steps
        assert (first.test_data, second.test_data, second.expected_result) == (value, value, "")


def test_the_case_behind_old_steps_has_their_data_by_name() -> None:
    [case] = load_cases(as_csv([HEAD, ["1", "T", "open", "ID：tanaka\nPW：x", "shown"]]), name="a.csv").entries
    assert case.test_data == {"ID": "tanaka", "PW": "x"}


def test_the_case_behind_a_procedure_keeps_whatever_its_own_columns_hold() -> None:
    made = procedure(("Open it", "It is open")).model_copy(update={"custom": {"a": {"b": 1}, "c": 5, "d": ["x", "y"]}})
    [case] = load_cases(made.model_dump_json().encode(), name="a.json").entries
    assert dict(case.custom) == {"a": {"b": 1}, "c": 5, "d": "x\ny"}


def test_a_list_within_an_item_belongs_to_it() -> None:
    steps = paired("1. 開く\n2. 下記を入力\n 1. 名前\n 2. 住所\n3. 登録", "1. 画面\n3. 登録される")
    assert steps == [("開く", "", "画面"), ("下記を入力\n1. 名前\n2. 住所", "", ""), ("登録", "", "登録される")]
    assert split_numbered("1. a\n 2. b\n  3. c") == [(1, "a"), (2, "b"), (3, "c")], "indented carelessly"
    assert split_numbered("1. a\n2. b\n1. c\n2. d") == [(1, "a"), (2, "b"), (1, "c"), (2, "d")], "begins anew"
