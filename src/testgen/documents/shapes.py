"""The texts of boxes, arrows and callouts on the sheets of a workbook (.xlsx), which its library does not read."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from testgen.interchange.xlsx_parts import Parts, elements, parsed

_ANCHORS = ("twoCellAnchor", "oneCellAnchor")
Shape = tuple[int, str]  # the row in which it begins, from 0, and its text


def shapes_of(content: bytes, sheet: str) -> list[Shape]:
    """The shapes with text on a sheet, from top to bottom."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return sorted(_shapes(package, Parts(content).part_of(sheet)))


def has_shapes(content: bytes) -> bool:
    """Whether any sheet has shapes."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return any(name.startswith("xl/drawings/drawing") for name in package.namelist())


def _shapes(package: zipfile.ZipFile, part: str) -> Iterator[Shape]:
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    known = set(package.namelist())
    for relation in elements(parsed(package.read(relations)), "Relationship") if relations in known else ():
        target = posixpath.normpath(posixpath.join("/", folder, relation.getAttribute("Target"))).lstrip("/")
        if relation.getAttribute("Type").endswith("/drawing") and target in known:
            yield from _of_drawing(parsed(package.read(target)))


def _of_drawing(drawing: Any) -> Iterator[Shape]:
    for kind in _ANCHORS:
        for anchor in elements(drawing, kind):
            rows = [_text(row) for row in elements(anchor, "row")]
            if any(made.getAttribute("hidden") in ("1", "true") for made in elements(anchor, "cNvPr")):
                continue
            paragraphs = ("".join(map(_text, elements(paragraph, "t"))) for paragraph in elements(anchor, "p"))
            if text := "\n".join(filter(str.strip, paragraphs)):
                yield int(rows[0]) if rows and rows[0].isdecimal() else 0, text


def _text(element: Any) -> str:
    return "".join(node.data for node in element.childNodes if node.nodeType == node.TEXT_NODE)
