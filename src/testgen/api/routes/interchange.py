"""`POST /v1/imports/{format}` and `POST /v1/exports/{format}`: files of other tools in, and out."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from testgen.api import problems
from testgen.api.dependencies import KeyHolder
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import read_procedures, write_procedures
from testgen.interchange.registry import FORMATS, Format, encode

router = APIRouter(prefix="/v1", tags=["formats"])
FormatName = Annotated[str, Path(description="One of docs/formats.md, such as testrail-csv.")]
_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".yaml": "application/yaml",
    ".xml": "application/xml",
    ".md": "text/markdown",
}


@router.post("/imports/{format_name}", responses=problems.RESPONSES)
async def import_procedures(request: Request, format_name: FormatName, _: KeyHolder) -> list[Procedure]:
    """The procedures of a file, sent as the body."""
    known = _format(format_name)
    if known.read is None:
        raise _no_format(format_name, [name for name, entry in FORMATS.items() if entry.read])
    return read_procedures(await request.body(), name="the body", source_format=format_name)


@router.post("/exports/{format_name}", responses={200: {"content": {"text/csv": {}}}, **problems.RESPONSES})
async def export_procedures(format_name: FormatName, body: list[Procedure], _: KeyHolder) -> Response:
    """A file of procedures, in the encoding that its reader wants."""
    known = _format(format_name)
    content = encode(write_procedures(body, format_name), format_name)
    name = f"procedures{known.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_TYPES.get(known.suffix, "text/plain"), headers=headers)


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise _no_format(name, list(FORMATS))
    return FORMATS[name]


def _no_format(name: str, known: list[str]) -> InvalidInputError:
    problem = FieldProblem("/format", f"there is no such format here: use {', '.join(known)}", name)
    return InvalidInputError([problem], subject="the path")
