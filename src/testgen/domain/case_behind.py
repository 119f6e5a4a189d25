"""The test case that can be derived from a procedure."""

from collections.abc import Sequence
from itertools import islice

from testgen.domain.procedure import Procedure
from testgen.domain.test_case import MAX_ENTRIES, MAX_ENTRY, MAX_ID, MAX_TITLE, TestCase

_UNNAMED = "-"  # as the title or the id of a case whose procedure has none


def case_of(procedure: Procedure) -> TestCase:
    """The test case that can be derived from a procedure, for an engine that has nothing else. A procedure may contain more and longer
    texts than a case; what exceeds the limits of a case is left out here and stays in the procedure."""
    title = procedure.title.strip()[:MAX_TITLE] or procedure.steps[0].action.strip()[:MAX_TITLE] or _UNNAMED
    return TestCase(
        id=procedure.test_case_id.strip()[:MAX_ID] or _UNNAMED,
        title=title,
        preconditions=_entries(procedure.preconditions),
        test_data=procedure.test_data,
        expected_results=_entries(procedure.expected_results) or (title,),
        postconditions=_entries(procedure.postconditions),
        section=_entries(procedure.section),
        tags=_entries(procedure.tags),
        references=_entries(procedure.references),
        language=procedure.language,
    )


def _entries(texts: Sequence[str]) -> tuple[str, ...]:
    stripped = (text.strip()[:MAX_ENTRY] for text in texts)
    return tuple(islice(filter(None, stripped), MAX_ENTRIES))
