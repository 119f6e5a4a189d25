"""From a test case to a procedure as one stream of events: draft, check, retry, finish."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from testgen.config import ServiceConfig
from testgen.domain.background import used
from testgen.domain.checks import structural_problems, unverified
from testgen.domain.errors import (
    DraftError,
    EngineError,
    EngineTimeoutError,
    InvalidOutputError,
    TestgenError,
    TooCostlyError,
)
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ProcedureEvent, ResetEvent, StepEvent
from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.domain.ports import DraftRequest, DraftSummary, Selection
from testgen.domain.procedure import Procedure, Provenance, Step
from testgen.domain.test_case import TestCase
from testgen.messages import joined, say
from testgen.repair import REVIEW, Repaired, Reviewing, repair
from testgen.version import __version__
from testgen.workers import HERE, Workers

# What a procedure takes over from its case as it stands.
_CARRIED = {
    *("title", "test_data", "section", "type", "priority", "tags", "references", "custom"),
    *("preconditions", "expected_results", "postconditions"),
}


BROKEN_OFF = Hit("open-question", "/steps", variant="broken")


@dataclass(frozen=True)
class _Usable:
    """A draft that is not whole; one that broke off may lack further steps."""

    steps: list[Step]
    summary: DraftSummary
    broken: bool


@dataclass
class _Run:
    """One request in progress: what is fixed, and what the current attempt has produced."""

    case: TestCase
    language: Language
    selection: Selection
    config: ServiceConfig
    started: float = field(default_factory=time.monotonic)
    attempt: int = 1
    steps: list[Step] = field(default_factory=list)
    summary: DraftSummary = field(default_factory=DraftSummary)
    problems: tuple[str, ...] = ()
    reviewing: Reviewing = field(default_factory=Reviewing)
    workers: Workers = HERE
    repairs: int = 0
    finished: ProcedureEvent | None = None  # what there is to show, should a repair fail or take too long
    usable: "_Usable | None" = None


async def run(
    case: TestCase,
    selection: Selection,
    config: ServiceConfig,
    *,
    timeout_s: float | None = None,
    reviewing: Reviewing | None = None,
    workers: Workers = HERE,
) -> AsyncGenerator[Event, None]:
    """Writes a procedure: drafts it, reviews it and repairs faulty steps. `reviewing` contains the team's knowledge and rules; `workers`
    do the CPU-bound work.

    The last event is a `ProcedureEvent` or an `ErrorEvent`; a failed draft raises nothing.

    Closing the iterator or cancelling the caller stops the engine at once. The whole run takes at most `timeout_s` seconds (default:
    `config.request_timeout_s`), however slowly the caller reads.
    """
    reviewing = replace(reviewing or Reviewing(), case=case)
    language = case.resolved_language(config.default_language)
    state = _Run(case, language, selection, config, reviewing=reviewing, workers=workers)
    events: asyncio.Queue[Event | None] = asyncio.Queue()  # bounded by the steps of max_attempts drafts
    task = asyncio.create_task(_produce(state, events, config.request_timeout_s if timeout_s is None else timeout_s))
    try:
        while (event := await events.get()) is not None:
            yield event
        await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _produce(state: _Run, events: "asyncio.Queue[Event | None]", timeout_s: float) -> None:
    """Runs in its own task, so that the time limit stops the engine and never the reader of the events."""
    try:
        async with asyncio.timeout(timeout_s):
            async for event in _attempts(state):
                events.put_nowait(event)
    except TimeoutError:
        if state.finished:  # the draft is whole, only its repair took too long
            events.put_nowait(state.finished)
            return
        error = EngineTimeoutError(
            say(
                "the procedure took longer than {request_timeout_s:g} s",
                request_timeout_s=state.config.request_timeout_s,
            ),
            remedy=say("raise request_timeout_s, shorten the case, or use a faster model"),
        )
        events.put_nowait(_failure(error, state))
    except TestgenError as error:
        events.put_nowait(_failure(error, state))
    finally:
        events.put_nowait(None)


async def _attempts(state: _Run) -> AsyncGenerator[Event, None]:
    while True:
        try:
            async for event in _attempt(state):
                yield event
            break
        except EngineError as error:
            if isinstance(error, DraftError):
                _remember(state, error.good)
                if state.attempt < state.config.max_attempts:
                    yield _again(state, error)
                    continue
            if state.usable is None:
                raise
            yield ResetEvent(state.attempt, keep=0, reason=say("the best draft is kept: {reason}", reason=error.title))
            _take_up(state, state.usable)
            for step in state.steps:
                yield StepEvent(state.attempt, step)
            break
    async for event in _finish(state):
        yield event


async def _finish(state: _Run) -> AsyncGenerator[Event, None]:
    """Reviews the draft, has its faulty steps rewritten, and ends with the procedure and the remaining findings."""
    state.reviewing = replace(state.reviewing, hits=state.summary.hits)
    procedure = await _reviewed(state, _procedure(state))
    for finding in procedure.findings:
        yield FindingEvent(finding)
    state.finished = ProcedureEvent(procedure)
    for attempt in range(1, state.config.max_attempts + 1):
        if not state.reviewing.faulty(procedure.findings):
            break
        engine, number = state.selection.engine, state.attempt + attempt
        try:
            repaired = await repair(procedure, state.reviewing, engine, state.case, number, workers=state.workers)
        except TestgenError:
            break
        if repaired is None:
            continue
        for event in repaired.events:
            yield event
        procedure = repaired.procedure
        _take(state, repaired)
    yield state.finished


async def _reviewed(state: _Run, procedure: Procedure) -> Procedure:
    """Adds the result of the review. If the review cannot finish in time, there is no procedure, and the error carries the steps."""
    try:
        return await state.workers.run(REVIEW, state.reviewing.reviewed, procedure)
    except TooCostlyError as error:
        raise InvalidOutputError(
            str(error),
            reason=say("the steps were too long to be reviewed"),
            remedy=say("try again, or split the test case"),
        ) from error


def _take(state: _Run, repaired: Repaired) -> None:
    """Makes the improved procedure the current one; its tokens count, too."""
    state.repairs += 1
    state.steps = list(repaired.procedure.steps)
    spent = repaired.rewrite.summary
    state.summary = replace(
        state.summary,
        passages=tuple(dict.fromkeys((*state.summary.passages, *spent.passages))),
        input_tokens=_sum(state.summary.input_tokens, spent.input_tokens),
        output_tokens=_sum(state.summary.output_tokens, spent.output_tokens),
    )
    state.finished = ProcedureEvent(_procedure(state, repaired.procedure))


def _sum(one: int | None, other: int | None) -> int | None:
    return (one or 0) + (other or 0) or None


async def _attempt(state: _Run) -> AsyncGenerator[Event, None]:
    request = DraftRequest(
        state.case,
        state.language,
        state.attempt,
        state.problems,
        background=state.reviewing.background.for_drafting(),
        final=state.attempt == state.config.max_attempts,
    )
    async with aclosing(state.selection.engine.draft(request)) as draft:
        async for part in draft:
            if isinstance(part, DraftSummary):
                state.summary = part
            else:
                state.steps.append(part)
                yield StepEvent(state.attempt, part)
    if wrong := joined("; ", structural_problems(state.steps)):
        raise InvalidOutputError(say("the draft is not a procedure: {problems}", problems=wrong), reason=wrong)
    missing = unverified(state.case, state.steps)
    if missing and state.attempt < state.config.max_attempts:  # the last attempt is kept, with a finding for each
        reason = say("no step verified expected result {numbers}", numbers=list(missing))
        raise InvalidOutputError(reason, reason=reason, good=len(state.steps))


def _remember(state: _Run, good: int) -> None:
    """Of drafts that are not whole, the one that verifies most is kept."""
    steps, best = state.steps[:good], state.usable
    if not steps or structural_problems(steps):
        return
    if best is None or len(unverified(state.case, steps)) < len(unverified(state.case, best.steps)):
        state.usable = _Usable(steps, state.summary, broken=good < len(state.steps))


def _take_up(state: _Run, usable: _Usable) -> None:
    state.steps, state.summary = usable.steps, usable.summary
    if usable.broken:
        state.reviewing = replace(state.reviewing, among=(BROKEN_OFF,))


def _again(state: _Run, error: DraftError) -> ResetEvent:
    state.attempt += 1
    state.steps.clear()
    state.problems = (*state.problems, error.reason)
    return ResetEvent(state.attempt, keep=0, reason=error.reason, code=error.code)


def _failure(error: TestgenError, state: _Run) -> ErrorEvent:
    if isinstance(error, EngineError):
        error.steps = tuple(state.steps)
    return ErrorEvent(error)


def _procedure(state: _Run, reviewed: Procedure | None = None) -> Procedure:
    """The procedure in its current state; `reviewed` adds the findings."""
    return Procedure(
        test_case_id=state.case.id,
        language=state.language,
        steps=tuple(state.steps),
        findings=reviewed.findings if reviewed else (),
        readiness=reviewed.readiness if reviewed else None,
        provenance=_provenance(state),
        **state.case.model_dump(include=_CARRIED),
    )


def _provenance(state: _Run) -> Provenance:
    """What made the procedure, as it is now."""
    summary = state.summary
    return Provenance(
        origin="generated",
        engine=state.selection.engine.name,
        fallback_reason=state.selection.fallback_reason,
        model=summary.model,
        model_digest=summary.model_digest,
        prompt_version=summary.prompt_version,
        seed=summary.seed,
        attempts=state.attempt + state.repairs,
        input_tokens=summary.input_tokens,
        output_tokens=summary.output_tokens,
        duration_ms=round((time.monotonic() - state.started) * 1000),
        created_at=datetime.now(UTC),
        testgen_version=__version__,
        test_case_sha256=state.case.sha256(),
        knowledge_sha256=state.reviewing.background.touched_sha256,
        passages=used(summary.passages),
        config_sha256=state.config.sha256(),
    )
