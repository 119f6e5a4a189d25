"""Headings and names that begin with an id: `LOGIN-001 ログインできる`, `[T-1] Sign in`, `[007] Leading zero`."""

import re

# The second of an id, which rows of examples share, is `T-1 (2)`.
_ID = re.compile(
    r"[\[［]?(?P<id>[A-Za-z][^\W_]*(?:[-_]+[^\W_]+)*(?<=\d)(?: \((?:[2-9]|[1-9]\d+)\))?)[\]］]?(?:\s*[:：]\s*|\s+)(?P<title>.+)"
)
# In brackets an id may begin with anything; without a digit at its end it is a mark, such as [WIP].
_BRACKETED = re.compile(r"[\[［](?P<id>[^\s\[\]［］]*\d)[\]］]\s*(?P<title>.+)")

_SECTION = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?\s+")  # 3.1, as word processors number headings


def of_heading(name: str) -> tuple[str, str]:
    """The same of a heading, whose number is not part of an id: `3.1 LOGIN-001 ログインできる`."""
    found = without_id(_SECTION.sub("", name, count=1)) if _SECTION.match(name) else ("", "")
    return found if found[0] else without_id(name)


def without_id(name: str) -> tuple[str, str]:
    """Id and title; an empty id if the name has none."""
    found = _ID.fullmatch(name) or _BRACKETED.fullmatch(name)
    return (found["id"], found["title"]) if found else ("", name)


def with_id(identifier: str, title: str) -> str:
    """A name that `without_id` can split again, if the id allows it: in brackets if it would not be recognised as an id otherwise."""
    for name in (f"{identifier} {title}", f"[{identifier}] {title}"):
        if without_id(name) == (identifier, title):
            return name
    return f"{identifier} {title}"
