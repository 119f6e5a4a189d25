"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code hosts show next to the lines."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from testgen.cli.reports.baseline import fingerprint
from testgen.cli.reports.reviewed import Reviewed
from testgen.domain.procedure import Finding
from testgen.reviewer import RULES
from testgen.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(results: Sequence[Reviewed]) -> str:
    """One run. A result has the line of its field if the file is text, and sheet and cell if it is a workbook."""
    used = sorted({finding.rule for result in results for finding in result.procedure.findings})
    driver = {"name": "testgen", "version": __version__, "rules": [_rule(name) for name in used]}
    found = [
        _result(result, finding, used.index(finding.rule))
        for result in results
        for finding in result.procedure.findings
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    rule, words = RULES[name], RULES[name].words["en"]
    return {
        "id": name,
        "name": words.name,
        "shortDescription": {"text": words.what},
        "fullDescription": {"text": f"{words.what} {words.why}"},
        "help": {"text": f"Instead of: {words.bad}\nwrite: {words.good}\nSource: {rule.source}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(result: Reviewed, finding: Finding, index: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(result.file)}}
    if line := result.line(finding):
        physical["region"] = {"startLine": line}
    name = f"step {finding.step}" if finding.step else result.procedure.test_case_id
    whole = " / ".join(dict.fromkeys((result.procedure.test_case_id, name, *filter(None, (result.where(finding),)))))
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(filter(None, (finding.message, finding.suggestion)))},
        "locations": [
            {"physicalLocation": physical, "logicalLocations": [{"name": name, "fullyQualifiedName": whole}]}
        ],
        "partialFingerprints": {"testgen/v1": fingerprint(result.procedure, finding)},
        **_in_a_sheet(result, finding),
    }


def _in_a_sheet(result: Reviewed, finding: Finding) -> dict[str, Any]:
    cell = result.cell(finding)
    return {"properties": {"sheet": result.place.sheet, "cell": cell}} if cell else {}


def _uri(file: str) -> str:
    """Relative to the folder in which the review ran, as code hosts expect; absolute for files outside it."""
    path = Path(file)
    if path.is_absolute():
        here = Path.cwd()
        if not path.is_relative_to(here):
            return path.as_uri()
        path = path.relative_to(here)
    return quote(path.as_posix())
