"""What is known besides the case: on the way from whoever asks to the engines, the review and the repair."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import NOTHING_TOLD, Knowledge
from testgen.domain.procedure import PassageUsed


@dataclass(frozen=True)
class Passage:
    """A piece of a document: its text, and where it stands. `place` is a heading, a page or a sheet; `sha256` that of the
    text, in hex."""

    document: str
    place: str
    text: str
    sha256: str


@dataclass(frozen=True)
class Background:
    """What the team tells of its product, and all passages of the documents around the case, which the review looks at;
    `closest` are those that the case is about, the best first, of which an engine takes what it has room for."""

    knowledge: Knowledge = NOTHING_TOLD
    passages: tuple[Passage, ...] = ()
    closest: tuple[Passage, ...] = ()
    touched_sha256: str | None = None  # of what the case touches of the knowledge, once that has been looked up

    @classmethod
    def of(
        cls, glossary: Glossary | None = None, knowledge: Knowledge | None = None, passages: tuple[Passage, ...] = ()
    ) -> Self:
        """From what was given: a glossary adds to the knowledge."""
        return cls((knowledge or NOTHING_TOLD).with_glossary(glossary), passages)

    def for_drafting(self) -> Self:
        """Without what no engine reads."""
        return replace(self, passages=())

    def words(self) -> str:
        """Everything that a value or label of a procedure may come from."""
        return "\n".join(
            filter(None, (self.knowledge.words(), *(f"{passage.place}\n{passage.text}" for passage in self.passages)))
        )


UNKNOWN = Background()


def used(passages: Iterable[Passage]) -> tuple[PassageUsed, ...]:
    """What provenance says of passages that a procedure was written from."""
    return tuple(PassageUsed(document=one.document, place=one.place, sha256=one.sha256) for one in passages)
