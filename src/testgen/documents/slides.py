"""Reads PowerPoint (.pptx) with python-pptx: the title, texts, tables and notes of each visible slide."""

from collections.abc import Iterator
from typing import Any

from testgen.documents.block import Block
from testgen.documents.bounds import MOST_COLUMNS, MOST_SLIDES, Tally
from testgen.documents.package import lean
from testgen.messages import say

_DEEPEST = 20  # groups inside one another


def blocks(content: bytes, tally: Tally) -> Iterator[Block]:
    """The content of the slides in order.

    Raises:
        ValueError: the file cannot be read, or is too large.
    """
    from pptx import Presentation

    slides = Presentation(lean(content, ".pptx")).slides
    if len(slides) > MOST_SLIDES:
        raise ValueError(
            say("has {count:,} slides; at most {most:,} are read: split it", count=len(slides), most=MOST_SLIDES)
        )
    for number, slide in enumerate(slides, 1):
        if slide._element.get("show") == "0":
            continue
        at = f"slide {number}"
        title = slide.shapes.title
        if title is not None and (text := title.text_frame.text.strip()):
            tally.text(text)
            yield Block(" ".join(text.split()), 1, at=at)
        else:
            yield Block("", 1, at=at)
        yield from _shapes(slide.shapes, title, at, tally)
        if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
            yield from _paragraphs(frame, at, tally)


def _shapes(shapes: Any, title: Any, at: str, tally: Tally, depth: int = 0) -> Iterator[Block]:
    for shape in shapes:
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if hasattr(shape, "shapes") and depth < _DEEPEST:
            yield from _shapes(shape.shapes, title, at, tally, depth + 1)
        elif getattr(shape, "has_table", False):
            yield from _table(shape.table, at, tally)
        elif getattr(shape, "has_text_frame", False):
            yield from _paragraphs(shape.text_frame, at, tally)


def _paragraphs(frame: Any, at: str, tally: Tally) -> Iterator[Block]:
    for paragraph in frame.paragraphs:
        if text := paragraph.text.replace("\v", "\n").strip():
            tally.text(text)
            yield Block(text, at=at)


def _table(table: Any, at: str, tally: Tally) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for row in table._tbl.tr_lst:  # the library's own rows look every cell up anew
        tally.row()
        cells = tuple(cell.text.replace("\v", "\n").strip() for cell in row.tc_lst[:MOST_COLUMNS])
        tally.text("".join(cells))
        if any(cells):
            rows.append(cells)
    if rows:
        yield Block(rows=tuple(rows), at=at)
