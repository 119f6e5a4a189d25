"""The bytes given to a command, from a file or standard input, but never more than a file of test cases can have."""

import os
import stat
import sys
from pathlib import Path

from testgen.domain.errors import UnreadableInputError
from testgen.messages import joined, reason, say

LARGEST = 64 << 20  # bytes; a workbook of 10,000 cases has about 2 MB


def content_of(name: str | Path, *, what: str, dash: bool = False) -> bytes:
    """The content of a file. `what` says what it should contain; with `dash`, `-` is standard input.

    Raises:
        UnreadableInputError: the file cannot be read, or does not end within `LARGEST`.
    """
    if dash and name == "-":
        content = sys.stdin.buffer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise _too_large(say("standard input"), what)
        return content
    try:
        with Path(name).open("rb") as file:
            found = os.fstat(file.fileno())
            large = stat.S_ISREG(found.st_mode) and found.st_size > LARGEST
            content = b"" if large else file.read(LARGEST + 1)
    except OSError as error:
        remedy = (
            say("give the path of {what}, or - for standard input", what=what)
            if dash
            else say("give the path of {what}", what=what)
        )
        problem = joined("; ", (say("cannot be read: {reason}", reason=reason(error)), remedy))
        raise UnreadableInputError.of("", problem, source=str(name)) from None
    if large or len(content) > LARGEST:
        raise _too_large(str(name), what)
    return content


def _too_large(name: str, what: str) -> UnreadableInputError:
    problem = say(
        "is larger than {most} MB, too large for such a file: give the path of {what}", most=LARGEST >> 20, what=what
    )
    return UnreadableInputError.of("", problem, source=name)
