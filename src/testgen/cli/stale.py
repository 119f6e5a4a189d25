"""`testgen stale`: lists procedures whose sources have changed; also `--only-stale` of the commands that write procedures."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from testgen.cli.cases import case_for, cases_of
from testgen.cli.files import A_PROCEDURE, read
from testgen.cli.language import shown, tell
from testgen.cli.options import Documents, GlossaryFile, KnowledgeFile
from testgen.domain.background import UNKNOWN, Background
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import joined, say

if TYPE_CHECKING:
    from testgen.staleness import Change

OnlyStale = Annotated[
    bool,
    typer.Option(
        "--only-stale",
        help="Process only procedures whose case, knowledge or documents have changed (see `testgen stale`), and "
        "show the difference.",
    ),
]


def stale(
    procedures: Annotated[
        list[str],
        typer.Argument(metavar="PROCEDURE…", help="Files with procedures as testgen wrote them (JSON or YAML), or -."),
    ],
    case: Annotated[Path | None, typer.Option(help="The test cases as they are now.")] = None,
    glossary: GlossaryFile = None,
    knowledge: KnowledgeFile = None,
    documents: Documents = None,
    report: Annotated[
        Literal["table", "json"], typer.Option("--format", help="table: for people; json: a list.")
    ] = "table",
) -> None:
    """List the procedures whose test case, knowledge or document passages have changed since they were written. Exits
    with 1 if there are any."""
    from testgen.cli.team import reviewing
    from testgen.interchange import load_procedures
    from testgen.staleness import changes

    found = [entry for name in procedures for entry in read(name, load_procedures, what=A_PROCEDURE)]
    cases = cases_of(case)
    background = reviewing(glossary, knowledge, documents).background
    if not cases and background == UNKNOWN:
        raise InvalidInputError.of(
            "--case", say("give what may have changed: the test cases, --knowledge or --document")
        )
    met = [(procedure, changes(procedure, case_for(procedure, cases), background)) for procedure in found]
    if report == "json":
        listed = [
            {"test_case_id": one.test_case_id, "changes": [asdict(change) for change in of_it]} for one, of_it in met
        ]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        _show(met)
    if any(of_it for _, of_it in met):
        raise typer.Exit(1)


def _show(met: "Sequence[tuple[Procedure, Sequence[Change]]]") -> None:
    for procedure, of_it in met:
        name = " ".join(procedure.test_case_id.split())
        for change in of_it:
            typer.echo(shown(joined(": ", (name, told(change)))))
    told_stale(sum(bool(of_it) for _, of_it in met), len(met))


def told_stale(count: int, total: int) -> None:
    """Says how many are."""
    tell(say("{count} of {total} procedures are stale", count=count, total=total))


def told(change: "Change") -> str:
    """One change, on one line."""
    place = " ".join(", ".join(filter(None, (change.document, change.place))).split())
    match change.kind:
        case "case":
            return say("the test case has changed")
        case "knowledge":
            return say("the team's knowledge about it has changed")
        case "changed":
            return say("{place} has changed", place=place)
        case "gone":
            return say("{place} is gone", place=place)
        case "new":
            return say("{place} is new", place=place)


def is_stale(procedure: Procedure, case: TestCase | None, background: Background) -> bool:
    """Whether something has changed; reports it on stderr."""
    from testgen.staleness import changes

    found = changes(procedure, case, background)
    for change in found:
        tell(joined(": ", (" ".join(procedure.test_case_id.split()), told(change))))
    return bool(found)


class Earlier:
    """The procedures of an earlier run in a file, for `generate --only-stale`."""

    def __init__(self, output: Path | None, format_name: str) -> None:
        from testgen.interchange import load_procedures

        if output is None or format_name not in ("json", "yaml"):
            problem = say("needs -o with the earlier procedures as JSON or YAML, which record their sources")
            raise InvalidInputError.of("--only-stale", problem, str(output or ""))
        self.procedures = read(str(output), load_procedures, what=A_PROCEDURE) if output.exists() else []
        self._by_id = {procedure.test_case_id: procedure for procedure in self.procedures}

    def to_write(self, entries: Sequence[TestCase | Procedure], background: Background) -> list[TestCase | Procedure]:
        """The cases whose procedure is missing or stale; reports why."""
        known = [case for case in entries if isinstance(case, TestCase) and case.id in self._by_id]
        stale = {case.id for case in known if is_stale(self._by_id[case.id], case, background)}
        told_stale(len(stale), len(known))
        done = {case.id for case in known} - stale
        return [entry for entry in entries if isinstance(entry, Procedure) or entry.id not in done]

    def with_new(self, made: Sequence[Procedure]) -> list[Procedure]:
        """All procedures, with the new ones in place of the old."""
        new = {procedure.test_case_id: procedure for procedure in made}
        kept = [new.pop(procedure.test_case_id, procedure) for procedure in self.procedures]
        return [*kept, *new.values()]

    def difference(self, made: Sequence[Procedure]) -> str:
        """What has changed in those that existed before."""
        return "".join(
            difference(self._by_id[one.test_case_id], one) for one in made if one.test_case_id in self._by_id
        )


def difference(before: Procedure, after: Procedure) -> str:
    """A unified diff of the Markdown, without the findings of the review; empty if nothing has changed."""
    from difflib import unified_diff

    from testgen.interchange import markdown_format

    bare = {"findings": (), "readiness": None}
    old, new = (
        markdown_format.write([procedure.model_copy(update=bare)]).splitlines(keepends=True)
        for procedure in (before, after)
    )
    name = " ".join(before.test_case_id.split())
    return "".join(
        unified_diff(old, new, shown(say("{name} (before)", name=name)), shown(say("{name} (after)", name=name)))
    )
