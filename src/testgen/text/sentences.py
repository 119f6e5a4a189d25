"""Finds the ends of sentences, which are never inside a quote, an address, a decimal number or a file name."""

import re
from collections.abc import Sequence
from functools import lru_cache

from testgen.text.marks import mask

_BULLET = re.compile(r"^\s*(?:[-*+・●○■□◆◇▪•>#]+|\(?\d{1,2}(?:[.)．）]|[:：](?!\d))|[①-⑳])\s*")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|No|Mr|Ms|Dr)\.")
_END = re.compile(r"[。．！？!?]+|\.(?=\s+[^\sa-z0-9]|\s*$)|(?<=[a-z0-9)]{5})\.(?=\s)|;(?=\s)")
# "Capture from camera... dialog opens" goes on.
_LATIN_END = re.compile(r"(?<![.!?])(?!\.{2,3}\s+[a-z])[.!?]++(?=\s|$)|\n")


def split_sentences(text: str) -> list[str]:
    """The sentences of a specification, without their final punctuation and without bullets."""
    lines = (_BULLET.sub("", _BULLET.sub("", line)) for line in text.split("\n"))
    sentences = (sentence.strip(" \t\r　*_") for line in lines for sentence in _cut(line))
    return [sentence for sentence in sentences if sentence]


def _cut(line: str) -> list[str]:
    found, start = [], 0
    masked = _ABBREVIATION.sub(lambda match: "-" * len(match.group()), mask(line))
    for match in _END.finditer(masked):
        found.append(line[start : match.start()])
        start = match.end()
    return [*found, line[start:]]


# A text is cut once for all rules that read it.
@lru_cache(maxsize=2048)
def sentence_spans(masked: str) -> Sequence[tuple[int, int]]:
    """The spans of the sentences of a masked English text, including their final punctuation."""
    spans, start = [], 0
    for end in (*(match.end() for match in _LATIN_END.finditer(masked)), len(masked)):
        sentence = masked[start:end]
        if sentence.strip():
            spans.append((end - len(sentence.lstrip()), end))
        start = end
    return tuple(spans)
