"""Xray CSV for manual tests: several rows a test, joined by *Issue ID*.

Columns as Xray's Test Case Importer documents them ("Importing Tests", Xray Cloud and Server). UTF-8; at most 1,000 tests a
file. No neutralisation: Jira would show the apostrophe.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.tabular import Row, dump, imported, join_entries, read_grouped, split_entries

COLUMNS = (
    "Issue ID", "Issue Key", "Test Type", "Test Summary", "Test Priority", "Action", "Data", "Result", "Test Repo",
    "Precondition", "Labels",
)  # fmt: skip
REQUIRED = ("Issue ID", "Test Summary", "Action")
LOST = (
    "kind",
    "verifies",
    "type",
    "references",
    "custom",
    "expected_results",
    "postconditions",
    "test_data",
    "readiness",
    "findings",
)
MOST_TESTS = 1000


def write(procedures: Sequence[Procedure]) -> str:
    """One row a step.

    Raises:
        ValueError: more tests than Xray takes at once.
    """
    if len(procedures) > MOST_TESTS:
        raise ValueError(f"Xray imports at most {MOST_TESTS} tests a file: write these {len(procedures)} into several")
    return dump(COLUMNS, (row for number, entry in enumerate(procedures, 1) for row in _rows(entry, str(number))))


def _rows(procedure: Procedure, number: str) -> Iterator[Row]:
    head = {
        "Issue Key": procedure.test_case_id,
        "Test Type": "Manual",
        "Test Summary": procedure.title,
        "Test Priority": procedure.priority or "",
        "Test Repo": "/".join(procedure.section),
        "Precondition": join_entries(procedure.preconditions),
        "Labels": " ".join(tag.replace(" ", "_") for tag in procedure.tags),
    }
    for step in procedure.steps:
        row = {"Issue ID": number, "Action": step.action, "Data": step.test_data or "", "Result": step.expected_result}
        yield {**head, **row} if step.number == 1 else row


def read(text: str) -> list[object]:
    """The procedures of an export.

    Raises:
        ValueError: not this format; says which column or case.
    """
    return read_grouped(text, REQUIRED, "Test Summary", _procedure)


def _procedure(rows: list[Row]) -> dict[str, Any]:
    head = rows[0]
    return imported(
        head.get("Issue Key", ""),
        head["Test Summary"],
        [(row["Action"], row.get("Data", ""), row.get("Result", "")) for row in rows if row["Action"]],
        section=[part for part in head.get("Test Repo", "").split("/") if part],
        priority=head.get("Test Priority") or None,
        preconditions=split_entries(head.get("Precondition", "")),
        tags=head.get("Labels", "").split(),
    )
