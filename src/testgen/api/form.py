"""The body of a batch: the cases alone, or a form with them and what is known besides."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from testgen.documents import READ_DOCUMENT
from testgen.domain.background import UNKNOWN, Background
from testgen.domain.document import MOST_DOCUMENTS
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.interchange.bounds import READ
from testgen.jobs import knowledge_of, passages_of
from testgen.messages import say
from testgen.workers import Workers

_MULTIPART = "multipart/form-data"
_MOST_PARTS = 2 * MOST_DOCUMENTS  # so that a few too many are told as what they are
_FILE = {"type": "string", "format": "binary"}
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "file": {**_FILE, "description": "The test cases, in any format that is read."},
        "knowledge": {**_FILE, "description": "The team's knowledge file, YAML or JSON (docs/knowledge.md)."},
        "documents": {
            "type": "array",
            "items": _FILE,
            "maxItems": MOST_DOCUMENTS,
            "description": "Documents around the test cases: the files themselves, or answers of `POST /v1/documents` as `.json`.",
        },
    },
    "required": ["file"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Sent:
    """The cases, and the name of their file if one was uploaded; the team's knowledge, and documents with their names."""

    content: bytes
    name: str = ""
    knowledge: bytes | None = None
    documents: tuple[tuple[bytes, str], ...] = ()

    async def background(self, workers: Workers) -> Background:
        """What is known besides the cases.

        Raises:
            InvalidInputError: knowledge or a document is wrong, cannot be read, or takes too much work.
        """
        if self.knowledge is None and not self.documents:
            return UNKNOWN
        knowledge = None if self.knowledge is None else await workers.run(READ, knowledge_of, self.knowledge)
        passages = await workers.run(READ_DOCUMENT, passages_of, self.documents) if self.documents else ()
        return Background.of(knowledge=knowledge, passages=passages)


async def sent_in(request: Request) -> Sent:
    """What a request holds.

    Raises:
        InvalidInputError: a form without a file, or with parts that it has no place for.
    """
    if not request.headers.get("content-type", "").startswith(_MULTIPART):
        return Sent(await request.body())
    async with request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS) as form:
        _require_known(form)
        files = [(await _bytes(part), _name(part)) for part in form.getlist("documents")]
        knowledge = form.get("knowledge")
        cases = form["file"]
        told = None if knowledge is None else await _bytes(knowledge)
        return Sent(await _bytes(cases), _name(cases), told, tuple(files))


def _require_known(form: FormData) -> None:
    names = [name for name, _ in form.multi_items()]
    problems = []
    if not isinstance(form.get("file"), UploadFile):
        problems.append(FieldProblem("/file", say("is missing: upload the cases as `file`")))
    for name in dict.fromkeys(names):
        if name not in FORM["properties"]:
            known = list(FORM["properties"])
            problems.append(FieldProblem(f"/{name}", say("is no part of this form: send {known}", known=known)))
        elif name != "documents" and names.count(name) > 1:
            problems.append(FieldProblem(f"/{name}", say("is there twice: send one")))
    if problems:
        raise InvalidInputError(problems, subject=say("the form"))


async def _bytes(part: UploadFile | str) -> bytes:
    return await part.read() if isinstance(part, UploadFile) else part.encode()


def _name(part: UploadFile | str) -> str:
    """The name of a part's file; a part that is no file can only be what `POST /v1/documents` has answered."""
    return (part.filename or say("the file")) if isinstance(part, UploadFile) else "documents.json"
