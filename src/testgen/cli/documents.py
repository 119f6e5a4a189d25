"""The documents around test cases, as files and folders given to a command."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from testgen.cli.folders import files_in
from testgen.cli.source import content_of
from testgen.domain.background import Passage
from testgen.domain.document import MOST_DOCUMENTS, Document, parts_of
from testgen.domain.errors import InvalidInputError
from testgen.messages import say

ENDINGS = (".docx", ".pdf", ".xlsx", ".xls", ".pptx", ".html", ".htm", ".md", ".markdown")


def load_documents(paths: Sequence[Path]) -> tuple[Passage, ...]:
    """The passages of documents; in a folder, of every file at any depth whose extension is that of a document. Files from anybody are
    read within limits.

    Raises:
        InvalidInputError: a document cannot be read, or there are too many.
    """
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    if len(files) > MOST_DOCUMENTS:
        problem = say(
            "names {count:,} documents; at most {most} are read: give the most relevant ones",
            count=len(files),
            most=MOST_DOCUMENTS,
        )
        raise InvalidInputError.of("--document", problem)
    return parts_of(_read(file, name) for file, name in zip(files, _names(files), strict=True))


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    found = [Path(file) for file in files_in(str(path), lambda name: name.lower().endswith(ENDINGS))]
    if not found:
        raise InvalidInputError.of(
            "--document", say("contains no document ({endings}): give another folder", endings=list(ENDINGS)), str(path)
        )
    return found


def _names(files: Sequence[Path]) -> list[str]:
    """The names of the documents: their file names, extended by the parts of their paths that differ if two have the same name."""
    names = [file.name for file in files]
    if len(set(names)) == len(names):
        return names
    common = os.path.commonpath([file.absolute().parent for file in files])
    return [file.absolute().relative_to(common).as_posix() for file in files]


def _read(file: Path, name: str) -> Document:
    from testgen.documents import READ_DOCUMENT, read_document
    from testgen.workers import run_once

    return run_once(READ_DOCUMENT, read_document, content_of(file, what=say("a document")), name)
