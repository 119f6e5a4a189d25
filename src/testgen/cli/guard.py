"""Keeps text from controlling the terminal that shows it: escape sequences, overwritten lines and changes of direction are shown, not
executed.

`guard` covers everything that is printed, by any code; a `Screen` covers what rich lays out, which contains rich's own escape sequences.
"""

import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO, cast

from testgen.text.hidden import HIDDEN

_ACTS = re.compile(rf"{HIDDEN}|\r(?!\n)")


def visible(text: str) -> str:
    """The text, with every invisible character, and every character that controls a terminal, written as in Python source."""
    return _ACTS.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


class _Guarded:
    """A text stream that passes everything through `visible`. rich finds the stream itself through `rich_proxied_file`, as with its own
    proxies."""

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
    """From now on, stderr, which is for people, and a stdout that is a terminal show texts instead of obeying them."""
    sys.stderr = cast(TextIO, _Guarded(sys.stderr))
    if sys.stdout.isatty():
        sys.stdout = cast(TextIO, _Guarded(sys.stdout))
