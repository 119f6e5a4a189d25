"""What a request tells besides the case: the fields that several bodies have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from testgen.domain.background import Background
from testgen.domain.document import MOST_DOCUMENTS, Document, parts_of
from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import Knowledge
from testgen.domain.test_case import TestCase
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings


class Told(BaseModel):
    """The team's words, what it knows of its product, and its rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    glossary: Glossary | None = Field(None, description="Terms and house style.")
    knowledge: Knowledge | None = Field(
        None,
        description="What the team tells once: terms, style, screens, shared steps, accounts, data, examples "
        "(docs/knowledge.md). Passwords are refused.",
    )

    documents: Annotated[tuple[Document, ...], Field(max_length=MOST_DOCUMENTS)] = Field(
        (), description="Documents around the test case, as `POST /v1/documents` answers them."
    )
    review: ReviewSettings | None = Field(
        None, description="A team's severities, and whether warnings are repaired too, as in its `.testgen.toml`."
    )

    @field_validator("knowledge")
    @classmethod
    def _examples_at_hand(cls, knowledge: Knowledge | None) -> Knowledge | None:
        if knowledge and (fault := knowledge.fault_of_examples()):
            raise ValueError(fault)
        return knowledge

    @property
    def background(self) -> Background:
        """All of it, on its way to the engine and the review."""
        return Background.of(self.glossary, self.knowledge, parts_of(self.documents))

    def reviewing(self, case: TestCase | None = None) -> Reviewing:
        """What a procedure is reviewed against, the case with it."""
        return Reviewing(case, self.background, self.review or ReviewSettings())
