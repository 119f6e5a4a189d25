"""`testgen review`: checks procedures against the catalog, with every place underlined."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from testgen.cli.files import read
from testgen.cli.options import GlossaryFile
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase

if TYPE_CHECKING:
    from rich.text import Text

ReportFormat = Literal["table", "json", "github"]
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}


def review(
    procedures: Annotated[
        list[str] | None,
        typer.Argument(metavar="PROCEDURE…", help="Files with procedures, in any format that can be read, or -."),
    ] = None,
    case: Annotated[
        Path | None, typer.Option(help="The test cases: without them coverage and grounding are skipped.")
    ] = None,
    glossary: GlossaryFile = None,
    report: Annotated[
        ReportFormat, typer.Option("--format", help="table: for people; json: a list; github: workflow annotations.")
    ] = "table",
    rules: Annotated[
        bool, typer.Option("--rules", help="List the rules with their severities here, and exit.")
    ] = False,
    explain: Annotated[str | None, typer.Option(metavar="RULE", help="Say what a rule is, with an example.")] = None,
) -> None:
    """Review procedures against a published catalog, without a model. Exit 1 where there are errors."""
    from testgen.cli.team import reviewing as team
    from testgen.interchange import load_cases, load_procedures
    from testgen.reviewer import review as check

    setup = team(glossary)
    if rules or explain:
        typer.echo(_catalog(setup.settings.severity) if rules else _explain(explain or ""))
        return
    if not procedures:
        raise InvalidInputError.of("PROCEDURE", "give a file with a procedure, or - for standard input")
    cases = {entry.id: entry for entry in read(str(case), load_cases, what="a test case")} if case else {}
    results = []
    for name in procedures:
        for procedure in read(name, load_procedures, what="a procedure"):
            wanted = case_for(procedure, cases)
            found = check(procedure, wanted, glossary=setup.glossary, settings=setup.settings)
            update = {"findings": found.findings, "readiness": found.readiness}
            results.append((name, procedure.model_copy(update=update), found.skipped))
    _print(results, report)
    if any(finding.severity == "error" for _, reviewed, _ in results for finding in reviewed.findings):
        raise typer.Exit(1)


def case_for(procedure: Procedure, cases: dict[str, TestCase]) -> TestCase | None:
    """The case of the procedure's id, where cases were given.

    Raises:
        InvalidInputError: cases were given, and none of them is this procedure's.
    """
    if not cases:
        return None
    if procedure.test_case_id not in cases:
        known = ", ".join(list(cases)[:5])
        raise InvalidInputError.of("--case", f"holds no test case of that id: it has {known}", procedure.test_case_id)
    return cases[procedure.test_case_id]


_Result = tuple[str, Procedure, tuple[str, ...]]  # file, procedure as reviewed, rules skipped


def _print(results: Sequence[_Result], report: ReportFormat) -> None:
    if report == "json":
        data = [finding.model_dump(mode="json") for _, reviewed, _ in results for finding in reviewed.findings]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for name, procedure, skipped in results:
        if report == "github":
            for finding in procedure.findings:
                typer.echo(_annotation(name, finding))
        else:
            _table(procedure, skipped)


def _annotation(name: str, finding: Finding) -> str:
    """A GitHub workflow command; its data are escaped as GitHub asks for."""
    place = f"step {finding.step}: " if finding.step else ""
    text = _one_line(f"{place}{finding.message}")
    file = _one_line(name).replace(":", "%3A").replace(",", "%2C")
    return f"::{_GITHUB[finding.severity]} file={file},title={finding.rule}::{text}"


def _one_line(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _table(procedure: Procedure, skipped: Sequence[str]) -> None:
    from rich.text import Text

    from testgen.cli.screen import Screen
    from testgen.interchange.readiness import line

    console = Screen(soft_wrap=True)
    console.print(Text(f"{procedure.test_case_id}  {procedure.title}", style="bold"))
    console.print(Text(f"  {line(procedure)}"))
    for finding in procedure.findings:
        place = f"step {finding.step}" if finding.step else "case"
        head = Text(f"  {place:<8}")
        head.append(f"{finding.severity:<8}", style=_COLOURS[finding.severity])
        head.append(finding.rule, style="bold").append(f"  {finding.message}")
        console.print(head)
        if finding.span:
            console.print(_underlined(procedure, finding))
        if finding.suggestion:
            console.print(Text(f"           {finding.suggestion}", style="dim"))
    count = {severity: sum(finding.severity == severity for finding in procedure.findings) for severity in _COLOURS}
    summary = ", ".join(f"{number} {severity}" for severity, number in count.items())
    without = f"; skipped without a test case: {', '.join(skipped)}" if skipped else ""
    console.print(Text(f"  {summary}{without}\n", style="dim"))


def _underlined(procedure: Procedure, finding: Finding) -> "Text":
    """The field with the span underlined, by a line of its own: it is seen without colours too."""
    from rich.cells import cell_len
    from rich.text import Text

    from testgen.cli.guard import visible

    assert finding.span
    start, end = finding.span
    parts = finding.field.strip("/").split("/")
    text = finding.excerpt if parts[0] != "steps" else str(getattr(procedure.steps[int(parts[1])], parts[2]) or "")
    start, end = (0, len(text)) if parts[0] != "steps" else (start, end)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start) if "\n" in text[start:] else len(text)
    before = cell_len(visible(text[line_start:start]))
    width = max(cell_len(visible(text[start : min(end, line_end)])), 1)
    return Text(f"           {visible(text[line_start:line_end])}\n           {' ' * before}{'^' * width}")


def _catalog(severity: Callable[[str], str]) -> str:
    from testgen.reviewer import RULES

    return "\n".join(f"{severity(name):<8} {name:<28} {rule.words['en'].what}" for name, rule in RULES.items())


def _explain(name: str) -> str:
    from testgen.reviewer import RULES

    if name not in RULES:
        raise InvalidInputError.of("--explain", "there is no such rule: `testgen review --rules` lists them", name)
    rule, lines = RULES[name], []
    for words in rule.words.values():
        lines += [
            f"{words.name} ({name})",
            f"  {words.what}",
            f"  {words.why}",
            f"  - {words.bad}",
            f"  + {words.good}",
            "",
        ]
    return "\n".join([*lines, f"Default: {rule.severity}. Source: {rule.source}"])
