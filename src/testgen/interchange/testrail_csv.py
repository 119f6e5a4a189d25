"""TestRail CSV, template *Test Case (Steps)*: several rows a case, its own columns on the first.

Columns as TestRail's importer maps them by name ("Import test cases from CSV/Excel", TestRail user guide). UTF-8; no
neutralisation, since TestRail would show the apostrophe.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.tabular import Row, dump, imported, join_entries, read_grouped, split_entries

COLUMNS = (
    "ID", "Title", "Section", "Template", "Type", "Priority", "References", "Preconditions",
    "Steps (Step)", "Steps (Expected Result)", "Steps (Additional Info)",
)  # fmt: skip
REQUIRED = ("Title", "Steps (Step)")
LOST = (
    "kind",
    "verifies",
    "tags",
    "custom",
    "expected_results",
    "postconditions",
    "test_data",
    "readiness",
    "findings",
)
_PATH = " > "


def write(procedures: Sequence[Procedure]) -> str:
    """One row a step."""
    return dump(COLUMNS, (row for procedure in procedures for row in _rows(procedure)))


def _rows(procedure: Procedure) -> Iterator[Row]:
    for step in procedure.steps:
        row = {
            "Steps (Step)": step.action,
            "Steps (Expected Result)": step.expected_result,
            "Steps (Additional Info)": step.test_data or "",
        }
        yield {**_case(procedure), **row} if step.number == 1 else row


def _case(procedure: Procedure) -> Row:
    return {
        "ID": procedure.test_case_id,
        "Title": procedure.title,
        "Section": _PATH.join(procedure.section),
        "Template": "Test Case (Steps)",
        "Type": procedure.type or "",
        "Priority": procedure.priority or "",
        "References": ", ".join(procedure.references),
        "Preconditions": join_entries(procedure.preconditions),
    }


def read(text: str) -> list[object]:
    """The procedures of an export.

    Raises:
        ValueError: not this format; says which column or case.
    """
    return read_grouped(text, REQUIRED, "Title", _procedure)


def _procedure(rows: list[Row]) -> dict[str, Any]:
    head = rows[0]
    steps = [
        (row["Steps (Step)"], row.get("Steps (Additional Info)", ""), row.get("Steps (Expected Result)", ""))
        for row in rows
        if row["Steps (Step)"]
    ]
    return imported(
        head.get("ID", ""),
        head["Title"],
        steps,
        section=[part for part in head.get("Section", "").split(_PATH) if part],
        type=head.get("Type") or None,
        priority=head.get("Priority") or None,
        references=[part.strip() for part in head.get("References", "").split(",") if part.strip()],
        preconditions=split_entries(head.get("Preconditions", "")),
    )
