"""The ids of the entries of a file: each has its own."""

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from testgen.domain.errors import FieldProblem, UnreadableInputError
from testgen.domain.test_case import shorten
from testgen.interchange.by_hand import is_procedure
from testgen.interchange.found import Left, Objects, Skipped, place_told
from testgen.messages import say


def fill_ids(objects: Objects, key: str) -> None:
    """What came without an id is known by its title; the second of a title as `title (2)`."""
    taken = {value for data in objects if isinstance(data, dict) and isinstance(value := data.get(key), str)}
    numbers: dict[str, int] = {}
    for data in objects:
        if isinstance(data, dict) and data.get(key) == "" and isinstance(title := data.get("title"), str):
            number = numbers.get(title, 1)
            free = title if number == 1 else f"{title} ({number})"
            while free in taken:
                number += 1
                free = f"{title} ({number})"
            numbers[title] = number
            data[key] = free
            taken.add(free)


def numbered_apart(found: Sequence[tuple[str, Objects]]) -> Objects:
    """The entries of several places by name, of sheets or chapters: numbers that restart in a place, or in a section of it, get its
    name."""
    one = sum(any(map(_number, objects)) for _, objects in found) == 1
    parts = [part for place, objects in found for part in _by_section("" if one else place, objects)]
    seen: dict[str, str] = {}
    several = {
        number
        for place, objects in parts
        for number in map(_number, objects)
        if seen.setdefault(number, place) != place
    }
    for place, objects in parts:
        anew = bool((several - {""}) & set(map(_number, objects)))  # all of a place are named alike
        for data in objects:
            if anew and place and _number(data):
                data["id" if "id" in data else "test_case_id"] = f"{place}-{_number(data)}"
    return [data for _, objects in parts for data in objects]


def _by_section(place: str, objects: Objects) -> list[tuple[str, Objects]]:
    """The entries of a place, by section where plain numbers come twice in it; what else comes twice is a mistake."""
    numbers = [number for number in map(_number, objects) if number]
    if not any(map(str.isdecimal, (number for number, count in Counter(numbers).items() if count > 1))):
        return [(place, objects)]
    paths = {_section(data) for data in objects if _number(data)}
    depth = next(depth for depth in itertools.count(1) if len({path[-depth:] for path in paths}) == len(paths))
    return [
        ("-".join(filter(None, (place, *path[-depth:]))), list(part))
        for path, part in itertools.groupby(objects, _section)
    ]


def _section(data: Any) -> tuple[str, ...]:
    return () if isinstance(data, Skipped | Left) else tuple(data["section"])


def _number(data: Any) -> str:
    return "" if isinstance(data, Skipped | Left) else str(data.get("id") or data.get("test_case_id") or "")


def require_distinct(objects: Objects, name: str) -> None:
    """Refuses two entries with one id.

    Raises:
        UnreadableInputError: there are such; names both.
    """
    first: dict[str, str] = {}
    for index, data in enumerate(objects):
        key = "test_case_id" if is_procedure(data) else "id"
        value: Any = data.get(key) if isinstance(data, dict) else None
        if not isinstance(value, str) or not value:
            continue
        if value in first:
            problem = FieldProblem(
                f"/{index}/{key}",
                say(
                    "duplicate id, in {first} and {place}: give each its own",
                    first=first[value],
                    place=_place(data, index),
                ),
                shorten(value),
            )
            raise UnreadableInputError([problem], subject="", source=name)
        first[value] = _place(data, index)


def _place(data: dict[str, Any], index: int) -> str:
    """The place of an entry, as its reader noted it."""
    row, sheet = data.get("row"), data.get("sheet")
    return place_told(row, sheet or "") if row else say("entry {number}", number=index + 1)
