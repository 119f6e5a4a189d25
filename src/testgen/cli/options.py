"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

from testgen.config import EngineChoice

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
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Exit 1 where a procedure is only a skeleton; refuse a file of which something would be skipped.",
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(help="Of a CSV file that is read: a character, or tab. Default: found out, one of , ; tab."),
]
Engine = Annotated[
    EngineChoice | None,
    typer.Option(
        help="ollama, openai: a language model; outline: rules, no model; auto: ollama where it is ready, else outline. "
        "Default: as configured (auto)."
    ),
]
GlossaryFile = Annotated[
    Path | None, typer.Option("--glossary", help="Terms and house style (YAML). Default: the team's.")
]
KnowledgeFile = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        help="What the team tells of its product: screens, shared steps, accounts, terms (YAML). Default: the team's.",
    ),
]
Documents = Annotated[
    list[Path] | None,
    typer.Option(
        "--document",
        metavar="FILE",
        help="The specification around the cases: Word, PDF, Excel, PowerPoint, HTML, Markdown, or a folder; may be given more than "
        "once. Default: the team's.",
    ),
]
Anew = Annotated[
    bool, typer.Option("--anew", help="Write new steps also where there are some; else these are improved.")
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="FILE.xlsx",
        help="Your own form: the procedures are filled in below its headings, all else stays as it is. With xlsx.",
    ),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="PATH", help="Write to a file instead of standard output.")
]
