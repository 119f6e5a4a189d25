"""Reads HTML with Beautiful Soup on lxml's parser: headings, texts and tables as a browser shows them. No script runs, nothing is
fetched."""

import re
from collections.abc import Iterator
from typing import Any

from testgen.documents.block import Block
from testgen.documents.bounds import MOST_COLUMNS, Tally

_UNSEEN = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "iframe",
    "object",
    "embed",
    "nav",
    "footer",
    "del",
    "s",
    "strike",
    "rt",
    "rp",
}
_INLINE = {
    "a", "abbr", "b", "bdi", "big", "button", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "samp", "small",
    "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "ruby", "rb", "input", "select", "option",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST = 300


def blocks(content: bytes, tally: Tally) -> Iterator[Block]:
    """The content of the page in order.

    Raises:
        ValueError: it is too large.
    """
    import warnings

    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pages that look like something else
        page = BeautifulSoup(content, "lxml")
    yield from _Page(tally).blocks(page.body or page)


class _Page:
    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        """The blocks of an element; inline content forms one block."""
        line: list[str] = []
        for child in parent.children:
            name = getattr(child, "name", None)
            if name is None:
                line.append(_shown(child))
            elif _is_hidden(child):
                continue
            elif name in _INLINE and not child.find(["table", "p", "div", "li"]):
                line.append(_text(child))
            else:
                yield from self._said(line)
                line = []
                if name == "br":
                    continue
                yield from self._block(child, name, depth)
        yield from self._said(line)

    def _block(self, element: Any, name: str, depth: int) -> Iterator[Block]:
        if re.fullmatch("h[1-6]", name):
            if text := " ".join(_text(element).split()):
                self._tally.text(text)
                yield Block(text, int(name[1]))
        elif name == "table" and not element.find("table"):
            yield from self._table(element)
        elif name == "pre":
            yield from self._said([element.get_text()], keep=True)
        elif name == "li":
            found = list(self.blocks(element, depth + 1)) if depth < _DEEPEST else []
            for number, block in enumerate(found):
                yield Block("- " + block.text) if number == 0 and block.text and not block.level else block
        elif depth < _DEEPEST:
            yield from self.blocks(element, depth + 1)

    def _said(self, line: list[str], *, keep: bool = False) -> Iterator[Block]:
        text = "".join(line).strip() if keep else " ".join("".join(line).split())
        if text:
            self._tally.text(text)
            yield Block(text)

    def _table(self, element: Any) -> Iterator[Block]:
        rows: list[tuple[str, ...]] = []
        caption = element.find("caption")
        if caption is not None:
            yield from self._said([_text(caption)])
        open_cells: dict[int, tuple[int, str]] = {}  # column -> how many rows more, and the text
        for row in element.find_all("tr"):
            self._tally.row()
            cells = _cells(row, open_cells)
            self._tally.text("".join(cells))
            if any(cells):
                rows.append(tuple(cells))
        if rows and max(map(len, rows)) > 1:
            yield Block(rows=tuple(rows))
        else:
            yield from (Block(cell) for row in rows for cell in row)


def _cells(row: Any, open_cells: dict[int, tuple[int, str]]) -> list[str]:
    cells: list[str] = []

    def fill() -> None:
        while len(cells) in open_cells and len(cells) < MOST_COLUMNS:
            left, text = open_cells.pop(len(cells))
            if left > 1:
                open_cells[len(cells)] = (left - 1, text)
            cells.append(text)

    for cell in row.find_all(["td", "th"], recursive=False)[:MOST_COLUMNS]:
        fill()
        text = "" if _is_hidden(cell) else " ".join(_text(cell, " ").split())
        if (down := _span(cell, "rowspan")) > 1:
            open_cells |= {len(cells) + right: (down - 1, text) for right in range(_span(cell, "colspan"))}
        cells += [text, *[""] * (_span(cell, "colspan") - 1)]
        del cells[MOST_COLUMNS:]
    fill()
    return cells


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value[:6]), 1), MOST_COLUMNS) if value.isdecimal() and value.isascii() else 1


def _text(element: Any, between: str = "") -> str:
    """The text of an element without what is invisible, but including the content of fields."""
    found: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if getattr(node, "name", None) is None:
            found.append(_shown(node))
        elif node is element or not _is_hidden(node):
            if node.name in ("br", "p", "div", "li", "option"):
                found.append("\n")
            if node.name == "input":
                found.append(str(node.get("value") or node.get("placeholder") or ""))
            stack += reversed(list(node.children))
    return between.join(found)


def _shown(node: Any) -> str:
    from bs4.element import PreformattedString

    return "" if isinstance(node, PreformattedString) else str(node)


def _is_hidden(element: Any) -> bool:
    return (
        element.name in _UNSEEN
        or element.has_attr("hidden")
        or (element.name == "input" and element.get("type") == "hidden")
        or bool(_HIDDEN.search(str(element.get("style") or "")))
    )
