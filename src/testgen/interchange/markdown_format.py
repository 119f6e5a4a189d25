"""Markdown: a heading and a table of steps for each procedure, in the procedure's language."""

import re
from collections.abc import Sequence

from testgen.domain.procedure import Procedure
from testgen.interchange.readiness import data_lines, line
from testgen.interchange.words import words_for
from testgen.messages import say

LOST = (
    "section", "type", "priority", "tags", "references", "postconditions", "custom", "readiness", "findings",
    say("blank lines and spaces around a line"),
)  # fmt: skip
# What makes brackets a link, the definition of one, a footnote or a box to tick.
_BRACKETS = re.compile(r"\][(\[:]|\[\^|\A\s*\[[ xX]\]")


def write(procedures: Sequence[Procedure]) -> str:
    """All procedures, one after the other."""
    return "\n".join(_procedure(procedure) for procedure in procedures)


def _procedure(procedure: Procedure) -> str:
    words = words_for(procedure.language)
    lines = [f"# {_inline(procedure.test_case_id)} {_inline(procedure.title)}", ""]
    if state := line(procedure):
        lines += [f"**{_inline(state)}**", ""]
    lines += _section(words.preconditions, [f"- {_inline(text)}" for text in procedure.preconditions])
    lines += _section(words.test_data, [f"- {_inline(text)}" for text in data_lines(procedure.test_data)])
    lines += _section(
        words.expected_results,
        [f"{number}. {_inline(text)}" for number, text in enumerate(procedure.expected_results, 1)],
    )
    lines += [_row(words.head), _row(["---"] * len(words.head))]
    for step in procedure.steps:
        verifies = ", ".join(map(str, step.verifies))
        lines.append(
            _row(
                [
                    str(step.number),
                    words.kinds[step.kind],
                    step.action,
                    step.test_data or "",
                    step.expected_result,
                    verifies,
                ]
            )
        )
    found = []
    for finding in procedure.findings:
        place = words.step.format(finding.step) + ": " if finding.step else ""
        found.append(f"- {place}{_inline(finding.message)} (`{finding.rule}`)")
    return "\n".join([*lines, "", *_section(words.findings, found)]).rstrip("\n") + "\n"


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    return [f"## {heading}", "", *map(_item, lines), ""] if lines else []


def _item(line: str) -> str:
    """An entry of a list whose text begins no heading, quotation, fence or list of its own."""
    return re.sub(r"^(- |\d{1,2}\. )(?:(?=[-+=~#>])|(\d{1,9})(?=[.)]))", r"\1\2\\", line)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_inline(cell) for cell in cells) + " |"


def _inline(text: str) -> str:
    """Text on one line in which nothing is taken for a cell's border, emphasis, a picture, a link or HTML. What is harmless
    where it stands, such as `ORDER_ID` or `[FILL IN: …]`, is left as its author wrote it."""
    escaped = re.sub(r"[\\|`*<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w)", r"\\\g<0>", text)
    if _BRACKETS.search(text):
        escaped = escaped.replace("[", r"\[")
    return "<br>".join(filter(None, map(str.strip, escaped.splitlines())))
