"""English: what the main clause of a result asks for behind the act that leads to it: the same ticket opens the barrier."""

import re

from testgen.drafting.outline.english.orders import Orders

_WORKS = (
    r"(?:opens|unlocks|lets|works|stops working|(?:is|are) (?:(?:still|again|now|not|no longer) )*"
    r"(?:accepted|rejected|refused|denied|valid|invalid)|(?:does not|doesn['’]t|no longer|still) (?:works?|opens?|lets?|unlocks?))\b"
)
# By such a thing somebody comes in, or gets something: what becomes of it is seen when it is tried.
_ENTRANCE = re.compile(
    rf"(?:And |and )?(?P<what>(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir) )?(?:(?:same|old|new|first|second|other|previous|former) )?(?:[\w-]+ )?"
    rf"(?:PIN|pin|password|passcode|code|key|card|link|token|ticket|voucher|coupon|badge|login)) {_WORKS}"
)
_ANOTHER = re.compile(r"(?P<a>an?|one|any) (?P<which>further|additional|extra|more) (?P<what>[a-z]+)\b")
_HANDED = re.compile(
    r"(?:As (?P<giver>[^,]+), )?(?:share|assign|send|transfer|forward|hand|grant|show) [^;]*?(?:with|to) (?P<who>[\w.@-]+)$"
)


def tried(clause: str) -> str:
    """The old key card stops working -> try the old key card; empty for what shows by itself."""
    found = _ENTRANCE.match(clause)
    what = found["what"] if found else ""
    first = what.split(" ", maxsplit=1)[0]
    return (
        f"try {first.lower() if first in ('The', 'A', 'An', 'His', 'Her', 'Their') else first}{what[len(first) :]}"
        if found
        else ""
    )


def another(clause: str, orders: Orders) -> str:
    """A further case is unassigned -> create a further case."""
    found = _ANOTHER.match(clause)
    if not found:
        return ""
    verb = orders.lexicon.data["handled"].get(found["what"], "create")
    return f"{verb} {'one' if found['a'] == 'any' else found['a']} {found['which']} {found['what']}"


def received(order: str, seen: str, orders: Orders) -> str:
    """Share it with Bo: visible -> as Bo, check what is shown; empty where what is seen names somebody itself."""
    found = _HANDED.fullmatch(order)
    who = found["who"] if found else ""
    if not found or not orders.is_person(who) or who == found["giver"] or re.match(r"[A-Z][\w.]* [a-z]+s\b", seen):
        return ""
    return orders.by(who, orders.lexicon.phrase("check_shown"))
