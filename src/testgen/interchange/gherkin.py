"""Gherkin, for tools that keep manual tests as scenarios (Cucumber's reference, "Gherkin Reference"); written only."""

import re
from collections.abc import Iterator, Sequence

from testgen.domain.procedure import Procedure
from testgen.interchange.readiness import line
from testgen.interchange.tabular import with_data
from testgen.interchange.words import Words, words_for

LOST = ("everything but id, title, section, tags, preconditions and the steps' texts; a file is not read back",)


def write(procedures: Sequence[Procedure]) -> str:
    """One feature, which is all that a file may hold, in the first procedure's language; a scenario a procedure.

    Where the procedures stand in several sections, each run of one section is a rule.
    """
    if not procedures:
        return ""
    words = words_for(procedures[0].language)
    sections = {procedure.section for procedure in procedures}
    lines = list(_feature(procedures[0], words, alone=len(sections) == 1))
    before = None
    for procedure in procedures:
        if len(sections) > 1 and procedure.section != before:
            before = procedure.section
            lines += ["", f"  {words.gherkin[5]}: {_line(_name(procedure))}"]
        lines += _scenario(procedure, words)
    return "\n".join(lines) + "\n"


def _feature(first: Procedure, words: Words, *, alone: bool) -> Iterator[str]:
    if first.language != "en":  # Gherkin's own default
        yield f"# language: {first.language}"
    yield f"{words.gherkin[0]}: {_line(_name(first)) if alone else words.procedures_sheet}"


def _name(procedure: Procedure) -> str:
    return " / ".join(procedure.section) or procedure.title


def _scenario(procedure: Procedure, words: Words) -> Iterator[str]:
    _, scenario, given, when, then, _ = words.gherkin
    yield ""
    if tags := " ".join(filter(None, map(_tag, procedure.tags))):
        yield f"  {tags}"
    if state := line(procedure):
        yield f"  # {_line(state)}"
    yield f"  {scenario}: {_line(f'{procedure.test_case_id} {procedure.title}')}"
    for text in procedure.preconditions:
        yield f"    {given}{_line(text)}"
    for step in procedure.steps:
        keyword = given if step.kind == "setup" else when
        yield f"    {keyword}{_line(with_data(step.action, step.test_data, procedure.language))}"
        if step.expected_result:
            yield f"    {then}{_line(step.expected_result)}"


def _tag(text: str) -> str:
    """A tag ends at a blank, and another begins at an @."""
    name = re.sub(r"[\s@#]+", "_", text).strip("_")
    return f"@{name}" if name else ""


def _line(text: str) -> str:
    return " ".join(filter(None, map(str.strip, text.splitlines())))
