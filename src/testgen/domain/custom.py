"""A team's own columns: carried through untouched, as long as every format and log can carry them."""

from typing import Annotated, Any

from pydantic import AfterValidator

DEEPEST = 10


def _carried(value: dict[str, Any]) -> dict[str, Any]:
    _require(value, DEEPEST)
    return value


def _require(value: Any, levels: int) -> None:
    if isinstance(value, str):
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise ValueError("holds half a character (a lone surrogate): write it again")
    elif isinstance(value, dict | list | tuple):
        if not levels:
            raise ValueError(f"is nested too deeply: at most {DEEPEST} levels are allowed")
        for entry in (*value, *value.values()) if isinstance(value, dict) else value:
            _require(entry, levels - 1)


Custom = Annotated[dict[str, Any], AfterValidator(_carried)]
