"""What an assistant tells besides the case: the team's knowledge and documents, as texts that it has at hand."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, ConfigDict, Field

from testgen.documents import READ_DOCUMENT
from testgen.domain.background import Background
from testgen.domain.document import MAX_NAME, MOST_DOCUMENTS
from testgen.domain.errors import TestgenError
from testgen.domain.test_case import TestCase
from testgen.interchange.bounds import READ
from testgen.jobs import knowledge_of, passages_of
from testgen.mcp.worker import Worker
from testgen.repair import Reviewing

MOST_CHARACTERS = 2_000_000


class DocumentFile(BaseModel):
    """A document around the test case."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str, Field(min_length=1, max_length=MAX_NAME, description="Name of the file, by which procedures refer to it.")
    ]
    content: Annotated[
        str,
        Field(
            max_length=MOST_CHARACTERS, description="Markdown or HTML as text; Word, PDF, Excel, PowerPoint in base64."
        ),
    ]
    is_base64: bool = False


KnowledgeText = Annotated[
    str | None,
    Field(
        max_length=MOST_CHARACTERS,
        description="What the team tells of its product: the text of its knowledge.yaml. Leave out where the server knows it; "
        "its terms and house style hold in any case.",
    ),
]
Documents = Annotated[
    tuple[DocumentFile, ...],
    Field(
        max_length=MOST_DOCUMENTS,
        description="Specifications around the test case, of which the passages that it is about are used.",
    ),
]


async def told(
    worker: Worker, case: TestCase | None, knowledge: str | None, documents: Sequence[DocumentFile]
) -> Reviewing:
    """What a tool works with: the team's decisions, with knowledge and documents of the call instead of the server's where it has some.
    The server's terms and style hold for each call, as a glossary does beside knowledge.

    Raises:
        ToolError: they are wrong, or cannot be read.
    """
    reviewing = replace(worker.reviewing, case=case)
    if knowledge is None and not documents:
        return reviewing
    known, passages = reviewing.background.knowledge, reviewing.background.passages
    try:
        if knowledge is not None:
            own = await worker.run(READ, knowledge_of, knowledge.encode())
            known = own.with_glossary(known)
        if documents:
            files = [(content_of(entry.content, is_base64=entry.is_base64), entry.name) for entry in documents]
            passages = await worker.run(READ_DOCUMENT, passages_of, files)
    except TestgenError as error:
        raise ToolError(str(error)) from None
    return replace(reviewing, background=Background.of(knowledge=known, passages=passages))


def content_of(text: str, *, is_base64: bool) -> bytes:
    """The bytes of a file that came as text.

    Raises:
        ToolError: it is not base64.
    """
    try:
        return base64.b64decode(text, validate=True) if is_base64 else text.encode()
    except (binascii.Error, ValueError):
        raise ToolError("content is not base64: send it as base64, or set is_base64 to false") from None
