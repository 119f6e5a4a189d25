"""Test data in a cell: `name: value`, a line each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from testgen.interchange.tabular import split_entries

# A name has no digit first (9:00), and what follows is no address (https://…) and no path of a drive.
_NAMED = re.compile(r"(?P<name>[^\s\d:：=＝/\\][^:：=＝/\\]{0,59})\s*[:：=＝](?!//|\\)(?P<value>.*)", re.DOTALL)


def data_of(cell: str) -> dict[str, str]:
    """Entries of `name: value` or `name = value`; one without a name is data 1, 2, …; a second of a name is `name (2)`."""
    data: dict[str, str] = {}
    lines = split_entries(cell) if cell.startswith("- ") else filter(None, map(str.strip, cell.splitlines()))
    for number, line in enumerate(lines, 1):
        found = _NAMED.fullmatch(line)
        name, value = (found["name"].strip(), found["value"].strip()) if found else (str(number), line)
        free, place = name, 1
        while free in data:
            place += 1
            free = f"{name} ({place})"
        data[free] = value
    return data


def data_of_steps(steps: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The data of old steps: by name where a cell has names, else by the number of the step."""
    data: dict[str, str] = {}
    for step in steps:
        text = step["test_data"] or ""
        named = data_of(text) if all(map(_NAMED.fullmatch, text.splitlines())) else {str(step["number"]): text}
        data |= {name: value for name, value in named.items() if text}
    return data
