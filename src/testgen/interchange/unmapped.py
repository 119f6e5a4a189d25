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
        say("or is it {names} that holds the steps? Map it to `action` by --columns", names=list(own)) if own else ""
    )
    return joined("; ", (say("holds test cases, no procedures: write these with `testgen generate`"), mapped))


def perhaps_steps(objects: Objects, names: ColumnNames) -> str:
    """The same question where cases are wanted: a column that is not known has a text a row, or a numbered list, in some case."""
    if any(map(is_procedure, objects)):
        return ""
    own = [name for name, texts in _own_columns(objects, names).items() if any(map(_is_listed, texts))]
    return say("is it {names} that holds the steps? Then map it to `action` by --columns", names=own) if own else ""


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
