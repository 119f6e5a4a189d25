"""A procedure as a table on the terminal, in the language of the procedure."""

import io
from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from testgen.cli.language import shown
from testgen.cli.progress import authorship
from testgen.cli.screen import Screen
from testgen.domain.procedure import Procedure
from testgen.interchange.readiness import data_lines, line
from testgen.interchange.words import Words, words_for

_COLOURS = {"ready": "green", "open_points": "yellow", "skeleton": "red"}
MOST_SOURCES = 3
WIDTH_OF_A_FILE = 120  # columns where there is no terminal that says


def print_table(procedures: Sequence[Procedure]) -> None:
    """Prints each procedure on the terminal: title, readiness, preconditions, the steps, the open points, and who wrote it."""
    _print_all(procedures, Screen())


def written_table(procedures: Sequence[Procedure]) -> bytes:
    """The same for a file or a pipe."""
    text = io.StringIO()
    _print_all(procedures, Screen(file=text, width=WIDTH_OF_A_FILE))
    return text.getvalue().encode()


def _print_all(procedures: Sequence[Procedure], console: Screen) -> None:
    for procedure in procedures:
        words = words_for(procedure.language)
        console.print(f"\n[bold]{escape(procedure.test_case_id)}  {escape(procedure.title)}[/bold]", soft_wrap=True)
        if procedure.readiness:
            console.print(f"[{_COLOURS[procedure.readiness]}]{escape(line(procedure))}[/]", soft_wrap=True)
        for text in procedure.preconditions:
            console.print(f"{words.preconditions}: {escape(text)}", soft_wrap=True)
        if procedure.test_data:
            console.print(f"{words.test_data}: {escape(' / '.join(data_lines(procedure.test_data)))}", soft_wrap=True)
        if procedure.provenance.passages:
            console.print(f"[dim]{words.documents}: {escape(_sources(procedure))}[/dim]", soft_wrap=True)
        console.print(_steps(procedure, words))
        for finding in procedure.findings:
            place = words.step.format(finding.step) + ": " if finding.step else ""
            console.print(f"  [yellow]![/yellow] {escape(place + finding.message)}", soft_wrap=True)
        console.print(f"[dim]{escape(shown(authorship(procedure)))}[/dim]", soft_wrap=True)


def _sources(procedure: Procedure) -> str:
    """The first passages of documents that the procedure relies on; several passages of one document name it once."""
    places: dict[str, list[str]] = {}
    for used in procedure.provenance.passages[:MOST_SOURCES]:
        places.setdefault(used.document, []).append(used.place)
    return "; ".join(f"{document} {' / '.join(filter(None, found))}".strip() for document, found in places.items())


def _steps(procedure: Procedure, words: Words) -> Table:
    table = Table(show_lines=True, expand=False)
    number, kind, action, data, expected, verifies = words.head
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column(kind, no_wrap=True)
    table.add_column(action, ratio=4, overflow="fold")
    table.add_column(data, ratio=2, overflow="fold")
    table.add_column(expected, ratio=4, overflow="fold")
    table.add_column(verifies, no_wrap=True)
    del number
    for step in procedure.steps:
        cells = (step.action, step.test_data or "", step.expected_result)
        table.add_row(str(step.number), words.kinds[step.kind], *map(escape, cells), ", ".join(map(str, step.verifies)))
    return table
