"""Normalisation, for matching only: output keeps the author's spelling."""

import re
import unicodedata
from functools import lru_cache

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_QUOTE = re.compile(r"[「」『』“”\"'’`]")


@lru_cache(maxsize=2048)  # a draft and its review compare the same few texts again and again
def normalise(text: str) -> str:
    """NFKC, lower case, no thousands separators, one kind of quote, single spaces."""
    return " ".join(_QUOTE.sub('"', folded(text)).split())


def folded(text: str) -> str:
    """NFKC, lower case, no thousands separators."""
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).casefold())
