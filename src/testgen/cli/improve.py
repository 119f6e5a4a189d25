"""`testgen improve`: keeps procedures that exist already, and betters what in them needs it."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testgen.cli.files import read, require_encoding, source_of
from testgen.cli.options import (
    Columns,
    Delimiter,
    Encoding,
    Engine,
    GlossaryFile,
    KnowledgeFile,
    Output,
    SourceFormat,
    Strict,
)
from testgen.cli.output import require_writable, write
from testgen.cli.result import FATAL, ResultFormat, result_format, write_result
from testgen.cli.review import case_for
from testgen.config import EngineChoice
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.improving import Improved
    from testgen.repair import Reviewing


def improve(
    procedures: Annotated[
        list[str],
        typer.Argument(metavar="PROCEDURE…", help="Files with procedures, in any format that can be read, or -."),
    ],
    case: Annotated[
        Path | None, typer.Option(help="The test cases: their expected results are attached to steps, or asked for.")
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change, as a diff of the Markdown, instead of the result.")
    ] = False,
    engine: Engine = None,
    output_format: ResultFormat = None,
    output: Output = None,
    glossary: GlossaryFile = None,
    knowledge: KnowledgeFile = None,
    source_format: SourceFormat = None,
    columns: Columns = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    strict: Strict = False,
) -> None:
    """Keep existing procedures and better them: steps with findings are written again, empty results filled in, expected
    results of the case attached. All other steps stay byte for byte."""
    from testgen.bootstrap import Application
    from testgen.cli.team import reviewing
    from testgen.interchange import load_cases, load_procedures
    from testgen.interchange.registry import READABLE
    from testgen.settings import load_settings

    reader = partial(load_procedures, source=source_of(source_format, columns, delimiter, READABLE))
    found = [entry for name in procedures for entry in read(name, reader, what="a procedure", strict=strict)]
    cases = {entry.id: entry for entry in read(str(case), load_cases, what="a test case")} if case else {}
    if len(cases) == len(found) == 1:  # a procedure written by hand has no id
        cases = {found[0].test_case_id: next(iter(cases.values()))}
    matched = [(procedure, case_for(procedure, cases)) for procedure in found]
    chosen = result_format(output_format, output)
    require_writable([("--output", output)], (*procedures, case, glossary, knowledge, columns))
    require_encoding(encoding, chosen)
    application, setup = Application(load_settings()), reviewing(glossary, knowledge)
    done: list[Improved] = []
    try:
        asyncio.run(_improve_all(application, matched, engine, setup, done))
    except KeyboardInterrupt:
        typer.echo(f"testgen: interrupted; {len(done)} of {len(found)} procedures were finished", err=True)
    if diff:
        write("".join(map(_difference, done)).encode(), None)
    if output or not diff:
        write_result([improved.after for improved in done], chosen, output, encoding)
    if len(done) < len(found):
        raise typer.Exit(130)
    if failures := [improved.problem.exit_code for improved in done if improved.problem]:
        raise typer.Exit(max(failures))
    if strict and any(improved.after.readiness == "skeleton" for improved in done):
        raise typer.Exit(1)


async def _improve_all(
    application: "Application",
    matched: Sequence[tuple[Procedure, TestCase | None]],
    engine: EngineChoice | None,
    reviewing: "Reviewing",
    done: "list[Improved]",
) -> None:
    """One after the other. Where the engine is gone, the rest stays as it is."""
    from dataclasses import replace

    from testgen.improving import Improved

    for procedure, case in matched:
        if done and done[-1].problem and done[-1].problem.exit_code == FATAL:
            typer.echo(f"testgen: left as they are after this: {_ids(matched[len(done) :])}", err=True)
            done += [Improved(left, left) for left, _ in matched[len(done) :]]
            return
        done.append(await improved_of(application, procedure, engine, replace(reviewing, case=case)))


def _ids(matched: Sequence[tuple[Procedure, TestCase | None]]) -> str:
    return ", ".join(procedure.test_case_id for procedure, _ in matched)


async def improved_of(
    application: "Application", procedure: Procedure, engine: EngineChoice | None, reviewing: "Reviewing"
) -> "Improved":
    """The procedure bettered; how many steps were kept, changed and added is said on stderr, and what went wrong."""
    from testgen.cli.progress import authorship
    from testgen.interchange.readiness import told

    improved = await application.improve(procedure, engine, reviewing=reviewing)
    said = (improved.counted(), told(improved.after), authorship(improved.after))
    typer.echo(f"testgen: {procedure.test_case_id}: {'; '.join(filter(None, said))}", err=True)
    if improved.problem:
        typer.echo(f"testgen: {procedure.test_case_id}: {' '.join(str(improved.problem).split())}", err=True)
    return improved


def _difference(improved: "Improved") -> str:
    """A unified diff of the Markdown, without what the review says of it; empty where nothing changed."""
    from difflib import unified_diff

    from testgen.interchange import markdown_format

    bare = {"findings": (), "readiness": None}
    old, new = (
        markdown_format.write([procedure.model_copy(update=bare)]).splitlines(keepends=True)
        for procedure in (improved.before, improved.after)
    )
    name = " ".join(improved.before.test_case_id.split())
    return "".join(unified_diff(old, new, f"{name} (before)", f"{name} (after)"))
