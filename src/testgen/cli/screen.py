"""What people look at: rich's console, for texts of anybody."""

import sys
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from testgen.cli.guard import visible


class Screen(Console):
    """rich's console through `visible`; no `:smile:` is taken for a picture."""

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
