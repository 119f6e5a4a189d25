"""Bytes as text and back: what editors and spreadsheets in Japan save, recognised by content."""

import codecs
import csv
import io
import re

from testgen.domain.errors import FieldProblem, UnreadableInputError
from testgen.messages import say

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_RUN = re.compile(rb"[\x80-\xff]+")
# What a text in English has besides ASCII where Windows saves it: typographic marks, signs and letters with accents.
_WESTERN = frozenset("€…‘’“”•–—™".encode("cp1252")) | frozenset(range(0xA0, 0x100))
_PAIR = 2


def decode(content: bytes, name: str) -> str:
    """The text of a file: by its byte order mark, otherwise UTF-8, otherwise what Excel saves: cp1252 in English, cp932 in Japan.

    Raises:
        UnreadableInputError: none of them; names the byte, its line and its column.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    if b"\0" in content:
        problem = say(
            "{where} is NUL, so this is not a text file: save it as UTF-8", where=_where(content, content.index(0))
        )
        raise UnreadableInputError([FieldProblem("", problem)], subject="", source=name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            return content.decode("cp1252" if _is_western(content) else "cp932")
        except UnicodeDecodeError:
            raise _unreadable(content, error.start, name) from None


def _is_western(content: bytes) -> bool:
    """Whether what is not ASCII stands alone, as in `customer’s` or `£5`: kana and kanji are two bytes each, and many in a row."""
    runs = _RUN.findall(content)
    alone = sum(len(run) == 1 for run in runs)
    return alone * 2 > len(runs) and all(len(run) <= _PAIR and _WESTERN.issuperset(run) for run in runs)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(content, error.start, name) from None


def _unreadable(content: bytes, place: int, name: str) -> UnreadableInputError:
    problem = FieldProblem(
        "", say("{where} is neither UTF-8 nor cp932: save the file as UTF-8", where=_where(content, place))
    )
    return UnreadableInputError([problem], subject="", source=name)


def _where(content: bytes, place: int) -> str:
    line = content.count(b"\n", 0, place) + 1
    column = place - (content.rfind(b"\n", 0, place) + 1) + 1
    return say("byte {place} in line {line}, column {column}", place=place, line=line, column=column)


def encode(text: str, encoding: str) -> bytes:
    """The bytes of a text.

    Raises:
        ValueError: the encoding does not have a character; names it with its row and column, as CSV counts them.
    """
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        letter = text[error.start]
        rows = list(csv.reader(io.StringIO(text, newline="")))
        row, cells = next(
            (number, cells) for number, cells in enumerate(rows, 1) if any(letter in cell for cell in cells)
        )
        column = next(number for number, cell in enumerate(cells, 1) if letter in cell)
        heading = rows[0][column - 1] if column <= len(rows[0]) else ""
        raise ValueError(
            say(
                "{letter!r} (U+{code:04X}) in row {row}, column {column} ({heading}) cannot be written in "
                "{encoding}: replace it, or leave the encoding out for UTF-8",
                letter=letter,
                code=ord(letter),
                row=row,
                column=column,
                heading=heading,
                encoding=encoding,
            )
        ) from None
