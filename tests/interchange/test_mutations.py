"""Files of the corpus with rows cut, cells removed, delimiters changed, encodings swapped: read, or refused in one line."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.tools import examples

from testgen.domain.errors import TestgenError
from testgen.interchange import load_cases, load_entries

FOLDER = Path(__file__).parents[1] / "data/imports"
FILES = sorted(path for path in FOLDER.rglob("*.*") if path.name != "expected.yaml")
TEXTS = [path for path in FILES if path.suffix not in (".xlsx", ".xls")]
DRAWS = 2_000


def cut_rows(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    return "\n".join(lines[:start] + lines[start + draw(st.integers(1, 4)) :])


def removed_cells(draw: st.DrawFn, text: str) -> str:
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error:
        return text
    for row in rows:
        if row and draw(st.booleans()):
            del row[draw(st.integers(0, len(row) - 1)) :]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def other_delimiter(draw: st.DrawFn, text: str) -> str:
    here, there = draw(st.sampled_from([",;", ",\t", ";,", "\t;", ",|", "\"'", "<(", ".,"]))
    return text.replace(here, there)


def other_characters(draw: st.DrawFn, text: str) -> str:
    place = draw(st.integers(0, len(text)))
    return (
        text[:place]
        + draw(st.text(max_size=4) | st.sampled_from(["\r", "\0", '"']))
        + text[place + draw(st.integers(0, 9)) :]
    )


CHANGES = (cut_rows, removed_cells, other_delimiter, other_characters)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    path = draw(st.sampled_from(FILES))
    content = path.read_bytes()
    if path in TEXTS:
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = content.decode(encoding, errors="replace")
        for _ in range(draw(st.integers(1, 3))):
            text = draw(st.sampled_from(CHANGES))(draw, text)
        content = text.encode(
            draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932", "latin-1"])), errors="replace"
        )
    else:
        place = draw(st.integers(0, len(content) - 1))
        content = content[:place] + draw(st.binary(max_size=8)) + content[place + draw(st.integers(0, 400)) :]
    name = draw(st.sampled_from([path.name, "a.csv", "standard input"]))
    return name, content


@pytest.mark.uncovered
@settings(max_examples=examples(DRAWS), deadline=None)
@given(mutated())
def test_a_mutated_file_is_read_or_refused_in_one_line(drawn: tuple[str, bytes]) -> None:
    name, content = drawn
    refusal = ""
    try:
        assert load_entries(content, name=name).entries
        assert load_cases(content, name=name).entries
    except TestgenError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert not refusal or name in refusal
