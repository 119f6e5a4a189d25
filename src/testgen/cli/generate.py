"""`testgen generate`: reads test cases from files and writes procedures to the terminal or a file; existing procedures are improved."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from testgen.cli.files import form_of, read_entries, read_test_cases, require_encoding, source_of
from testgen.cli.improve import improved_of
from testgen.cli.language import tell
from testgen.cli.options import (
    Anew,
    Columns,
    Delimiter,
    Documents,
    Encoding,
    Engine,
    GlossaryFile,
    KnowledgeFile,
    Output,
    SourceFormat,
    Strict,
    Template,
)
from testgen.cli.output import require_writable, write
from testgen.cli.result import FATAL, ResultFormat, exit_for, result_format, write_result
from testgen.cli.service import Server, drafter
from testgen.cli.stale import Earlier, OnlyStale
from testgen.config import EngineChoice
from testgen.domain.errors import TestgenError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import say

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.cli.progress import Progress
    from testgen.client.remote import Remote
    from testgen.repair import Reviewing


def generate(
    cases: Annotated[
        list[str],
        typer.Argument(
            metavar="CASE…",
            help="Files with test cases or procedures, in any format that can be read, or - for standard input.",
        ),
    ],
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
    template: Template = None,
    strict: Strict = False,
    anew: Anew = False,
    server: Server = None,
    explained: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Instead of writing procedures, show how the engine outline reads each case: every "
            "sentence, and the steps that come from it.",
        ),
    ] = False,
) -> None:
    """Write procedures for test cases, or improve those that already have steps. One case gives a JSON object,
    several give an array."""
    from testgen.cli.progress import Progress
    from testgen.cli.team import reviewing as team
    from testgen.interchange.registry import CASES

    source = source_of(source_format, columns, delimiter, CASES)
    if explained:
        _explain(read_test_cases(cases, source, strict=strict))
        return
    parsed = (read_test_cases if anew else read_entries)(cases, source, strict=strict)
    reviewing = team(glossary, knowledge, documents)
    chosen = result_format(output_format, output)
    require_writable([("--output", output)], (*cases, glossary, knowledge, columns, template, *(documents or ())))
    require_encoding(encoding, chosen)
    form = form_of(template, columns, chosen)
    earlier = Earlier(output, chosen) if only_stale else None
    if earlier:
        parsed = earlier.to_write(parsed, reviewing.background)
    drafting = _Drafting(drafter(server), engine, reviewing, Progress())
    finished = drafting.finish(parsed)
    made = drafting.procedures
    if earlier and finished:
        write(earlier.difference(made).encode(), None)
    write_result(earlier.with_new(made) if earlier else made, chosen, output, encoding, form)
    if not finished:
        raise typer.Exit(130)
    exit_for(drafting.failures, made, strict=strict)


def _explain(cases: list[TestCase]) -> None:
    """One line per sentence: where it is, how it was interpreted, the steps, the text."""
    from testgen.drafting.outline import explain

    for case in cases:
        typer.echo(_one_line(f"{case.id} {case.title}"))
        for row in explain(case, case.resolved_language()):
            numbers = ",".join(map(str, row.steps)) or "-"
            typer.echo(_one_line(f"  {row.field} | {row.taken_for} | {numbers} | {row.text}"))


def _one_line(text: str) -> str:
    """Puts a text on one line, so that no text of a case moves the cursor of a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


@dataclass
class _Drafting:
    """What drafts, and what it has brought so far."""

    application: "Application | Remote"
    engine: EngineChoice | None
    reviewing: "Reviewing"
    progress: "Progress"
    procedures: list[Procedure] = field(default_factory=list)
    failures: list[TestgenError] = field(default_factory=list)

    def finish(self, cases: Sequence[TestCase | Procedure]) -> bool:
        """Drafts them; False where Ctrl-C came before the end."""
        try:
            asyncio.run(self._all(cases))
        except KeyboardInterrupt:
            count = len(self.procedures)
            tell(say("interrupted; {count} of {total} procedures were finished", count=count, total=len(cases)))
            return False
        return True

    async def _all(self, cases: Sequence[TestCase | Procedure]) -> None:
        """One after the other; what has steps is improved. A case that fails does not stop the others, unless the engine is gone."""
        for number, case in enumerate(cases, 1):
            await (self._improve(case) if isinstance(case, Procedure) else self._draft(case))
            if self.failures and self.failures[-1].exit_code == FATAL:
                _report_unfinished(cases[number:])
                return

    async def _improve(self, procedure: Procedure) -> None:
        tell(say("{id} has steps: they are improved; --anew writes new ones", id=procedure.test_case_id))
        improved = await improved_of(self.application, procedure, self.engine, self.reviewing)
        self.procedures.append(improved.after)
        self.failures += [improved.problem] if improved.problem else []

    async def _draft(self, case: TestCase) -> None:
        from testgen.domain.events import ErrorEvent, ProcedureEvent, foreseen

        with self.progress.of(case) as show:
            async for event in foreseen(self.application.events(case, self.engine, reviewing=self.reviewing)):
                show(event)
                if isinstance(event, ProcedureEvent):
                    self.procedures.append(event.procedure)
                elif isinstance(event, ErrorEvent):
                    self.failures.append(event.error)


def _report_unfinished(rest: Sequence[TestCase | Procedure]) -> None:
    if rest:
        ids = [case.test_case_id if isinstance(case, Procedure) else case.id for case in rest]
        tell(say("not attempted after this error: {ids}", ids=ids))
