"""What is not looked into: quotes, labels in brackets and asides, behind a filler of the same length."""

import re

from testgen.text.marks import MASK, mask

ASIDE = re.compile(r"[（(][^（）()]{1,120}[)）]")
_BRACKETED = re.compile(r"[\[［][^\[\]［］]{1,40}[\]］]")


def opaque(text: str) -> str:
    """The text with quotes, labels and asides replaced by a filler of the same length."""
    plain = _BRACKETED.sub(lambda found: f"{found[0][0]}{MASK * (len(found[0]) - 2)}{found[0][-1]}", mask(text))
    return ASIDE.sub(lambda found: MASK * len(found.group()), plain)
