"""English: labels in front of a colon or an arrow that name an option of the specification, or a call by its method."""

import re
from collections.abc import Iterator

from testgen.drafting.outline.english.people import People
from testgen.text.marks import quotes
from testgen.text.normal import normalise

_LONGEST = 40  # characters of an option
_TICKED = re.compile(r"^[ \t]*(?:\( ?\)|\[ ?\])[ \t]*(?P<option>[^\n:]{1,40})", re.MULTILINE)  # ( ) This event
_BARRED = re.compile(r"(?:^|[.:;(])[ \t]*(?P<options>\w[\w' -]{0,30}(?: ?\| ?\w[\w' -]{0,30}){1,6})", re.MULTILINE)
_CALL = re.compile(
    r"(?:(?P<who>[A-Z]\w?|[\w.]+@[\w.]*)(?: [a-z-]+,)? )?(?P<method>GET|POST|PUT|PATCH|DELETE)(?:e?s)?(?P<rest>(?: (?!/)[^,;:]{1,60})?)"
)


def options(specification: str) -> Iterator[str]:
    """What the specification offers to choose from: ( ) This event; All | Copyright only | None; "Keep"."""
    yield from (found["option"].strip() for found in _TICKED.finditer(specification))
    for found in _BARRED.finditer(specification):
        yield from (part.strip() for part in found["options"].split("|"))
    yield from (label for label in quotes(specification) if len(label) <= _LONGEST)


def chosen(cue: str, specification: str) -> str:
    """This and following, of ( ) This and following events -> choose it; All, box ticked -> with what stands behind it."""
    first, _, rest = cue.partition(", ")
    plain = normalise(first)
    offered = (
        option for option in options(specification) if re.match(rf"{re.escape(plain)}(?: |$)", normalise(option))
    )
    option = next(offered, "")
    return f'choose "{option}"{f", {rest}" if rest else ""}' if option else ""


def called(cue: str, people: People, operation: str) -> str:
    """A PATCHes with the old ETag -> as A, send PATCH with the old ETag; the call of the case has its path: `PATCH /items/1`."""
    found = _CALL.fullmatch(cue)
    if not found:
        return ""
    send = f"send {found['method']}"
    send = operation if operation.startswith(f"send `{found['method']} ") else send
    return people.by(found["who"], f"{send}{found['rest']}") if found["who"] else f"{send}{found['rest']}"
