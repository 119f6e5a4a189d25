"""`POST /v1/imports/{format}` and `POST /v1/exports/{format}`: files of other tools in, and out."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request, Response

from testgen.api import examples, problems
from testgen.api.checked import CheckedRoute
from testgen.api.dependencies import KeyHolder, TheApplication
from testgen.api.openapi import answer
from testgen.api.reader import reader
from testgen.contract import API_PREFIX
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.interchange.bounds import READ, WRITE
from testgen.interchange.registry import CASES, FORMATS, READABLE, WRITABLE
from testgen.jobs import Imported, exported, imported
from testgen.messages import say

router = APIRouter(prefix=API_PREFIX, route_class=CheckedRoute)
FormatName = Annotated[str, Path(description="One of docs/formats.md, such as testrail-csv.")]
EncodingQuery = Annotated[str | None, Query(description="cp932, with csv. Default: what the format's reader wants.")]
StrictQuery = Annotated[bool, Query(description="Refuse a file if something in it would be skipped.")]
DelimiterQuery = Annotated[
    str | None, Query(min_length=1, max_length=1, description="Of a CSV. Default: found out, one of , ; tab.")
]
_IMPORTED = list(dict.fromkeys([*READABLE, *CASES]))
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, named in `Content-Disposition`.",
        "content": {
            media_type: {"schema": {"type": "string", "format": "binary"}}
            for media_type in sorted({entry.media_type for entry in FORMATS.values() if entry.write})
        },
    }
}
FILE = {
    "required": True,
    "description": "The file's bytes, as they are.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.post(
    "/imports/{format_name}",
    tags=["imports"],
    response_model=Imported,
    responses={200: answer(examples.IMPORTED, "What is in the file."), **problems.RESPONSES},
    openapi_extra={"requestBody": FILE},
)
async def import_procedures(
    request: Request,
    format_name: FormatName,
    application: TheApplication,
    _: KeyHolder,
    strict: StrictQuery = False,
    delimiter: DelimiterQuery = None,
) -> Response:
    """The procedures and test cases of a file, sent as the body, and what was skipped."""
    _require(format_name, _IMPORTED)
    read = partial(imported, delimiter=delimiter, strict=strict, language=reader())
    found = await application.workers.run(READ, read, await request.body(), format_name)
    return Response(found, media_type="application/json")


@router.post(
    "/exports/{format_name}", tags=["exports"], response_class=Response, responses={**_FILES, **problems.RESPONSES}
)
async def export_procedures(
    format_name: FormatName,
    body: Annotated[list[Procedure], Body(openapi_examples=examples.FILES)],
    application: TheApplication,
    _: KeyHolder,
    encoding: EncodingQuery = None,
) -> Response:
    """A file of procedures, in the encoding that its reader expects."""
    _require(format_name, WRITABLE)
    content = await application.workers.run(WRITE, exported, body, format_name, encoding)
    entry = FORMATS[format_name]
    headers = {"Content-Disposition": f'attachment; filename="procedures{entry.suffix}"'}
    charset = f"; charset={encoding or 'utf-8'}" if entry.media_type.startswith("text/") else ""
    return Response(content, headers={**headers, "Content-Type": entry.media_type + charset})


def _require(name: str, known: list[str]) -> None:
    if name not in known:
        problem = FieldProblem("/format", say("there is no such format: use {known}", known=list(known)), name)
        raise InvalidInputError([problem], subject=say("the path"))
