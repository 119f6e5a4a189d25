"""`testgen convert`: procedures from one format to another."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from testgen.cli.files import read, require_format, warn
from testgen.cli.options import Columns, Encoding, SourceFormat
from testgen.cli.output import require_writable, write
from testgen.domain.errors import FieldProblem, InvalidInputError


def convert(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="File with procedures, or -.")],
    target: Annotated[Path, typer.Argument(metavar="OUTPUT", help="File to write.")],
    source_format: SourceFormat = None,
    target_format: Annotated[str | None, typer.Option("--to", help="Default: by the ending of OUTPUT.")] = None,
    columns: Columns = None,
    encoding: Encoding = None,
) -> None:
    """Convert procedures between formats (docs/formats.md). Says what the target cannot hold."""
    from testgen.cli.team import load_columns
    from testgen.interchange import read_procedures, write_procedures
    from testgen.interchange.registry import FORMATS, READABLE, format_of
    from testgen.reviewer import rated

    require_format(source_format, READABLE, "--from")
    chosen = target_format or format_of(target.name)
    if chosen is None:
        problem = FieldProblem(
            "OUTPUT", f"its ending names no format: give --to, one of {', '.join(FORMATS)}", str(target)
        )
        raise InvalidInputError([problem], subject="")
    require_format(chosen, list(FORMATS), "--to")
    require_writable(target, (source, columns))
    reader = partial(read_procedures, source_format=source_format, columns=load_columns(columns))
    procedures = [rated(procedure) for procedure in read(source, reader, what="a procedure")]
    content = write_procedures(procedures, chosen, encoding=encoding)
    entry = FORMATS[chosen]
    if entry.lost:
        typer.echo(f"testgen: {entry.title} cannot hold: {', '.join(entry.lost)}", err=True)
    warn(chosen)
    write(content, target, lambda said: typer.echo(said, err=True))
