"""Rules that are patterns: one matcher, and each rule's file says what it looks for."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.catalog import RULES
from testgen.reviewer.subject import Subject


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
        for field, is_action in ((action, True), (expected, False)):
            for rule, span in _found(subject.language, field.text, field.masked, is_action=is_action):
                yield field.hit(rule, span)


@lru_cache(maxsize=2048)
def _found(language: Language, text: str, masked: str, *, is_action: bool) -> tuple[tuple[str, tuple[int, int]], ...]:
    found = []
    for rule, where, pattern in _patterns(language):
        if is_action or where != "action":
            match = pattern.search(text if where == "raw" else masked)
            if match and match.end() > match.start():
                found.append((rule, match.span()))
    return tuple(found)
