"""`testgen evaluate`: compares models on the same cases, and tells whether the difference is more than noise."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from testgen.cli.files import read_test_cases, source_of
from testgen.cli.language import shown, tell
from testgen.cli.options import Output
from testgen.cli.output import require_writable, write
from testgen.cli.service import Server, access_of
from testgen.domain.errors import EngineUnavailableError, InvalidInputError, ModelMissingError
from testgen.domain.events import Event
from testgen.domain.test_case import TestCase
from testgen.messages import say

if TYPE_CHECKING:
    from testgen.evaluation import Outcome
    from testgen.evaluation.outcome import Draft
    from testgen.settings import Settings

    DraftBy = Callable[[str], Awaitable[Draft]]

OUTLINE = "outline"
SEED_STEP = 1000  # a repeat has a seed of its own, far from those of retries


def evaluate(
    cases: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CASE]…",
            help="Files with test cases, in any format that can be read. Default: the 24 bundled cases.",
        ),
    ] = None,
    models: Annotated[
        list[str] | None,
        typer.Option("--model", help="A model on the configured server, or outline (rules, no model). Repeatable."),
    ] = None,
    repeat: Annotated[
        int, typer.Option(min=1, max=100, help="Draft each case this many times, each with its own seed.")
    ] = 1,
    output_format: Annotated[
        Literal["table", "json"], typer.Option("--format", help="json also lists every draft.")
    ] = "table",
    output: Output = None,
    server: Server = None,
) -> None:
    """Write procedures for the same test cases with several models and compare them. Default: the configured model
    and outline. A service (--server) has one model, which is compared with outline there."""
    from testgen.interchange.registry import CASES

    model, draft_by = _drafters(server)
    subjects = list(dict.fromkeys(models or [model, OUTLINE]))
    given = _distinct(read_test_cases(cases, source_of(None, None, None, CASES))) if cases else _bundled()
    require_writable([("--output", output)], cases or ())
    found: dict[str, list[Outcome]] = {subject: [] for subject in subjects}
    interrupted = False
    try:
        asyncio.run(_all(draft_by, given, repeat, found))
    except KeyboardInterrupt:
        interrupted = True
        tell(say("interrupted; comparing what has been drafted so far"))
    if any(found.values()):
        write(_shown(found, output_format), output)
    if interrupted:
        raise typer.Exit(130)


def _drafters(server: str | None) -> "tuple[str, DraftBy]":
    """The configured model, and how each model drafts: those here, or that of a service."""
    if access := access_of(server):
        from testgen.cli.evaluate_service import Subjects

        there = Subjects(access)
        return there.model, there.draft_by
    from testgen.settings import load_settings

    settings = load_settings()
    return settings.config.model, partial(_draft_by, settings)


def _bundled() -> list[TestCase]:
    from testgen.evaluation import bundled_cases

    return bundled_cases()


def _distinct(cases: list[TestCase]) -> list[TestCase]:
    """The cases, each with a unique id, which pairs the drafts of several models."""
    ids = [case.id for case in cases]
    if twice := next((value for value in ids if ids.count(value) > 1), None):
        raise InvalidInputError.of("CASE", say("two test cases have this id: give each its own"), twice)
    return cases


async def _all(
    draft_by: "DraftBy",
    cases: Sequence[TestCase],
    repeats: int,
    found: "Mapping[str, list[Outcome]]",
) -> None:
    """Looks up all models first, because nobody wants to hear of a misspelt name after an hour."""
    from testgen.cli.screen import Screen
    from testgen.evaluation import evaluate as drafted

    drafts = {subject: await draft_by(subject) for subject in found}
    screen, total = Screen(stderr=True), len(cases) * repeats
    for subject, draft in drafts.items():
        with screen.status(subject) as status:
            async for outcome in drafted(subject, draft, cases, repeats):
                found[subject].append(outcome)
                status.update(
                    shown(say("{model}: {count} of {total}", model=subject, count=len(found[subject]), total=total))
                )
        seconds = sum(outcome.seconds for outcome in found[subject])
        told = say("{model}: {count} drafts in {seconds:.0f} s", model=subject, count=total, seconds=seconds)
        screen.print(shown(told), markup=False)


async def _draft_by(settings: "Settings", subject: str) -> "Draft":
    """How a model drafts a case; each repetition has a different seed.

    Raises:
        EngineError: the server does not answer, or does not have the model.
    """
    from testgen.bootstrap import Application

    engine = OUTLINE if subject == OUTLINE else "ollama" if settings.config.engine in ("auto", OUTLINE) else None
    config = settings.config if subject == OUTLINE else settings.config.model_copy(update={"model": subject})
    chosen = config.model_copy(update={"engine": engine or config.engine})
    status = await Application(replace(settings, config=chosen)).preferred.status()
    if not status.available:
        kind = ModelMissingError if status.server else EngineUnavailableError
        raise kind(status.problem, remedy=status.remedy)

    async def draft(case: TestCase, time: int) -> AsyncGenerator[Event, None]:
        seeded = chosen.model_copy(update={"seed": chosen.seed + SEED_STEP * time})
        async for event in Application(replace(settings, config=seeded)).events(case):
            yield event

    return draft


def _shown(found: "Mapping[str, list[Outcome]]", output_format: str) -> bytes:
    from testgen.evaluation import report

    if output_format == "json":
        return (json.dumps(report(found), ensure_ascii=False, indent=2) + "\n").encode()
    from testgen.cli.reports.evaluation import as_table

    return as_table(report(found)).encode()
