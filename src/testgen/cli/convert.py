"""`testgen convert`: procedures from one format to another."""

from pathlib import Path
from typing import Annotated

import typer

from testgen.cli.files import read, write
from testgen.domain.errors import FieldProblem, InvalidInputError


def convert(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="File with procedures, or -.")],
    target: Annotated[Path, typer.Argument(metavar="OUTPUT", help="File to write.")],
    source_format: Annotated[
        str | None, typer.Option("--from", help="Default: by the file's ending and content.")
    ] = None,
    target_format: Annotated[str | None, typer.Option("--to", help="Default: by the ending of OUTPUT.")] = None,
) -> None:
    """Convert procedures between formats (docs/formats.md). Says what the target cannot hold."""
    from functools import partial

    from testgen.interchange import read_procedures, write_procedures
    from testgen.interchange.registry import FORMATS, encode, format_of

    readable = [name for name, entry in FORMATS.items() if entry.read]
    _require(source_format, readable, "--from")
    chosen = target_format or format_of(target.name)
    if chosen is None:
        problem = FieldProblem(
            "OUTPUT", f"its ending names no format: give --to, one of {', '.join(FORMATS)}", str(target)
        )
        raise InvalidInputError([problem], subject="")
    _require(chosen, list(FORMATS), "--to")
    procedures = read(source, partial(read_procedures, source_format=source_format), what="a procedure")
    text = write_procedures(procedures, chosen)
    lost = FORMATS[chosen].lost
    if lost:
        typer.echo(f"testgen: {FORMATS[chosen].title} cannot hold: {', '.join(lost)}", err=True)
    write(text, target, lambda said: typer.echo(said, err=True), encode(text, chosen))


def _require(name: str | None, known: list[str], option: str) -> None:
    if name is not None and name not in known:
        problem = FieldProblem(option, f"there is no such format: use {', '.join(known)}", name)
        raise InvalidInputError([problem], subject="")
