"""`POST /v1/batches`: many test cases in, a line of NDJSON a case out, as each is ready."""

import json
from collections.abc import AsyncGenerator
from functools import partial
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request, Response
from starlette.responses import StreamingResponse

from testgen.api import examples, problems
from testgen.api.dependencies import KeyHolder, TheApplication, TheGate
from testgen.api.form import FORM, sent_in
from testgen.api.generation import Generation
from testgen.api.routes.procedures import EngineQuery
from testgen.batch import Item, keyed, run
from testgen.contract import API_PREFIX
from testgen.domain.errors import InvalidInputError
from testgen.interchange.bounds import READ
from testgen.jobs import Case, cases_of
from testgen.repair import Reviewing

router = APIRouter(prefix=API_PREFIX, tags=["batches"])
log = structlog.get_logger()
FormatQuery = Annotated[
    str | None,
    Query(
        alias="format",
        description="Format of the cases. Default: NDJSON; of an uploaded file, by its name and content.",
    ),
]
_NDJSON = "application/x-ndjson"
_TEXT = {"type": "string", "description": "One JSON object a line."}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            _NDJSON: {"schema": _TEXT, "examples": examples.BATCHES},
            "multipart/form-data": {"schema": FORM},
        },
    }
}
_ANSWER = {"description": "One line a case.", "content": {_NDJSON: {"schema": _TEXT, "examples": examples.RESULTS}}}


@router.post(
    "/batches",
    response_class=StreamingResponse,
    response_model=None,
    responses={200: _ANSWER, **problems.RESPONSES},
    openapi_extra=_BODY,
)
async def create_batch(
    request: Request,
    application: TheApplication,
    gate: TheGate,
    _: KeyHolder,
    engine: EngineQuery = None,
    body_format: FormatQuery = None,
) -> Response:
    """Writes the procedures of many cases, sent as the body or uploaded as `file`; `glossary`, `knowledge` and `documents` beside that
    file are for all of them. Each line has the case's `index` and `id`, and a `procedure` with its `readiness` or an `error`; a line that
    cannot be read is an error line, and the others go on. The batch takes one place in the queue."""
    sent = await sent_in(request)
    with Generation(application, gate, engine, many=True) as generation:
        workers = application.workers
        reviewing = Reviewing(background=await sent.background(workers))
        found = await workers.run(READ, cases_of, sent.content, sent.name, body_format)
        lines = _lines(found, generation, reviewing, application.config.max_concurrency)
        return generation.stream(lines, _NDJSON)


async def _lines(
    found: list[Case], generation: Generation, reviewing: Reviewing, concurrency: int
) -> AsyncGenerator[bytes, None]:
    """The broken lines first, then each case as it is ready."""
    places, cases = [], []
    for index, case in found:
        if isinstance(case, InvalidInputError):
            yield _line({"index": index, "error": problems.of_error(case)}).encode()
        else:
            places.append(index)
            cases.append(case)
    generation.expect(len(cases))
    draft = partial(generation.events, reviewing=reviewing)
    async for item in run(keyed(cases, ""), draft, concurrency):
        log.info("batch_item", index=places[item.index], case_id=item.case_id, outcome=item.code or "done")
        yield _line(_result(item, places[item.index])).encode()


def _result(item: Item, index: int) -> dict[str, object]:
    if item.procedure:
        made = item.procedure
        return {
            "index": index,
            "id": item.case_id,
            "readiness": made.readiness,
            "procedure": made.model_dump(mode="json"),
        }
    document = problems.of_error(item.error) if item.error else problems.unexpected()
    return {"index": index, "id": item.case_id, "error": document}


def _line(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"
