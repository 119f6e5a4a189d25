"""Text out of what Jira keeps: wiki markup (Server, CSV exports) and the Atlassian Document Format (Cloud)."""

import re
from collections.abc import Mapping
from typing import Any

_HEADING = re.compile(r"^[ \t]*h[1-6]\.[ \t]+", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*(#+|\*+|-)[ \t]+")
_MARKED = re.compile(r"(?<!\w)([*_+])(?=\S)([^*_+\n]{1,200})(?<=\S)\1(?!\w)|\{\{([^{}\n]{1,200})\}\}")
_TAG = re.compile(r"\{(?:color|quote|noformat|code|panel)(?::[^{}\n]{0,100})?\}")
_LINK = re.compile(r"\[([^][|\n]{1,200})\|[^][|\n]{1,2000}\]")
_BETWEEN = {"paragraph": "", "tableRow": " | "}  # what stands between the parts of a node
_DEEPEST = 50  # levels of a document


def from_wiki(text: str) -> str:
    """The text of wiki markup, with headings as `## Steps` and items with numbers. A text without a heading `h3.` may be no markup, and
    stays as it is."""
    if not _HEADING.search(text):
        return text
    plain = _LINK.sub(r"\1", _TAG.sub("", _HEADING.sub("## ", text)))
    lines, number = [], 0
    for line in _MARKED.sub(lambda found: found[2] or found[3], plain).split("\n"):
        item = _ITEM.match(line) if not line.startswith("## ") else None
        number = number + 1 if item and item[1] == "#" else number if item else 0
        mark = f"{number}. " if item and item[1] == "#" else "  - " if number else "- "
        lines.append(mark + line[item.end() :] if item else line)
    return "\n".join(lines)


def is_document(value: Mapping[str, Any]) -> bool:
    """Whether an object is a document of Atlassian."""
    return value.get("type") == "doc" and isinstance(value.get("content"), list)


def from_document(node: Any, levels: int = _DEEPEST) -> str:
    """The text of a document: a line for each paragraph, `## Steps` for a heading, numbers and points for the items of lists."""
    if not isinstance(node, dict) or not levels:
        return ""
    told = [from_document(part, levels - 1) for part in node.get("content") or ()]
    kind = str(node.get("type"))
    if kind in _BETWEEN:
        return _BETWEEN[kind].join(told)
    match kind:
        case "hardBreak":
            return "\n"
        case "heading":
            return "## " + "".join(told)
        case "orderedList":
            return "\n".join(f"{number}. {text}" for number, text in enumerate(told, 1))
        case "bulletList":
            return "\n".join(f"- {text}" for text in told)
    attributes = node.get("attrs") or {}
    own = (str(holder[name]) for holder in (node, attributes) for name in ("text", "url") if holder.get(name))
    return "\n".join(filter(None, told)) or next(own, "")
