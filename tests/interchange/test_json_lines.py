"""JSON with one object per line, as the HTTP API takes it and as logs and data sets have it."""

import json

import pytest

from testgen.domain.errors import UnreadableInputError
from testgen.interchange.reading import load_cases

FIRST, SECOND = ({"id": name, "title": name, "expected_results": ["seen"]} for name in ("A-1", "A-2"))


@pytest.mark.parametrize("name", ["cases.ndjson", "cases.jsonl", "cases.json"])
def test_each_line_is_a_case(name: str) -> None:
    lines = "".join(f"\n {json.dumps(case)} \r\n" for case in (FIRST, SECOND))
    assert [case.id for case in load_cases(lines.encode(), name=name).entries] == ["A-1", "A-2"]


def test_a_line_that_is_no_object_is_skipped_and_told() -> None:
    loaded = load_cases(f"{json.dumps(FIRST)}\n\nnonsense\n{json.dumps(SECOND)}".encode(), name="cases.ndjson")
    assert [case.id for case in loaded.entries] == ["A-1", "A-2"]
    assert [str(entry) for entry in loaded.skipped] == ["row 3: is not a JSON object"]


def test_two_objects_on_one_line_are_no_json() -> None:
    with pytest.raises(UnreadableInputError, match="is not JSON at line 1"):
        load_cases((json.dumps(FIRST) + json.dumps(SECOND)).encode(), name="cases.json")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (json.dumps(FIRST, indent=1) + "\n}", 8),
        (json.dumps(FIRST) + "\n}", 2),
        (json.dumps(FIRST, indent=1) + "\n" + json.dumps(SECOND, indent=1), 8),
        (json.dumps(FIRST, indent=1) + "\n" + json.dumps(SECOND), 8),
        ('{"id": "A",\n"steps": [\n{"action": "a"}\n],\n"more": [\n{"action": "b"}\n]}\n}', 8),
    ],
    ids=["stray brace", "stray brace below a line", "two printed", "one printed, one a line", "objects within"],
)
def test_a_printed_object_with_something_behind_it_is_no_json_at_that_place(text: str, line: int) -> None:
    with pytest.raises(UnreadableInputError, match=f"is not JSON at line {line}, column 1"):
        load_cases(text.encode(), name="cases.json")
