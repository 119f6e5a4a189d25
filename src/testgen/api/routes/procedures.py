"""`POST /v1/procedures`: a test case in, a procedure out, whole or step by step."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response

from testgen.api import examples, problems
from testgen.api.checked import CheckedRoute
from testgen.api.dependencies import KeyHolder, TheApplication, TheGate
from testgen.api.generation import Generation
from testgen.api.openapi import answer
from testgen.api.sse import HEARTBEAT, encoded
from testgen.api.told import Told
from testgen.config import EngineChoice
from testgen.contract import API_PREFIX
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.repair import Reviewing

router = APIRouter(prefix=API_PREFIX, route_class=CheckedRoute, tags=["procedures"])

EngineQuery = Annotated[EngineChoice | None, Query(description="Who drafts; the configured engine where not given.")]
EVENT_STREAM = {
    "text/event-stream": {
        "schema": {
            "type": "string",
            "description": "Events step, reset, finding, repair, then one procedure or error.",
        },
        "examples": examples.EVENTS,
    }
}


class GenerationRequest(TestCase, Told):
    """A test case, and optionally what is known besides: the team's words and its product."""

    def parts(self) -> tuple[TestCase, Reviewing]:
        """The case as it goes into the procedure's fingerprint, and what it is reviewed against."""
        facts = {name: getattr(self, name) for name in TestCase.model_fields}
        case = TestCase.model_construct(_fields_set=self.model_fields_set & facts.keys(), **facts)
        return case, Reviewing(background=self.background)


@router.post(
    "/procedures",
    response_model=Procedure,
    responses={200: answer(examples.PROCEDURES, "The procedure.", EVENT_STREAM), **problems.RESPONSES},
)
async def create_procedure(
    request: Request,
    body: Annotated[GenerationRequest, Body(openapi_examples=examples.CASES)],
    application: TheApplication,
    gate: TheGate,
    _: KeyHolder,
    engine: EngineQuery = None,
) -> Response:
    """Writes the procedure of a test case. With `Accept: text/event-stream` the steps come as they are written."""
    case, reviewing = body.parts()
    with Generation(application, gate, engine) as generation:
        return await answered(request, generation, generation.events(case, reviewing))


async def answered(request: Request, generation: Generation, events: AsyncGenerator[Event, None]) -> Response:
    """The events as they come, where the client accepts a stream, else their outcome."""
    if "text/event-stream" in request.headers.get("accept", ""):
        return generation.stream(encoded(events), "text/event-stream", heartbeat=HEARTBEAT)
    return await generation.answer(request, _answer(events))


async def _answer(events: AsyncGenerator[Event, None]) -> Response:
    async with aclosing(events):
        async for event in events:
            if isinstance(event, ProcedureEvent):
                return Response(event.procedure.model_dump_json(), media_type="application/json")
            if isinstance(event, ErrorEvent):
                return problems.response(problems.of_error(event.error), problems.retry_after(event.error))
    return problems.response(problems.document(500, "internal", "No procedure", "the engine ended without a procedure"))
