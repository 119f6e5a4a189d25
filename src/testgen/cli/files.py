"""Reading the files that commands are given; `-` is standard input."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from testgen.domain.errors import FieldProblem, InvalidInputError

T = TypeVar("T")


def read(name: str, reader: Callable[..., list[T]], *, what: str) -> list[T]:
    """The objects of a file, by a reader of `testgen.interchange`.

    Raises:
        InvalidInputError: the file cannot be read, or what is in it is wrong.
    """
    if name == "-":
        return reader(sys.stdin.buffer.read(), name="standard input")
    try:
        return reader(Path(name).read_bytes(), name=name)
    except OSError as error:
        problem = FieldProblem(
            "", f"cannot be read: {error.strerror or error}; give the path of {what}, or - for standard input"
        )
        raise InvalidInputError([problem], subject="", source=name) from None


def write(text: str, output: Path | None, say: Callable[[str], None], content: bytes | None = None) -> None:
    """Writes to a file (`content`, where the format has an encoding of its own), or prints; where the file cannot be
    written the text is printed, so that nothing is lost.

    Raises:
        InvalidInputError: the file cannot be written.
    """
    if output is None:
        sys.stdout.write(text)
        return
    try:
        partial = output.with_name(output.name + ".part")
        partial.write_bytes(text.encode() if content is None else content)
        partial.replace(output)
    except OSError as error:
        sys.stdout.write(text)
        problem = FieldProblem(
            "--output", f"cannot be written: {error.strerror}; the result was printed instead", str(output)
        )
        raise InvalidInputError([problem], subject="") from None
    say(f"testgen: wrote {output}")
