"""Reads Markdown and plain text: headings and tables with the Markdown library, everything else as it is written."""

import re
from collections.abc import Iterator

from testgen.documents.block import Block
from testgen.documents.bounds import MOST_COLUMNS, Tally
from testgen.documents.headings import heading_level

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def blocks(text: str, tally: Tally) -> Iterator[Block]:
    """The content of the text in order.

    Raises:
        ValueError: it is too large.
    """
    from markdown_it import MarkdownIt

    tally.text(text)
    text = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    source = text.split("\n")
    parser = MarkdownIt("commonmark").disable("inline").enable("table")
    tokens = parser.parse(text)
    for index, token in enumerate(tokens):
        if token.level or token.map is None or token.nesting < 0:
            continue
        if token.type == "heading_open":
            yield Block(tokens[index + 1].content.strip(), int(token.tag[1]))
        elif token.type == "table_open":
            yield Block(rows=_rows(source[token.map[0] : token.map[1]], tally))
        elif token.type != "hr":
            yield from _written("\n".join(source[token.map[0] : token.map[1]]).strip("\n"))


def _written(text: str) -> Iterator[Block]:
    """A paragraph; lines in it that are headings by their wording become headings."""
    rest: list[str] = []
    lines = text.split("\n")
    for line in lines:
        if level := heading_level(line, alone=len(lines) == 1):
            if rest:
                yield Block("\n".join(rest))
            rest = []
            yield Block(line.strip(), level)
        else:
            rest.append(line)
    if any(map(str.strip, rest)):
        yield Block("\n".join(rest))


def _rows(lines: list[str], tally: Tally) -> tuple[tuple[str, ...], ...]:
    rows = []
    for line in lines:
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))][
            :MOST_COLUMNS
        ]
        if not all(re.fullmatch(r":?-+:?|", cell) for cell in cells):
            tally.row()
            rows.append(tuple(cells))
    return tuple(rows)
