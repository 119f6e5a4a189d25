"""English wording by kinds of words: adverbs of manner are an open kind, told by their ending."""

import re
from collections.abc import Iterator

from testgen.reviewer.english import actions
from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

_LY = re.compile(r"(?<![\w-])[a-z]{2,20}ly\b(?!-)", re.IGNORECASE)
# A value is entered, and the step has none: no number, nothing in quotes, no name.
_ENTERS = re.compile(
    r"\b(?P<verb>enter|type(?: in)?|input|key in|fill (?:in|out))\s+(?:the|your|an?|its|their)\s+(?:[a-z]+\s*){1,4}\b",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"[\d{MASK}:=]|\b(?-i:[A-Z])|\bkey\b")
# A sentence that explains: "Changes in context include …"
_EXPLAINS = re.compile(
    r"(?:the |an? )?(?-i:[A-Z])?[\w -]{2,60}? (?:includes?|means?|refers? to|consists? of|are defined as|is defined as)\b",
    re.IGNORECASE,
)
# In a result: a thing of the quality that the tester is to judge.
_QUALITY = re.compile(
    r"\b(?:the|an?|its|is|are|with|in|shows?|displays?|has|have)\s+(?:in)?(?:correct|proper|appropriate|suitable|sensible|meaningful|expected|desired|usual|acceptable|usable|useful|comfortable|adequate|reasonable|"
    r"nice|good|clear|relevant|decent|helpful|intuitive|right)"
    r"\s+(?:\w+\s+)?(?:pages?|screens?|dialogs?|results?|behaviou?r|messages?|errors?|values?|order|position|information|"
    r"contents?|output|data|formats?|sizes?|state|descriptions?|names?|quality|sequence|manner|"
    r"colou?rs?|resolution|language|reading order|labels?|text|alternative|time|amount)\b",
    re.IGNORECASE,
)


def wording(masked: str, *, action: bool) -> Iterator[tuple[str, Span]]:
    """Rule and place of each phrase that is one of the kinds."""
    for match in _LY.finditer(masked):
        word = match.group().lower()
        if word not in lexicon("en")["exact_ly"] and (match.start() == 0 or not match.group()[0].isupper()):
            yield "ambiguous-wording", match.span()
    if not action:
        for match in _QUALITY.finditer(masked):
            yield "ambiguous-wording", match.span()
    if action and _EXPLAINS.match(masked) and not actions(masked):
        yield "low-information", (0, len(masked))
    if action and (entered := _ENTERS.search(masked)) and not _VALUE.search(masked, entered.end("verb")):
        yield "missing-test-data", entered.span()
