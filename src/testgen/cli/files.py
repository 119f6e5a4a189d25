"""Reading the files that commands are given; `-` is standard input."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

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
        raise InvalidInputError.of(
            "",
            f"cannot be read: {error.strerror or error}; give the path of {what}, or - for standard input",
            source=name,
        ) from None
    return run_once(READ, partial(reader, content, name=name))


def read_test_cases(names: Sequence[str], source_format: str | None, columns: Path | None) -> list[TestCase]:
    """The test cases of files, whose headings may be a team's own.

    Raises:
        InvalidInputError: as `read`; or there is no such format.
    """
    from testgen.cli.team import load_columns
    from testgen.interchange import read_cases
    from testgen.interchange.registry import CASES

    require_format(source_format, CASES, "--from")
    reader = partial(read_cases, source_format=source_format, columns=load_columns(columns))
    return [case for name in names for case in read(name, reader, what="a test case")]


def write(content: bytes, output: Path | None) -> None:
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
        raise InvalidInputError.of(
            "--output", f"cannot be written: {error.strerror}; the result was printed instead", str(output)
        ) from None
    print(f"testgen: wrote {output}", file=sys.stderr)


def format_for(output: Path, given: str | None, option: str = "--format") -> str:
    """The format that was asked for, or else the one that the file's ending names.

    Raises:
        InvalidInputError: there is no such format, or the ending names none.
    """
    from testgen.interchange.registry import FORMATS, format_of

    chosen = given or format_of(output.name)
    if chosen is None:
        known = ", ".join(FORMATS)
        raise InvalidInputError.of("OUTPUT", f"its ending names no format: give {option}, one of {known}", str(output))
    require_format(chosen, list(FORMATS), option)
    return chosen


def require_folder(output: Path) -> None:
    """Asked before the work, so that nothing is lost for want of a folder.

    Raises:
        InvalidInputError: the file's folder is not there.
    """
    if not output.parent.is_dir():
        raise InvalidInputError.of("--output", "there is no such folder: create it first", str(output.parent))


def require_format(name: str | None, known: Sequence[str], option: str) -> None:
    """Refuses a format that there is not.

    Raises:
        InvalidInputError: it is not one of `known`.
    """
    if name is not None and name not in known:
        raise InvalidInputError.of(option, f"there is no such format here: use {', '.join(known)}", name)


def write_as(format_name: str, procedures: Sequence[Procedure], output: Path | None, encoding: str | None) -> None:
    """Writes procedures in a format; what a reader of that format should know is said on stderr.

    Raises:
        InvalidInputError: as `write`; or the format cannot hold them.
    """
    from testgen.interchange import write_procedures
    from testgen.interchange.registry import FORMATS

    content, entry = write_procedures(procedures, format_name, encoding=encoding), FORMATS[format_name]
    if entry.warning:
        print(f"testgen: {entry.title}: {entry.warning}", file=sys.stderr)
    write(content, output)


def require_encoding(encoding: str | None, format_name: str) -> None:
    """Refuses an encoding that the format is not written in, before the work is done.

    Raises:
        InvalidInputError: it is none of the format's.
    """
    from testgen.interchange.registry import FORMATS

    known = FORMATS[format_name].encodings if format_name in FORMATS else ()
    if encoding is not None and encoding not in known:
        raise InvalidInputError.of(
            "--encoding", f"{format_name} is not written in it: leave it out, or use cp932 with csv", encoding
        )


def _print(content: bytes) -> None:
    """To a pipe byte for byte; a terminal gets text, and no workbook."""
    from testgen.interchange.registry import is_workbook

    if not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    elif is_workbook(content):
        raise InvalidInputError.of("--output", "a workbook is not printed on a terminal: give a file to write")
    else:
        sys.stdout.write(content.decode(errors="replace").removeprefix("\ufeff"))
