"""Reading test cases: clear errors for whatever a file holds."""

import pytest

from testgen.domain.errors import InvalidInputError, UnreadableInputError
from testgen.interchange import read_cases
from testgen.interchange.registry import CASES, FORMATS, READABLE, format_of

ONE = '{"id": "a", "title": "t", "expected_results": ["y"]}'


@pytest.mark.parametrize(
    ("name", "text", "ids"),
    [
        ("a.json", ONE, ["a"]),
        ("a.json", f"[{ONE}, {ONE.replace('a', 'b', 1)}]", ["a", "b"]),
        ("a.json", "\ufeff" + ONE, ["a"]),
        ("a.yaml", "id: a\ntitle: t\nexpected_results: [y]", ["a"]),
        ("a.yml", "- {id: a, title: t, expected_results: [y]}\n- {id: b, title: t, expected_results: [y]}", ["a", "b"]),
        ("a.yaml", "id: a\ntitle: t\nexpected_results: [y]\n---\nid: b\ntitle: t\nexpected_results: [y]", ["a", "b"]),
        ("standard input", ONE, ["a"]),
    ],
)
def test_one_or_several_cases(name: str, text: str, ids: list[str]) -> None:
    assert [case.id for case in read_cases(text.encode(), name=name)] == ids


def test_a_date_in_yaml_stays_as_it_was_typed() -> None:
    case = read_cases(b"id: a\ntitle: t\ntest_data: {day: 2027-01-31}\nexpected_results: [y]", name="a.yaml")[0]
    assert case.test_data == {"day": "2027-01-31"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b"{", "a.json: is not JSON at line 1, column 2"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.yaml", b"id: [", "a.yaml: is not YAML at line 1"),
        ("a.yaml", b"a: &x [*x]", "aliases"),
        (
            "a.yaml",
            b"".join(
                b"k%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9) if n else b"1") for n in range(9)
            ),
            r"aliases .*line 2\) that repeat too much",
        ),
        ("a.yaml", b"a: !!python/object:os.system {}", "is not YAML"),
        ("a.yaml", b"", "there is no test case in it"),
        ("a.json", b"[]", "there is no test case in it"),
        ("a.yaml", b"id: \x81\xff", "byte 4 in line 1, column 5 is neither UTF-8 nor cp932"),
        ("a.md", b"# x", "has no test case: write a heading"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(name: str, content: bytes, says: str) -> None:
    with pytest.raises(UnreadableInputError, match=says):
        read_cases(content, name=name)


def test_a_files_ending_means_only_a_format_that_can_be_read() -> None:
    meant = {format_of(f"file{entry.suffix}") for entry in FORMATS.values()}
    assert meant <= {None, *CASES, *READABLE}


def test_a_wrong_case_among_several_is_named_by_its_place() -> None:
    with pytest.raises(InvalidInputError, match=r"a.json\[1\].*/title"):
        read_cases(f'[{ONE}, {{"id": "b"}}]'.encode(), name="a.json")


@pytest.mark.parametrize("text", ["just text", "[1, 2]", "null\n---\n3"])
def test_something_that_is_no_object_is_not_a_case(text: str) -> None:
    with pytest.raises(InvalidInputError):
        read_cases(text.encode(), name="a.yaml")
