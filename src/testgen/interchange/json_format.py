"""JSON: one case is an object, several are an array or one object per line; the same for procedures."""

import json
import re
from collections.abc import Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.found import Skipped
from testgen.messages import Original, joined, say

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
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
        if error.msg == _MORE_BEHIND and (found := _by_line(text, text[: error.pos])):
            return found
        where = say("is not JSON at line {line}, column {column}", line=error.lineno, column=error.colno)
        raise ValueError(joined(": ", (where, Original(error.msg)))) from None
    return list(data) if isinstance(data, list) else [data]


def _by_line(text: str, first: str) -> list[object]:
    """What each line holds, if the first value takes one line and more than one is an object by itself; otherwise nothing, because
    then it is one printed object, or several, with something behind it."""
    value = first.strip()
    if "\n" in value or "\n" not in first[first.index(value) + len(value) :]:
        return []
    found = [_line(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return found if sum(isinstance(entry, dict) for entry in found) > 1 else []


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


def lines_of(text: str, index: int, paths: Sequence[Sequence[str]]) -> list[int]:
    """The lines, from 1, of what the paths lead to in one of the objects that `read` gives; of what is missing, the line of the thing
    around it; 0 if that is missing too."""
    start = _blank(text, 0)
    if text[start] == "[":
        start = _children(text, start)[str(index)][1]
    else:
        for _ in range(index):  # one object per line
            start = _blank(text, _DECODER.raw_decode(text, start)[1])
    return [_line_of(text, start, path) for path in paths]


def _line_of(text: str, start: int, path: Sequence[str]) -> int:
    named = start
    for left, part in zip(range(len(path), 0, -1), path, strict=True):
        children = _children(text, start)
        if part not in children and left > 1:
            return 0
        named, start = children.get(part, (named, start))
    return text.count("\n", 0, named) + 1


def _children(text: str, start: int) -> dict[str, tuple[int, int]]:
    """What an object or array of a valid JSON text holds: where each key or entry is, and where its value is."""
    found: dict[str, tuple[int, int]] = {}
    closing = {"{": "}", "[": "]"}.get(text[start])
    at = _blank(text, start + 1) if closing else start
    while closing and text[at] != closing:
        key, named = str(len(found)), at
        if closing == "}":
            key, after = _DECODER.raw_decode(text, at)
            at = _blank(text, _blank(text, after) + 1)  # behind the colon
        found[key] = named, at
        at = _blank(text, _DECODER.raw_decode(text, at)[1])
        at = _blank(text, at + 1) if text[at] == "," else at
    return found


def _blank(text: str, at: int) -> int:
    """The next place that is not blank."""
    return _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty text too


def write(procedures: Sequence[Procedure]) -> str:
    """One procedure gives one object, several give an array."""
    data = [procedure.model_dump(mode="json") for procedure in procedures]
    return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2) + "\n"
