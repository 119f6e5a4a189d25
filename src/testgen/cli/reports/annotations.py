"""Findings as annotations of a GitHub workflow."""

from collections.abc import Sequence

from testgen.cli.language import shown
from testgen.cli.reports.reviewed import Reviewed
from testgen.domain.procedure import Finding
from testgen.messages import say

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def write(results: Sequence[Reviewed]) -> str:
    """One line per finding."""
    return "".join(_annotation(result, finding) + "\n" for result in results for finding in result.procedure.findings)


def _annotation(result: Reviewed, finding: Finding) -> str:
    """A workflow command; its data are escaped as GitHub requires."""
    place = ", ".join(
        filter(None, (shown(say("step {number}", number=finding.step)) if finding.step else "", result.where(finding)))
    )
    text = _one_line(f"{place}: {finding.message}" if place else finding.message)
    file = _one_line(result.file).replace(":", "%3A").replace(",", "%2C")
    line = f",line={number}" if (number := result.line(finding)) else ""
    return f"::{_LEVELS[finding.severity]} file={file}{line},title={finding.rule}::{text}"


def _one_line(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
