"""A cell that holds a whole case under headings of its own: 【前提条件】 …【手順】 …【期待結果】 …, as tickets do."""

import re
from functools import cache

from testgen.interchange.columns import ColumnNames
from testgen.interchange.jira_text import from_wiki

_ENDS = r"】］\]〕＞>:：\n"
_MARKS = r"■◆●▼□#*"
# Begins and ends with a letter, so that a run of blanks or marks can be divided in one way only.
_NAME = rf"(?P<name>[^{_ENDS}{_MARKS}\s](?:[^{_ENDS}]{{0,18}}[^{_ENDS}{_MARKS}\s])?)"
_LOOKED_AT = 60  # characters of a line; no heading is longer
_HEADINGS = (
    re.compile(rf"[【［\[〔＜<]\s*{_NAME}\s*[】］\]〕＞>]\s*[:：]?\s*(?P<rest>.*)"),  # 【手順】 開く
    re.compile(rf"[{_MARKS}]+\s*{_NAME}[\s*]*(?:[:：]\s*(?P<rest>.*))?"),  # ■手順, ## Steps, *Steps:*
    re.compile(rf"{_NAME}\s*[:：]\s*(?P<rest>)"),  # Steps:
)
_FIELDS = {"preconditions", "action", "expected", "expected_results", "test_data", "postconditions", "objective"}


@cache
def _names() -> ColumnNames:
    return ColumnNames()


def has_steps(text: str) -> bool:
    """Whether one of the headings within a cell is that of the steps."""
    return "action" in blocks_of(text)


def blocks_of(text: str) -> dict[str, str]:
    """Field -> text below its heading within a cell; what stands above the first heading is under an empty name. Nothing if no heading
    is that of the steps."""
    found: dict[str, list[str]] = {"": []}
    field = ""
    for line in from_wiki(text.replace("\r\n", "\n")).split("\n"):
        field, rest = _heading(line) or (field, line)
        found.setdefault(field, [])
        if rest.strip():
            found[field].append(rest)
    return {name: "\n".join(lines) for name, lines in found.items() if lines} if found.get("action") else {}


def _heading(line: str) -> tuple[str, str] | None:
    """The field that a line names, and what follows there; None if it is no heading."""
    start, behind = (line := line.strip())[:_LOOKED_AT], line[_LOOKED_AT:]
    for pattern in _HEADINGS:
        if (match := pattern.fullmatch(start)) and (name := _names().field(match["name"])) in _FIELDS:
            rest = match["rest"] or ""
            return (str(name), rest + behind) if rest or not behind else None
    return None
