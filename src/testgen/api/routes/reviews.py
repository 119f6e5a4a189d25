"""`POST /v1/reviews` and `POST /v1/procedures/rewrite`: review a procedure, and rewrite some of its steps."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, Field

from testgen.api import examples, problems
from testgen.api.answering import Asked
from testgen.api.checked import CheckedRoute
from testgen.api.dependencies import KeyHolder, TheApplication
from testgen.api.openapi import answer
from testgen.api.routes.procedures import EVENT_STREAM, EngineQuery
from testgen.api.told import Told
from testgen.contract import API_PREFIX
from testgen.domain.procedure import Finding, Procedure, Readiness
from testgen.domain.test_case import TestCase
from testgen.repair import REVIEW
from testgen.reviewer import review
from testgen.rewriting import RewriteOrder

router = APIRouter(prefix=API_PREFIX, route_class=CheckedRoute)
StepNumber = Annotated[int, Field(ge=1, le=60)]


class _Request(Told):
    procedure: Procedure
    test_case: TestCase | None = Field(None, description="Without it coverage and grounding are skipped.")


class ReviewRequest(_Request):
    """A procedure, and what it should fulfil."""


class ReviewResult(BaseModel):
    """How far the procedure is from being carried out, and its findings in the order of the steps; `skipped` names the
    rules that nobody could check."""

    readiness: Readiness
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = Field((), description="Rules that need the test case, where there was none.")


class RewriteRequestBody(_Request):
    """The steps to rewrite. All others stay as they are."""

    steps: Annotated[tuple[StepNumber, ...], Field(min_length=1, max_length=60)]
    instruction: Annotated[str, Field(max_length=2000)] = Field("", description="What is wanted instead.")
    locked: tuple[StepNumber, ...] = Field((), description="Steps that must not be among them.")


@router.post(
    "/reviews",
    tags=["reviews"],
    responses={200: answer(examples.FOUND, "The findings."), **problems.RESPONSES},
)
async def review_procedure(
    body: Annotated[ReviewRequest, Body(openapi_examples=examples.REVIEWS)], application: TheApplication, _: KeyHolder
) -> ReviewResult:
    """Checks a procedure against the catalog (docs/review.md). No model is asked."""
    checked = partial(review, body.procedure, body.test_case, background=body.background, settings=body.review)
    found = await application.workers.run(REVIEW, checked)
    return ReviewResult(readiness=found.readiness, findings=found.findings, skipped=found.skipped)


@router.post(
    "/procedures/rewrite",
    tags=["procedures"],
    response_model=Procedure,
    responses={200: answer(examples.PROCEDURES, "The whole procedure.", EVENT_STREAM), **problems.RESPONSES},
)
async def rewrite_steps(
    body: Annotated[RewriteRequestBody, Body(openapi_examples=examples.REWRITES)],
    asked: Asked,
    engine: EngineQuery = None,
) -> Response:
    """Rewrites the named steps; the answer is the whole procedure, reviewed again. With `Accept: text/event-stream` it
    comes as the event `procedure`, with a heartbeat before it."""
    order = RewriteOrder(body.steps, body.instruction, body.locked, body.reviewing(body.test_case))
    return await asked.answered(engine, lambda generation: generation.rewriting(body.procedure, order))
