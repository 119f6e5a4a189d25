"""A document around a test case as it is transmitted: its passages, each with its location."""

import hashlib
from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from testgen.domain.background import Passage

MAX_NAME = 200
MAX_PLACE = 300
MAX_PASSAGE = 10_000
MOST_PASSAGES = 10_000
MOST_DOCUMENTS = 50


class _Contract(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(_Contract):
    """A piece of a document that can be read by itself."""

    place: Annotated[str, Field(max_length=MAX_PLACE, description="Heading, page, slide, or sheet and row.")] = ""
    text: Annotated[str, Field(min_length=1, max_length=MAX_PASSAGE)]


class Document(_Contract):
    """The answer of `POST /v1/documents`, and an entry of `documents` in a request."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME, description="The name of its file.")]
    passages: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_PASSAGES)]

    def parts(self) -> tuple[Passage, ...]:
        """The passages, each with its document and its fingerprint."""
        return tuple(
            Passage(self.name, part.place, part.text, hashlib.sha256(part.text.encode()).hexdigest())
            for part in self.passages
        )


def parts_of(documents: Iterable[Document]) -> tuple[Passage, ...]:
    """The passages of several documents."""
    return tuple(part for document in documents for part in document.parts())
