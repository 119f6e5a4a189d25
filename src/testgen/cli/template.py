"""`testgen template`: an empty sheet for test cases."""

from pathlib import Path
from typing import Annotated

import typer

from testgen.cli.output import require_writable, write
from testgen.domain.errors import InvalidInputError
from testgen.domain.language import Language
from testgen.messages import say


def template(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PATH", help="Workbook to write; must not exist yet.")
    ] = Path("test-cases.xlsx"),
    language: Annotated[Language, typer.Option(help="Language of the headings.")] = "ja",
) -> None:
    """Write an empty Excel sheet to fill in with test cases, for `generate` and `batch`."""
    from testgen.interchange.xlsx_template import template as workbook

    if output.suffix.lower() != ".xlsx":
        raise InvalidInputError.of("--output", say("must end in .xlsx"), str(output))
    if output.exists():
        raise InvalidInputError.of(
            "--output", say("already exists and may have been filled in: give another name"), str(output)
        )
    require_writable([("--output", output)], ())
    write(workbook(language), output)
