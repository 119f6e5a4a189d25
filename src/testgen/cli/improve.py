"""`testgen improve`: keeps existing procedures and improves what needs it."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testgen.cli.cases import case_for, cases_of
from testgen.cli.files import A_PROCEDURE, read, require_encoding, source_of
from testgen.cli.language import tell, tell_error
from testgen.cli.options import (
    Columns,
    Delimiter,
    Documents,
    Encoding,
    Engine,
    GlossaryFile,
    KnowledgeFile,
    Output,
    Procedures,
    SourceFormat,
    Strict,
)
from testgen.cli.output import require_writable, write
from testgen.cli.result import FATAL, ResultFormat, exit_for, result_format, write_result
from testgen.cli.service import Server, drafter
from testgen.cli.stale import OnlyStale, difference, is_stale, told_stale
from testgen.config import EngineChoice
from testgen.domain.errors import InternalError, TestgenError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import joined, say

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.client.remote import Remote
    from testgen.improving import Improved
    from testgen.interchange import Source
    from testgen.repair import Reviewing


def improve(
    procedures: Procedures,
    case: Annotated[
        Path | None,
        typer.Option(
            help="The test cases. Their expected results are linked to the steps that show them; the model"
            " is asked for the others."
        ),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change, as a diff of the Markdown, instead of the result.")
    ] = False,
    engine: Engine = None,
    output_format: ResultFormat = None,
    output: Output = None,
    glossary: GlossaryFile = None,
    knowledge: KnowledgeFile = None,
    documents: Documents = None,
    only_stale: OnlyStale = False,
    source_format: SourceFormat = None,
    columns: Columns = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    strict: Strict = False,
    server: Server = None,
) -> None:
    """Keep existing procedures and improve them: rewrite steps with findings, fill in empty results, link the
    expected results of the case. All other steps stay byte for byte."""
    from testgen.cli.team import reviewing
    from testgen.interchange.registry import READABLE

    matched = _matched(procedures, source_of(source_format, columns, delimiter, READABLE), case, strict=strict)
    chosen = result_format(output_format, output)
    require_writable([("--output", output)], (*procedures, case, glossary, knowledge, columns, *(documents or ())))
    require_encoding(encoding, chosen)
    application, setup = drafter(server), reviewing(glossary, knowledge, documents)
    done: list[Improved] = []
    diff = diff or only_stale
    try:
        asyncio.run(_improve_all(application, matched, engine, setup, done, only_stale=only_stale))
    except KeyboardInterrupt:
        tell(say("interrupted; {count} of {total} procedures were finished", count=len(done), total=len(matched)))
    if diff:
        write("".join(difference(improved.before, improved.after) for improved in done).encode(), None)
    if output or not diff:
        write_result([improved.after for improved in done], chosen, output, encoding)
    if len(done) < len(matched):
        raise typer.Exit(130)
    problems = (improved.problem for improved in done if improved.problem)
    exit_for(problems, (improved.after for improved in done), strict=strict)


def _matched(
    names: Sequence[str], source: "Source", case: Path | None, *, strict: bool
) -> list[tuple[Procedure, TestCase | None]]:
    """The procedures of the files, each with its case where cases were given."""
    from testgen.interchange import load_procedures

    reader = partial(load_procedures, source=source)
    found = [entry for name in names for entry in read(name, reader, what=A_PROCEDURE, strict=strict)]
    cases = cases_of(case)
    if len(cases) == len(found) == 1:  # a procedure written by hand has no id
        cases = {found[0].test_case_id: next(iter(cases.values()))}
    return [(procedure, case_for(procedure, cases)) for procedure in found]


async def _improve_all(
    application: "Application | Remote",
    matched: Sequence[tuple[Procedure, TestCase | None]],
    engine: EngineChoice | None,
    reviewing: "Reviewing",
    done: "list[Improved]",
    *,
    only_stale: bool,
) -> None:
    """Improves procedures one after the other; with `only_stale`, only those whose sources have changed. If the engine is gone, the rest
    stays as it is."""
    from dataclasses import replace

    from testgen.improving import Improved

    stale = [not only_stale or is_stale(*one, reviewing.background) for one in matched]
    if only_stale:
        told_stale(sum(stale), len(matched))
    for at, (procedure, case) in enumerate(matched):
        if done and done[-1].problem and done[-1].problem.exit_code == FATAL:
            tell(say("not attempted after this error, and unchanged: {ids}", ids=_ids(matched[len(done) :])))
            done += [Improved(left, left) for left, _ in matched[len(done) :]]
            return
        if not stale[at]:
            done.append(Improved(procedure, procedure))
            continue
        done.append(await improved_of(application, procedure, engine, replace(reviewing, case=case)))


def _ids(matched: Sequence[tuple[Procedure, TestCase | None]]) -> list[str]:
    return [procedure.test_case_id for procedure, _ in matched]


async def improved_of(
    application: "Application | Remote", procedure: Procedure, engine: EngineChoice | None, reviewing: "Reviewing"
) -> "Improved":
    """The improved procedure. The number of steps kept, changed and added, and any problem, are reported on stderr."""
    from testgen.cli.progress import authorship
    from testgen.improving import Improved
    from testgen.interchange.readiness import told

    try:
        improved = await application.improve(procedure, engine, reviewing=reviewing)
    except TestgenError:
        raise
    except Exception as error:  # a bug that one procedure finds
        improved = Improved(procedure, procedure, InternalError.of(error))
    said = (improved.counted(), told(improved.after), authorship(improved.after))
    tell(joined(": ", (procedure.test_case_id, joined("; ", said))))
    if improved.problem:
        tell_error(joined(": ", (procedure.test_case_id, str(improved.problem))))
    return improved
