"""Procedures made of a few texts, for tests and benchmarks of the review."""

from collections.abc import Sequence
from datetime import UTC, datetime

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Provenance, Step, StepKind


def procedure(
    *steps: tuple[str, str] | tuple[str, str, str], language: Language = "en", kinds: Sequence[StepKind] = ()
) -> Procedure:
    """A procedure of (action, expected result) or (action, test data, expected result)."""
    made = []
    for number, texts in enumerate(steps, 1):
        action, data, expected = texts if len(texts) == 3 else (texts[0], "", texts[1])
        kind = kinds[number - 1] if kinds else "action"
        made.append(Step(number=number, kind=kind, action=action, test_data=data or None, expected_result=expected))
    provenance = Provenance(origin="imported", created_at=datetime(2026, 1, 1, tzinfo=UTC), testgen_version="0")
    return Procedure(test_case_id="T-1", title="T", language=language, steps=tuple(made), provenance=provenance)
