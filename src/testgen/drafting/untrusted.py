"""Texts from outside in the form in which a model reads them: JSON in which nothing can end a fence or pass for a turn of the chat.

All cases, glossaries, instructions, procedures and rows of earlier answers pass through here. The escapes are those of JSON, so a model
reads the same text and nothing is lost.
"""

import json
import re
from typing import Any

from testgen.text.hidden import HIDDEN

# What chat templates mark turns with: <…> in any spelling, [INST] and its kin, [|user|], "### Response:", "ASSISTANT:". `[FILL IN: …]`
# and a label such as [Save] are none of them. Each alternative is told by its first character, which is what gets escaped.
_MARKS = re.compile(
    rf"""
    [<>]
    | {HIDDEN}
    | \[ (?= [\s/]{{0,3}} (?: \| | [A-Z][A-Z0-9_]{{2,40}} \s{{0,3}} \] | [a-z]MASK\] ) )
    | \# (?= \#\# \s{{0,3}} (?i: instruction | input | response | human | assistant | user | system )\b )
    | (?: ASSISTANT | USER | SYSTEM | Assistant | Human ) (?= \s{{0,3}} : )
    """,
    re.VERBOSE,
)


def as_data(value: Any) -> str:
    """Plain data as minified JSON, the form that the worked examples show."""
    return _MARKS.sub(_escaped, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def fenced(name: str, value: Any) -> str:
    """Plain data between `<name>` and `</name>`."""
    return f"<{name}>{as_data(value)}</{name}>"


def _escaped(match: re.Match[str]) -> str:
    first, rest = match[0][0], match[0][1:]
    units = first.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)) + rest
