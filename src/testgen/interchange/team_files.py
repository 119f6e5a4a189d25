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
    nothing = say("there is no glossary in it: write `terms:` and `style:`")
    return by_hand(content, lambda found: Glossary.parse(_whole(found), source=name), name=name, nothing=nothing)


def read_knowledge(content: bytes, *, name: str) -> Knowledge:
    """The knowledge of a file, its examples as paths; a glossary is knowledge too.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a field is wrong; names it, and what to do.
    """
    nothing = say(
        "there is no knowledge in it: write `screens:`, `shared_steps:`, `accounts:`, `data:`, `terms:` or `style:`"
    )
    return by_hand(content, lambda found: Knowledge.parse(_whole(found), source=name), name=name, nothing=nothing)


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


def _whole(found: list[object]) -> object:
    """A list of terms as it is, otherwise the one object of the file."""
    terms = all(isinstance(entry, dict) and "term" in entry for entry in found)
    return found if terms else found[0]
