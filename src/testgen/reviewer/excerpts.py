"""What a finding quotes: whole words, because people read it, although a pattern may have found only their stem."""

import re

from testgen.domain.language import Language
from testgen.reviewer.reading import Span
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK, mask

_BEHIND = re.compile(r"(?:\s+(?:of|the|an?|and|your|its|or))+\s*$|(?<=\w)\s+$", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def whole_words(text: str, span: Span, language: Language) -> Span:
    """The span extended to the ends of the words in which it begins and ends; an empty span is unchanged."""
    start, end = span
    if start >= end:
        return span
    for begin, stop in _words(text, language):
        if begin < start < stop:
            start = begin
        if begin < end < stop:
            end = stop
    return _trimmed(text, start, end, language)


def _trimmed(text: str, start: int, end: int, language: Language) -> Span:
    """Without a leading particle (を聞かれたら) or trailing articles (the start point of the)."""
    if language == "ja":
        first = next((token for token in tokenize(mask(text)) if token.begin() == start), None)
        particle = first is not None and first.part_of_speech()[0] == "助詞" and first.end() < end
        return (first.end() if first and particle else start), end
    behind = _BEHIND.search(text, start, end)
    return start, behind.start() if behind and behind.start() > start else end


def _words(text: str, language: Language) -> list[Span]:
    if language == "ja":
        return [(token.begin(), token.end()) for token in tokenize(mask(text)) if MASK not in token.surface()]
    return [match.span() for match in _WORD.finditer(text)]
