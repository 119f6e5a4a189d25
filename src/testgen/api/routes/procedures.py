"""`POST /v1/procedures`: a test case in, a procedure out, whole or step by step."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from testgen.api import examples, problems
from testgen.api.answering import Asked
from testgen.api.checked import CheckedRoute
from testgen.api.openapi import answer
from testgen.api.told import Told
from testgen.config import EngineChoice
from testgen.contract import API_PREFIX
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
    """A test case, and optionally what is known besides: the team's words and its product, and the rules."""

    def parts(self) -> tuple[TestCase, Reviewing]:
        """The case as it goes into the procedure's fingerprint, and what it is reviewed against."""
        facts = {name: getattr(self, name) for name in TestCase.model_fields}
        case = TestCase.model_construct(_fields_set=self.model_fields_set & facts.keys(), **facts)
        return case, self.reviewing()


@router.post(
    "/procedures",
    response_model=Procedure,
    responses={200: answer(examples.PROCEDURES, "The procedure.", EVENT_STREAM), **problems.RESPONSES},
)
async def create_procedure(
    body: Annotated[GenerationRequest, Body(openapi_examples=examples.CASES)],
    asked: Asked,
    engine: EngineQuery = None,
) -> Response:
    """Writes the procedure of a test case. With `Accept: text/event-stream` the steps come as they are written."""
    case, reviewing = body.parts()
    return await asked.answered(engine, lambda generation: generation.events(case, reviewing))
