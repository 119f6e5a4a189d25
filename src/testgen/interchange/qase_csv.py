"""Qase CSV, format v2: one row a case; three cells hold the steps as numbered, quoted lines that must align.

Columns as Qase documents them ("Import test cases", Qase help). UTF-8 **without** a byte order mark: Qase would read it as
part of the first column's name.
"""

import re
from collections.abc import Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.readiness import about
from testgen.interchange.tabular import Row, dump, imported, join_entries, parse, split_entries

COLUMNS = (
    "v2.id", "title", "description", "preconditions", "postconditions", "tags", "priority", "severity", "type", "behavior",
    "automation", "status", "is_flaky", "layer", "steps_type", "steps_actions", "steps_result", "steps_data", "milestone_id",
    "milestone", "suite_id", "suite_parent_id", "suite", "suite_without_cases", "parameters", "is_muted",
)  # fmt: skip
REQUIRED = ("v2.id", "title", "steps_actions")
LOST = ("kind", "verifies", "references", "custom", "expected_results", "test_data", "readiness", "findings")
_LINE = re.compile(r'(\d+)\. "((?:[^"]|"")*)"')
_PATH = " > "


def write(procedures: Sequence[Procedure]) -> str:
    """One row a case."""
    return dump(COLUMNS, map(_row, procedures))


def _row(procedure: Procedure) -> Row:
    steps = procedure.steps
    return {
        "v2.id": procedure.test_case_id,
        "title": procedure.title,
        "description": about(procedure),
        "preconditions": join_entries(procedure.preconditions),
        "postconditions": join_entries(procedure.postconditions),
        "tags": ",".join(procedure.tags),
        "priority": procedure.priority or "",
        "type": procedure.type or "",
        "automation": "is-not-automated",
        "status": "Draft" if procedure.readiness in ("open_points", "skeleton") else "Actual",
        "is_flaky": "no",
        "steps_type": "classic",
        "steps_actions": _lines(step.action for step in steps),
        "steps_result": _lines(step.expected_result for step in steps),
        "steps_data": _lines(step.test_data or "" for step in steps),
        "suite": _PATH.join(procedure.section),
        "is_muted": "no",
    }


def _lines(texts: Any) -> str:
    """Also the empty ones are numbered, so that the three cells align."""
    return "\n".join(f'{number}. "{text.replace(chr(34), chr(34) * 2)}"' for number, text in enumerate(texts, 1))


def read(text: str) -> list[object]:
    """The procedures of an export; rows of suites without a case are passed over.

    Raises:
        ValueError: not this format; says which column or case.
    """
    return [_procedure(row) for row in parse(text, REQUIRED) if row["title"]]


def _procedure(row: Row) -> dict[str, Any]:
    actions, results, data = (_numbered(row.get(key, "")) for key in ("steps_actions", "steps_result", "steps_data"))
    steps = [(action, data.get(number, ""), results.get(number, "")) for number, action in sorted(actions.items())]
    return imported(
        row["v2.id"],
        row["title"],
        [step for step in steps if step[0]],
        section=[part for part in row.get("suite", "").split(_PATH) if part],
        type=row.get("type") or None,
        priority=row.get("priority") or None,
        tags=[part.strip() for part in row.get("tags", "").split(",") if part.strip()],
        preconditions=split_entries(row.get("preconditions", "")),
        postconditions=split_entries(row.get("postconditions", "")),
    )


def _numbered(cell: str) -> dict[int, str]:
    return {int(number): text.replace('""', '"') for number, text in _LINE.findall(cell)}
