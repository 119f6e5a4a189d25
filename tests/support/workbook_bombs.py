"""Workbooks of a few kilobytes that unpack to gigabytes, each with what there is too much of."""

from collections.abc import Callable

from support.packages import packed, parts_of
from support.workbooks import workbook

HEADER = ["ID", "Title", "Action", "Expected result"]
ROWS = [HEADER, ["1", "x", "Open it", "It is open"]]
GOOD = workbook({"S": ROWS})
SHEET = "xl/worksheets/sheet1.xml"
WHOLE = "A3:XFD1048576"


def in_sheet(before: bytes, insertion: bytes) -> bytes:
    parts = parts_of(GOOD)
    assert before in parts[SHEET]
    parts[SHEET] = parts[SHEET].replace(before, insertion + before, 1)
    return packed(parts)


def in_another_folder(cells: bytes) -> bytes:
    parts = parts_of(in_sheet(b"</sheetData>", cells))
    parts["elsewhere/s.xml"] = parts.pop(SHEET)
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"/xl/worksheets/sheet1.xml", b"/elsewhere/s.xml")
    return packed(parts)


def in_utf_16(insertion: bytes) -> bytes:
    parts = parts_of(in_sheet(b"</sheetData>", insertion))
    text = parts[SHEET].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    parts[SHEET] = ("\ufeff" + text).encode("utf-16-le")
    return packed(parts)


def with_styles(count: int) -> bytes:
    parts = parts_of(GOOD)
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</cellXfs>", b"<xf/>" * count + b"</cellXfs>")
    return packed(parts)


def with_strings(count: int) -> bytes:
    texts = b"<si><t>a</t></si>" * count
    return packed({**parts_of(GOOD), "xl/sharedStrings.xml": b"<sst>" + texts + b"</sst>"})


CELLS = b'<row r="3">' + b'<c r="A3" s="1"/>' * 300_001 + b"</row>"
# Made where they are read, because they take a while.
HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "a merge over the whole sheet": (
        lambda: in_sheet(b"<pageMargins", b'<mergeCells><mergeCell ref="%s"/></mergeCells>' % WHOLE.encode()),
        "300,000 cells under merged areas",
    ),
    "merges of a middling size": (
        lambda: in_sheet(b"<pageMargins", b"<mergeCells>" + b'<mergeCell ref="A3:Z3000"/>' * 10 + b"</mergeCells>"),
        "300,000 cells under merged areas",
    ),
    "a hyperlink over the whole sheet": (
        lambda: in_sheet(b"<pageMargins", b'<hyperlinks><hyperlink ref="%s" location="a"/></hyperlinks>' % WHOLE.encode()),
        "300,000 cells under hyperlinks",
    ),
    "three million rows": (lambda: in_sheet(b"</sheetData>", b'<row r="3" ht="9"/>' * 3_000_000), "200,000 rows"),
    "cells outside the usual folder": (lambda: in_another_folder(CELLS), "300,000 cells"),
    "cells in UTF-16": (lambda: in_utf_16(CELLS), "300,000 cells"),
    "cells with a prefix": (
        lambda: in_sheet(b"</sheetData>", b'<x:row xmlns:x="y">' + b'<x:c r="A1"/>' * 300_001 + b"</x:row>"),
        "300,000 cells",
    ),
    "shared strings": (lambda: with_strings(300_001), "300,000 texts"),
    "styles": (lambda: with_styles(65_491), "65,490 cell formats"),
    "elements that nobody knows": (lambda: in_sheet(b"<pageMargins", b"<a/>" * 3_000_001), "3,000,000 elements"),
    "depth": (lambda: in_sheet(b"<pageMargins", b"<a>" * 200 + b"</a>" * 200), "nested deeper than 100"),
    "parts": (lambda: packed({**parts_of(GOOD), **{f"xl/{number}.xml": b"" for number in range(2_001)}}), "2,000 parts"),
}  # fmt: skip
