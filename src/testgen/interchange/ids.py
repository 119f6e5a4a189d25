"""The ids of the entries of a file: each has its own."""

from typing import Any

from testgen.domain.errors import FieldProblem, UnreadableInputError
from testgen.domain.test_case import shorten
from testgen.interchange.by_hand import is_procedure
from testgen.interchange.found import Objects, place_told
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
