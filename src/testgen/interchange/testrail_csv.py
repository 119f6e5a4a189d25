"""TestRail CSV: written for the template *Test Case (Steps)*, one row per step; read as TestRail exports it, too.

Columns as TestRail maps and exports them by name ("Import test cases from CSV/Excel" and "Export test cases", TestRail user
guide). Its usual export has all steps of a case numbered in one cell; the template *Test Case (Text)* has Steps and Expected
Result as free text. UTF-8; no neutralisation, since TestRail would show the apostrophe.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange import rows as table
from testgen.interchange.found import Objects
from testgen.interchange.tabular import Row, dump, imported, join_entries, paired, split_entries
from testgen.messages import say

COLUMNS = (
    "ID", "Title", "Section", "Template", "Type", "Priority", "References", "Preconditions",
    "Steps (Step)", "Steps (Expected Result)", "Steps (Additional Info)",
)  # fmt: skip
HEADERS = table.headers(
    ("Title", "Steps (Step)"),
    ("Title", "Section Hierarchy"),
    ("Title", "Template", "Steps"),
    ("Title", "Template", "Section"),
)
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
    say("> inside a part of section"),
)
_PATH = " > "


def write(procedures: Sequence[Procedure]) -> str:
    """One row per step."""
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


def read(rows: Sequence[table.Row]) -> Objects:
    """The procedures of an export."""
    return table.each(table.by_case(rows, lambda row: bool(row("Title"))), "Title", _procedure)


def _procedure(rows: list[table.Row]) -> dict[str, Any]:
    head = rows[0]
    head("Template")
    steps = [
        (
            row("Steps (Step)", "Steps"),
            row("Steps (Expected Result)", "Expected Result"),
            row("Steps (Additional Info)"),
        )
        for row in rows
    ]
    in_one_cell = len(steps) == 1
    return imported(
        head("ID"),
        head("Title"),
        paired(*steps[0]) if in_one_cell else [(action, data, expected) for action, expected, data in steps],
        section=table.parts(head("Section Hierarchy", "Section"), _PATH.strip()),
        type=head("Type") or None,
        priority=head("Priority") or None,
        references=table.parts(head("References", "Refs"), ","),
        preconditions=split_entries(head("Preconditions")),
    )
