"""`testgen batch`: many cases from one file, with a journal; a run that was killed can be resumed."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testgen.batch import Item, Journal, Work, keyed, run
from testgen.cli.alone import alone, lock_of
from testgen.cli.files import form_of, format_for, read_entries, read_test_cases, require_encoding, source_of, write_as
from testgen.cli.interruptions import Interruptions
from testgen.cli.language import sentence, shown, tell
from testgen.cli.options import (
    Anew,
    Columns,
    Delimiter,
    Documents,
    Encoding,
    Engine,
    GlossaryFile,
    KnowledgeFile,
    SourceFormat,
    Strict,
    Template,
)
from testgen.cli.output import require_writable
from testgen.cli.service import Server, batch_drafter
from testgen.config import EngineChoice
from testgen.domain.errors import InvalidInputError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.test_case import TestCase
from testgen.messages import reason, say

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.cli.service import Limit
    from testgen.client.remote import Remote
    from testgen.interchange import Form
    from testgen.repair import Reviewing

Entry = tuple[int, Work, str]  # place, case, key
Hide = Callable[[Item], Item]  # takes out of a result what may not be written
_MASKED = ":masked"  # ends the keys of results whose secret values are hidden


def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT", help="File with test cases or procedures, in any format that can be read, or -."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="OUTPUT", help="File for the procedures; its extension determines the format."
        ),
    ],
    output_format: Annotated[
        str | None, typer.Option("--format", help="Default: from the extension of OUTPUT.")
    ] = None,
    engine: Engine = None,
    concurrency: Annotated[
        int | None,
        typer.Option(
            help="Cases to draft at the same time. Default: max_concurrency; with --server, as many as the service "
            "accepts.",
            min=1,
            max=256,
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Resume an earlier run; an error if there is none.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Retry the failed cases.")] = False,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Reuse results of unchanged cases and settings.")
    ] = True,
    masked: Annotated[
        bool, typer.Option("--mask", help="Hide values of passwords, tokens and keys in OUTPUT and its journal.")
    ] = False,
    glossary: GlossaryFile = None,
    knowledge: KnowledgeFile = None,
    documents: Documents = None,
    source_format: SourceFormat = None,
    columns: Columns = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    template: Template = None,
    strict: Strict = False,
    anew: Anew = False,
    server: Server = None,
) -> None:
    """Write procedures for many cases, or improve those that already have steps. Ctrl-C (SIGTERM, SIGHUP) finishes
    the cases in progress; run the command again to resume. Exits with 1 if cases failed."""
    from testgen.cli.team import reviewing
    from testgen.interchange.registry import CASES

    chosen = format_for(output, output_format)
    require_encoding(encoding, chosen)
    reader, given = read_test_cases if anew else read_entries, source_of(source_format, columns, delimiter, CASES)
    cases: list[Work] = [*reader([source], given, strict=strict)]
    journal = Journal(output.with_name(output.name + ".journal.jsonl"))
    beside = [(say("OUTPUT's journal"), path) for path in (*journal.files, lock_of(journal.path))]
    require_writable(
        [("--output", output), *beside], (source, glossary, knowledge, columns, template, *(documents or ()))
    )
    form = form_of(template, columns, chosen)
    setup = reviewing(glossary, knowledge, documents)
    application, limit, who = batch_drafter(server, concurrency, cache=cache)
    _tell_what_is_improved(cases)
    hide = partial(_hidden, cases) if masked else None
    listed = _listed(cases, f"{who}{engine}{setup.background}{setup.settings}", masked=masked)
    with alone(journal.path):
        known = _begin(journal, listed, hide, resume=resume, cache=cache)
        finished = {key: known[key] for _, _, key in listed if key in known and (known[key].done or not retry_failed)}
        todo = [entry for entry in listed if entry[2] not in finished]
        draft = partial(_events, application, engine, setup)
        ended = asyncio.run(_draft(todo, draft, limit, journal, finished, len(listed), hide))
        items = [finished[key] for _, _, key in listed if key in finished]
        _write(items, chosen, output, encoding, form)
    _summary(items, len(listed), len(listed) - len(todo), output)
    _end(ended, journal, items, strict=strict)


def _tell_what_is_improved(cases: Sequence[Work]) -> None:
    if kept := sum(not isinstance(case, TestCase) for case in cases):
        tell(
            say(
                "{count} of {total} have steps: they are improved; --anew writes new ones", count=kept, total=len(cases)
            )
        )


def _listed(cases: list[Work], settings: str, *, masked: bool) -> list[Entry]:
    """The cases with the keys of their results, which depend on all that makes them."""
    listed = keyed(cases, hashlib.sha256(settings.encode()).hexdigest()[:16])
    return [(index, case, key + _MASKED) for index, case, key in listed] if masked else listed


def _begin(
    journal: Journal, listed: Sequence[Entry], hide: Hide | None, *, resume: bool, cache: bool
) -> dict[str, Item]:
    """Opens the journal; the results of an earlier run that is resumed or may be reused."""
    known = _known(journal, listed, resume=resume, cache=cache)
    if hide:
        known = _masked(known, listed, hide)
        journal.rewrite(known.values())
    journal.begin()
    return known


def _known(journal: Journal, listed: Sequence[Entry], *, resume: bool, cache: bool) -> dict[str, Item]:
    if resume and not journal.path.exists():
        raise InvalidInputError.of(
            "--resume", say("there is no journal of an earlier run: leave the option out"), str(journal.path)
        )
    if not cache and not resume:
        journal.path.unlink(missing_ok=True)
    keys = {key.removesuffix(_MASKED) for _, _, key in listed}
    return journal.read(keys | {key + _MASKED for key in keys})


def _masked(known: dict[str, Item], listed: Sequence[Entry], hide: Hide) -> dict[str, Item]:
    """Hides the secret values that an earlier run wrote in clear in the results of these cases; other lines of the journal may contain
    more."""
    found = {}
    for index, _, key in listed:
        if item := known.get(key):
            found[key] = item
        elif in_clear := known.get(key.removesuffix(_MASKED)):
            found[key] = hide(replace(in_clear, index=index, key=key))
    return found


async def _events(
    application: "Application | Remote", engine: EngineChoice | None, setup: "Reviewing", case: Work
) -> AsyncGenerator[Event, None]:
    """Drafts a case, or improves a procedure and keeps it as far as that went."""
    if isinstance(case, TestCase):
        async for event in application.events(case, engine, reviewing=setup):
            yield event
        return
    improved = await application.improve(case, engine, reviewing=setup)
    yield ProcedureEvent(improved.after)
    if improved.problem:
        yield ErrorEvent(improved.problem)


def _hidden(cases: Sequence[Work], item: Item) -> Item:
    from testgen.domain.case_behind import case_of
    from testgen.masking import mask, mask_text

    entry = cases[item.index]
    case = entry if isinstance(entry, TestCase) else case_of(entry)
    made = mask(item.procedure, case) if item.procedure else None
    return replace(item, procedure=made, message=mask_text(item.message, case), error=None)


@dataclass(frozen=True)
class _Ended:
    """The signal that came (0 if none did), and why the journal could not be written."""

    signal: int
    fault: OSError | None


def _end(ended: _Ended, journal: Journal, items: Sequence[Item], *, strict: bool) -> None:
    """Ends the command according to the outcome of the run."""
    if ended.fault:
        message = say(
            "the journal cannot be written: {reason}; fix this, then resume with --resume", reason=reason(ended.fault)
        )
        raise InvalidInputError.of("", message, str(journal.path))
    if ended.signal:
        tell(say("interrupted; run the same command with --resume to continue"))
        raise typer.Exit(128 + ended.signal)
    skeletons = any(item.procedure and item.procedure.readiness == "skeleton" for item in items)
    if any(not item.done for item in items) or (strict and skeletons):
        raise typer.Exit(1)


async def _draft(
    todo: Sequence[Entry],
    draft: Any,
    limit: "Limit",
    journal: Journal,
    finished: dict[str, Item],
    total: int,
    hide: Hide | None,
) -> _Ended:
    """Drafts cases and writes the results. After a signal, or when the journal cannot be written, only running cases finish."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from testgen.cli.screen import Screen

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), rate)
    fault = None
    with Interruptions() as interruptions, Progress(*columns, console=Screen(stderr=True)) as bar:
        task = bar.add_task(shown(say("procedures")), total=total, completed=total - len(todo), rate="")
        limit.obey(interruptions.stopping)
        async for done in run(todo, draft, limit.places, stopping=interruptions.stopping):
            item = replace(done, message=sentence(str(done.error))) if done.error else done
            item = hide(item) if hide else item
            finished[item.key] = item
            try:
                journal.append(item)
            except OSError as error:
                fault = error
                interruptions.stopping.set()
            speed = bar.tasks[0].speed
            pace = shown(say("{count:.0f} per minute", count=speed * 60)) if speed else ""
            bar.update(task, advance=1, rate=f"{pace} {shown(str(limit))}" if speed else "")
            if not item.done:
                bar.console.print(f"{item.case_id}: {item.message}", markup=False, soft_wrap=True)
    return _Ended(interruptions.signal, fault)


def _write(items: Sequence[Item], chosen: str, output: Path, encoding: str | None, form: "Form | None") -> None:
    made = [item.procedure for item in items if item.procedure]
    if made:
        write_as(chosen, made, output, encoding, form)


def _summary(items: Sequence[Item], total: int, reused: int, output: Path) -> None:
    from testgen.cli.progress import counted

    failed = [item for item in items if not item.done]
    made = [item.procedure for item in items if item.procedure]
    findings = sum(len(procedure.findings) for procedure in made)
    tell(
        say(
            "{total} cases: {written} written ({reused} reused), {failed} failed, {rest} not started;"
            " {findings} findings",
            total=total,
            written=len(items) - len(failed),
            reused=reused,
            failed=len(failed),
            rest=total - len(items),
            findings=findings,
        )
    )
    if made:
        tell(counted(made))
    for item in failed:
        typer.echo(f"{shown(say('  failed {id}', id=item.case_id))}: {item.message}", err=True)
    if failed:
        tell(say("try these again with --retry-failed -o {output}", output=str(output)))
