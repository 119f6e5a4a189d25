"""Rules that are patterns: one matcher, data/wording.yaml says what it looks for."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

import yaml

from testgen.domain.language import Language
from testgen.reviewer.text import Field, Hit, Subject


@cache
def _patterns(language: Language) -> list[tuple[str, str, re.Pattern[str]]]:
    """Rule, field and one pattern of all its parts."""
    text = resources.files(__package__).joinpath("data/wording.yaml").read_text(encoding="utf-8")
    return [
        (rule, where, re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE))
        for rule, languages in yaml.safe_load(text).items()
        for where, parts in languages[language].items()
    ]


def wording(subject: Subject) -> Iterator[Hit]:
    """Every place where the wording is one of the patterns; one hit a rule and field, at its first place."""
    for action, expected in subject.pairs():
        for rule, where, pattern in _patterns(subject.language):
            for field in (action,) if where == "action" else (action, expected):
                yield from _first(rule, field, pattern, raw=where == "raw")


def _first(rule: str, field: Field, pattern: re.Pattern[str], *, raw: bool) -> Iterator[Hit]:
    match = pattern.search(field.text if raw else field.masked)
    if match and match.end() > match.start():
        yield Hit(rule, field.pointer, field.step.number, match.span())
