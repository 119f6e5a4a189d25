"""The review itself: applies every rule to one procedure, and returns findings in the language of the procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from testgen.domain.background import UNKNOWN, Background
from testgen.domain.hit import Hit
from testgen.domain.procedure import Finding, Procedure, Readiness
from testgen.domain.test_case import TestCase
from testgen.reviewer.catalog import RULES
from testgen.reviewer.checks import CHECKS, NEED_A_CASE, NEED_RESULTS, SUITE_CHECKS
from testgen.reviewer.excerpts import whole_words
from testgen.reviewer.patterns import patterns
from testgen.reviewer.readiness import readiness
from testgen.reviewer.settings import ReviewSettings
from testgen.reviewer.subject import LONGEST, Subject

MOST_FINDINGS = 1_000  # nobody reads more; errors are kept first
_ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Review:
    """The findings, the readiness of the procedure, and the rules that could not be checked: without a case, nobody knows what the
    procedure should contain."""

    findings: tuple[Finding, ...]
    readiness: Readiness
    skipped: tuple[str, ...] = ()


def review(
    procedure: Procedure,
    case: TestCase | None = None,
    *,
    background: Background = UNKNOWN,
    settings: ReviewSettings | None = None,
    hits: Sequence[Hit] | None = None,
    among: Sequence[Hit] = (),
) -> Review:
    """Checks a procedure against the catalog; `hits` are what its engine reports about the draft. An engine that reports knows better
    what it left out than an analysis of the text. `among` is what `compare` found for the procedure.

    This function is pure: the same input gives the same findings, in the order of the steps.
    """
    settings = settings or ReviewSettings()
    subject = Subject(procedure, case, background)
    wanted = {name: settings.severity(name) != "off" for name in RULES}
    unknown = set() if case else NEED_A_CASE - (NEED_RESULTS if procedure.expected_results else set())
    skipped = tuple(name for name in RULES if name in unknown and wanted[name])
    checks = [
        check
        for name, check in CHECKS.items()
        if wanted[name] and name not in unknown and (hits is None or not RULES[name].by_engine)
    ]
    found = chain(hits or (), among, patterns(subject), *(islice(check(subject), MOST_FINDINGS) for check in checks))
    findings = [_finding(hit, subject, settings) for hit in found if wanted[hit.rule]]
    worst = sorted(findings, key=lambda finding: _ORDER[finding.severity])[:MOST_FINDINGS]
    kept = tuple(sorted(worst, key=position))
    return Review(kept, readiness(subject, kept), skipped)


def compare(procedures: Sequence[Procedure], *, background: Background = UNKNOWN) -> list[list[Hit]]:
    """For each procedure of a suite, what only a comparison of the procedures shows."""
    subjects = [Subject(procedure, None, background) for procedure in procedures]
    found: list[list[Hit]] = [[] for _ in procedures]
    for check in SUITE_CHECKS.values():
        for place, hit in check(subjects):
            found[place].append(hit)
    return found


def rated(procedure: Procedure) -> Procedure:
    """The procedure with its readiness, if nobody has judged it yet; its findings are unchanged."""
    return procedure if procedure.readiness else procedure.model_copy(update={"readiness": review(procedure).readiness})


def _finding(hit: Hit, subject: Subject, settings: ReviewSettings) -> Finding:
    words = RULES[hit.rule].words[subject.language]
    text = _text_at(hit.pointer, subject)[:LONGEST] if hit.span else ""
    span = whole_words(text, hit.span, subject.language) if hit.span else None
    excerpt = hit.excerpt or (text[slice(*span)] if span else "")
    values = {"excerpt": excerpt, **dict(hit.values)}
    return Finding(
        rule=hit.rule,
        severity=settings.severity(hit.rule, info=hit.info),
        step=hit.step,
        field=hit.pointer,
        span=span,
        excerpt=excerpt,
        message=_filled(words.template("message", hit.variant), values),
        suggestion=_filled(words.template("suggestion", hit.variant), values),
    )


# Inside the quotation marks of a Japanese message a label has the inner ones.
_INNER = str.maketrans("「」", "『』")


def _filled(template: str, values: dict[str, str]) -> str:
    quoted = {"excerpt": values["excerpt"].translate(_INNER)} if "「{excerpt}」" in template else {}
    return template.format_map(values | quoted)


def _text_at(pointer: str, subject: Subject) -> str:
    parts = pointer.strip("/").split("/")
    if parts[0] == "expected_results":
        return subject.wanted_results[int(parts[1])]
    text: str | None = getattr(subject.procedure.steps[int(parts[1])], parts[2])
    return text or ""


def position(finding: Finding) -> tuple[int, int, str]:
    """The sort key of a finding: by step, then by severity."""
    return (finding.step or 10_000, _ORDER[finding.severity], finding.field)
