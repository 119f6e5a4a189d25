"""What is known besides the case, on its way to the engines, the review and the repair."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import NOTHING_TOLD, Knowledge
from testgen.domain.procedure import PassageUsed


@dataclass(frozen=True)
class Passage:
    """A piece of a document: its text and its location. `place` is a heading, a page or a sheet; `sha256` is that of the text, in hex."""

    document: str
    place: str
    text: str
    sha256: str


@dataclass(frozen=True)
class Background:
    """The team's product knowledge, and all passages of the documents around the case, which the review uses. `closest` are the passages
    that concern the case, the best first; an engine takes as many as it has room for."""

    knowledge: Knowledge = NOTHING_TOLD
    passages: tuple[Passage, ...] = ()
    closest: tuple[Passage, ...] = ()
    touched_sha256: str | None = None  # of what the case touches of the knowledge, once that has been looked up

    @classmethod
    def of(
        cls, glossary: Glossary | None = None, knowledge: Knowledge | None = None, passages: tuple[Passage, ...] = ()
    ) -> Self:
        """Creates it from what was given; a glossary is added to the knowledge."""
        return cls((knowledge or NOTHING_TOLD).with_glossary(glossary), passages)

    def for_drafting(self) -> Self:
        """The same, without what no engine reads."""
        return replace(self, passages=())

    def words(self) -> str:
        """Everything that a value or label in a procedure may come from."""
        return "\n".join(
            filter(None, (self.knowledge.words(), *(f"{passage.place}\n{passage.text}" for passage in self.passages)))
        )


UNKNOWN = Background()


def used(passages: Iterable[Passage]) -> tuple[PassageUsed, ...]:
    """What provenance records about the passages that a procedure was written from."""
    return tuple(PassageUsed(document=one.document, place=one.place, sha256=one.sha256) for one in passages)
