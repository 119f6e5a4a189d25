"""A procedure of the outline engine as plain text, one line a step."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def table(case: TestCase) -> str:
    """Number, kind, action, test data, expected result and what is verified, then the findings."""
    steps, findings = outline(case, case.resolved_language())
    lines = [f"=== {case.id} {case.title}"]
    for step in steps:
        verifies = ",".join(map(str, step.verifies))
        lines.append(
            " | ".join(
                (str(step.number), step.kind, step.action, step.test_data or "", step.expected_result, verifies)
            ).rstrip()
        )
    lines += [f"* {finding.rule} {finding.step or '-'}: {finding.message}" for finding in findings]
    return "\n".join(lines) + "\n"
