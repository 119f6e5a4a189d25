"""Azure Test Plans CSV: a row with the title, then one row per step.

Columns as Azure DevOps documents them ("Bulk import or export test cases", Test Plans). UTF-8 with a byte order mark, as its own
export has it. A title has at most 128 characters. There is no column for test data: it follows the action, and is taken
apart again on reading; nor for preconditions: they are a first step.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange import rows as table
from testgen.interchange.found import Objects, UnusableError
from testgen.interchange.markup import from_html, perhaps_html
from testgen.interchange.tabular import Row, dump, imported, join_entries, split_data, split_entries, with_data
from testgen.interchange.words import all_words, words_for
from testgen.messages import say

COLUMNS = (
    "ID", "Work Item Type", "Title", "Test Step", "Step Action", "Step Expected", "Area Path", "Assigned To", "State",
)  # fmt: skip
HEADERS = table.headers(("Work Item Type", "Title", "Step Action"))
LOST = (
    "test_case_id", "section", "kind", "verifies", "type", "priority", "tags", "references", "custom", "expected_results",
    "postconditions", "test_data", "readiness", "findings",
)  # fmt: skip
LONGEST_TITLE = 128  # characters
_SHARED = ("shared steps", "shared parameter", "shared parameters")
_HTML = re.compile(r"\s*<(?:p|div|ul|ol)\b.*>\s*", re.DOTALL | re.IGNORECASE)


def write(procedures: Sequence[Procedure], area_path: str = "") -> str:
    """The title's row and the steps' rows. Azure gives ids itself: an unknown one is refused, so the cell stays empty; so does
    the area path if none is given, because only paths of the project are accepted."""
    return dump(COLUMNS, (row for procedure in procedures for row in _rows(procedure, area_path)))


def warnings(procedures: Sequence[Procedure]) -> list[str]:
    """What is cut."""
    return [
        say(
            "the title of {test_case_id} has {count} characters; Azure allows {longest}: it was shortened",
            test_case_id=procedure.test_case_id,
            count=len(procedure.title),
            longest=LONGEST_TITLE,
        )
        for procedure in procedures
        if len(procedure.title) > LONGEST_TITLE
    ]


def _rows(procedure: Procedure, area_path: str) -> Iterator[Row]:
    title = _cut(procedure.title)
    yield {"Work Item Type": "Test Case", "Title": title, "Area Path": area_path, "State": "Design"}
    number = 0
    if procedure.preconditions:
        number = 1
        mark = words_for(procedure.language).preconditions
        yield {"Test Step": "1", "Step Action": f"{mark}:\n{join_entries(procedure.preconditions)}"}
    for place, step in enumerate(procedure.steps, number + 1):
        action = with_data(step.action, step.test_data, procedure.language)
        yield {"Test Step": str(place), "Step Action": action, "Step Expected": step.expected_result}


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def read(rows: Sequence[table.Row]) -> Objects:
    """The procedures of an export."""
    changes = table.keyed("ID", "Title")

    def starts(row: table.Row) -> bool:
        """A row that says what it is and has no step, or a title that is not the one above."""
        return not _calls(row) and (changes(row) or bool(row("Work Item Type") and not row("Step Action")))

    return table.each(table.by_case(rows, starts), "Title", _procedure)


def _procedure(rows: list[table.Row]) -> dict[str, Any]:
    head = rows[0]
    if head("Work Item Type").casefold() in _SHARED:
        raise UnusableError(
            say("is not a test case but Shared Steps: these are not copied into the cases that call them")
        )
    exported = bool(
        head("ID")
    )  # Azure gives ids, and has HTML in its steps; files that are made for its import have neither
    texts = [
        (_text(_action(row, after), exported), _text(row("Step Expected", "Step Expected Result"), exported))
        for row, after in itertools.zip_longest(rows, rows[1:])
    ]
    preconditions, texts = _preconditions([text for text in texts if any(text)])
    return imported(
        head("ID"),
        head("Title"),
        [(*split_data(action), expected) for action, expected in texts],
        section=table.parts(head("Area Path"), "\\"),
        preconditions=preconditions,
        priority=head("Priority") or None,
        tags=table.parts(head("Tags"), ";"),
    )


def _calls(row: table.Row) -> bool:
    """Whether a row is a step that calls Shared Steps; a title row of such has no number of a step."""
    return row("Work Item Type").casefold() in _SHARED and bool(row("Test Step"))


def _action(row: table.Row, after: table.Row | None) -> str:
    """What a row says to do. Shared Steps are named where their own steps, 2.1 below 2, do not follow."""
    follow = after is not None and after("Test Step").startswith(row("Test Step") + ".")
    return row("Title") if _calls(row) and not follow else row("Step Action")


def _preconditions(texts: list[tuple[str, str]]) -> tuple[list[str], list[tuple[str, str]]]:
    """Removes the first step if it only contains the preconditions, as `write` puts them."""
    if len(texts) > 1 and not texts[0][1]:
        for words in all_words():
            if texts[0][0].startswith(mark := f"{words.preconditions}:\n"):
                return split_entries(texts[0][0].removeprefix(mark)), texts[1:]
    return [], texts


def _text(cell: str, exported: bool) -> str:
    if _HTML.fullmatch(cell):
        return from_html(cell)
    return perhaps_html(cell) if exported else cell
