"""What a finding quotes: whole words, since people read it, though a pattern may have found only their stem."""

import re

from testgen.domain.language import Language
from testgen.reviewer.reading import Span
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK, mask

_WORD = re.compile(r"\w+")


def whole_words(text: str, span: Span, language: Language) -> Span:
    """The span up to the ends of the words that it begins and ends in; an empty one is left as it is."""
    start, end = span
    if start >= end:
        return span
    for begin, stop in _words(text, language):
        if begin < start < stop:
            start = begin
        if begin < end < stop:
            end = stop
    return start, end


def _words(text: str, language: Language) -> list[Span]:
    if language == "ja":
        return [(token.begin(), token.end()) for token in tokenize(mask(text)) if MASK not in token.surface()]
    return [match.span() for match in _WORD.finditer(text)]
