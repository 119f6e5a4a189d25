"""The review itself: every rule over one procedure, as findings in the procedure's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase
from testgen.reviewer.catalog import RULES
from testgen.reviewer.fulfilment import NEEDS_A_CASE, coverage, grounding
from testgen.reviewer.settings import ReviewSettings
from testgen.reviewer.structure import structure
from testgen.reviewer.style import house, language
from testgen.reviewer.text import Hit, Subject
from testgen.reviewer.wording import wording

_ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Review:
    """What was found, and which rules could not be checked: without a case nobody knows what should have been there."""

    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = ()


def review(
    procedure: Procedure,
    case: TestCase | None = None,
    *,
    glossary: Glossary | None = None,
    settings: ReviewSettings | None = None,
) -> Review:
    """Checks a procedure against the catalog. Pure: the same input gives the same findings, in the order of the steps."""
    settings = settings or ReviewSettings()
    subject = Subject(procedure, case)
    found = (_finding(hit, subject, settings) for hit in _hits(subject, glossary))
    findings = sorted(filter(None, found), key=_position)
    skipped = () if case else tuple(rule for rule in NEEDS_A_CASE if settings.severity(rule) != "off")
    return Review(tuple(findings), skipped)


def _hits(subject: Subject, glossary: Glossary | None) -> Iterator[Hit]:
    families = [structure(subject), wording(subject), language(subject)]
    if subject.case:
        families += [coverage(subject), grounding(subject, glossary)]
    if glossary:
        families.append(house(subject, glossary))
    hits = chain.from_iterable(families)
    if glossary and glossary.style.granularity == "free":
        return (hit for hit in hits if hit.rule != "eager-action")
    return hits


def _finding(hit: Hit, subject: Subject, settings: ReviewSettings) -> Finding | None:
    severity = settings.severity(hit.rule, info=hit.info)
    if severity == "off":
        return None
    words = RULES[hit.rule].words[subject.language]
    text = _text_at(hit.pointer, subject)
    excerpt = text[slice(*hit.span)] if hit.span else ""
    values = {"excerpt": excerpt, **dict(hit.values)}
    return Finding(
        rule=hit.rule,
        severity=severity,
        step=hit.step,
        field=hit.pointer,
        span=hit.span,
        excerpt=excerpt,
        message=words.message.format_map(values),
        suggestion=words.suggestion.format_map(values),
    )


def _text_at(pointer: str, subject: Subject) -> str:
    parts = pointer.strip("/").split("/")
    if parts[0] == "expected_results":
        assert subject.case
        return subject.case.expected_results[int(parts[1])]
    text: str | None = getattr(subject.procedure.steps[int(parts[1])], parts[2])
    return text or ""


def _position(finding: Finding) -> tuple[int, int, str]:
    return (finding.step or 10_000, _ORDER[finding.severity], finding.field)
