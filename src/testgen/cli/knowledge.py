"""`testgen knowledge`: checks a team's product knowledge, and proposes it from existing procedures."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testgen.cli.files import A_PROCEDURE, read, source_of
from testgen.cli.language import shown, tell
from testgen.cli.options import Columns, Delimiter, Output, Procedures, SourceFormat
from testgen.cli.output import require_writable, write
from testgen.cli.spoken import App
from testgen.messages import joined, say

if TYPE_CHECKING:
    from testgen.learning import Source

knowledge = App(no_args_is_help=True, help="Check or propose product knowledge (docs/knowledge.md).")
_HEAD = say(
    "# Proposed by `testgen knowledge learn`. Read it, correct it, and remove what is wrong: you decide what the team tells.\n"
    "# `testgen knowledge check FILE` says whether it can be used; `--knowledge FILE` uses it. No password belongs in it.\n"
)
_MOST_SOURCES = 3


@knowledge.command("check")
def check(file: Annotated[Path, typer.Argument(metavar="FILE", help="The team's knowledge (YAML or JSON).")]) -> None:
    """Check a knowledge file and summarise it. Exits with 2 if it contains an error, and names the place and the
    remedy."""
    from testgen.cli.team import load_knowledge

    found = load_knowledge(file)
    unopened = [screen.name for screen in found.screens if not screen.open]
    counts = {
        say("screens"): len(found.screens),
        say("shared steps"): len(found.shared_steps),
        say("accounts"): len(found.accounts),
        say("data"): len(found.data),
        say("terms"): len(found.terms),
        say("examples"): len(found.examples),
    }
    told = joined(", ", (say("{count} {name}", count=count, name=name) for name, count in counts.items()))
    typer.echo(shown(joined(": ", (str(file), told))))
    if unopened:
        names = [*unopened[:10], *(["…"] if len(unopened) > 10 else [])]
        tell(say("nothing says how to open {screens}: add `open:`", screens=names))


@knowledge.command("learn")
def learn(
    procedures: Procedures,
    output: Output = None,
    source_format: SourceFormat = None,
    columns: Columns = None,
    delimiter: Delimiter = None,
) -> None:
    """Propose screens, terms and shared steps from existing procedures, as YAML that names the source of each."""
    from testgen.interchange import load_procedures
    from testgen.interchange.registry import READABLE
    from testgen.learning import learn as learned_from

    reader = partial(load_procedures, source=source_of(source_format, columns, delimiter, READABLE))
    found = [entry for name in procedures for entry in read(name, reader, what=A_PROCEDURE)]
    require_writable([("--output", output)], (*procedures, columns))
    learned = learned_from(found)
    text = shown(_HEAD) + "".join(
        (
            *_section("screens", [(_plain(screen), where) for screen, where in learned.screens]),
            *_section("terms", [(_plain(term), where) for term, where in learned.terms]),
            *_steps([(name, [_plain(step) for step in steps], where) for name, steps, where in learned.shared_steps]),
        )
    )
    write(text.encode(), output)
    told = say(
        "from {count} procedures: {screens} screens, {terms} terms, {runs} groups of shared steps",
        count=len(found),
        screens=len(learned.screens),
        terms=len(learned.terms),
        runs=len(learned.shared_steps),
    )
    tell(told)


def _plain(entry: Any) -> dict[str, Any]:
    told: dict[str, Any] = entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return told


def _section(name: str, entries: "Sequence[tuple[dict[str, Any], Sequence[Source]]]") -> Iterator[str]:
    if entries:
        yield f"{name}:\n"
    for told, where in entries:
        yield f"  # {_told(where)}\n" + _indented(_yaml([told]))


def _steps(entries: "Sequence[tuple[str, list[dict[str, Any]], Sequence[Source]]]") -> Iterator[str]:
    if entries:
        yield f"shared_steps: # {shown(say('give each the name that your test cases use'))}\n"
    for name, steps, where in entries:
        yield f"  # {_told(where)}\n" + _indented(_yaml({name: steps}))


def _yaml(data: Any) -> str:
    import yaml

    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


def _told(where: "Sequence[Source]") -> str:
    """Where an entry was found: the first places, and how many more there are."""
    places = [say("{procedure} step {step}", procedure=one.procedure, step=one.step) for one in where[:_MOST_SOURCES]]
    rest = len(where) - _MOST_SOURCES
    told = (
        say("from {places} and {count} more", places=places, count=rest)
        if rest > 0
        else say("from {places}", places=places)
    )
    return " ".join(shown(told).split())
