"""`testgen generate`: test cases from files, procedures to the terminal or a file."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testgen.cli.files import format_for, read_test_cases, require_encoding, require_format, source_of, write_as
from testgen.cli.options import Columns, Delimiter, Encoding, Engine, GlossaryFile, Output, SourceFormat, Strict
from testgen.cli.output import require_writable, write
from testgen.config import EngineChoice
from testgen.domain.errors import TestgenError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.cli.progress import Progress
    from testgen.repair import Reviewing

FATAL = 3  # exit code of errors that the next case would meet as well


def generate(
    cases: Annotated[
        list[str],
        typer.Argument(
            metavar="CASE…",
            help="Files with test cases or procedures, in any format that can be read, or - for standard input.",
        ),
    ],
    engine: Engine = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="table, or a format of docs/formats.md. Default: by the ending of PATH, else table on a terminal and "
            "json elsewhere.",
        ),
    ] = None,
    output: Output = None,
    glossary: GlossaryFile = None,
    source_format: SourceFormat = None,
    columns: Columns = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    strict: Strict = False,
    explained: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show instead how engine outline reads a case: each sentence, and the steps it went to."
        ),
    ] = False,
) -> None:
    """Write the procedures of test cases. One case gives one JSON object, several an array."""
    from testgen.bootstrap import Application
    from testgen.cli.progress import Progress
    from testgen.cli.team import reviewing as team
    from testgen.interchange.registry import CASES
    from testgen.settings import load_settings

    parsed = read_test_cases(cases, source_of(source_format, columns, delimiter, CASES), strict=strict)
    if explained:
        _explain(parsed)
        return
    reviewing = team(glossary)
    chosen = _format(output_format, output)
    require_writable(output, (*cases, glossary, columns))
    require_encoding(encoding, chosen)
    application = Application(load_settings())
    procedures: list[Procedure] = []
    failures: list[TestgenError] = []
    try:
        asyncio.run(_draft_all(application, parsed, engine, reviewing, Progress(), procedures, failures))
    except KeyboardInterrupt:
        typer.echo(f"testgen: interrupted; {len(procedures)} of {len(parsed)} procedures were finished", err=True)
        _write(procedures, chosen, output, encoding)
        raise typer.Exit(130) from None
    _write(procedures, chosen, output, encoding)
    if failures:
        raise typer.Exit(max(failure.exit_code for failure in failures))
    if strict and any(procedure.readiness == "skeleton" for procedure in procedures):
        raise typer.Exit(1)


def _explain(cases: list[TestCase]) -> None:
    """One line a sentence: where it stands, what it was taken for, the steps, the text."""
    from testgen.drafting.outline import explain

    for case in cases:
        typer.echo(_one_line(f"{case.id} {case.title}"))
        for row in explain(case, case.resolved_language()):
            numbers = ",".join(map(str, row.steps)) or "-"
            typer.echo(_one_line(f"  {row.field} | {row.taken_for} | {numbers} | {row.text}"))


def _one_line(text: str) -> str:
    """No text of a case moves the cursor of a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


async def _draft_all(
    application: "Application",
    cases: list[TestCase],
    engine: EngineChoice | None,
    reviewing: "Reviewing",
    progress: "Progress",
    procedures: list[Procedure],
    failures: list[TestgenError],
) -> None:
    """Drafts one after the other. A case that fails does not stop the others, unless the engine is gone."""
    from testgen.domain.events import ErrorEvent, ProcedureEvent

    for case in cases:
        with progress.of(case) as show:
            async for event in application.events(case, engine, reviewing=reviewing):
                show(event)
                if isinstance(event, ProcedureEvent):
                    procedures.append(event.procedure)
                elif isinstance(event, ErrorEvent):
                    failures.append(event.error)
        if failures and failures[-1].exit_code == FATAL:
            _report_unfinished(cases[cases.index(case) + 1 :])
            return


def _report_unfinished(rest: list[TestCase]) -> None:
    if rest:
        typer.echo(f"testgen: not tried after this: {', '.join(case.id for case in rest)}", err=True)


def _format(wanted: str | None, output: Path | None) -> str:
    from testgen.interchange.registry import WRITABLE

    if wanted:
        require_format(wanted, ["table", *WRITABLE], "--format")
        return wanted
    if output:
        return format_for(output, None)
    return "table" if sys.stdout.isatty() else "json"


def _write(procedures: list[Procedure], chosen: str, output: Path | None, encoding: str | None) -> None:
    if not procedures:
        return
    if chosen == "table":
        from testgen.cli.table import print_table, written_table

        if output is None and sys.stdout.isatty():
            print_table(procedures)
        else:
            write(written_table(procedures), output)
    else:
        write_as(chosen, procedures, output, encoding)
