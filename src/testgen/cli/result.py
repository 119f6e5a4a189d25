"""Where finished procedures go, and in which format."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testgen.cli.files import format_for, require_format, write_as
from testgen.cli.output import write
from testgen.domain.errors import TestgenError
from testgen.domain.procedure import Procedure

if TYPE_CHECKING:
    from testgen.interchange import Form

FATAL = 3  # exit code of errors that the next case would meet as well
ResultFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="table, or a format of docs/formats.md. Default: from the extension of PATH, otherwise "
        "table on a terminal and json elsewhere.",
    ),
]


def result_format(wanted: str | None, output: Path | None) -> str:
    """The requested format, or the one that the file's extension names, or a table on a terminal.

    Raises:
        InvalidInputError: there is no such format.
    """
    from testgen.interchange.registry import WRITABLE

    if wanted:
        require_format(wanted, ["table", *WRITABLE], "--format")
        return wanted
    if output:
        return format_for(output, None)
    return "table" if sys.stdout.isatty() else "json"


def exit_for(failures: Iterable[TestgenError], procedures: Iterable[Procedure], *, strict: bool) -> None:
    """Ends the command by the gravest failure, or with 1 where `strict` allows no skeleton.

    Raises:
        Exit: something failed, or a procedure is only a skeleton.
    """
    if codes := [failure.exit_code for failure in failures]:
        raise typer.Exit(max(codes))
    if strict and any(procedure.readiness == "skeleton" for procedure in procedures):
        raise typer.Exit(1)


def write_result(
    procedures: Sequence[Procedure], chosen: str, output: Path | None, encoding: str | None, form: "Form | None" = None
) -> None:
    """Writes procedures, if there are any.

    Raises:
        InvalidInputError: see `write_as`.
    """
    if not procedures:
        return
    if chosen == "table":
        from testgen.cli.table import print_table, written_table

        if output is None and sys.stdout.isatty():
            print_table(procedures)
        else:
            write(written_table(procedures), output)
    else:
        write_as(chosen, procedures, output, encoding, form)
