"""Headings and names that begin with an id: `LOGIN-001 ログインできる`, `[T-1] Sign in`."""

import re

_ID = re.compile(r"[\[［]?(?P<id>[A-Za-z]\w*(?:[-_]\w+)*(?<=\d))[\]］]?(?:\s*[:：]\s*|\s+)(?P<title>.+)")


def without_id(name: str) -> tuple[str, str]:
    """Id and title; an empty id where the name has none."""
    found = _ID.fullmatch(name)
    return (found["id"], found["title"]) if found else ("", name)
