"""The body of a batch: the cases alone, or a form with them and what is known besides."""

import sys
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from testgen.documents import READ_DOCUMENT
from testgen.domain.background import UNKNOWN, Background
from testgen.domain.document import MOST_DOCUMENTS
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.interchange.bounds import READ
from testgen.jobs import glossary_of, knowledge_of, passages_of
from testgen.messages import say
from testgen.workers import Workers

Part = tuple[bytes, str]
_MULTIPART = "multipart/form-data"
_MOST_PARTS = 2 * MOST_DOCUMENTS  # so that a few too many are told as what they are
_LARGEST_TEXT = sys.maxsize  # bytes: the whole body is limited already, and so is each thing where it is read
_FILE = {"type": "string", "format": "binary"}
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "file": {**_FILE, "description": "The test cases, in any format that is read."},
        "glossary": {**_FILE, "description": "Terms and house style, YAML or JSON."},
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
    """The cases, and the name of their file if one was uploaded; what is known besides, each with the name of its file."""

    content: bytes
    name: str = ""
    glossary: Part | None = None
    knowledge: Part | None = None
    documents: tuple[Part, ...] = ()

    async def background(self, workers: Workers) -> Background:
        """What is known besides the cases.

        Raises:
            InvalidInputError: the glossary, the knowledge or a document is wrong, cannot be read, or takes too much work.
        """
        if self.glossary is None and self.knowledge is None and not self.documents:
            return UNKNOWN
        glossary = await workers.run(READ, glossary_of, *self.glossary) if self.glossary else None
        knowledge = await workers.run(READ, knowledge_of, *self.knowledge) if self.knowledge else None
        passages = await workers.run(READ_DOCUMENT, passages_of, self.documents) if self.documents else ()
        return Background.of(glossary, knowledge, passages)


async def sent_in(request: Request) -> Sent:
    """What a request holds.

    Raises:
        InvalidInputError: a form without a file, or with parts that it has no place for.
    """
    if not request.headers.get("content-type", "").startswith(_MULTIPART):
        return Sent(await request.body())
    async with request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS, max_part_size=_LARGEST_TEXT) as sent:
        form = FormData([(name, part) for name, part in sent.multi_items() if not _is_left_empty(part)])
        _require_known(form)
        parts = {name: [await _read(part, name) for part in form.getlist(name)] for name in FORM["properties"]}
        glossary, knowledge = (next(iter(parts[name]), None) for name in ("glossary", "knowledge"))
        return Sent(*parts["file"][0], glossary, knowledge, tuple(parts["documents"]))


def _is_left_empty(part: UploadFile | str) -> bool:
    """A browser sends an input for a file also if no file was chosen: without a name, without content."""
    return not part if isinstance(part, str) else not (part.filename or part.size)


def _require_known(form: FormData) -> None:
    names = [name for name, _ in form.multi_items()]
    problems = []
    if not isinstance(form.get("file"), UploadFile):
        problems.append(FieldProblem("/file", say("is missing: upload the cases as `file`")))
    for name in dict.fromkeys(names):
        if name not in FORM["properties"]:
            known = list(FORM["properties"])
            problems.append(FieldProblem(f"/{name}", say("is not part of this form: send {known}", known=known)))
        elif name != "documents" and (count := names.count(name)) > 1:
            problems.append(FieldProblem(f"/{name}", say("is there {count} times: send one", count=count)))
    if problems:
        raise InvalidInputError(problems, subject=say("the form"))


async def _read(part: UploadFile | str, field: str) -> Part:
    """The content of a part, and the name of its file: a text that is no file is JSON or, which has all of it, YAML."""
    if isinstance(part, UploadFile):
        return await part.read(), part.filename or say("the file")
    return part.encode(), f"{field}.json" if field == "documents" else f"{field}.yaml"
