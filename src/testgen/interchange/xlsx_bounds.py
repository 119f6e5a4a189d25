"""How large a workbook is, counted before any of it is built: every part of the archive, whatever it is called.

A kilobyte can unpack to gigabytes: by compression, by a merge or a hyperlink over a whole sheet, by millions of empty rows. The
parts are read by a real parser, as they stand in the archive, so that neither another folder nor another encoding hides one.
"""

import contextlib
import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from testgen.messages import say

MOST_PARTS = 2_000
MOST_UNPACKED = 64 * 1024 * 1024  # bytes; a workbook of 300 cases is about 1 MB unpacked
MOST_CELLS = 300_000  # in all sheets, styled ones without a text too: openpyxl takes about 450 bytes and 13 µs for each
MOST_COVERED = 300_000  # cells under merged areas, or under hyperlinks; openpyxl makes one for each
# Elements by their local names, and the most of them in the whole workbook.
_MOST: Mapping[str, tuple[int, str]] = {
    "c": (MOST_CELLS, say("cells")),
    "row": (200_000, say("rows")),
    "mergeCell": (50_000, say("merged areas")),
    "hyperlink": (65_530, say("hyperlinks")),  # Excel's own limit, as of the next
    "xf": (65_490, say("cell formats")),
    "si": (300_000, say("texts")),
    "col": (100_000, say("columns with a format")),
}
_MOST_ELEMENTS = 3_000_000
_DEEPEST = 100
_CHUNK = 256 * 1024  # bytes
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def require_bounded(package: zipfile.ZipFile) -> None:
    """Refuses a workbook that is too large to be read.

    Raises:
        ValueError: it is; says what there is too much of.
    """
    members = package.infolist()
    if len(members) > MOST_PARTS:
        raise _too_many(MOST_PARTS, say("parts"))
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise ValueError(
            say(
                "unpacks to {unpacked:,} MiB; at most {most} MiB are read: split the workbook",
                unpacked=unpacked // 1024**2,
                most=MOST_UNPACKED // 1024**2,
            )
        )
    count = _Count()
    for member in members:
        _add(package, member, count)


def _add(package: zipfile.ZipFile, member: zipfile.ZipInfo, count: "_Count") -> None:
    """Counts a part as far as it is XML; what is none, the reader refuses or has no use for."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = count.starts
    parser.EndElementHandler = count.ends
    parser.StartDoctypeDeclHandler = count.refuses
    with package.open(member) as part, contextlib.suppress(expat.ExpatError):
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk)
    count.part_ends()


class _Count:
    """What was met so far, in all parts."""

    def __init__(self) -> None:
        self._met = dict.fromkeys(_MOST, 0)
        self._covered = {"mergeCell": 0, "hyperlink": 0}
        self._elements = 0
        self._depth = 0

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        self._depth += 1
        local = name.rpartition(":")[2]
        if self._elements > _MOST_ELEMENTS:
            raise _too_many(_MOST_ELEMENTS, say("elements"))
        if self._depth > _DEEPEST:
            raise ValueError(
                say("is nested deeper than {most} elements: open it and save it again as .xlsx", most=_DEEPEST)
            )
        if local in _MOST:
            most, what = _MOST[local]
            self._met[local] += 1
            if self._met[local] > most:
                raise _too_many(most, what)
        if local in self._covered:
            self._covered[local] += _cells_of(attributes.get("ref", ""))
            if self._covered[local] > MOST_COVERED:
                raise _too_many(MOST_COVERED, say("cells under {what}", what=_MOST[local][1]))

    def ends(self, _: str) -> None:
        """An element ends."""
        self._depth -= 1

    def part_ends(self) -> None:
        """The next part begins at its own root."""
        self._depth = 0

    def refuses(self, *_: object) -> None:
        """No part of a workbook has a document type."""
        raise expat.ExpatError


def _too_many(most: int, what: str) -> ValueError:
    return ValueError(
        say(
            "has more than {most:,} {what}, which is the limit: clear everything outside the tests, "
            "or split the workbook",
            most=most,
            what=what,
        )
    )


def _cells_of(area: str) -> int:
    found = _AREA.fullmatch(area)
    if not found:
        return 1
    left, top, right, bottom = found.groups()
    return (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number
