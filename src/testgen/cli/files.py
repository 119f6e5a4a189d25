"""Reading the files that commands are given; `-` is standard input."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from testgen.cli.source import content_of
from testgen.domain.errors import FieldProblem, InvalidInputError

T = TypeVar("T")


def read(name: str, reader: Callable[..., list[T]], *, what: str) -> list[T]:
    """The objects of a file, by a reader of `testgen.interchange`. Whoever made the file, it is read within bounds.

    Raises:
        InvalidInputError: the file cannot be read, or what is in it is wrong, or too much.
    """
    from testgen.interchange.bounds import READ
    from testgen.workers import run_once

    content = content_of(name, what=what, dash=True)
    return run_once(READ, partial(reader, content, name="standard input" if name == "-" else name))


def require_format(name: str | None, known: Sequence[str], option: str) -> None:
    """Refuses a format that there is not.

    Raises:
        InvalidInputError: it is not one of `known`.
    """
    if name is not None and name not in known:
        problem = FieldProblem(option, f"there is no such format here: use {', '.join(known)}", name)
        raise InvalidInputError([problem], subject="")


def warn(format_name: str) -> None:
    """Says on stderr what a reader of the format should know."""
    from testgen.interchange.registry import FORMATS

    entry = FORMATS[format_name]
    if entry.warning:
        print(f"testgen: {entry.title}: {entry.warning}", file=sys.stderr)


def require_encoding(encoding: str | None, format_name: str) -> None:
    """Refuses an encoding that the format is not written in, before the work is done.

    Raises:
        InvalidInputError: it is none of the format's.
    """
    from testgen.interchange.registry import FORMATS

    known = FORMATS[format_name].encodings if format_name in FORMATS else ()
    if encoding is not None and encoding not in known:
        problem = FieldProblem(
            "--encoding", f"{format_name} is not written in it: leave it out, or use cp932 with csv", encoding
        )
        raise InvalidInputError([problem], subject="")
