"""English: what an expected result says, and when it holds."""

import re

from testgen.reviewer.reading import Span

# Words that say nothing of what is seen.
# fmt: off
_STOP = frozenset((
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "to", "of", "in", "on", "at", "by",
    "for", "from", "with", "and", "or", "it", "its", "this", "that", "these", "those", "as", "into", "has",
    "have", "had", "do", "does", "did", "will", "would", "should", "can", "could", "may", "might", "must",
    "there", "then", "than", "so", "but", "if", "when", "after", "before", "user", "users", "page", "screen",
    "shown", "show", "shows", "displayed", "display", "displays", "appear", "appears", "see", "seen", "message",
))
# fmt: on
_NEGATION = re.compile(r"\b(?:not|no|never|none|cannot|without|nothing|un\w+ed)\b|n't\b", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:ing|edly|ed|es|ly|s)$")
_CIRCUMSTANCES = re.compile(
    r"(?:^|,\s+|(?<!\s)\s+)(?:even (?:with|if|after)|when|if|after|once)\b[^,]+?(?:,\s*|$)|^(?:with|on|for|at)\b[^,]+?,\s+",
    re.IGNORECASE,
)


def content(normalised: str) -> set[str]:
    """The stems of the words that carry the meaning."""
    words = (word for word in re.findall(r"(?<![\w.@/-])[\w.@/-]*\w", normalised) if word not in _STOP)
    return {word if any(map(str.isdigit, word)) or len(word) < 5 else _SUFFIX.sub("", word) for word in words}


def negative(bare: str) -> bool:
    """Whether a text without quotes denies something."""
    return bool(_NEGATION.search(bare))


def circumstances(masked: str) -> Span | None:
    """Where an expected result says when it holds."""
    match = _CIRCUMSTANCES.search(masked)
    return match.span() if match else None
