"""Reads PDF with pdfplumber on pdfminer.six, which is pure Python: lines page by page, headings by size, tables by their ruling lines.

Nothing active in a PDF is executed: no script, no form, no attachment, no address.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from testgen.documents.block import Block
from testgen.documents.bounds import MOST_COLUMNS, MOST_PAGES, Tally
from testgen.documents.headings import LONGEST, heading_level
from testgen.messages import Original, say

MOST_OBJECTS = 15_000  # characters, lines and areas of one page
MOST_RULES = 4_000  # of one page; a drawing with more is no table
_LARGER = 1.12  # times the size of the text
_APART = 0.9  # of a line's height: a wider gap begins a paragraph
_REPEATED = 3  # pages with the same line at the same place make a header or a footer
_EDGE = 0.12  # of a page's height
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(r"^\s*(?:[-•*・●○■□▪–]|\(?\d{1,2}[.)]\s|[①-⑳])")


@dataclass(frozen=True)
class _Line:
    text: str
    top: float
    bottom: float
    left: float
    right: float

    @property
    def size(self) -> float:
        return round(self.bottom - self.top, 1)


@dataclass(frozen=True)
class _Page:
    number: int
    height: float
    parts: "list[_Line | Block]"  # lines and tables, from top to bottom


def blocks(content: bytes, tally: Tally) -> Iterator[Block]:
    """The content of the pages in order.

    Raises:
        ValueError: the file cannot be read, has a password or no text, or is too large.
    """
    pages = _pages(content, tally)
    if not any(page.parts for page in pages):
        raise ValueError(
            say("contains no text, only images of text: run text recognition (OCR) first, or give the text itself")
        )
    around = _around(pages)
    sizes: Counter[float] = Counter()
    for page in pages:
        for part in page.parts:
            if isinstance(part, _Line) and _key(part, page) not in around:
                sizes[part.size] += len(part.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted({size for size in sizes if size > usual * _LARGER}, reverse=True)
    for page in pages:
        yield from _of_page(page, usual, larger, around)


def _pages(content: bytes, tally: Tally) -> list[_Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it has to say of a font is no one's business
    try:
        with pdfplumber.open(io.BytesIO(content), laparams={}) as document:
            found = []
            for number, page in enumerate(_bounded(document.doc), 1):
                made = pdfplumber.page.Page(document, page, number)
                found.append(_read(made, tally))
                made.close()
            return found
    except (ValueError, MemoryError, RecursionError):
        raise
    except Exception as error:  # a broken PDF can fail anywhere in its libraries, with any exception
        cause = error.args[0] if error.args else error
        if isinstance(cause, MemoryError | RecursionError):
            raise cause from None
        if isinstance(cause, PDFPasswordIncorrect) or isinstance(error, PDFPasswordIncorrect):
            raise ValueError(say("has a password: save it without one")) from None
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ValueError(
            say("is not a PDF that can be read{reason}: save it as PDF again", reason=Original(f" ({reason})"))
        ) from None


def _bounded(document: Any) -> Iterator[Any]:
    """The pages one by one, because a list of all of them might not end."""
    from pdfminer.pdfpage import PDFPage

    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > MOST_PAGES:
            raise ValueError(say("has more than {most} pages, which is the limit: split it", most=MOST_PAGES))
        yield page


def _read(page: Any, tally: Tally) -> _Page:
    objects = page.objects
    if sum(map(len, objects.values())) > MOST_OBJECTS:
        raise ValueError(
            say(
                "has more than {most:,} characters and lines on page {page_number}: leave that page out",
                most=MOST_OBJECTS,
                page_number=page.page_number,
            )
        )
    rules = sum(len(objects.get(kind, ())) for kind in ("line", "rect", "curve"))
    tables = [found for found in page.find_tables() if len(found.rows) > 1] if 0 < rules <= MOST_RULES else []
    parts: list[_Line | Block] = []
    placed: list[tuple[float, _Line | Block]] = []
    for found in tables:
        rows = _rows(found.extract(), tally)
        if rows and max(map(len, rows)) > 1:
            placed.append((found.bbox[1], Block(rows=rows)))
        else:
            placed += [(found.bbox[1], Block(cell)) for row in rows for cell in row if cell]
    for line in objects.get("textlinehorizontal", ()):
        made = _Line(line["text"].strip(), line["top"], line["bottom"], line["x0"], line["x1"])
        if made.text and not any(_inside(made, found.bbox) for found in tables):
            tally.text(made.text)
            placed.append((made.top, made))
    parts = [part for _, part in sorted(placed, key=lambda entry: entry[0])]
    return _Page(page.page_number, float(page.height), _side_by_side(parts, float(page.width)))


def _rows(rows: Sequence[Sequence[str | None]], tally: Tally) -> tuple[tuple[str, ...], ...]:
    """The rows of a table without its empty columns; a cell with several lines becomes one text."""
    texts = [[_joined((cell or "").split("\n")) for cell in row[:MOST_COLUMNS]] for row in rows]
    used = [
        column
        for column in range(max(map(len, texts), default=0))
        if any(row[column : column + 1] not in ([], [""]) for row in texts)
    ]
    kept = []
    for row in texts:
        tally.row()
        tally.text("".join(row))
        if any(row):
            kept.append(tuple(row[column] if column < len(row) else "" for column in used))
    return tuple(kept)


def _inside(line: _Line, box: tuple[float, float, float, float]) -> bool:
    middle = ((line.left + line.right) / 2, (line.top + line.bottom) / 2)
    return box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3]


def _side_by_side(parts: "list[_Line | Block]", width: float) -> "list[_Line | Block]":
    """Joins short lines at the same height, which form a row without ruling lines, into one line. Columns of text are read one after
    the other."""
    wide = [part for part in parts if isinstance(part, _Line) and part.right - part.left > 0.3 * width]
    halves = [line for line in wide if line.right < 0.55 * width or line.left > 0.45 * width]
    if len(halves) > 0.6 * len(wide) and any(line.left > 0.45 * width for line in halves):
        left = [part for part in parts if not (isinstance(part, _Line) and part.left > 0.45 * width)]
        return [*left, *(part for part in parts if isinstance(part, _Line) and part.left > 0.45 * width)]
    made: list[_Line | Block] = []
    for part in parts:
        before = made[-1] if made else None
        if isinstance(part, _Line) and isinstance(before, _Line) and part.top < (before.top + before.bottom) / 2:
            first, second = sorted((before, part), key=lambda line: line.left)
            between = " | " if second.left - first.right > 1.5 * first.size else " "
            text = f"{first.text}{between}{second.text}"
            made[-1] = _Line(text, before.top, max(before.bottom, before.top + before.size), first.left, second.right)
        else:
            made.append(part)
    return made


def _around(pages: Sequence[_Page]) -> set[tuple[str, int]]:
    """Headers and footers: what is at the same position on many pages, apart from numbers."""
    met = Counter(key for page in pages for key in {_key(line, page) for line in _at_the_edges(page)})
    most = max(_REPEATED, len(pages) // 2)
    return {key for key, count in met.items() if count >= most}


def _at_the_edges(page: _Page) -> Iterator[_Line]:
    for part in page.parts:
        if isinstance(part, _Line) and not _EDGE < part.top / max(page.height, 1) < 1 - _EDGE:
            yield part


def _key(line: _Line, page: _Page) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.top / max(page.height, 1) * 100)


def _of_page(page: _Page, usual: float, larger: Sequence[float], around: set[tuple[str, int]]) -> Iterator[Block]:
    at, paragraph = f"p. {page.number}", list[_Line]()
    for part in page.parts:
        if isinstance(part, _Line) and _key(part, page) in around:
            continue
        level = _level(part, usual, larger) if isinstance(part, _Line) else 0
        if paragraph and (level or isinstance(part, Block) or _begins(part, paragraph[-1])):
            yield Block(_joined([line.text for line in paragraph]), at=at)
            paragraph = []
        if isinstance(part, Block):
            yield Block(part.text, rows=part.rows, at=at)
        elif level:
            yield Block(part.text, level, at=at)
        else:
            paragraph.append(part)
    if paragraph:
        yield Block(_joined([line.text for line in paragraph]), at=at)


def _level(line: _Line, usual: float, larger: Sequence[float]) -> int:
    told = heading_level(line.text)
    if line.size > usual * _LARGER and len(line.text) <= LONGEST:
        return told or 1 + min(larger.index(line.size), 5)
    return told


def _begins(line: _Line, before: _Line) -> bool:
    return (
        line.top - before.bottom > _APART * before.size
        or bool(_ITEM.match(line.text))
        or abs(line.size - before.size) > (_LARGER - 1) * before.size
    )


def _joined(lines: Sequence[str]) -> str:
    """Joins the lines of a paragraph, with a space in English and without one in Japanese."""
    text = ""
    for line in map(str.strip, lines):
        text += f" {line}" if text and line and text[-1].isascii() and line[0].isascii() else line
    return text
