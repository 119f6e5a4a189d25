"""`POST /v1/documents`: a document in, its passages out, for the requests that they are then sent with. Nothing is kept."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from testgen.api import examples, problems
from testgen.api.checked import CheckedRoute
from testgen.api.dependencies import KeyHolder, TheApplication
from testgen.api.openapi import answer
from testgen.api.routes.interchange import FILE
from testgen.contract import API_PREFIX
from testgen.documents import READ_DOCUMENT, read_document
from testgen.domain.document import MAX_NAME, Document

router = APIRouter(prefix=API_PREFIX, route_class=CheckedRoute, tags=["documents"])
NameQuery = Annotated[
    str,
    Query(min_length=1, max_length=MAX_NAME, description="The name of its file, by which procedures refer to it."),
]


def converted(content: bytes, name: str) -> bytes:
    """The passages of a document, as JSON.

    Raises:
        UnreadableInputError: see `read_document`.
    """
    return read_document(content, name).model_dump_json().encode()


@router.post(
    "/documents",
    response_model=Document,
    responses={200: answer(examples.DOCUMENTS, "The passages."), **problems.RESPONSES},
    openapi_extra={"requestBody": FILE},
)
async def convert_document(request: Request, application: TheApplication, _: KeyHolder, name: NameQuery) -> Response:
    """The passages of a Word, PDF, Excel, PowerPoint, HTML or Markdown file, sent as the body, each with its heading, page, slide or
    row. The answer is one entry of `documents` in the requests that write, improve, rewrite and review. Nothing is kept here."""
    found = await application.workers.run(READ_DOCUMENT, partial(converted, name=name), await request.body())
    return Response(found, media_type="application/json")
