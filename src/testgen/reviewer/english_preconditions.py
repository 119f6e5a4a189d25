"""English: preconditions of a test, written as steps."""

import re

from testgen.reviewer.reading import Span

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
    rf"^\W*(?:please\s+)?(?:{_SEE_TO_IT}(?:you(?:r \w+)? (?:have|has|are|can)\b|"
    rf".{{1,60}}?\b(?:is|are)\s+(?:\w+ly |still |already |both |all )?{_READY}\b)"
    r"|[^.;,]{2,80}?\b(?:must|needs? to|should|has to|have to) (?:already )?(?:be|have)\b[^.;]{0,120}?\b(?:prior to|before|beforehand)\b"
    r"|you (?:must|need to|should) (?:already )?have\b|you (?:will )?need (?:to have )?(?:an?|the|two|at least|your|access)\b"
    r"|you are (?:now |already )?(?:on|in|at|logged|signed)\b"
    r"|have (?:an?|the|two|your)\b[^.,;]{1,40} (?:ready|available|at hand|prepared)\b"
    r"|(?:be |already )?(?:logged|signed) in\b|be connected\b|assume\b"
    r"|(?:the|an?|at least|your|all|both|some|users?|testers?|[a-z]+s)\b[^,;:.]{0,60}?"
    rf"\b(?:is|are|must be|needs? to be|has been|have been|should be)\s+(?:already\s+)?{_IN_PLACE}\b[^,;:]{{0,40}}$"
    r"|(?:this test )?requires?\b|prerequisites?\b|before (?:starting|you (?:start|begin))\b|it is assumed\b|assuming\b)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\W*(?:please\s+)?(?:ensure|make sure|be sure)\s+(?:that\s+)?you (?:already )?have (?:an?|the|your|two|some|access)\b",
    re.IGNORECASE,
)


def precondition(masked: str) -> Span | None:
    """A sentence that only says what must hold before the test."""
    return from_its_first_word(_PRECONDITION.match(masked))


def owned(masked: str) -> Span | None:
    """What somebody has to have is not a state of the product, wherever it is written."""
    return from_its_first_word(_OWNED.match(masked))


def from_its_first_word(match: re.Match[str] | None) -> Span | None:
    """The position of a match without the marks before its first word."""
    if match is None:
        return None
    start, end = match.span()
    return start + len(match.group()) - len(re.sub(r"^\W+", "", match.group())), end
