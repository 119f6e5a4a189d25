"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from testgen.config import EngineChoice

Procedures = Annotated[
    list[str],
    typer.Argument(metavar="PROCEDURE…", help="Files with procedures, in any format that can be read, or -."),
]
Columns = Annotated[
    Path | None,
    typer.Option(
        help="Your own headings (YAML: `確認手順: action`), for CSV, Excel and Markdown. Default: the team's."
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(help="cp932, for programs that cannot read UTF-8. Default: the encoding that the format requires."),
]
SourceFormat = Annotated[str | None, typer.Option("--from", help="Default: from the file's extension and content.")]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Exit with 1 if a procedure is only a skeleton; refuse a file if something in it would be skipped.",
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(help="Delimiter of a CSV input file: a character, or tab. Default: detected, one of , ; tab."),
]
Engine = Annotated[
    EngineChoice | None,
    typer.Option(
        help="ollama, openai: a language model; outline: rules, no model; auto: ollama if it is ready, otherwise "
        "outline. Default: as configured (auto)."
    ),
]
GlossaryFile = Annotated[
    Path | None, typer.Option("--glossary", help="Terms and house style (YAML). Default: the team's.")
]
KnowledgeFile = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        help="Product knowledge: screens, shared steps, accounts, terms (YAML). Default: the team's.",
    ),
]
Documents = Annotated[
    list[Path] | None,
    typer.Option(
        "--document",
        metavar="FILE",
        help="Documents about the cases, such as the specification: Word, PDF, Excel, PowerPoint, HTML, Markdown, "
        "or a folder; repeatable. Default: the team's.",
    ),
]
Anew = Annotated[
    bool,
    typer.Option(
        "--anew", help="Write new steps even if a case already has some. By default, existing steps are improved."
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="FILE.xlsx",
        help="Your own form: testgen fills in the procedures below its headings and changes nothing else. Only "
        "with xlsx.",
    ),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="PATH", help="Write to a file instead of standard output.")
]
