"""Exports with a row a step that are only read: qTest, Zephyr Scale, HP ALM, PractiTest."""

from collections.abc import Sequence
from typing import Any

from testgen.interchange import rows as table
from testgen.interchange.found import Objects
from testgen.interchange.gherkin_cell import scenario_of
from testgen.interchange.markup import perhaps_html
from testgen.interchange.tabular import imported, paired, split_entries

QTEST = table.headers(("Name", "Test Step #", "Test Step Description"), ("Name", "Id", "Test Step Description"))
ZEPHYR = table.headers(("Name", "Test Script (Step-by-Step) - Step"), ("Key", "Name", "Test Script (Plain Text)"))
ALM = table.headers(
    ("Test Name", "Step Name", "Step Description"),
    ("Subject", "Test Name", "Description (Design Steps)"),
    ("Subject", "Test Name", "Step Description"),
)
PRACTITEST = table.headers(("Name", "Step description", "Step expected_results"), ("Name", "Test_type", "Step name"))


def qtest(rows: Sequence[table.Row]) -> Objects:
    """qTest repeats the case's columns on every step, or has them on the first ("Export test cases", qTest Manager)."""

    def made(case: list[table.Row]) -> dict[str, Any]:
        head = case[0]
        steps = [
            (row("Test Step Description"), row("Test Step Data"), row("Test Step Expected Result"))
            for row in case
            if row("Test Step #") or row("Test Step Description")
        ]
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
    """OpenText (HP) ALM: tests with their design steps, as the Excel add-in takes them ("Format data", ALM 15.5 help)."""

    def made(case: list[table.Row]) -> dict[str, Any]:
        head = case[0]
        steps = [
            (
                perhaps_html(row("Step Description", "Description (Design Steps)")),
                "",
                perhaps_html(row("Expected Result", "Expected Result (Design Steps)", "Step Expected Result")),
            )
            for row in case
        ]
        return imported(
            head("Test ID"),
            head("Test Name"),
            steps,
            section=table.parts(head("Subject"), "\\"),
            type=head("Type") or None,
            priority=head("Priority") or None,
            custom=_objective(head("Description")),
        )

    return table.each(table.by_case(rows, table.keyed("Test ID", "Test Name")), "Test Name", made)


def practitest(rows: Sequence[table.Row]) -> Objects:
    """PractiTest: rows after the first are shorter than the header; a step may have a name only ("Export", PractiTest help)."""

    def made(case: list[table.Row]) -> dict[str, Any]:
        head = case[0]
        given: list[str] = []
        steps = []
        for row in case:
            row("Step position")
            name = row("Step name")
            steps.append((row("Step description") or name, "", row("Step expected_results")))
        if (script := head("Scenario")) or head("Test_type").casefold() == "bddtest":
            given, steps = scenario_of(script)
        return imported(
            head("id"),
            head("Name"),
            steps,
            tags=table.parts(head("Tags"), ","),
            references=table.parts(head("Traceability - Requirements"), ","),
            preconditions=[*split_entries(head("Preconditions")), *given],
            custom=_objective(head("Description")),
        )

    return table.each(table.by_case(rows, table.keyed("id", "Name")), "Name", made)


def _objective(text: str) -> dict[str, str]:
    """What a tool says of a case as a whole: a procedure carries it, and the case behind it has it as its objective."""
    return {"Objective": perhaps_html(text)} if text else {}
