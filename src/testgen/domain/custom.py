"""A team's own columns, which are kept unchanged as long as every format and log can contain them."""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator

from testgen.messages import say

DEEPEST = 10
MOST_VALUES = 20_000  # names and values: 300 columns of 60 steps
HALF = say("contains half a character (a lone surrogate): retype it")  # no encoding can carry it
_HALF = re.compile("[\ud800-\udfff]")


def _carried(value: dict[str, Any]) -> dict[str, Any]:
    for count, _ in enumerate(_values(value, DEEPEST)):
        if count > MOST_VALUES:
            raise ValueError(say("has too many values: at most {most:,} are allowed", most=MOST_VALUES))
    return value


def _values(value: Any, levels: int) -> Iterator[Any]:
    """The value and everything in it.

    Raises:
        ValueError: part of it cannot be kept.
    """
    yield value
    if isinstance(value, str):
        if _HALF.search(value):
            raise ValueError(HALF)
    elif isinstance(value, float):
        if not isfinite(value):
            raise ValueError(say("contains {value}, which is not a number in JSON: write it as text", value=value))
    elif isinstance(value, dict | list | tuple):
        if not levels:
            raise ValueError(say("is nested too deeply: at most {most} levels are allowed", most=DEEPEST))
        for entry in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from _values(entry, levels - 1)


Custom = Annotated[dict[str, Any], AfterValidator(_carried)]
