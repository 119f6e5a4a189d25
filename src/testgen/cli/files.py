"""Reading the files that commands are given; `-` is standard input."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from testgen.domain.errors import FieldProblem, InvalidInputError

T = TypeVar("T")


def read(name: str, reader: Callable[..., list[T]], *, what: str) -> list[T]:
    """The objects of a file, by a reader of `testgen.interchange`. Whoever made the file, it is read within bounds.

    Raises:
        InvalidInputError: the file cannot be read, or what is in it is wrong, or too much.
    """
    from testgen.interchange.bounds import READ
    from testgen.workers import run_once

    if name == "-":
        return run_once(READ, partial(reader, sys.stdin.buffer.read(), name="standard input"))
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        problem = FieldProblem(
            "", f"cannot be read: {error.strerror or error}; give the path of {what}, or - for standard input"
        )
        raise InvalidInputError([problem], subject="", source=name) from None
    return run_once(READ, partial(reader, content, name=name))


def write(content: bytes, output: Path | None, say: Callable[[str], None]) -> None:
    """Writes to a file, or prints; where the file cannot be written the content is printed, so that nothing is lost.

    Raises:
        InvalidInputError: the file cannot be written.
    """
    if output is None:
        _print(content)
        return
    try:
        partial = output.with_name(output.name + ".part")
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        _print(content)
        problem = FieldProblem(
            "--output", f"cannot be written: {error.strerror}; the result was printed instead", str(output)
        )
        raise InvalidInputError([problem], subject="") from None
    say(f"testgen: wrote {output}")


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


def _print(content: bytes) -> None:
    """To a pipe byte for byte; a terminal gets text, and no workbook."""
    from testgen.interchange.registry import is_workbook

    if not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    elif is_workbook(content):
        problem = FieldProblem("--output", "a workbook is not printed on a terminal: give a file to write")
        raise InvalidInputError([problem], subject="")
    else:
        sys.stdout.write(content.decode(errors="replace").removeprefix("\ufeff"))
