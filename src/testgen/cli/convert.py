"""`testgen convert`: procedures from one format to another."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from testgen.cli.files import format_for, read, require_format, write_as
from testgen.cli.options import Columns, Encoding, SourceFormat
from testgen.cli.output import require_writable


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
    from testgen.interchange import read_procedures
    from testgen.interchange.registry import FORMATS, READABLE
    from testgen.reviewer import rated

    require_format(source_format, READABLE, "--from")
    chosen = format_for(target, target_format, "--to")
    require_writable(target, (source, columns))
    reader = partial(read_procedures, source_format=source_format, columns=load_columns(columns))
    procedures = [rated(procedure) for procedure in read(source, reader, what="a procedure")]
    entry = FORMATS[chosen]
    if entry.lost:
        typer.echo(f"testgen: {entry.title} cannot hold: {', '.join(entry.lost)}", err=True)
    write_as(chosen, procedures, target, encoding)
