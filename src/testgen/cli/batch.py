"""`testgen batch`: many cases from one file, with a journal; a killed run goes on where it was."""

import asyncio
import hashlib
import signal
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from testgen.batch import Item, Journal, keyed, run
from testgen.cli.files import read, require_encoding, require_format, warn
from testgen.cli.files import write as write_file
from testgen.cli.options import Columns, Encoding, Engine, SourceFormat, Strict
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.test_case import TestCase

Entry = tuple[int, TestCase, str]  # place, case, key
_MASKED = ":masked"  # ends the keys of results whose secret values are hidden
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def batch(
    source: Annotated[
        str, typer.Argument(metavar="INPUT", help="File with test cases (JSON, YAML, CSV, Excel, Markdown), or -.")
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="OUTPUT", help="File for the procedures; its ending names the format."),
    ],
    output_format: Annotated[str | None, typer.Option("--format", help="Default: by the ending of OUTPUT.")] = None,
    engine: Engine = None,
    concurrency: Annotated[
        int | None, typer.Option(help="Cases drafted at once. Default: max_concurrency.", min=1, max=256)
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an earlier run; an error where there is none.")
    ] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Draft cases again that failed.")] = False,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Reuse results of unchanged cases and settings.")
    ] = True,
    masked: Annotated[
        bool, typer.Option("--mask", help="Hide values of passwords, tokens and keys in OUTPUT and its journal.")
    ] = False,
    glossary: Annotated[Path | None, typer.Option(help="Terms and house style (YAML). Default: the team's.")] = None,
    source_format: SourceFormat = None,
    columns: Columns = None,
    encoding: Encoding = None,
    strict: Strict = False,
) -> None:
    """Write the procedures of many cases. Ctrl-C (and SIGTERM) finishes what runs; run again to go on. Exit 1 where cases
    failed."""
    from testgen.bootstrap import Application
    from testgen.cli.team import load_columns, reviewing
    from testgen.interchange import read_cases
    from testgen.interchange.registry import CASES
    from testgen.settings import load_settings

    chosen = _format(output, output_format)
    require_format(source_format, CASES, "--from")
    require_encoding(encoding, chosen)
    reader = partial(read_cases, source_format=source_format, columns=load_columns(columns))
    cases = read(source, reader, what="test cases")
    setup = reviewing(glossary)
    application = Application(load_settings())
    fingerprint = f"{application.config.sha256()}{engine}{setup.glossary}{setup.settings}"
    listed = keyed(cases, hashlib.sha256(fingerprint.encode()).hexdigest()[:16])
    path = output.with_name(output.name + ".journal.jsonl")
    journal = Journal(path, partial(_hidden, cases)) if masked else Journal(path)
    known = _known(journal, resume=resume, cache=cache)
    if masked:
        listed = [(index, case, key + _MASKED) for index, case, key in listed]
        known = _masked(known, listed, cases)
        journal.rewrite(known.values())
    journal.begin()
    finished = {key: known[key] for _, _, key in listed if key in known and (known[key].done or not retry_failed)}
    todo = [entry for entry in listed if entry[2] not in finished]
    limit = concurrency or application.config.max_concurrency
    interrupted = asyncio.run(
        _draft(
            todo, lambda case: application.events(case, engine, reviewing=setup), limit, journal, finished, len(listed)
        )
    )
    items = [finished[key] for _, _, key in listed if key in finished]
    _write(items, chosen, output, encoding)
    _summary(items, len(listed), len(listed) - len(todo), output)
    if interrupted:
        typer.echo("testgen: interrupted; run the same command with --resume to go on", err=True)
        raise typer.Exit(128 + interrupted)
    skeletons = any(item.procedure and item.procedure.readiness == "skeleton" for item in items)
    if any(not item.done for item in items) or (strict and skeletons):
        raise typer.Exit(1)


def _format(output: Path, given: str | None) -> str:
    from testgen.interchange.registry import FORMATS, format_of

    chosen = given or format_of(output.name)
    if chosen not in FORMATS:
        problem = FieldProblem(
            "--format" if given else "--output", f"names no format: use {', '.join(FORMATS)}", given or str(output)
        )
        raise InvalidInputError([problem], subject="")
    if not output.parent.is_dir():
        problem = FieldProblem("--output", "there is no such folder: create it first", str(output.parent))
        raise InvalidInputError([problem], subject="")
    return str(chosen)


def _known(journal: Journal, *, resume: bool, cache: bool) -> dict[str, Item]:
    if resume and not journal.path.exists():
        problem = FieldProblem(
            "--resume", "there is no journal of an earlier run: leave the option out", str(journal.path)
        )
        raise InvalidInputError([problem], subject="")
    if not cache and not resume:
        journal.path.unlink(missing_ok=True)
    return journal.read()


def _masked(known: dict[str, Item], listed: Sequence[Entry], cases: Sequence[TestCase]) -> dict[str, Item]:
    """The results of these cases, with what an earlier run wrote in clear hidden; other lines may hold values in clear."""
    found = {}
    for index, _, key in listed:
        if item := known.get(key):
            found[key] = item
        elif in_clear := known.get(key.removesuffix(_MASKED)):
            found[key] = _hidden(cases, replace(in_clear, index=index, key=key))
    return found


def _hidden(cases: Sequence[TestCase], item: Item) -> Item:
    from testgen.masking import mask, mask_text

    case = cases[item.index]
    made = mask(item.procedure, case) if item.procedure else None
    return replace(item, procedure=made, message=mask_text(item.message, case), error=None)


async def _draft(
    todo: Sequence[Entry],
    draft: Any,
    limit: int,
    journal: Journal,
    finished: dict[str, Item],
    total: int,
) -> int:
    """Drafts and writes down; returns the signal that came, 0 where none did. A second one stops at once."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    came = 0

    def interrupt(number: int) -> None:
        nonlocal came
        came = number
        for name in _SIGNALS:
            loop.remove_signal_handler(name)
        stopping.set()
        typer.echo("testgen: finishing what runs; Ctrl-C once more stops at once", err=True)

    for name in _SIGNALS:
        loop.add_signal_handler(name, interrupt, name)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("procedures", total=total, completed=total - len(todo), rate="")
        async for done in run(todo, draft, limit, stopping=stopping):
            item = journal.append(done)
            finished[item.key] = item
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, rate=f"{speed * 60:.0f} a minute" if speed else "")
            if not item.done:
                bar.console.print(f"{item.case_id}: {item.message}", markup=False, soft_wrap=True)
    return came


def _write(items: Sequence[Item], chosen: str, output: Path, encoding: str | None) -> None:
    from testgen.interchange import write_procedures

    made = [item.procedure for item in items if item.procedure]
    if made:
        warn(chosen)
        write_file(write_procedures(made, chosen, encoding=encoding), output, lambda said: typer.echo(said, err=True))


def _summary(items: Sequence[Item], total: int, reused: int, output: Path) -> None:
    from testgen.cli.progress import counted

    failed = [item for item in items if not item.done]
    made = [item.procedure for item in items if item.procedure]
    findings = sum(len(procedure.findings) for procedure in made)
    typer.echo(
        f"testgen: {total} cases: {len(items) - len(failed)} written ({reused} reused), {len(failed)} failed, "
        f"{total - len(items)} not begun; {findings} findings",
        err=True,
    )
    if made:
        typer.echo(f"testgen: {counted(made)}", err=True)
    for item in failed:
        typer.echo(f"  failed {item.case_id}: {item.message}", err=True)
    if failed:
        typer.echo(f"testgen: try these again with --retry-failed -o {output}", err=True)
