"""Headings and names that begin with an id: `LOGIN-001 ログインできる`, `[T-1] Sign in`, `[007] Leading zero`."""

import re

_ID = re.compile(r"[\[［]?(?P<id>[A-Za-z]\w*(?:[-_]\w+)*(?<=\d))[\]］]?(?:\s*[:：]\s*|\s+)(?P<title>.+)")
# In brackets an id may begin with anything; without a digit at its end it is a mark, such as [WIP].
_BRACKETED = re.compile(r"[\[［](?P<id>[^\s\[\]［］]*\d)[\]］]\s*(?P<title>.+)")


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
