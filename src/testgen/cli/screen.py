"""What people look at. No text acts on their terminal: an escape sequence, an overwritten line, a changed order are shown instead.

`guard` sees to whatever is printed, by anyone; a `Screen` sees to what rich lays out, which has escape sequences of its own.
"""

import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO, cast

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from testgen.text.hidden import HIDDEN

_ACTS = re.compile(rf"{HIDDEN}|\r(?!\n)")


def visible(text: str) -> str:
    """The text with every character that nobody sees, or that acts on a terminal, as Python would write it."""
    return _ACTS.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


class Screen(Console):
    """rich's console, for texts of anybody: `visible`, and no `:smile:` is taken for a picture."""

    def __init__(self, *, stderr: bool = False, file: TextIO | None = None, **options: Any) -> None:
        stream: Any = file or (sys.stderr if stderr else sys.stdout)
        while proxied := getattr(stream, "rich_proxied_file", None):
            stream = proxied
        super().__init__(file=stream, highlight=False, emoji=False, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        """See rich; before the text is laid out, so that columns have the width of what is shown."""
        return super().render_str(visible(text), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """See rich; what was not made of a `str` comes through here."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


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
