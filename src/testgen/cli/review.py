"""`testgen review`: checks procedures against the catalog, one by one and against each other."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from testgen.cli.cases import case_for, cases_of
from testgen.cli.files import A_PROCEDURE
from testgen.cli.folders import contents_of
from testgen.cli.language import SEVERITIES, cell, shown, spoken, tell
from testgen.cli.options import Documents, GlossaryFile, KnowledgeFile, Output
from testgen.cli.output import require_writable, write
from testgen.cli.service import Server, access_of
from testgen.cli.source import content_of
from testgen.domain.errors import InvalidInputError
from testgen.messages import say

if TYPE_CHECKING:
    from testgen.cli.reports import Reviewed
    from testgen.client.connection import Access
    from testgen.repair import Reviewing

ReportFormat = Literal["table", "json", "github", "sarif", "xlsx"]
FailOn = Literal["error", "warning", "info"]
_FAILS: dict[str, tuple[str, ...]] = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "info": ("error", "warning", "info"),
}
_BY_LINE = ("github", "sarif", "xlsx")  # the reports that name lines of files


def review(
    procedures: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PROCEDURE…", help="Files with procedures, in any format that can be read; folders of them; or -."
        ),
    ] = None,
    case: Annotated[
        Path | None,
        typer.Option(
            help="The test cases. Without them, grounding is not checked, nor is coverage if the procedure has no "
            "expected results."
        ),
    ] = None,
    glossary: GlossaryFile = None,
    knowledge: KnowledgeFile = None,
    documents: Documents = None,
    report: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="table: for people; json: a list; github: workflow annotations; sarif: for code hosts; "
            "xlsx: a workbook whose rows link to the cells.",
        ),
    ] = "table",
    output: Output = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with code 1 if there is a finding of this severity or higher.")
    ] = "error",
    known: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="File with known findings (see --write-baseline), which are neither shown nor counted.",
        ),
    ] = None,
    new_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            help="Write all findings to a file for --baseline, and exit with code 0.",
        ),
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="List the rules with their severities here, and exit.")
    ] = False,
    explain: Annotated[str | None, typer.Option(metavar="RULE", help="Explain a rule, with an example.")] = None,
    server: Server = None,
) -> None:
    """Review procedures against a published catalog, without a model. Exits with 1 if there are errors."""
    from testgen.cli.reports import baseline
    from testgen.cli.team import reviewing as team

    setup = team(glossary, knowledge, documents)
    if rules or explain:
        typer.echo(_catalog(setup.settings.severity) if rules else _explain(explain or ""))
        return
    if not procedures:
        raise InvalidInputError.of("PROCEDURE", say("give a file with a procedure, or - for standard input"))
    given = [*procedures, case, glossary, knowledge, *(documents or ())]
    require_writable([("--output", output)], [*given, known])
    require_writable([("--write-baseline", new_baseline)], given)  # `known` may be made anew in place
    accepted = _accepted(known)
    entries = _loaded(procedures, [output, known, new_baseline], with_lines=report in _BY_LINE)
    results = _reviewed(entries, case, setup, access_of(server))
    if new_baseline:
        write(baseline.written(results).encode(), new_baseline)
        return
    results, gone = baseline.without_known(results, accepted)
    if gone:
        tell(
            say("{count} findings in {file} no longer exist: --write-baseline updates it", count=gone, file=str(known))
        )
    _report(results, report, output)
    grave = _FAILS[fail_on]
    if any(finding.severity in grave for result in results for finding in result.procedure.findings):
        raise typer.Exit(1)


def _accepted(known: Path | None) -> Counter[str]:
    """The findings of a baseline, how often each."""
    from testgen.cli.reports import baseline

    return baseline.load(content_of(known, what=say("a baseline")), name=str(known)) if known else Counter()


def _report(results: "Sequence[Reviewed]", report: ReportFormat, output: Path | None) -> None:
    from testgen.cli.reports import WRITE, table

    if report == "table" and output is None:
        table.show(results)
    else:
        write(WRITE[report](results, output), output)


def _reviewed(
    entries: "Sequence[Reviewed]", case: Path | None, setup: "Reviewing", access: "Access | None"
) -> "list[Reviewed]":
    """Each procedure in the files with its findings, both its own and those from comparing procedures."""
    from testgen.reviewer import compare
    from testgen.reviewer import review as check

    cases = cases_of(case)
    wanted = [case_for(entry.procedure, cases) for entry in entries]
    side_by_side = compare([entry.procedure for entry in entries], background=setup.background)
    results = []
    if access:
        from testgen.cli.review_service import reviewed_there
        from testgen.client import Client

        check = partial(reviewed_there, Client(access.url, access.api_key))
    for entry, of_it, among in zip(entries, wanted, side_by_side, strict=True):
        found = check(entry.procedure, of_it, background=setup.background, settings=setup.settings, among=among)
        results.append(entry.with_review(found))
    return results


def _loaded(names: Sequence[str], own: Sequence[Path | None], *, with_lines: bool) -> "list[Reviewed]":
    """The procedures in the files, and their locations."""
    from testgen.cli.reports import Reviewed
    from testgen.cli.reports.lines import lines_of
    from testgen.interchange import load_procedures
    from testgen.interchange.encoding import decode
    from testgen.interchange.workbooks import is_workbook

    entries: list[Reviewed] = []
    for name, content, found in contents_of(names, load_procedures, what=A_PROCEDURE, without=own):
        text = decode(content, name) if with_lines and not is_workbook(content) else ""
        lines = lines_of(text, found.entries) if text else [{}] * len(found.entries)
        for procedure, place, at in zip(found.entries, found.places, lines, strict=True):
            entries.append(Reviewed(name, procedure, place=place, lines=at))
    return entries


def _catalog(severity: Callable[[str], str]) -> str:
    from testgen.reviewer import RULES

    return "\n".join(
        f"{cell(SEVERITIES[severity(name)], 8)} {name:<28} {rule.words[spoken()].what}" for name, rule in RULES.items()
    )


def _explain(name: str) -> str:
    from testgen.reviewer import RULES

    if name not in RULES:
        raise InvalidInputError.of("--explain", say("there is no such rule: `testgen review --rules` lists them"), name)
    rule, words = RULES[name], RULES[name].words[spoken()]
    lines = [
        f"{words.name} ({name})",
        f"  {words.what}",
        f"  {words.why}",
        f"  - {words.bad}",
        f"  + {words.good}",
        "",
    ]
    told = say("Default: {severity}. Source: {source}", severity=SEVERITIES[rule.severity], source=rule.source)
    return "\n".join([*lines, shown(told)])
