"""A procedure of the outline engine as plain text, one line a step."""

from datetime import UTC, datetime

from testgen.domain.procedure import Finding, Procedure, Provenance
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.reviewer import review

GAPS = ("low-information", "open-question", "unused-specification")


def gaps(case: TestCase) -> list[Finding]:
    """What the review says of a draft's gaps: of the draft as a whole, then step by step."""
    language = case.resolved_language()
    steps, hits = outline(case, language)
    provenance = Provenance(origin="generated", created_at=datetime(2026, 1, 1, tzinfo=UTC), testgen_version="0")
    procedure = Procedure(test_case_id=case.id, title=case.title, language=language, steps=steps, provenance=provenance)
    found = [finding for finding in review(procedure, case, hits=hits).findings if finding.rule in GAPS]
    return sorted(found, key=lambda finding: finding.rule != "low-information")


def table(case: TestCase) -> str:
    """Number, kind, action, test data, expected result and what is verified, then the findings."""
    steps, _ = outline(case, case.resolved_language())
    lines = [f"=== {case.id} {case.title}"]
    for step in steps:
        verifies = ",".join(map(str, step.verifies))
        lines.append(
            " | ".join(
                (str(step.number), step.kind, step.action, step.test_data or "", step.expected_result, verifies)
            ).rstrip()
        )
    lines += [f"* {finding.rule} {finding.step or '-'}: {finding.message}" for finding in gaps(case)]
    return "\n".join(lines) + "\n"
