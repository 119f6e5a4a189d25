"""Reads Word (.docx) with python-docx: paragraphs, headings with Word's automatic numbers, and tables.

Text that is struck through, hidden or deleted with change tracking is not part of the document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from testgen.documents.block import Block
from testgen.documents.bounds import MOST_COLUMNS, Tally
from testgen.documents.package import lean
from testgen.documents.word_numbers import Numbers, value_of

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text a second time
_GONE = {_NAMESPACE + name for name in ("del", "moveFrom", "pPr", "instrText", "delText", "footnotePr")} | {_FALLBACK}
_HEADING = re.compile(r"(?:heading|見出し)\s?(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc\b|目次|table of figures", re.IGNORECASE)
_DEEPEST_STYLE = 12  # styles that one is based on
PARAGRAPH = 1  # of the kinds of styles (docx.enum.style.WD_STYLE_TYPE)


def blocks(content: bytes, tally: Tally) -> Iterator[Block]:
    """The content of the document in order.

    Raises:
        ValueError: the file cannot be read, or is too large.
    """
    import docx

    document = docx.Document(lean(content, ".docx"))
    yield from _Body(document, tally).blocks(document.element.body)


@dataclass(frozen=True)
class _Style:
    """What a paragraph style defines, itself or through the styles it is based on."""

    level: int = 0
    contents: bool = False
    number: str = ""  # of the list that its paragraphs are numbered in
    depth: str = ""


class _Body:
    """Walks through a body; knows the styles and counts the numbers."""

    def __init__(self, document: Any, tally: Tally) -> None:
        self._styles = {style.style_id: _style(style) for style in document.styles if style.type == PARAGRAPH}
        self._numbers = Numbers(document)
        self._tally = tally

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks of an element, including those in content controls and insertions."""
        for child in parent:
            name = _local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        style = self._styles.get(value_of(element, "pPr", "pStyle"), _Style())
        own = value_of(element, "pPr", "numPr", "numId")
        depth = value_of(element, "pPr", "numPr", "ilvl") or style.depth
        number = self._numbers.next(own or style.number, depth)
        text = _text(element).strip()
        if not text or style.contents:
            return
        self._tally.text(text)
        level = _level(value_of(element, "pPr", "outlineLvl")) or style.level
        yield Block(f"{number} {text}" if number else text, level)

    def _table(self, element: Any) -> Iterator[Block]:
        """A table. One with a single column or row is a frame around text."""
        rows: list[tuple[str, ...]] = []
        for row in element.iter(_NAMESPACE + "tr"):
            if _owner(row) is not element:  # of a table inside a cell, whose text the cell has
                continue
            self._tally.row()
            cells = _cells(row, rows[-1] if rows else ())
            self._tally.text("".join(cells))
            if any(cells):
                rows.append(tuple(cells))
        if len(rows) == 1 or max(map(len, rows), default=0) == 1:
            yield from (Block(cell) for cell in dict.fromkeys(cell for row in rows for cell in row if cell))
        elif rows:
            yield Block(rows=tuple(rows))


def _cells(row: Any, above: tuple[str, ...]) -> list[str]:
    """The texts of a row. A cell merged with the one above has the same text; one that spans several columns is followed by empty ones."""
    cells: list[str] = []
    for cell in row:
        if _local(cell) != "tc" or len(cells) >= MOST_COLUMNS:
            continue
        paragraphs = (_text(part).strip() for part in cell.iter(_NAMESPACE + "p"))
        text = "\n".join(filter(None, paragraphs))
        merge = cell.find(f"{_NAMESPACE}tcPr/{_NAMESPACE}vMerge")
        if merge is not None and merge.get(_NAMESPACE + "val") != "restart" and not text and len(cells) < len(above):
            text = above[len(cells)]
        span = value_of(cell, "tcPr", "gridSpan")
        wide = min(int(span[:6]), MOST_COLUMNS - len(cells)) if span.isdecimal() else 1
        cells += [text, *[""] * (wide - 1)]
    return cells


def _owner(row: Any) -> Any:
    return next(row.iterancestors(_NAMESPACE + "tbl"), None)


def _style(style: Any) -> _Style:
    """Reads a style once, because a document has few styles and many paragraphs."""
    level, number, depth = 0, "", ""
    contents = bool(_CONTENTS.match(style.name or ""))
    for _ in range(_DEEPEST_STYLE):
        found = _HEADING.match(style.name or "")
        level = level or (int(found[1]) if found else _level(value_of(style.element, "pPr", "outlineLvl")))
        depth = depth or value_of(style.element, "pPr", "numPr", "ilvl")
        number = number or value_of(style.element, "pPr", "numPr", "numId")
        if style.base_style is None:
            break
        style = style.base_style
    return _Style(level, contents, number, depth)


def _level(outline: str) -> int:
    """The level of a heading from its outline level, which is counted from 0; the tenth is body text."""
    return int(outline) + 1 if re.fullmatch("[0-8]", outline) else 0


def _text(element: Any) -> str:
    """The text of a paragraph as people read it, including boxes in it."""
    found: list[str] = []
    for child in element:
        name = _local(child)
        if child.tag in _GONE or (name == "r" and _is_off(child)):
            continue
        match name:
            case "t":
                found.append(child.text or "")
            case "tab" | "ptab":
                found.append("\t")
            case "br" | "cr":
                found.append("\n")
            case "noBreakHyphen":
                found.append("-")
            case "rt" | "rPr" | "sectPr":  # the reading over a word is not said twice
                pass
            case _:
                found.append(_text(child))
    return "".join(found)


def _is_off(run: Any) -> bool:
    """Whether a run is struck through or hidden."""
    return any(
        mark is not None and mark.get(_NAMESPACE + "val") not in ("0", "false", "off")
        for mark in (run.find(f"{_NAMESPACE}rPr/{_NAMESPACE}{name}") for name in ("strike", "dstrike", "vanish"))
    )


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
