"""Selects the reader of a document by its content, because extensions can be wrong."""

import importlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from testgen.documents import plain, sheets
from testgen.documents.block import Block
from testgen.documents.bounds import LARGEST, Tally
from testgen.documents.cutting import passages_of
from testgen.domain.document import MAX_NAME, MOST_PASSAGES, Document
from testgen.domain.errors import FieldProblem, UnreadableInputError
from testgen.interchange.encoding import decode
from testgen.messages import Original, say
from testgen.text.hidden import HIDDEN

_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF-"
_PDF_WITHIN = 1024  # bytes: a PDF may have something before its mark
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body|table|h[1-6]|div|p)[\s>]", re.IGNORECASE)
_OFFICE = {"word/document.xml": "word", "ppt/presentation.xml": "slides", "xl/workbook.xml": "sheets"}
_WORKBOOK = "Workbook".encode("utf-16-le")  # how the stream of an old workbook is called in its container
_HIDDEN = re.compile(rf"{HIDDEN}|\(cid:\d{{1,6}}\)")  # the second is how a PDF's character without a letter is told
_NEVER_PLAIN = (".docx", ".pptx", ".xlsx", ".xlsm", ".doc", ".ppt", ".xls", ".pdf")
_NEEDS = {"word": "docx", "slides": "pptx", "pdf": "pdfplumber", "web": "bs4"}
TAKEN = say("testgen reads Word (.docx), PDF, Excel (.xlsx, .xls), PowerPoint (.pptx), HTML and Markdown")


def read_document(content: bytes, name: str) -> Document:
    """The passages of a document, each with its location.

    Raises:
        UnreadableInputError: it is of an unknown kind, damaged, locked or too large, or contains no text; or the extra that reads it is
            not installed.
    """
    try:
        return _read(content, name)
    except UnreadableInputError:
        raise
    except (ValueError, RecursionError) as error:
        told = str(error) if type(error) is ValueError else say("is nested too deeply or damaged: save it again")
        raise _problem(told, name) from None


def _read(content: bytes, name: str) -> Document:
    if len(content) > LARGEST:
        raise ValueError(say("is larger than {most} MB: split it", most=LARGEST >> 20))
    if not content.strip():
        raise ValueError(say("is empty: give the document itself"))
    passages = tuple(passages_of(map(_seen, _blocks(content, name))))
    if not passages:
        raise ValueError(say("contains no text: give the document itself"))
    if len(passages) > MOST_PASSAGES:
        raise ValueError(
            say(
                "has {count:,} passages; at most {most:,} are read: split it",
                count=len(passages),
                most=MOST_PASSAGES,
            )
        )
    return Document(name=name[-MAX_NAME:], passages=passages)


def _blocks(content: bytes, name: str) -> Iterator[Block]:
    kind, tally = _kind(content, name), Tally()
    if kind == "plain":
        return plain.blocks(decode(content, name).replace("\r\n", "\n").replace("\0", ""), tally)
    if kind == "sheets":
        return sheets.blocks(content, tally)
    try:
        importlib.import_module(_NEEDS[kind])
    except ImportError:
        raise ValueError(
            say("needs the packages that read documents: install them with `pip install 'testgen[documents]'`")
        ) from None
    return _guarded(importlib.import_module(f"testgen.documents.{kind}").blocks(content, tally))


def _guarded(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks from a library's reader, which can fail on a damaged file anywhere and with any exception."""
    try:
        yield from blocks
    except (ValueError, MemoryError, RecursionError):
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ValueError(
            say(
                "cannot be read{reason}: open it in the program that created it and save it again",
                reason=Original(f" ({reason})"),
            )
        ) from None


def _seen(block: Block) -> Block:
    """Removes invisible characters, which hide a text or come from a damaged table of a font."""
    rows = tuple(tuple(_HIDDEN.sub("", cell) for cell in row) for row in block.rows)
    return replace(block, text=_HIDDEN.sub("", block.text), rows=rows, at=_HIDDEN.sub("", block.at))


def _kind(content: bytes, name: str) -> str:
    if content.startswith(_ZIP):
        return _of_package(content)
    if content.startswith(_OLE):
        if _WORKBOOK in content and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" not in content:
            return "sheets"
        raise ValueError(
            say(
                "is an old binary file (.doc, .ppt) or has a password: save it as .docx, .pptx or .xlsx without a "
                "password"
            )
        )
    if _PDF in content[:_PDF_WITHIN]:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        raise ValueError(say("is an RTF file: save it as .docx; {taken}", taken=TAKEN))
    if name.lower().endswith((".html", ".htm", ".xhtml")) or _HTML.match(content.lstrip(b"\xef\xbb\xbf \t\r\n")):
        return "web"
    if name.lower().endswith(_NEVER_PLAIN) and not _is_text(content, name):
        raise ValueError(
            say(
                "is not the kind of file that its name says: it is damaged, or encrypted by file protection; save an "
                "unprotected copy"
            )
        )
    return "plain"


def _is_text(content: bytes, name: str) -> bool:
    """Many tools name a text with tabs `.xls`, so that a click opens it in Excel."""
    try:
        return bool(decode(content, name))
    except UnreadableInputError:
        return False


def _of_package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ValueError(say("is a damaged file: open it in the program that created it and save it again")) from None
    for part, kind in _OFFICE.items():
        if part in names:
            return kind
    raise ValueError(say("is a ZIP archive of an unknown kind: unpack it; {taken}", taken=TAKEN))


def _problem(told: str, name: str) -> UnreadableInputError:
    return UnreadableInputError([FieldProblem("", told)], subject="", source=name)
