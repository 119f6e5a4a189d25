"""The test case behind a procedure that exists already."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.interchange.columns import CHECKED, ColumnNames, is_among
from testgen.interchange.named_data import data_of_steps

_PLACE = {"row", "last_row", "sheet", "columns", "headings"}
_TOLD = {"objective", "specification"}
_VERDICTS = {"result", "executed_on", "executed_by"}  # of the old steps: no new step was carried out


def as_case(data: dict[str, Any], names: ColumnNames) -> dict[str, Any]:
    """A sheet of procedures read for its cases: what they expect is the expected results, the old steps are a source, and
    what testers found of these is left behind."""
    steps = data["steps"]
    source = "\n".join(f"{step['number']}. {step['action']}" for step in steps)
    texts = {name: text for name, text in data.get("custom", {}).items() if isinstance(text, str)}
    checked = next((text for name, text in texts.items() if is_among(name, CHECKED)), None)
    own = {names.field(name): text for name, text in texts.items()}
    return {
        **{name: value for name, value in data.items() if name in TestCase.model_fields or name in _PLACE},
        "custom": {
            name: "\n".join(filter(None, text)) if _is_texts(text) else text
            for name, text in data.get("custom", {}).items()
            if names.field(name) not in _TOLD | _VERDICTS
        },
        "objective": own.get("objective") or checked,
        "specification": "\n\n".join(filter(None, (own.get("specification"), source))),
        "id": data["test_case_id"],
        "expected_results": data.get("expected_results")
        or [row["expected_result"] for row in steps if row["expected_result"]],
        "test_data": data.get("test_data") or data_of_steps(steps),
    }


def _is_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(text, str) for text in value)
