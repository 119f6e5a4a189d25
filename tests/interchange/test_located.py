"""A wrong field is named as in the file that somebody gave: heading and cell of a sheet, line of a YAML or JSON file."""

import io

import openpyxl
import pytest

from testgen.domain.errors import InvalidInputError
from testgen.interchange import json_format, yaml_format
from testgen.interchange.reading import load_cases, load_entries, load_procedures
from testgen.interchange.team_files import read_columns, read_knowledge
from testgen.messages import in_language

LONG = "x" * 60_000


def workbook(*rows: tuple[str, ...], sheet: str = "ログイン") -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def reasons(content: bytes, name: str, language: str = "en") -> list[str]:
    return [in_language(str(entry), language) for entry in load_cases(content, name=name).skipped]


HEADINGS = ("項番", "テスト項目", "テストデータ", "期待結果")
CASES = (("テスト計画",), (), HEADINGS, ("A-1", "できる", "a: 1", "表示される"), ("A-2", "結果がない", "a: 1", ""))


def test_a_cell_of_a_workbook_is_named_with_its_heading() -> None:
    [told] = reasons(workbook(*CASES), "c.xlsx")
    assert told == "row 5 of sheet 'ログイン' (A-2 結果がない): cell D5 '期待結果': is empty: at least 1 is needed"


def test_in_japanese_too() -> None:
    [told] = reasons(workbook(*CASES), "c.xlsx", "ja")
    assert told == "シート「ログイン」の5行目 (A-2 結果がない): セル D5「期待結果」: 空です。1件以上入力してください"


def test_a_field_that_several_rows_fill_in_is_named_by_its_column() -> None:
    rows = (HEADINGS, ("A-1", "できる", "a: 1", "出る"), ("A-2", "ない", "a: 1", ""), ("", "", "b: 2", ""))
    assert "「期待結果」の列: 空です" in reasons(workbook(*rows), "c.xlsx", "ja")[0]


def test_a_csv_has_headings_and_no_letters() -> None:
    content = b"ID,Title,Expected results\nA,One,shown\nB,Two,\n"
    assert reasons(content, "c.csv") == ["row 3 (B Two): column 'Expected results': is empty: at least 1 is needed"]


def test_a_step_is_named_by_its_own_row() -> None:
    headings = ("ID", "Title", "Action", "Expected result", "Verifies")
    rows = (
        headings,
        ("A", "One", "Open", "Open", ""),
        ("", "", "Save", "Shown", "0"),
        ("B", "Two", "Open", "Open", ""),
    )
    [skipped] = load_procedures(workbook(*rows, sheet="S"), name="p.xlsx").skipped
    assert "cell E3 'Verifies' (0): must be at least 1" in str(skipped)


def test_the_column_of_a_missing_title_is_named() -> None:
    content = b"ID,Title,Expected results\nA,One,shown\nB,,seen\n"
    assert reasons(content, "c.csv")[0].endswith("has no title: fill in the column 'Title'")


def test_a_sheet_of_steps_that_is_read_for_its_cases_has_places_too() -> None:
    rows = (("ID", "Title", "Action", "Expected result", "Priority"), ("A", "One", "Open", "Open", LONG))
    both = (*rows, ("B", "Two", "Open", "Open", "high"))
    assert "cell E2 'Priority'" in reasons(workbook(*both), "c.xlsx")[0]


YAML = b"- id: A\n  title: x\n  expected_results: [a]\n- id: B\n  title: 3\n  expected_results:\n    - ok\n    - 5\n"
JSON = b'{\n\t"id": "A", "custom": {"a": [1, {"b": "\\"}"}]},\n\t"title": 3,\n\t"expected_results": [\n\t\t"a",\n\t\t7\n\t]}'


@pytest.mark.parametrize(
    ("content", "name", "lines"), [(YAML, "c.yaml", [5, 8]), (JSON, "c.json", [3, 6])], ids=["yaml", "json"]
)
def test_yaml_and_json_have_lines(content: bytes, name: str, lines: list[int]) -> None:
    with pytest.raises(InvalidInputError) as caught:
        load_entries(content, name=name)
    assert [problem.line for problem in caught.value.problems] == lines
    assert f"line {lines[0]}, /title (3): must be text" in str(caught.value)
    assert f"{lines[0]}行目、/title (3): 文字列で" in in_language(str(caught.value), "ja")


def test_what_is_missing_is_on_the_line_of_what_should_have_it() -> None:
    with pytest.raises(InvalidInputError, match="line 3, /expected_results: is missing"):
        load_cases(b"---\n---\nid: A\ntitle: x\n", name="c.yaml")
    with pytest.raises(InvalidInputError, match="line 2, /expected_results: is missing"):
        load_cases(b'[\n{"id": "A",\n "title": "x"}]', name="c.json")


def test_a_procedure_and_what_a_team_writes_have_lines_too() -> None:
    with pytest.raises(InvalidInputError, match="line 4, /steps/1/action"):
        load_procedures(b"title: x\nsteps:\n  - action: Open\n  - {action: 5}\n", name="p.yaml")
    with pytest.raises(InvalidInputError, match="line 3, /screens/0/opn"):
        read_knowledge(b"screens:\n  - name: A\n    opn: x\n", name="k.yaml")
    with pytest.raises(InvalidInputError, match=r"^c\.yaml: the columns is not valid: /columns/x"):
        read_columns(b"a: action\nx: y\n", name="c.yaml")  # `columns:` is left out there


@pytest.mark.parametrize("lines_of", [yaml_format.lines_of, json_format.lines_of], ids=["yaml", "json"])
def test_of_a_path_that_leads_nowhere_no_line_is_told(lines_of: object) -> None:
    assert callable(lines_of)
    text = '{"a": {"b/c": [1,\n2]},\n "d": 4}'
    paths = [["a", "b/c", "1"], ["d"], ["d", "x"], ["x", "y"], []]
    assert lines_of(text, 0, paths) == [2, 3, 3, 0, 1]


def test_of_one_json_object_per_line_the_lines_are_known_too() -> None:
    with pytest.raises(InvalidInputError, match=r"line 2, /title \(3\)"):
        load_cases(
            b'{"id": "A", "title": "x", "expected_results": ["a"]}\n{"id": "B", "title": 3, "expected_results": ["a"]}\n',
            name="c.json",
        )
