"""Drawn files through every reader: cases and procedures come out, or one error of ours that names what is wrong."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

import pytest
import yaml
from hypothesis import strategies as st
from support.cases import EN, JA
from support.fuzz import draw, report, texts
from support.procedures import procedure

from testgen.domain.errors import InvalidInputError
from testgen.domain.test_case import TestCase
from testgen.interchange import read_cases, read_columns, read_glossary, read_procedures, write_procedures
from testgen.interchange.registry import CASES, FORMATS, READABLE, WRITABLE

SAMPLES = Path(__file__).parents[1] / "data/imports"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
BYTES = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b'"',
    b",",
    b"\t",
    b"<",
    b"&",
    b"[",
    b"{",
    b"}",
    b":",
    b"- ",
    b"!!",
    b"*a",
    b"&a ",
    b"PK",
    b"\x1f",
    "項番".encode("cp932"),
)


@cache
def whole(name: str) -> bytes:
    """A file that the format's own writer made, or one of the corpus where it is only read, to be damaged."""
    if name not in WRITABLE:
        return next(SAMPLES / file for file, told in EXPECTED.items() if told["format"] == name).read_bytes()
    made = procedure(("Open the page", "data", "It is shown"), ("「保存」を押す", "表示される"))
    return write_procedures([made, made.model_copy(update={"test_case_id": "T-2", "title": "二つ目"})], name)


def damaged(name: str) -> st.SearchStrategy[bytes]:
    """A written file with pieces cut out, doubled and put in."""
    content = whole(name)
    place = st.integers(0, len(content))
    change = st.tuples(
        place,
        st.integers(0, 40),
        st.sampled_from(BYTES) | st.binary(max_size=6) | texts(3).map(lambda text: text.encode("utf-8", "replace")),
    )

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        changed = content
        for at, cut, put in changes:
            changed = changed[:at] + put + changed[at + cut :]
        return changed

    return st.lists(change, max_size=5).map(apply)


def workbook(parts: list[tuple[str, str]]) -> bytes:
    """The written workbook with some of its parts replaced."""
    buffer = io.BytesIO()
    replaced = dict(parts)
    with zipfile.ZipFile(io.BytesIO(whole("xlsx"))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, replaced.get(name, source.read(name)))
    return buffer.getvalue()


@cache
def parts_of_a_workbook() -> tuple[tuple[str, str], ...]:
    with zipfile.ZipFile(io.BytesIO(whole("xlsx"))) as source:
        return tuple(
            (name, source.read(name).decode()) for name in source.namelist() if name.endswith((".xml", ".rels"))
        )


def damaged_workbooks() -> st.SearchStrategy[bytes]:
    """Parts of a workbook, damaged as text, inside an archive that is whole."""

    def damage(drawn: tuple[tuple[str, str], int, int, str]) -> tuple[str, str]:
        (name, text), at, cut, put = drawn
        place = at % (len(text) + 1)
        return name, text[:place] + put + text[place + cut :]

    put = st.sampled_from(
        ["", "<c/>", "A1", "-1", "999999999", "&lt;", "\0", "<row/>", 'r="XFD1048576"', "</sheetData>", "x"]
    )
    change = st.tuples(st.sampled_from(parts_of_a_workbook()), st.integers(0, 9999), st.integers(0, 30), put).map(
        damage
    )
    return st.lists(change, min_size=1, max_size=3).map(workbook)


def checked(read: Callable[[bytes], object]) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        with suppress(InvalidInputError):
            read(content)

    return check


@pytest.mark.parametrize("name", READABLE)
def test_procedures_of_damaged_files(name: str) -> None:
    strategy = damaged_workbooks() | damaged(name) if name == "xlsx" else damaged(name)
    count = draw(
        strategy,
        checked(lambda content: read_procedures(content, name="f", source_format=name)),
        examples=25,
        share=1 / 40,
    )
    report(f"files of {name}", [count])


@pytest.mark.parametrize("name", CASES)
def test_cases_of_damaged_files(name: str) -> None:
    drawn = damaged(name) if name in READABLE else texts().map(lambda text: text.encode("utf-8", "replace"))
    count = draw(
        drawn, checked(lambda content: read_cases(content, name="f", source_format=name)), examples=12, share=1 / 40
    )
    report(f"cases of {name}", [count])


@pytest.mark.parametrize("ending", sorted({entry.suffix for entry in FORMATS.values()} | {"", ".yml", ".txt"}))
def test_anything_under_any_name(ending: str) -> None:
    drawn = st.binary(max_size=300) | texts().map(lambda text: text.encode("utf-8", "replace"))

    def read(content: bytes) -> None:
        for reader in (read_cases, read_procedures, read_glossary, read_columns):
            checked(partial(reader, name=f"f{ending}"))(content)

    report(f"bytes as f{ending}", [draw(drawn, read, examples=8, share=1 / 40)])


def test_whatever_a_case_says_its_procedure_is_written_in_every_format_or_refused() -> None:
    def write(text: str) -> None:
        for case in (EN, JA):
            made = procedure((f"a{text}", text, text), language="ja" if case is JA else "en")
            filled = TestCase.model_validate({**case.model_dump(), "title": f"t{text}"[:300]})
            given = made.model_copy(update={"title": filled.title, "preconditions": (text,), "custom": {"own": text}})
            for name in FORMATS:
                with suppress(InvalidInputError):
                    write_procedures([given], name)

    report("texts written", [draw(texts(10), write, examples=8, share=1 / 40)])
