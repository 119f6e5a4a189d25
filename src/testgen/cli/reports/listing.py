"""Findings as a JSON list for programs: those of the review, with their locations."""

import json
from collections.abc import Sequence
from typing import Any

from testgen.cli.reports.reviewed import Reviewed


def write(results: Sequence[Reviewed]) -> str:
    """One object per finding."""
    data = [
        finding.model_dump(mode="json")
        | {"procedure": result.procedure.test_case_id, "file": result.file}
        | _in_a_sheet(result, finding)
        for result in results
        for finding in result.procedure.findings
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _in_a_sheet(result: Reviewed, finding: Any) -> dict[str, Any]:
    place = {"sheet": result.place.sheet, "row": result.row(finding), "cell": result.cell(finding)}
    return {name: value for name, value in place.items() if value}
