"""Rules that are patterns: one matcher, and each rule's file says what it looks for."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.catalog import RULES
from testgen.reviewer.english import without_examples
from testgen.reviewer.reading import Reading, Span
from testgen.reviewer.subject import Field, Subject
from testgen.reviewer.wording import WORDING

# A flaw is one finding: of two rules in one place the more precise one, which tells more of what to do, has it.
MORE_PRECISE = {
    "ambiguous-wording": (
        "undefined-wait",
        "tacit-knowledge",
        "unspecified-value",
        "conditional-step",
        "low-information",
    ),
    "unspecified-value": ("undefined-wait", "tacit-knowledge", "low-information"),
    "missing-test-data": ("unspecified-value", "tacit-knowledge"),
    "conditional-step": ("undefined-wait",),
}
# What a step's test data make good.
ABOUT_DATA = frozenset({"missing-test-data"})


@cache
def _patterns(language: Language) -> list[tuple[str, str, re.Pattern[str]]]:
    """Rule, field and one pattern of all its parts."""
    return [
        (name, where, re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE))
        for name, rule in RULES.items()
        for where, parts in rule.words[language].patterns.items()
    ]


def patterns(subject: Subject) -> Iterator[Hit]:
    """Every place where the wording is one of the patterns; one hit a rule and field."""
    for pair, reading in zip(subject.pairs(), subject.readings, strict=True):
        for field in pair:
            for hit in _in_field(field, subject.language):
                given = hit.rule in ABOUT_DATA and _given(field, subject)
                if not given and not (hit.rule == "unspecified-value" and _unused(hit, reading)):
                    yield hit


def _in_field(field: Field, language: Language) -> Iterator[Hit]:
    """The first place of each rule, less what a more precise rule says of the same words."""
    found: dict[str, list[Span]] = defaultdict(list)
    bare = without_examples(field.masked) if language == "en" else field.masked
    for rule, where, pattern in _patterns(language):
        if where != "action" or field.name == "action":
            text = field.text if where == "raw" else bare
            found[rule] += [match.span() for match in pattern.finditer(text) if match.end() > match.start()]
    for rule, span in WORDING[language](bare, action=field.name == "action"):
        found[rule].append(span)
    for rule, spans in found.items():
        precise = [other for name in MORE_PRECISE.get(rule, ()) for other in found.get(name, ())]
        left = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in precise)]
        if left:
            yield field.hit(rule, left[0])


def _unused(hit: Hit, reading: Reading) -> bool:
    """Where nothing is to be done, or behind the word that asks for a check, no value is to be used."""
    looked_at = reading.check and (reading.only_checks or reading.ends_in_a_check)
    return bool(
        (reading.precondition and not reading.actions) or (looked_at and hit.span and hit.span[0] >= reading.check[0])
    )  # type: ignore[index]


def _given(field: Field, subject: Subject) -> bool:
    """Whether the step has test data, or the case's name a datum that the step speaks of."""
    return not Field.of(field.step, "test_data").is_none or any(
        name.casefold() in field.text.casefold() for name in subject.procedure.test_data
    )
