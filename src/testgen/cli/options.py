"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Columns = Annotated[
    Path | None,
    typer.Option(
        help="Your own headings (YAML: `確認手順: action`), for CSV, Excel and Markdown. Default: the team's."
    ),
]
Encoding = Annotated[
    str | None, typer.Option(help="cp932, for CSV that old programs read. Default: what the format's reader wants.")
]
SourceFormat = Annotated[str | None, typer.Option("--from", help="Default: by the file's ending and content.")]
