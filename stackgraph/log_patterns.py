"""CloudWatch Logs' filter patterns for JSON lines, as far as the stacks use them: `{ $.a = "x" || $.b = "y" }`."""

import re
from collections.abc import Mapping

_TERM = re.compile(r'\$\.(\w+)\s*(=|!=)\s*"([^"]*)"')


def matches(pattern: str, line: Mapping[str, object]) -> bool:
    """Whether a pattern counts a line.

    Raises:
        ValueError: the pattern uses more of the language than is known here.
    """
    body = pattern.strip().removeprefix("{").removesuffix("}").strip()
    if not pattern.strip().startswith("{") or not pattern.strip().endswith("}"):
        raise ValueError(f"not a pattern for JSON lines: {pattern}")
    return any(all(_holds(term, line) for term in group.split("&&")) for group in body.split("||"))


def _holds(term: str, line: Mapping[str, object]) -> bool:
    found = _TERM.fullmatch(term.strip())
    if not found:
        raise ValueError(f"unknown term {term!r}")
    name, operator, value = found.groups()
    same = name in line if value == "*" else str(line.get(name)) == value
    return same is (operator == "=")
