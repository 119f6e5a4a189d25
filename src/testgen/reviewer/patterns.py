"""Rules that are patterns: one matcher, and each rule's file says what it looks for."""

import re
from collections.abc import Iterator
from functools import cache

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.catalog import RULES
from testgen.reviewer.subject import Field, Subject


@cache
def _patterns(language: Language) -> list[tuple[str, str, re.Pattern[str]]]:
    """Rule, field and one pattern of all its parts."""
    return [
        (name, where, re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE))
        for name, rule in RULES.items()
        for where, parts in rule.words[language].patterns.items()
    ]


def patterns(subject: Subject) -> Iterator[Hit]:
    """Every place where the wording is one of the patterns; one hit a rule and field, at its first place."""
    for action, expected in subject.pairs():
        for rule, where, pattern in _patterns(subject.language):
            for field in (action,) if where == "action" else (action, expected):
                yield from _first(rule, field, pattern, raw=where == "raw")


def _first(rule: str, field: Field, pattern: re.Pattern[str], *, raw: bool) -> Iterator[Hit]:
    match = pattern.search(field.text if raw else field.masked)
    if match and match.end() > match.start():
        yield field.hit(rule, match.span())
