"""Exports with one row per step that are only read: qTest, Zephyr Scale, HP ALM, PractiTest."""

import re
from collections.abc import Sequence
from typing import Any

from testgen.interchange import rows as table
from testgen.interchange.found import Objects
from testgen.interchange.gherkin_cell import scenario_of
from testgen.interchange.markup import perhaps_html
from testgen.interchange.tabular import imported, paired, split_entries

QTEST = table.headers(("Name", "Test Step #", "Test Step Description"), ("Name", "Id", "Test Step Description"))
ZEPHYR = table.headers(("Name", "Test Script (Step-by-Step) - Step"), ("Key", "Name", "Test Script (Plain Text)"))
_COUNTS = re.compile(r"(?:step|ステップ|手順)?\s*\d*", re.IGNORECASE)
ALM = table.headers(
    ("Test Name", "Step Name", "Description", "Expected Result"),
    ("Test Name", "Step Name", "Step Description"),
    *(("Subject", "Test Name", f"Description ({table_of})") for table_of in ("Design Steps", "Design Step")),
    ("Subject", "Test Name", "Step Description"),
)
_ALM_DESCRIBED: tuple[str, ...] = (
    "Step Description", "Description (Design Steps)", "Description (Design Step)", "Description (2)",
)  # fmt: skip
_ALM_SEEN = (
    "Expected Result", "Expected Result (Design Steps)", "Expected Result (Design Step)", "Step Expected Result",
)  # fmt: skip
PRACTITEST = table.headers(
    ("Name", "Test_type", "Step name"),
    ("Title", "Step name", "Step description", "Expected results"),
    *(
        ("Name", "Step description", expected)
        for expected in ("Step expected_results", "Step expected results", "Step expected result")
    ),
    *(("Name", "Step name", "Step description", expected) for expected in ("Expected results", "Expected result")),
)
_SEEN = (
    "Step expected_results", "Step expected results", "Step expected result", "Expected results", "Expected result",
)  # fmt: skip


def qtest(rows: Sequence[table.Row]) -> Objects:
    """qTest repeats the case's columns on every step, or has them on the first ("Export test cases", qTest Manager)."""

    def made(case: list[table.Row]) -> dict[str, Any]:
        head = case[0]
        steps = [
            (row("Test Step Description"), row("Test Step Data"), row("Test Step Expected Result")) for row in case
        ]
        head("Test Step #")
        return imported(
            head("Id"),
            head("Name"),
            steps,
            section=table.parts(head("Module"), "/"),
            type=head("Type") or None,
            priority=head("Priority") or None,
            preconditions=split_entries(perhaps_html(head("Precondition"))),
            custom=_objective(head("Description")),
        )

    return table.each(table.by_case(rows, table.keyed("Id", "Name")), "Name", made)


def zephyr(rows: Sequence[table.Row]) -> Objects:
    """Zephyr Scale: the case's columns on the first row, a script of steps, plain text or Gherkin ("Import test cases")."""

    def made(case: list[table.Row]) -> dict[str, Any]:
        head, step = case[0], "Test Script (Step-by-Step) - "
        given: list[str] = []
        texts = [[perhaps_html(row(step + name)) for name in ("Step", "Test Data", "Expected Result")] for row in case]
        steps = [(action, data, expected) for action, data, expected in texts]
        plain = perhaps_html(head("Test Script (Plain Text)"))
        if plain and not any(action for action, _, _ in steps):
            steps = paired(plain, "")
        if script := perhaps_html(head("Test Script (BDD)")):
            given, steps = scenario_of(script)
        return imported(
            head("Key"),
            head("Name"),
            steps,
            section=table.parts(head("Folder"), "/"),
            priority=head("Priority") or None,
            tags=table.parts(head("Labels"), ","),
            references=table.parts(head("Coverage (Issues)", "Coverage"), ","),
            preconditions=[*split_entries(perhaps_html(head("Precondition"))), *given],
            custom=_objective(head("Objective")),
        )

    return table.each(table.by_case(rows, table.keyed("Key", "Name")), "Name", made)


def alm(rows: Sequence[table.Row]) -> Objects:
    """OpenText (HP) ALM: tests with their design steps, as the Excel add-in takes them ("Format data", ALM 15.5 help). A report
    calls two columns Description: the test's, then the step's."""
    described = _ALM_DESCRIBED
    about = "Description (1)" if any(row.unread("Description (2)") for row in rows) else "Description"
    if not any(row(*described) for row in rows):
        described, about = ("Description",), ""

    def made(case: list[table.Row]) -> dict[str, Any]:
        head = case[0]
        head("Description")  # whichever of the two it is, it is read
        path = table.parts(head("Subject"), "\\")
        steps = [
            (
                perhaps_html(row(*described)) or _named(row),
                "",
                perhaps_html(row(*_ALM_SEEN)),
            )
            for row in case
        ]
        return imported(
            head("Test ID"),
            head("Test Name"),
            steps,
            section=path[path[:1] == ["Subject"] :],  # the root of ALM's tree
            type=head("Type") or None,
            priority=head("Priority") or None,
            custom=_objective(head(about)),
        )

    return table.each(table.by_case(rows, table.keyed("Test ID", "Test Name")), "Test Name", made)


def _named(row: table.Row) -> str:
    """The name of a step that has no more to it; `Step 2` says nothing to do."""
    name = row.unread("Step Name")
    return "" if _COUNTS.fullmatch(name) else name


def practitest(rows: Sequence[table.Row]) -> Objects:
    """PractiTest: rows after the first are shorter than the header; a step may have a name only ("Export", PractiTest help)."""

    def made(case: list[table.Row]) -> dict[str, Any]:
        head = case[0]
        given: list[str] = []
        steps = []
        for row in case:
            row("Step position")
            name, action = row("Step name"), perhaps_html(row("Step description"))
            steps.append((action or perhaps_html(name), "", perhaps_html(row(*_SEEN))))
        if (script := head("Scenario")) or head("Test_type", "Type").casefold() == "bddtest":
            given, steps = scenario_of(perhaps_html(script or head("Step description")))
        return imported(
            head("id"),
            head("Name", "Title"),
            steps,
            tags=table.parts(head("Tags"), ","),
            references=table.parts(head("Traceability - Requirements"), ","),
            preconditions=[*split_entries(perhaps_html(head("Preconditions"))), *given],
            custom=_objective(head("Description")),
        )

    return table.each(table.by_case(rows, table.keyed("id", "Name", "Title")), ("Name", "Title"), made)


def _objective(text: str) -> dict[str, str]:
    """What a tool says of a case as a whole: a procedure carries it, and the case behind it has it as its objective."""
    return {"Objective": perhaps_html(text)} if text else {}
