"""English: preconditions of a test, written as steps."""

import re

from testgen.reviewer.reading import Span
from testgen.text.verbs import instructions

_SEE_TO_IT = r"(?:ensure|make sure|be sure|verify)\s+(?:that\s+)?"
_READY = (
    r"(?:installed|enabled|disabled|connected|running|available|configured|set|plugged|turned|logged|active|open|selected|checked|loaded|"
    r"mounted|started|present|inserted|ready|on|off|not)"
)
_IN_PLACE = (
    r"(?:installed|enabled|connected|running|available|configured|logged in|signed in|required|needed|inserted|plugged in|turned on|"
    r"switched on|powered on|registered|set up|in place|present)"
)
_PRECONDITION = re.compile(
    r"^\W*(?:note\W+)?(?:(?:if|for) [^,.;]{3,60},\s*)?"
    rf"(?:please\s+)?(?:{_SEE_TO_IT}(?:you(?:r \w+)? (?:have|has|are|can)\b|"
    rf".{{1,90}}?\b(?:is|are)\s+(?:\w+ly |still |already |both |all )?{_READY}\b)"
    r"|(?:ensure|make sure|be sure)\s+(?!to\b)[^.;,]{2,60}"
    r"|[^.;,]{2,80}?\b(?:must|needs? to|should|has to|have to) (?:already )?(?:be|have)\b[^.;]{0,120}?\b(?:prior to|before|beforehand)\b"
    r"|you (?:must|need to|should) (?:already )?have\b|you (?:will )?need (?:to have )?(?:an?|the|two|at least|your|access)\b"
    r"|you are (?:now |already )?(?:on|in|at|logged|signed)\b"
    r"|have (?:an?|the|two|your)\b[^.,;]{1,40} (?:ready|available|at hand|prepared)\b"
    r"|(?:be |already )?(?:logged|signed) in\b|be connected\b|assume\b"
    r"|(?:the|an?|at least|your|all|both|some|users?|testers?|[a-z]+s|(?-i:[A-Z][a-z]+))\b[^,;:.]{0,60}?"
    rf"\b(?:is|are|must be|needs? to be|has been|have been|should be)\s+(?:already\s+)?{_IN_PLACE}\b[^,;:]{{0,40}}$"
    r"|(?:(?:this|the) (?:test|step|case) )?(?:requires?|assumes?|presupposes?)\b|(?:this|the) (?:test|step|case) (?:needs|can only)\b"
    r"|(?:all |the )*previous (?:tests?|test cases?|steps?) (?:has|have|must|needs?)\b"
    r"|prerequisites?\b|before (?:starting|running|beginning|you (?:start|begin))\b|it is (?:assumed|required)\b|assuming\b)",
    re.IGNORECASE,
)
# Said by the way, in a sentence of its own or in brackets.
_BY_THE_WAY = re.compile(
    r"(?:^|(?<=[.!] )|\(\s*)(?:note\W+)?(?P<said>"
    r"(?:this|the) (?:(?:test|step|case) (?:requires?|assumes?|presupposes?)|(?:requires?|assumes?) (?:that|you|at least))\b"
    r"|it is (?:assumed|required) that\b|you (?:must|need to|should) (?:already )?have (?:already )?(?:\w+ed|made|done|set|run|put|been)\b"
    r"|[^().;]{0,60}(?<!if )(?<!when )\byou (?:will |'ll )?need (?:to have |an? |two |at least |access)"
    r"|[^().,;]{2,40}\b(?:must|needs? to|has to|have to) (?:already )?be \w+ (?:before|beforehand)\b)"
    r"|(?P<ensured>\b(?:ensuring|making sure) (?:that|you|the|your|it|all)\b"
    r"|^with (?!the mouse)[^,:]{3,60}?\b(?:having|open|opened|running|focused|in focus)\b[^,:]{0,60},)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\W*note\W[^.;]{0,60}?\b(?:ensure|make sure|be sure)\b(?! to\b)"
    r"|\W*(?:please\s+)?(?:ensure|make sure|be sure)\s+(?:that\s+)?(?:you (?:already )?have (?:an?|the|your|two|some|access)\b"
    r"|[^.;,]{2,40} (?:is|are) (?:plugged in|powered|charged|connected to (?:the |an? )?(?:internet|network|power)))",
    re.IGNORECASE,
)

_FIRST_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_NO_ORDERS = frozenset(("make",))


def precondition(masked: str) -> Span | None:
    """A sentence that only says what must hold before the test."""
    found = _PRECONDITION.match(masked)
    return from_its_first_word(found) if found and not _begins_with_an_order(found) else None


def _begins_with_an_order(match: re.Match[str]) -> bool:
    """ "Press the button that is required" is an order, "Assume …" and "Verify that you have …" are none."""
    word = _FIRST_WORD.search(match.group())
    return bool(word and word.group().lower() in instructions() - _NO_ORDERS)


def by_the_way(masked: str) -> Span | None:
    """A sentence or brackets behind an action that say what must have been there before it."""
    said = _BY_THE_WAY.search(masked)
    return said.span("said" if said["said"] else "ensured") if said else None


def owned(masked: str) -> Span | None:
    """What somebody has to have is not a state of the product, wherever it is written."""
    return from_its_first_word(_OWNED.match(masked))


def from_its_first_word(match: re.Match[str] | None) -> Span | None:
    """The position of a match without the marks before its first word."""
    if match is None:
        return None
    start, end = match.span()
    return start + len(match.group()) - len(re.sub(r"^\W+", "", match.group())), end
