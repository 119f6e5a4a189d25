"""Finds the line of a text file on which each field is.

The readers do not know it: they read JSON, YAML, CSV, Gherkin, XML and Markdown with libraries that keep no lines. So this module
searches the file for the texts, in the order of the procedures and their steps, in the form in which any of these formats writes them. A
text that is not found gets the line of its step or procedure.
"""

import html
import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence

from testgen.domain.procedure import Procedure

_WORDS = 12  # so many tell a text from others; the rest of it may be folded in a way of its own
_BETWEEN = r"(?:\s|\\[nrt]|<[^<>]{1,80}>)+"  # words of a text: a line may be folded, a line break escaped or marked up
_FIELDS = ("test_data", "expected_result")


def lines_of(text: str, procedures: Sequence[Procedure]) -> list[Mapping[str, int]]:
    """For each procedure, the lines of its fields by JSON Pointer; its own line is that of the pointer ""."""
    starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
    found: list[Mapping[str, int]] = []
    cursor = 0
    for procedure in procedures:
        places = dict(_places(text, procedure, cursor))
        cursor = max([cursor, *places.values()])
        found.append({pointer: bisect(starts, place) for pointer, place in places.items()})
    return found


def _places(text: str, procedure: Procedure, cursor: int) -> Iterator[tuple[str, int]]:
    title = _find(text, procedure.title, cursor)
    if title >= 0:
        yield "", title
        cursor = title
    begins = [cursor]
    for step in procedure.steps:
        place = _find(text, step.action, begins[-1])
        begins.append(place + 1 if place >= 0 else begins[-1])
        if place >= 0:
            yield from ((f"/steps/{step.number - 1}{end}", place) for end in ("", "/action"))
    ends = [*begins[2:], len(text)]
    for step, begin, end in zip(procedure.steps, begins[1:], ends, strict=True):
        for name in _FIELDS:
            wanted = getattr(step, name) or ""
            place = _find(text, wanted, begin, end if end > begin else len(text))
            if wanted.strip() and begin > begins[0] and place >= 0:
                yield f"/steps/{step.number - 1}/{name}", place


def _find(text: str, wanted: str, start: int, end: int | None = None) -> int:
    """The position of the text as a whole; -1 if it does not occur."""
    end = len(text) if end is None else end
    words = wanted.split()[:_WORDS]
    if not words:
        return -1
    if len(words) == 1 or "\n" not in wanted:
        plain = [place for form in _forms(wanted.strip()) if (place := _whole(text, form, start, end)) >= 0]
        if plain:
            return min(plain)
    pattern = _BETWEEN.join(f"(?:{'|'.join(map(re.escape, _forms(word)))})" for word in words)
    match = re.compile(pattern).search(text, start, end)
    return match.start() if match else -1


def _whole(text: str, form: str, start: int, end: int) -> int:
    """The first position at which the form is not part of a longer text; otherwise -1."""
    place = text.find(form, start, end)
    while place >= 0:
        after = place + len(form)
        if not (text[place - 1 : place].isalnum() and form[0].isalnum()) and not (
            text[after : after + 1].isalnum() and form[-1].isalnum()
        ):
            return place
        place = text.find(form, place + 1, end)
    return -1


def _forms(text: str) -> list[str]:
    """A text as it is, and as JSON, YAML, CSV and XML write it."""
    escaped = (json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1])
    return list(
        dict.fromkeys(
            (text, *escaped, text.replace('"', '""'), text.replace("'", "''"), html.escape(text, quote=False))
        )
    )
