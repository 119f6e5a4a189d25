"""What a team writes for itself: its glossary, its knowledge, its own headings. YAML or JSON; every fault is one clear error."""

from collections.abc import Callable
from typing import TypeVar

from testgen.domain.errors import InvalidInputError, UnreadableInputError
from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import Knowledge
from testgen.interchange.columns import own_columns
from testgen.interchange.reading import by_hand
from testgen.messages import say

Made = TypeVar("Made")
LARGEST = 4 << 20  # bytes; 1,000 screens are 100 KB, and a megabyte of YAML takes three seconds


def read_glossary(content: bytes, *, name: str) -> Glossary:
    """The glossary of a file.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a field is wrong.
    """
    nothing = say("there is no glossary in it: write `terms:` and `style:`")
    return _one(content, Glossary.parse, name, nothing)


def read_knowledge(content: bytes, *, name: str) -> Knowledge:
    """The knowledge of a file, its examples as paths; a glossary is knowledge too.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a field is wrong; names it, and what to do.
    """
    nothing = say(
        "there is no knowledge in it: write `screens:`, `shared_steps:`, `accounts:`, `data:`, `terms:` or `style:`"
    )
    return _one(content, Knowledge.parse, name, nothing)


def read_columns(content: bytes, *, name: str) -> dict[str, str]:
    """A team's own headings: `columns:` and a line `heading: field` for each.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a line names no field.
    """
    nothing = say(
        "there are no columns in it: write `columns:` and a line `確認手順: action` for each of your headings"
    )
    return by_hand(content, lambda found: own_columns(found[0], source=name), name=name, nothing=nothing)


def _one(content: bytes, parse: Callable[..., Made], name: str, nothing: str) -> Made:
    """The one object of a file, or its list of terms, parsed; `nothing` says what to write if it has neither."""
    if len(content) > LARGEST:
        told = say("is larger than {most} MB: leave out what no test case needs", most=LARGEST >> 20)
        raise UnreadableInputError.of("", told, source=name)

    def parsed(objects: list[object]) -> Made:
        if all(isinstance(entry, dict) and "term" in entry for entry in objects):
            return parse(objects, source=name)
        if not all(isinstance(entry, dict) for entry in objects):
            raise InvalidInputError.of("", nothing, source=name)
        if len(objects) > 1:
            told = say(
                "contains {count} objects, as a list or between `---`: write everything into one", count=len(objects)
            )
            raise UnreadableInputError.of("", told, source=name)
        return parse(objects[0], source=name)

    return by_hand(content, parsed, name=name, nothing=nothing)
