"""Findings for people: each procedure with the words in question underlined, followed by totals."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from testgen.cli.language import SEVERITIES, cell, shown
from testgen.cli.reports import totals
from testgen.cli.reports.reviewed import Reviewed, text_of
from testgen.domain.procedure import Finding, Procedure
from testgen.messages import joined, say

if TYPE_CHECKING:
    from rich.text import Text

    from testgen.cli.screen import Screen

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_STATES = {"ready": say("ready"), "open_points": say("open points"), "skeleton": say("skeleton")}


def show(results: Sequence[Reviewed]) -> None:
    """Prints the report, in colour if the terminal supports it."""
    from testgen.cli.screen import Screen

    _show(Screen(soft_wrap=True), results)


def write(results: Sequence[Reviewed]) -> str:
    """The same as text without colours."""
    from testgen.cli.screen import Screen

    buffer = io.StringIO()
    _show(Screen(soft_wrap=True, file=buffer), results)
    return buffer.getvalue()


def _show(console: "Screen", results: Sequence[Reviewed]) -> None:
    for result in results:
        if len(results) == 1 or result.procedure.findings:
            _procedure(console, result)
    if len(results) > 1:
        _totals(console, results)


def _procedure(console: "Screen", result: Reviewed) -> None:
    from rich.text import Text

    from testgen.interchange.readiness import line

    procedure = result.procedure
    console.print(Text(f"{procedure.test_case_id}  {procedure.title}", style="bold"))
    console.print(Text(f"  {line(procedure)}"))
    if place := _place(result):
        console.print(Text(f"  {place}", style="dim"))
    for finding in procedure.findings:
        place = say("step {number}", number=finding.step) if finding.step else say("case")
        head = Text(f"  {cell(place, 8)}")
        head.append(cell(SEVERITIES[finding.severity], 8), style=_COLOURS[finding.severity])
        head.append(finding.rule, style="bold").append(f"  {finding.message}")
        if where := result.where(finding):
            head.append(f"  {where}", style="dim")
        console.print(head)
        if finding.span:
            console.print(_underlined(procedure, finding))
        if finding.suggestion:
            console.print(Text(f"           {finding.suggestion}", style="dim"))
    count = {severity: sum(finding.severity == severity for finding in procedure.findings) for severity in _COLOURS}
    summary = say("{error} error, {warning} warning, {info} info", **count)
    known = say("{count} known", count=result.known) if result.known else ""
    without = say("skipped without a test case: {rules}", rules=result.skipped) if result.skipped else ""
    console.print(Text(f"  {shown(joined('; ', (summary, known, without)))}\n", style="dim"))


def _place(result: Reviewed) -> str:
    """Sheet and row of a procedure that came from rows."""
    if not result.place.row:
        return ""
    sheet = say("sheet {name}", name=result.place.sheet) if result.place.sheet else ""
    return shown(joined(", ", (result.file, sheet, say("row {row}", row=result.place.row))))


def _totals(console: "Screen", results: Sequence[Reviewed]) -> None:
    from rich.text import Text

    counts = totals.by_readiness(results).items()
    states = [say("{count} {state}", count=number, state=_STATES[state]) for state, number in counts if number]
    console.print(Text(shown(say("{count} procedures: {states}", count=len(results), states=states)), style="bold"))
    known = sum(result.known for result in results)
    for severity, rule, found, procedures in totals.by_rule(results):
        row = Text(f"  {found:>6}  ")
        row.append(cell(SEVERITIES[severity], 8), style=_COLOURS[severity]).append(f"{rule:<28}")
        places = say("in {count} procedures", count=procedures) if procedures > 1 else say("in 1 procedure")
        console.print(row.append(shown(places), style="dim"))
    if known:
        console.print(Text(f"  {known:>6}  {shown(say('known from the baseline, not shown'))}", style="dim"))


def _underlined(procedure: Procedure, finding: Finding) -> "Text":
    """The field with its span underlined on a separate line, which is visible without colours, too."""
    from rich.cells import cell_len
    from rich.text import Text

    from testgen.cli.guard import visible

    assert finding.span
    text = text_of(procedure, finding)
    start, end = finding.span if finding.field.startswith("/steps/") else (0, len(text))
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start) if "\n" in text[start:] else len(text)
    before = cell_len(visible(text[line_start:start]))
    width = max(cell_len(visible(text[start : min(end, line_end)])), 1)
    return Text(f"           {visible(text[line_start:line_end])}\n           {' ' * before}{'^' * width}")
