"""JSON: one case is an object, several are an array or one object per line; the same for procedures."""

import json
from collections.abc import Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.found import Skipped
from testgen.messages import Original, joined, say

_MORE_BEHIND = "Extra data"  # what Python says of the second of several objects


class DuplicateKeyError(ValueError):
    """An object has a key twice."""


def read(text: str) -> list[object]:
    """The objects of a JSON file, and a `Skipped` for each line that is none where a file has one object per line.

    Raises:
        ValueError: not JSON; says where.
    """
    try:
        data = parsed(text)
    except RecursionError:
        raise ValueError(say("is nested too deeply: a test case is one flat object")) from None
    except json.JSONDecodeError as error:
        if error.msg == _MORE_BEHIND and "\n" in text[: error.pos]:
            return [_line(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        where = say("is not JSON at line {line}, column {column}", line=error.lineno, column=error.colno)
        raise ValueError(joined(": ", (where, Original(error.msg)))) from None
    return list(data) if isinstance(data, list) else [data]


def _line(text: str, number: int) -> object:
    try:
        found = parsed(text)
    except (ValueError, RecursionError) as error:
        found = str(error) if isinstance(error, DuplicateKeyError) else None
    return found if isinstance(found, dict) else Skipped(found or say("is not a JSON object"), number)


def parsed(text: str | bytes) -> Any:
    """What a JSON text says.

    Raises:
        DuplicateKeyError: an object has a key twice.
        ValueError: it is not JSON, or has a number of thousands of digits.
        RecursionError: it is nested too deeply.
    """
    return json.loads(text, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of a duplicate key, Python would keep the last value and silently drop the others."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKeyError(say("duplicate key {key!r}: remove one", key=key[:50]))
        found[key] = value
    return found


def write(procedures: Sequence[Procedure]) -> str:
    """One procedure gives one object, several give an array."""
    data = [procedure.model_dump(mode="json") for procedure in procedures]
    return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2) + "\n"
