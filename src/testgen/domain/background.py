"""What is known besides the case: on the way from whoever asks to the engines, the review and the repair."""

from dataclasses import dataclass
from typing import Self

from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import NOTHING_TOLD, Knowledge


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
    """What the team tells of its product, and all passages of the documents around the case: who uses them chooses."""

    knowledge: Knowledge = NOTHING_TOLD
    passages: tuple[Passage, ...] = ()

    @classmethod
    def of(
        cls, glossary: Glossary | None = None, knowledge: Knowledge | None = None, passages: tuple[Passage, ...] = ()
    ) -> Self:
        """From what was given: a glossary adds to the knowledge."""
        return cls((knowledge or NOTHING_TOLD).with_glossary(glossary), passages)

    def words(self) -> str:
        """Everything that a value or label of a procedure may come from."""
        return "\n".join(filter(None, (self.knowledge.words(), *(passage.text for passage in self.passages))))


UNKNOWN = Background()
