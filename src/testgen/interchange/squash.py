"""Squash TM workbooks: the sheets TEST_CASES and STEPS, joined by the path of the case ("Import test cases", Squash TM 3 guide)."""

from collections.abc import Mapping, Sequence
from typing import Any

from testgen.interchange import rows as table
from testgen.interchange.found import Objects, UnusableError
from testgen.interchange.markup import perhaps_html
from testgen.interchange.tabular import imported, split_entries
from testgen.messages import say

CASES, STEPS = "TEST_CASES", "STEPS"
HEADERS = table.headers(("TC_PATH", "TC_NAME"))


def read(cases: Sequence[table.Row], steps: Sequence[table.Row]) -> Objects:
    """The cases of the one sheet with the steps of the other."""
    of_case: dict[str, list[tuple[str, str, str]]] = {}
    for row in table.by_number(steps, lambda row: row("TC_STEP_NUM")):
        row("ACTION", "TC_STEP_IS_CALL_STEP")
        texts = perhaps_html(row("TC_STEP_ACTION")), "", perhaps_html(row("TC_STEP_EXPECTED_RESULT"))
        of_case.setdefault(row("TC_OWNER_PATH"), []).append(texts)
    return table.each(([row] for row in cases), "TC_PATH", lambda case: _procedure(case[0], of_case))


def _procedure(row: table.Row, steps: Mapping[str, list[tuple[str, str, str]]]) -> dict[str, Any]:
    row("ACTION", "TC_NUM", "TC_SCRIPT")
    if row("TC_KIND").upper() in ("GHERKIN", "KEYWORD"):
        raise UnusableError(say("is a Gherkin case: export its script as a .feature file"))
    path = table.parts(row("TC_PATH"), "/")
    title = row("TC_NAME") or (path[-1] if path else "")
    return imported(
        row("TC_REFERENCE", "TC_ID"),
        title,
        steps.get(row("TC_PATH"), []),
        section=path[:-1],
        type=row("TC_TYPE") or None,
        priority=row("TC_WEIGHT") or None,
        preconditions=split_entries(perhaps_html(row("TC_PRE_REQUISITE"))),
        custom={"Objective": perhaps_html(text)} if (text := row("TC_DESCRIPTION")) else {},
    )
