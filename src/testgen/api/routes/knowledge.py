"""`POST /v1/knowledge`: a team's knowledge file in, the same as JSON out, for the requests that it is then sent with. Nothing is kept."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from testgen.api import examples, problems
from testgen.api.checked import CheckedRoute
from testgen.api.dependencies import KeyHolder, TheApplication
from testgen.api.openapi import answer
from testgen.api.routes.interchange import FILE
from testgen.contract import API_PREFIX
from testgen.domain.knowledge import Knowledge
from testgen.interchange import read_knowledge
from testgen.interchange.bounds import READ

router = APIRouter(prefix=API_PREFIX, route_class=CheckedRoute, tags=["knowledge"])


class KnowledgeRead(BaseModel):
    """What a file tells."""

    knowledge: Knowledge
    left_behind: tuple[str, ...] = Field((), description="Examples that are files of your own: the service reads none.")


def checked(content: bytes) -> bytes:
    """The knowledge of a file, without the files that it names, as JSON.

    Raises:
        UnreadableInputError: not YAML or JSON.
        InvalidInputError: a field is wrong, or tells a password.
    """
    found = read_knowledge(content, name="the body.yaml")
    files = tuple(entry for entry in found.examples if isinstance(entry, str))
    told = Knowledge.model_construct(None, **{**dict(found), "examples": found.procedures()})
    return (
        KnowledgeRead.model_construct(knowledge=told, left_behind=files).model_dump_json(exclude_defaults=True).encode()
    )


@router.post(
    "/knowledge",
    response_model=KnowledgeRead,
    responses={200: answer(examples.KNOWLEDGE, "What the file tells."), **problems.RESPONSES},
    openapi_extra={"requestBody": FILE},
)
async def read_knowledge_file(request: Request, application: TheApplication, _: KeyHolder) -> Response:
    """Checks a team's knowledge file (YAML or JSON, docs/knowledge.md), sent as the body, and answers it as the field `knowledge` of the
    requests that write, improve, rewrite and review. Nothing is kept here."""
    found = await application.workers.run(READ, checked, await request.body())
    return Response(found, media_type="application/json")
