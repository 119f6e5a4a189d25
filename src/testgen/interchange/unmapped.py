"""What to ask of columns whose headings are not known: perhaps one of them holds the steps."""

from typing import Any

from testgen.interchange.by_hand import is_procedure
from testgen.interchange.columns import ColumnNames
from testgen.interchange.found import Objects
from testgen.interchange.tabular import split_numbered
from testgen.messages import joined, say


def without_steps(objects: Objects, names: ColumnNames) -> str:
    """What to do where no column holds steps: perhaps one does, under a heading that is not known."""
    own = _own_columns(objects, names)
    mapped = (
        say("or does {names} contain the steps? If so, map it to `action` with --columns", names=list(own))
        if own
        else ""
    )
    return joined("; ", (say("contains test cases, not procedures: write procedures with `testgen generate`"), mapped))


def perhaps_steps(objects: Objects, names: ColumnNames) -> str:
    """What is to be asked of a file that a tool or a person's table has given; who wrote fields by hand knows their names."""
    if any(map(is_procedure, objects)):
        return ""
    own = [name for name, texts in _own_columns(objects, names).items() if any(map(_is_listed, texts))]
    return say("does {names} contain the steps? If so, map it to `action` with --columns", names=own) if own else ""


def _own_columns(objects: Objects, names: ColumnNames) -> dict[str, list[Any]]:
    """What the cases hold under each heading that is not known."""
    own: dict[str, list[Any]] = {}
    for data in objects:
        for name, text in (data.get("custom") or {}).items():
            if names.field(name) is None:
                own.setdefault(name, []).append(text)
    return own


def _is_listed(text: Any) -> bool:
    return isinstance(text, list) or (isinstance(text, str) and len(split_numbered(text)) > 1)
