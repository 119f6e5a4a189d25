"""Bytes as text: what editors and spreadsheets in Japan save, recognised by content."""

import codecs

from testgen.domain.errors import FieldProblem, UnreadableInputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(content: bytes, name: str) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else cp932, which Excel in Japan saves.

    Raises:
        UnreadableInputError: none of them; names the byte, its line and its column.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            return content.decode("cp932")
        except UnicodeDecodeError:
            raise _unreadable(content, error.start, name) from None


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(content, error.start, name) from None


def _unreadable(content: bytes, place: int, name: str) -> UnreadableInputError:
    line = content.count(b"\n", 0, place) + 1
    column = place - (content.rfind(b"\n", 0, place) + 1) + 1
    where = f"byte {place} in line {line}, column {column}"
    problem = FieldProblem("", f"{where} is neither UTF-8 nor cp932: save the file as UTF-8")
    return UnreadableInputError([problem], subject="", source=name)
