"""One generation, from its place in the queue to its audit line: each route that has procedures written uses it.

    with Generation(application, gate, engine) as generation:
        return await unless_gone(request, work)         # or: return generation.stream(chunks, media_type)

Events flow: `Application.events` -> `Generation.events` (turn, time limit, audit) -> the route's encoding -> `Stream`.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from types import TracebackType
from typing import Self

import structlog
from starlette.requests import Request
from starlette.responses import Response

from testgen.api.admission import Gate
from testgen.api.audit import Audit
from testgen.api.stream import Stream
from testgen.bootstrap import Application
from testgen.config import EngineChoice
from testgen.domain.case_behind import case_of
from testgen.domain.errors import EngineTimeoutError, NotBegunError, OverloadedError, TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import say
from testgen.repair import Reviewing
from testgen.rewriting import RewriteOrder

log = structlog.get_logger()


class Generation:
    """A place, taken at once and held until the work is done. The time limit includes the wait for a turn; of a batch
    (`many`) each case has a turn and a time limit of its own, and none is begun when the service is about to end.

    Raises:
        OverloadedError: all places are taken; nothing has been done yet.
    """

    def __init__(
        self, application: Application, gate: Gate, engine: EngineChoice | None = None, *, many: bool = False
    ) -> None:
        try:
            self._place = gate.reserve()
        except OverloadedError as error:
            log.warning("rate_limited", in_flight=gate.in_flight, queued=gate.queued, retry_after_s=error.retry_after_s)
            raise
        self._application, self._engine = application, engine
        self._gate, self._many = gate, many
        self._deadline = None if many else time.monotonic() + application.config.request_timeout_s
        self._streaming = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._streaming:  # else the stream holds the place until it ends
            self._place.release()

    async def events(self, case: TestCase, reviewing: Reviewing | None = None) -> AsyncGenerator[Event, None]:
        """Waits for a turn and drafts. The last event is a procedure or an error; how it ended is logged."""
        try:
            with Audit(case, self._application) as audit:
                self._require_open()
                async with self._place.turn(self._left()):
                    self._require_open()
                    audit.begin()
                    drafted = self._application.events(case, self._engine, timeout_s=self._left(), reviewing=reviewing)
                    async with aclosing(drafted) as events:
                        async for event in events:
                            audit.saw(event)
                            yield event
        except (EngineTimeoutError, NotBegunError) as error:  # no turn, or none in time; other errors are events
            yield ErrorEvent(error)

    async def rewrite(self, procedure: Procedure, order: RewriteOrder) -> Procedure:
        """Waits for a turn and rewrites steps; logs how it ended.

        Raises:
            TestgenError: as `Application.rewrite`, and if no turn came in time.
        """
        with Audit(order.reviewing.case or case_of(procedure), self._application) as audit:
            async with self._place.turn(self._left()):
                audit.begin()
                with audit.engine_errors():
                    made = await self._application.rewrite(procedure, order, self._engine, timeout_s=self._left())
            audit.rewritten(made, order.steps)
        return made

    async def improvements(self, procedure: Procedure, reviewing: Reviewing) -> AsyncGenerator[Event, None]:
        """Waits for a turn and improves a procedure. Each step that changed is an event; the last one is the procedure, or the
        error that ended the work early, with the steps as they are then."""
        try:
            with Audit(reviewing.case or case_of(procedure), self._application) as audit:
                async with self._place.turn(self._left()):
                    audit.begin()
                    done = await self._application.improve(
                        procedure, self._engine, reviewing=reviewing, timeout_s=self._left()
                    )
                for repair in done.repairs():
                    yield repair
                if done.problem:
                    error = done.unfinished()
                    audit.saw(ErrorEvent(error))
                    yield ErrorEvent(error)
                else:
                    audit.improved(done.after, done.counted())
                    yield ProcedureEvent(done.after)
        except EngineTimeoutError as error:  # no turn in time
            yield ErrorEvent(error)

    async def rewriting(self, procedure: Procedure, order: RewriteOrder) -> AsyncGenerator[Event, None]:
        """As `rewrite`, whose outcome is the one event."""
        try:
            yield ProcedureEvent(await self.rewrite(procedure, order))
        except TestgenError as error:
            yield ErrorEvent(error)

    def release(self) -> None:
        """Gives the place back; for work that outlives its request."""
        self._place.release()

    def stream(self, chunks: AsyncGenerator[bytes, None], media_type: str, *, heartbeat: bytes = b"") -> "Stream":
        """An answer that is sent while it is produced, with a heartbeat during silence if one is given."""
        self._streaming = True
        return Stream(chunks, self._place.release, self._gate.unread, media_type, heartbeat)

    def expect(self, generations: int) -> None:
        """The number of cases to do in this place, which decides when others should come back."""
        self._place.left = generations

    def _require_open(self) -> None:
        if self._many and self._gate.stopping:
            raise NotBegunError(
                say("the service is shutting down, and this case was not started"), remedy=say("send it again")
            )

    def _left(self) -> float | None:
        return None if self._deadline is None else max(self._deadline - time.monotonic(), 0.001)


async def unless_gone(request: Request, work: Awaitable[Response]) -> Response:
    """Does the work unless the client goes away first; then the work is cancelled at once."""
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else Response(status_code=499)
    finally:
        for pending in (task, gone):
            pending.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
