"""Azure Test Plans CSV: a row with the title, then a row a step.

Columns as Azure DevOps documents them ("Bulk import or export test cases", Test Plans). UTF-8 with a byte order mark, as its own
export has it. There is no column for test data: they stand below the action, and are taken apart again on reading.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.tabular import Row, dump, imported, read_grouped, split_data, with_data

COLUMNS = (
    "ID", "Work Item Type", "Title", "Test Step", "Step Action", "Step Expected", "Area Path", "Assigned To", "State",
)  # fmt: skip
REQUIRED = ("Work Item Type", "Title", "Step Action")
LOST = (
    "test_case_id", "kind", "verifies", "type", "priority", "tags", "references", "custom", "preconditions", "expected_results",
    "postconditions", "test_data", "readiness", "findings",
)  # fmt: skip


def write(procedures: Sequence[Procedure]) -> str:
    """The title's row and the steps' rows. Azure gives ids itself: an unknown one is refused, so the cell stays empty."""
    return dump(COLUMNS, (row for procedure in procedures for row in _rows(procedure)))


def _rows(procedure: Procedure) -> Iterator[Row]:
    area = "\\".join(procedure.section)
    yield {"Work Item Type": "Test Case", "Title": procedure.title, "Area Path": area, "State": "Design"}
    for step in procedure.steps:
        action = with_data(step.action, step.test_data, procedure.language)
        yield {"Test Step": str(step.number), "Step Action": action, "Step Expected": step.expected_result}


def read(text: str) -> list[object]:
    """The procedures of an export.

    Raises:
        ValueError: not this format; says which column or case.
    """
    return read_grouped(text, REQUIRED, "Title", _procedure)


def _procedure(rows: list[Row]) -> dict[str, Any]:
    head = rows[0]
    steps = [(*split_data(row["Step Action"]), row.get("Step Expected", "")) for row in rows if row["Step Action"]]
    section = [part for part in head.get("Area Path", "").split("\\") if part]
    return imported(head.get("ID", ""), head["Title"], steps, section=section)
