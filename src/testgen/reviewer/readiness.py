"""The readiness of a procedure, judged by its text and the findings of the review."""

import re
from collections.abc import Sequence

from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Readiness
from testgen.reviewer.checks.coverage import uncovered
from testgen.reviewer.subject import Subject
from testgen.text.marks import OPEN_POINT

OPEN = "open-question"
# What is left of an action that says nothing but that somebody has to do something.
_NOTHING: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[\s、。]*(?:(?:を|の操作を?)?(?:行う|行います|実施する|実行する|操作する|する)?)[\s。]*"),
    "en": re.compile(r"\W*(?:as [^,]{1,60},\s*)?(?:(?:perform|do|carry out|execute)\b)?\W*", re.IGNORECASE),
}


def readiness(subject: Subject, findings: Sequence[Finding]) -> Readiness:
    """`ready` only if a tester does not need to ask anybody. Rules that a team has switched off do not count against a procedure."""
    if any(_is_fatal(finding) for finding in findings) or _lacks_actions(subject) or _lacks_checks(subject):
        return "skeleton"
    if any(finding.rule == OPEN for finding in findings) or _has_marks(subject):
        return "open_points"
    return "ready"


def _is_fatal(finding: Finding) -> bool:
    """Whether it is an error, or an engine reports that it found nothing to write steps from. An open point is not fatal, whatever its
    severity."""
    nothing = finding.rule == "low-information" and finding.step is None
    return nothing or (finding.severity == "error" and finding.rule != OPEN)


def _lacks_actions(subject: Subject) -> bool:
    nothing = _NOTHING[subject.language]
    return any(
        action.is_blank or (OPEN_POINT.search(action.text) and nothing.fullmatch(OPEN_POINT.sub("", action.text)))
        for action in subject.actions
    )


def _lacks_checks(subject: Subject) -> bool:
    """With a test case, a rule has checked this; without one, the procedure itself says what it should verify."""
    return subject.case is None and bool(uncovered(subject.procedure.expected_results, subject))


def _has_marks(subject: Subject) -> bool:
    texts = (text for step in subject.procedure.steps for text in (step.action, step.test_data, step.expected_result))
    return any(OPEN_POINT.search(text) for text in texts if text)
