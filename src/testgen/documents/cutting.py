"""Cuts what a document holds into passages: a section each, a long one at its paragraphs, a table at its rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from testgen.documents.block import Block, Rows
from testgen.domain.document import MAX_PLACE, Section

LONGEST = 1_200  # of a passage, in half widths: 600 characters of Japanese, or 200 words of English
_NUMBERED = re.compile(r"^\s*(?:\d|第)")
_SENTENCE = re.compile(r"(?<=[。！？\n])|(?<=[.!?])(?=\s)")
_BETWEEN = " > "
# What a document says of itself: values that were true once, and headings without what stands below them.
_OF_ITSELF = re.compile(
    r"(?:[\d.]{1,5}\s*)?(?:(?:改訂|改版|変更|更新)(?:履歴|来歴)|目\s?次"
    r"|(?:revision|change|document) (?:history|log)|(?:table of )?contents)",
    re.IGNORECASE,
)
_LEADER = re.compile(r"[.．…·・]{4,}\s*\d{1,3}\s*$")  # a line of a table of contents


@dataclass
class _Open:
    """The passage that is being filled."""

    place: str = ""
    texts: list[str] = field(default_factory=list)
    width: int = 0

    def add(self, text: str) -> None:
        """One text more."""
        self.texts.append(text)
        self.width += _width(text) + 1


def passages_of(blocks: Iterable[Block]) -> Iterator[Section]:
    """The passages of a document in their order, each with its place: `3.2 Lock conditions`, `p. 4, Alarms`, `Screens, row 12`."""
    path: list[tuple[int, str]] = []
    opened, at = _Open(), ""
    for block in blocks:
        if block.level and block.row and block.at == at and opened.texts and opened.width < LONGEST // 2:
            path = [*(entry for entry in path if entry[0] < block.level), (block.level, " ".join(block.text.split()))]
            opened.add(block.text)  # a sheet shows one thing in many small blocks, which are of use together
            continue
        if block.level:
            yield from _closed(opened)
            path = [entry for entry in path if entry[0] < block.level and not (block.at != at and _is_slide(block))]
            path += [(block.level, " ".join(block.text.split()))] if block.text else []
            at, opened = block.at, _Open(_place(path, block))
            continue
        if block.at != at:
            yield from _closed(opened)
            at, opened = block.at, _Open(_place(path, block))
        if _OF_ITSELF.fullmatch(block.at) or any(_OF_ITSELF.fullmatch(title) for _, title in path):
            continue
        for text, row in _pieces(block):
            if _LEADER.search(text):
                continue
            width = _width(text)
            if opened.texts and opened.width + width > LONGEST:
                yield from _closed(opened)
                opened = _Open(_place(path, block, row))
            elif not opened.texts:
                opened.place = _place(path, block, row)
            opened.add(text)
    yield from _closed(opened)


def _closed(opened: _Open) -> Iterator[Section]:
    text = "\n".join(opened.texts).strip()
    if text:
        yield Section(place=opened.place[:MAX_PLACE], text=text)


def _is_slide(block: Block) -> bool:
    return block.at.startswith("slide ")


def _place(path: Sequence[tuple[int, str]], block: Block, row: int = 0) -> str:
    """The last heading; one without a number of its own with those above it."""
    titles = [title for _, title in path]
    numbered = next((at for at in range(len(titles) - 1, -1, -1) if _NUMBERED.match(titles[at])), 0)
    return ", ".join(filter(None, (block.at, _BETWEEN.join(titles[numbered:]), f"row {row}" if row else "")))


def _pieces(block: Block) -> Iterator[tuple[str, int]]:
    """Texts of a bounded width, each with its row on the sheet, 0 where there is none."""
    if block.rows:
        yield from _of_table(block.rows, block.row)
        return
    rest = ""
    for sentence in _SENTENCE.split(block.text):
        if rest and _width(rest) + _width(sentence) > LONGEST:
            yield rest.strip(), block.row
            rest = ""
        rest += sentence
        while _width(rest) > LONGEST:  # no sentence at all
            yield rest[: LONGEST // 2], block.row
            rest = rest[LONGEST // 2 :]
    if rest.strip():
        yield rest.strip(), block.row


def _of_table(rows: Rows, first: int) -> Iterator[tuple[str, int]]:
    """Parts of a table in Markdown, each below the header."""
    header = _row(rows[0])
    head = f"{header}\n|{'-|' * len(rows[0])}"
    if len(rows) == 1:
        yield header, first
        return
    kept: list[str] = []
    start, width = 1, _width(head)
    for number, row in enumerate(rows[1:], 1):
        text = _row(row)[: 2 * LONGEST]
        if kept and width + _width(text) > LONGEST:
            yield "\n".join((head[: 2 * LONGEST], *kept)), first and first + start
            kept, start, width = [], number, _width(head)
        kept.append(text)
        width += _width(text) + 1
    yield "\n".join((head[: 2 * LONGEST], *kept)), first and first + start


def _row(cells: Sequence[str]) -> str:
    return "|" + "|".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + "|"


def _width(text: str) -> int:
    """Half widths: what is not ASCII takes two."""
    return 2 * len(text) - sum(map(str.isascii, text)) if not text.isascii() else len(text)
