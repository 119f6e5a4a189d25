"""`POST /v1/procedures`: a test case in, a procedure out, whole or step by step."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from testgen.api import problems
from testgen.api.admission import Place
from testgen.api.dependencies import KeyHolder, TheApplication, TheGate
from testgen.api.observe import observed
from testgen.api.sse import EventStream
from testgen.bootstrap import Application
from testgen.config import EngineChoice
from testgen.contract import API_PREFIX
from testgen.domain.errors import EngineTimeoutError, OverloadedError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.repair import Reviewing

router = APIRouter(prefix=API_PREFIX, tags=["procedures"])
log = structlog.get_logger()

EngineQuery = Annotated[EngineChoice | None, Query(description="Who drafts; the configured engine where not given.")]
_SSE = {
    "text/event-stream": {
        "schema": {"type": "string", "description": "events step, reset, finding, repair, then one procedure or error"}
    }
}


class GenerationRequest(TestCase):
    """A test case, and optionally the words and the style to write its procedure in."""

    glossary: Glossary | None = Field(None, description="Terms and house style.")

    def parts(self) -> tuple[TestCase, Reviewing]:
        """The case as it goes into the procedure's fingerprint, and what it is reviewed against."""
        facts = {name: getattr(self, name) for name in TestCase.model_fields}
        return TestCase.model_construct(_fields_set=self.model_fields_set - {"glossary"}, **facts), Reviewing(
            glossary=self.glossary
        )


@router.post("/procedures", response_model=Procedure, responses={200: {"content": _SSE}, **problems.RESPONSES})
async def create_procedure(
    request: Request,
    body: GenerationRequest,
    application: TheApplication,
    gate: TheGate,
    _: KeyHolder,
    engine: EngineQuery = None,
) -> Response:
    """Writes the procedure of a test case. With `Accept: text/event-stream` the steps come as they are written."""
    try:
        place = gate.reserve()
    except OverloadedError as error:
        log.warning("rate_limited", in_flight=gate.in_flight, queued=gate.queued, retry_after_s=error.retry_after_s)
        raise
    case, reviewing = body.parts()
    events = _generation(case, engine, application, place, reviewing)
    if "text/event-stream" in request.headers.get("accept", ""):
        return EventStream(events, place)
    try:
        return await until_gone(request, _answer(events))
    finally:
        place.release()


async def _generation(
    case: TestCase, engine: EngineChoice | None, application: Application, place: Place, reviewing: Reviewing
) -> AsyncIterator[Event]:
    """Waits for its turn and drafts; both together within the time limit of a request."""
    started, limit = time.monotonic(), application.config.request_timeout_s
    try:
        async with asyncio.timeout(limit):
            turn = place.turn()
            await turn.__aenter__()
    except TimeoutError:
        yield ErrorEvent(
            EngineTimeoutError(
                f"the request waited longer than {limit:g} s for its turn",
                remedy="try again later, or raise max_concurrency",
            )
        )
        return
    try:
        left = max(limit - (time.monotonic() - started), 0.001)
        async for event in observed(
            application.events(case, engine, timeout_s=left, reviewing=reviewing), case, application
        ):
            yield event
    finally:
        await turn.__aexit__(None, None, None)


async def _answer(events: AsyncIterator[Event]) -> Response:
    async for event in events:
        if isinstance(event, ProcedureEvent):
            return Response(event.procedure.model_dump_json(), media_type="application/json")
        if isinstance(event, ErrorEvent):
            return problems.response(problems.of_error(event.error), problems.retry_after(event.error))
    return problems.response(problems.document(500, "internal", "No procedure", "the engine ended without a procedure"))


async def until_gone(request: Request, work: Awaitable[Response]) -> Response:
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
