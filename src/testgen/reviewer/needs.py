"""What a text must contain for a pattern to match, so that most patterns need not be tried on most texts.

A regular expression with alternatives is tried at every position of a text, whereas a search for a word is fast. The words are derived
from the parsed pattern, so that the file of a rule says nothing twice.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Needs = frozenset[str] | None  # one of these, in small letters; None where nothing is certain
_MOST = 400  # words; looking for more is no quicker than the pattern


def needs_of(pattern: str) -> Needs:
    """Words of which every match of the pattern, in upper or lower case, contains at least one."""
    return _of_a_sequence(parser.parse(pattern, re.IGNORECASE))


def _of_a_sequence(items: Iterable[tuple[Any, Any]]) -> Needs:
    """Every part of a sequence has to match, so the rarest needs are enough, which are the longest words."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in [*items, (None, None)]:
        if kind is code.LITERAL:
            run += chr(value).lower()
            continue
        if run.strip():
            found.append(frozenset((run,)))
        run = ""
        if kind is not None and (inner := _of_a_part(kind, value)):
            found.append(inner)
    usable = [needs for needs in found if len(needs) <= _MOST]
    return max(usable, key=lambda needs: (min(map(len, needs)), -len(needs)), default=None)


def _of_a_part(kind: Any, value: Any) -> Needs:
    if kind is code.SUBPATTERN:
        return _of_a_sequence(value[3])
    if kind is code.BRANCH:
        return _of_one_of(value[1])
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and value[0] > 0:
        return _of_a_sequence(value[2])
    if kind is code.ATOMIC_GROUP:
        return _of_a_sequence(value)
    return None


def _of_one_of(branches: Sequence[Iterable[tuple[Any, Any]]]) -> Needs:
    needs = [_of_a_sequence(branch) for branch in branches]
    if any(entry is None for entry in needs):
        return None
    return frozenset[str]().union(*(entry for entry in needs if entry is not None))
