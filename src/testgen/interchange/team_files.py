"""What a team writes for itself: its glossary, its knowledge, its own headings. YAML or JSON; every fault is one clear error."""

from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import Knowledge
from testgen.interchange.columns import own_columns
from testgen.interchange.reading import by_hand
from testgen.messages import say


def read_glossary(content: bytes, *, name: str) -> Glossary:
    """The glossary of a file.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a field is wrong.
    """
    objects = by_hand(content, name=name, nothing=say("there is no glossary in it: write `terms:` and `style:`"))
    return Glossary.parse(objects if _are_terms(objects) else objects[0], source=name)


def read_knowledge(content: bytes, *, name: str) -> Knowledge:
    """The knowledge of a file, its examples as paths; a glossary is knowledge too.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a field is wrong; names it, and what to do.
    """
    nothing = say(
        "there is no knowledge in it: write `screens:`, `shared_steps:`, `accounts:`, `data:`, `terms:` or `style:`"
    )
    objects = by_hand(content, name=name, nothing=nothing)
    return Knowledge.parse(objects if _are_terms(objects) else objects[0], source=name)


def read_columns(content: bytes, *, name: str) -> dict[str, str]:
    """A team's own headings: `columns:` and a line `heading: field` for each.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a line names no field.
    """
    nothing = say(
        "there are no columns in it: write `columns:` and a line `確認手順: action` for each of your headings"
    )
    return own_columns(by_hand(content, name=name, nothing=nothing)[0], source=name)


def _are_terms(objects: list[object]) -> bool:
    return all(isinstance(entry, dict) and "term" in entry for entry in objects)
