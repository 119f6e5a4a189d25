"""No text acts on the terminal that shows it: an escape sequence, an overwritten line, a changed order are shown instead.

`guard` sees to whatever is printed, by anyone; a `Screen` sees to what rich lays out, which has escape sequences of its own.
"""

import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO, cast

from testgen.text.hidden import HIDDEN

_ACTS = re.compile(rf"{HIDDEN}|\r(?!\n)")


def visible(text: str) -> str:
    """The text with every character that nobody sees, or that acts on a terminal, as Python would write it."""
    return _ACTS.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


class _Guarded:
    """A text stream through `visible`. rich finds the stream itself by `rich_proxied_file`, as behind a proxy of its own."""

    def __init__(self, stream: TextIO) -> None:
        self.rich_proxied_file = stream

    def write(self, text: str) -> int:
        self.rich_proxied_file.write(visible(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name in ("buffer", "detach"):  # a way round the guard
            raise AttributeError(name)
        return getattr(self.rich_proxied_file, name)


def guard() -> None:
    """From now on stderr, which is for people, and a stdout that is a terminal, show texts and do not obey them."""
    sys.stderr = cast(TextIO, _Guarded(sys.stderr))
    if sys.stdout.isatty():
        sys.stdout = cast(TextIO, _Guarded(sys.stdout))
