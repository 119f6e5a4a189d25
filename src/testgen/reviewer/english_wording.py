"""English wording by kinds of words: adverbs of manner are an open kind, told by their ending."""

import re
from collections.abc import Iterator

from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span

_LY = re.compile(r"(?<![\w-])[a-z]{2,20}ly\b(?!-)", re.IGNORECASE)


def wording(masked: str, *, action: bool) -> Iterator[tuple[str, Span]]:
    """Rule and place of each phrase that is one of the kinds."""
    for match in _LY.finditer(masked):
        word = match.group().lower()
        if word not in lexicon("en")["exact_ly"] and (match.start() == 0 or not match.group()[0].isupper()):
            yield "ambiguous-wording", match.span()
