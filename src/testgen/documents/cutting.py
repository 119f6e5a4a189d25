"""Cuts the content of a document into passages: one per section; long sections at their paragraphs, tables at their rows."""

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
_NUMBER = r"(?:[\d.]{1,5}\s*)?"
_HISTORY = re.compile(
    rf"{_NUMBER}(?:(?:改訂|改版|変更|更新)(?:履歴|来歴)|(?:revision|change|document) (?:history|log))", re.IGNORECASE
)
_CONTENTS = re.compile(rf"{_NUMBER}(?:目\s?次|(?:table of )?contents)", re.IGNORECASE)
_LEADER = re.compile(r"[.．…·・]{4,}\s*(\d{1,3})\s*$")  # a line of a table of contents
# The same below its title: a heading and its page, with a tab between them or a number before them. A sentence may end in a number too.
_ENTRY = re.compile(r"(?:\S.*\t|\s*(?:\d|第).*\s)(\d{1,3})\s*$")


def passages_of(blocks: Iterable[Block]) -> Iterator[Section]:
    """The passages of a document in order, each with its location: `3.2 Lock conditions`, `p. 4, Alarms`, `Screens, row 12`."""
    cutter = _Cutter()
    for block in _without_lists(blocks):
        yield from cutter.heading(block) if block.level else cutter.text(block)
    yield from cutter.end()


def _without_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Without the revision history and the contents of a document in which their title is a plain paragraph: the table below the one,
    the entries below the other. Everything else is text, however little was marked as a heading; so is a title without its list."""
    title: Block | None = None  # it waits for its list
    page = 0  # of the last entry
    for block in blocks:
        plain = not block.level and not block.rows
        entry = _page(block.text) if plain else 0
        if title and block.rows and _HISTORY.fullmatch(title.text.strip()):
            title = None
        elif entry and entry >= page and (page or (title and _CONTENTS.fullmatch(title.text.strip()))):
            title, page = None, entry
        else:
            if title:
                yield title
            title, page = block if plain and _tells_of_itself(block.text) else None, 0
            if not title:
                yield block
    if title:
        yield title


def _page(text: str) -> int:
    """The page that an entry of a table of contents ends in; 0 if the text is no entry."""
    found = len(text) <= LONGEST and (_LEADER.search(text) or _ENTRY.match(text))
    return int(found[1]) if found else 0


def _tells_of_itself(title: str) -> bool:
    return bool(_HISTORY.fullmatch(title.strip()) or _CONTENTS.fullmatch(title.strip()))


@dataclass
class _Cutter:
    """The position in the document, and the passage that is being filled; each method yields the passages that are complete by then."""

    path: list[tuple[int, str]] = field(default_factory=list)
    at: str = ""
    place: str = ""
    texts: list[str] = field(default_factory=list)
    width: int = 0
    bare: bool = False  # nothing was said below the last heading yet

    def heading(self, block: Block) -> Iterator[Section]:
        """A heading ends a passage; on a sheet, which shows one thing in many small blocks, only a large heading does."""
        title = " ".join(block.text.split())
        if block.row and block.at == self.at and self.texts and self.width < LONGEST // 2:
            self.path = [*(entry for entry in self.path if entry[0] < block.level), (block.level, title)]
            self._add(title)
            return
        yield from self._whole()
        if self.bare and self.path and block.level <= self.path[-1][0]:
            yield from self._lone()
        new_slide = block.at != self.at and block.at.startswith("slide ")
        self.path = [entry for entry in self.path if entry[0] < block.level and not new_slide]
        self.path += [(block.level, title)] if title else []
        self.at, self.bare = block.at, bool(title)
        self.place = self._place(block)

    def text(self, block: Block) -> Iterator[Section]:
        """A paragraph or a table, in as many pieces as it needs."""
        if block.at != self.at:
            yield from self._whole()
            self.at, self.bare = block.at, False
        if self._is_of_itself():
            return
        for text, row in _pieces(block):
            if _LEADER.search(text):
                continue
            if self.texts and self.width + _width(text) > LONGEST:
                yield from self._whole()
            if not self.texts:
                self.place = self._place(block, row)
            self._add(text)

    def end(self) -> Iterator[Section]:
        """Ends the document."""
        yield from self._whole()
        if self.bare:
            yield from self._lone()

    def _add(self, text: str) -> None:
        self.texts.append(text)
        self.width += _width(text) + 1
        self.bare = False

    def _whole(self) -> Iterator[Section]:
        text = "\n".join(self.texts).strip()
        self.texts, self.width = [], 0
        if text:
            yield Section(place=self.place[:MAX_PLACE], text=text)

    def _lone(self) -> Iterator[Section]:
        """A heading with nothing below it, which still says something: the title of a slide, a function that exists."""
        if not self._is_of_itself():
            yield Section(place=self.place[:MAX_PLACE], text=self.path[-1][1][:LONGEST])

    def _is_of_itself(self) -> bool:
        return any(_tells_of_itself(title) for title in (self.at, *(title for _, title in self.path)))

    def _place(self, block: Block, row: int = 0) -> str:
        """The last heading; if it has no number, together with those above it."""
        titles = [title for _, title in self.path]
        numbered = next((at for at in range(len(titles) - 1, -1, -1) if _NUMBERED.match(titles[at])), 0)
        return ", ".join(filter(None, (block.at, _BETWEEN.join(titles[numbered:]), f"row {row}" if row else "")))


def _pieces(block: Block) -> Iterator[tuple[str, int]]:
    """Texts of limited width, each with its row on the sheet, or 0 if there is none."""
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
    """Parts of a table in Markdown, each with the header above it."""
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
    """The width in half-width characters; one outside ASCII counts as two."""
    return 2 * len(text) - sum(map(str.isascii, text)) if not text.isascii() else len(text)
