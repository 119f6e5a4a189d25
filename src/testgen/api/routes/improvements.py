"""`POST /v1/procedures/improve`: an existing procedure, improved if necessary."""

from typing import Annotated

from fastapi import APIRouter, Body, Response
from pydantic import Field

from testgen.api import examples, problems
from testgen.api.answering import Asked
from testgen.api.checked import CheckedRoute
from testgen.api.openapi import answer
from testgen.api.routes.procedures import EVENT_STREAM, EngineQuery
from testgen.api.told import Told
from testgen.contract import API_PREFIX
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

router = APIRouter(prefix=API_PREFIX, route_class=CheckedRoute, tags=["procedures"])


class ImprovementRequest(Told):
    """A procedure, and what it should fulfil."""

    procedure: Procedure
    test_case: TestCase | None = Field(
        None, description="Its expected results are attached to the steps that show them, or asked for."
    )


@router.post(
    "/procedures/improve",
    response_model=Procedure,
    responses={200: answer(examples.PROCEDURES, "The whole procedure.", EVENT_STREAM), **problems.RESPONSES},
)
async def improve_procedure(
    body: Annotated[ImprovementRequest, Body(openapi_examples=examples.IMPROVEMENTS)],
    asked: Asked,
    engine: EngineQuery = None,
) -> Response:
    """Keeps a procedure and improves it: steps with findings are rewritten, empty results filled in, expected results of the
    case attached. All other steps stay byte for byte. With `Accept: text/event-stream` each changed step comes as `repair`.
    If the engine fails, the problem document has the steps as improved so far."""
    reviewing = body.reviewing(body.test_case)
    return await asked.answered(engine, lambda generation: generation.improvements(body.procedure, reviewing))
