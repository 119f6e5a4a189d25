"""The output for people: rich's console, safe for texts from anybody."""

import sys
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from testgen.cli.guard import visible


class Screen(Console):
    """rich's console with `visible`; it does not replace `:smile:` with a picture."""

    def __init__(self, *, stderr: bool = False, file: TextIO | None = None, **options: Any) -> None:
        stream: Any = file or (sys.stderr if stderr else sys.stdout)
        while proxied := getattr(stream, "rich_proxied_file", None):
            stream = proxied
        super().__init__(file=stream, highlight=False, emoji=False, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        """See rich. Text is made visible before it is laid out, so that columns are as wide as what is shown."""
        return super().render_str(visible(text), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """See rich. Everything that was not created from a `str` passes through here."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)
