"""Xray CSV for manual tests: several rows a test, joined by *Issue ID*; preconditions are rows of their own.

Columns as Xray's Test Case Importer documents them ("Importing Tests", Xray Cloud and Server). UTF-8; at most 1,000 issues a
file. No neutralisation: Jira would show the apostrophe.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange import rows as table
from testgen.interchange.found import Objects, UnusableError
from testgen.interchange.gherkin_cell import scenario_of
from testgen.interchange.tabular import Row, dump, imported, join_entries, split_entries
from testgen.messages import say

COLUMNS = (
    "Issue ID", "Issue Key", "Test Type", "Test Summary", "Test Priority", "Action", "Data", "Result", "Test Repo",
    "Precondition", "Issue Type", "Precondition Type", "Description", "Labels",
)  # fmt: skip
HEADERS = table.headers(
    *((number, title, "Action") for number in ("Issue ID", "TCID", "Test ID") for title in ("Test Summary", "Summary")),
    ("Issue ID", "Summary", "Custom field (Manual Test Steps)"),
)
LOST = (
    "kind", "verifies", "type", "references", "custom", "expected_results", "postconditions", "test_data", "readiness", "findings",
)  # fmt: skip
MOST_ISSUES = 1000
_ID = ("Issue ID", "TCID", "Test ID")
_TITLE = ("Test Summary", "Summary")
_FIELD = "Custom field"  # before the names of Xray's own fields where Jira Server exports issues


def write(procedures: Sequence[Procedure]) -> str:
    """One row for the preconditions of a test, then one row per step. Our id is a label, because Jira assigns the issue key.

    Raises:
        ValueError: more issues than Xray takes at once.
    """
    issues = len(procedures) + sum(bool(procedure.preconditions) for procedure in procedures)
    if issues > MOST_ISSUES:
        raise ValueError(
            say(
                "Xray imports at most {most} issues per file; with their preconditions, these are "
                "{issues}: split them into several files",
                most=MOST_ISSUES,
                issues=issues,
            )
        )
    return dump(COLUMNS, _numbered(procedures))


def _numbered(procedures: Sequence[Procedure]) -> Iterator[Row]:
    number = 0
    for procedure in procedures:
        before = ""
        if procedure.preconditions:
            number += 1
            before = str(number)
            yield _precondition(procedure, before)
        number += 1
        yield from _rows(procedure, str(number), before)


def _precondition(procedure: Procedure, number: str) -> Row:
    return {
        "Issue ID": number,
        "Test Summary": f"{procedure.title}: {procedure.preconditions[0]}".replace("\n", " ")[:255],
        "Issue Type": "precondition",
        "Precondition Type": "Manual",
        "Description": join_entries(procedure.preconditions),
    }


def _rows(procedure: Procedure, number: str, precondition: str) -> Iterator[Row]:
    head = {
        "Test Summary": procedure.title,
        "Test Priority": procedure.priority or "",
        "Test Repo": "/".join(part.replace("/", "／") for part in procedure.section),
        "Precondition": precondition,
        "Labels": " ".join(tag.replace(" ", "_") for tag in (_OWN + procedure.test_case_id, *procedure.tags)),
    }
    for step in procedure.steps:
        row = {
            "Issue ID": number,
            "Test Type": "Manual",
            "Issue Type": "Test",
            "Action": step.action,
            "Data": step.test_data or "",
            "Result": step.expected_result,
        }
        yield {**head, **row} if step.number == 1 else row


_FIELDS = {
    "Issue ID": ("Xray", "__xray_testId", "string"),
    "Test Type": ("Xray", "xray_testtype", "string"),
    "Test Summary": ("Native", "summary", "string"),
    "Test Priority": ("Native", "__priority_id", "string"),
    "Action": ("Xray Test Step Fields", "__xray_step_action", "text"),
    "Data": ("Xray Test Step Fields", "__xray_step_data", "text"),
    "Result": ("Xray Test Step Fields", "__xray_step_result", "text"),
    "Test Repo": ("Xray", "xray_test_repository_folder", "string"),
    "Precondition": ("Xray", "__xray_preconditions", "string"),
    "Issue Type": ("Native", "__xray_issue_type", "string"),
    "Precondition Type": ("Xray", "__xray_precondition_type", "string"),
    "Description": ("Native", "description", "string"),
    "Labels": ("Native", "labels", "array"),
}  # as the importer of Xray Cloud saves its mapping (xray-code-snippets, use_cases, importConfiguration.json)


def mapping() -> str:
    """The configuration that Xray's Test Case Importer loads, so that no column has to be mapped by hand."""
    columns = [
        {"column.index": COLUMNS.index(name), "jira.field": {"group": group, "id": field, "type": kind}}
        for name, (group, field, kind) in _FIELDS.items()
    ]
    settings = {
        "config.encoding": "UTF-8",
        "config.delimiter": ",",
        "config.project.from.csv": False,
        "config.list.delimiter": " ",
        "config.create.test.repository.folders": True,
        "config.field.mappings": columns,
    }
    return json.dumps(settings, indent=2) + "\n"


_OWN = "testgen-id:"  # a label of Jira holds no blank


def read(rows: Sequence[table.Row]) -> Objects:
    """The procedures of a file; a test names the row of its precondition."""
    conditions = {
        row(*_ID): row("Description") or row(*_TITLE)
        for row in rows
        if row("Issue Type").casefold().replace("-", "") == "precondition"
    }
    tests = [row for row in rows if row(*_ID) not in conditions]
    return table.each(table.by_case(tests, table.keyed(*_ID)), _TITLE, lambda case: _procedure(case, conditions))


def _procedure(rows: list[table.Row], conditions: dict[str, str]) -> dict[str, Any]:
    head = rows[0]
    gherkin = head("Gherkin Definition", f"{_FIELD} (Cucumber Scenario)")
    other = head("Unstructured Definition", "Generic Test Definition", f"{_FIELD} (Generic Test Definition)")
    head("Precondition Type")
    given: list[str] = []
    steps = [(row("Action"), row("Data", "Test Data"), row("Result", "Expected Result")) for row in rows]
    if script := head(f"{_FIELD} (Manual Test Steps)"):
        steps = _of_jira(script)
    if gherkin or head("Test Type", f"{_FIELD} (Test Type)").casefold() == "cucumber":
        given, steps = scenario_of(gherkin)
    if other and not head("Action") and not script:
        raise UnusableError(say("has no step, only an unstructured or generic definition: write steps for it in Xray"))
    labels = head("Labels").split()
    before = head("Precondition", "Pre-Condition", "Preconditions")
    named = table.parts(before.replace(",", ";"), ";")
    told = [conditions[name] for name in named if name in conditions] or [before]
    return imported(
        head("Issue Key") or next((label.removeprefix(_OWN) for label in labels if label.startswith(_OWN)), head(*_ID)),
        head(*_TITLE),
        steps,
        section=table.parts(head("Test Repo", "Test Repository Path", f"{_FIELD} (Test Repository Path)"), "/"),
        priority=head("Test Priority", "Priority") or None,
        preconditions=[*(entry for text in told for entry in split_entries(text)), *given],
        tags=[label for label in labels if not label.startswith(_OWN)],
    )


def _of_jira(script: str) -> list[tuple[str, str, str]]:
    """The steps that Jira Server exports as JSON in one field."""
    try:
        entries = json.loads(script)
        fields = [entry.get("fields", entry) for entry in entries]
        return [
            (str(of.get("Action") or ""), str(of.get("Data") or ""), str(of.get("Expected Result") or ""))
            for of in fields
        ]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UnusableError(say("has Manual Test Steps that are not Xray's JSON: export it again")) from None
