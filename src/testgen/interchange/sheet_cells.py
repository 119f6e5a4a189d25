"""What a procedure says in a sheet, by field: shared by CSV, Excel and the forms of teams."""

from collections.abc import Iterable, Mapping
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.readiness import data_lines, told
from testgen.interchange.tabular import join_entries, join_names
from testgen.interchange.words import words_for


def case_cells(procedure: Procedure) -> dict[str, str]:
    """The case's own cells, but for its section, by field."""
    return {
        "id": procedure.test_case_id,
        "readiness": told(procedure),
        "title": procedure.title,
        "preconditions": join_entries(procedure.preconditions),
        "type": procedure.type or "",
        "priority": procedure.priority or "",
        "tags": join_names(procedure.tags),
        "references": join_entries(procedure.references),
        "expected_results": join_entries(procedure.expected_results),
        "postconditions": join_entries(procedure.postconditions),
        "case_data": join_entries(data_lines(procedure.test_data)),
    }


def step_cells(procedure: Procedure, place: int) -> dict[str, str]:
    """The cells of a step by field."""
    step = procedure.steps[place]
    return {
        "number": str(step.number),
        "kind": words_for(procedure.language).kinds[step.kind],
        "action": step.action,
        "test_data": step.test_data or "",
        "expected": step.expected_result,
        "verifies": ", ".join(map(str, step.verifies)),
    }


def own_cells(custom: Mapping[str, Any], steps: int, taken: Iterable[str]) -> dict[str, list[str]]:
    """The columns of `custom`, a text for each step, under names that are not `taken`. What is neither a text nor a list
    of texts has no column."""
    columns: dict[str, list[str]] = {}
    for name, value in custom.items():
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts) or not texts:
            continue
        column = [*texts[: steps - 1], "\n".join(filter(None, texts[steps - 1 :]))]
        free = name.strip() or "custom"
        while free in taken or free in columns:
            free += " (2)"
        columns[free] = [*column, *[""] * (steps - len(column))]
    return columns
