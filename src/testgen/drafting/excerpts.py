"""What of a passage is read for one case: of a long table only the rows that have to do with it."""

import re
from collections.abc import Container, Iterable
from functools import lru_cache

from testgen.text.terms import terms

SHORT = 5  # rows of a table that is read whole: the fields of a screen, the states of an order
_HEAD = re.compile(r"\|(?:[ :]*-+[ :]*\|)+")  # below the header of a table
_LEFT_OUT = "|…|"
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}-?\d{1,5}(?![A-Za-z0-9])")


def codes(texts: Iterable[str]) -> frozenset[str]:
    """Messages, mails and jobs as sentences name them by their numbers: E-211, M-05, W20. What a table lists is not named."""
    lines = (line for text in texts for line in text.split("\n") if not line.startswith("|"))
    return frozenset(code for line in lines for code in _CODE.findall(line))


def shortened(text: str, wanted: Container[str], numbered: frozenset[str] = frozenset()) -> str:
    """The text, whose long tables have only the rows with a `wanted` term or one of the codes `numbered`, and a mark for the others.
    A table of which no row has any is kept: it was chosen for what its heading says."""
    lines, kept = text.split("\n"), list[str]()
    at = 0
    while at < len(lines):
        end = _end_of_table(lines, at)
        if end - at > SHORT + 2:
            rows = [row for row in lines[at + 2 : end] if _has(row, wanted, numbered)]
            left = [_LEFT_OUT] if rows and len(rows) < end - at - 2 else []
            kept += [*lines[at : at + 2], *(rows or lines[at + 2 : end]), *left]
        else:
            kept += lines[at:end]
        at = end
    return "\n".join(kept)


def _end_of_table(lines: list[str], at: int) -> int:
    """The line after the table that begins at a line; the next one where none does."""
    if not (lines[at].startswith("|") and at + 1 < len(lines) and _HEAD.fullmatch(lines[at + 1])):
        return at + 1
    end = at + 2
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return end


def _has(row: str, wanted: Container[str], numbered: frozenset[str]) -> bool:
    return any(term in wanted for term in _terms_of(row)) or not numbered.isdisjoint(_CODE.findall(row))


@lru_cache(maxsize=4096)  # the cases of a batch have the same tables
def _terms_of(row: str) -> frozenset[str]:
    return frozenset(terms(row))
