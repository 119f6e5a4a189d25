"""Gherkin, for tools that keep manual tests as scenarios (Cucumber's reference, "Gherkin Reference"); written only."""

import re
from collections.abc import Iterator, Sequence

from testgen.domain.procedure import Procedure
from testgen.interchange.readiness import line
from testgen.interchange.tabular import with_data
from testgen.interchange.words import words_for

LOST = ("everything but id, title, section, tags, preconditions and the steps' texts; a file is not read back",)


def write(procedures: Sequence[Procedure]) -> str:
    """A feature for each run of procedures of one section and language, a scenario a procedure."""
    lines: list[str] = []
    before = None
    for procedure in procedures:
        feature = (procedure.language, procedure.section)
        if feature != before:
            lines += _feature(procedure, first=before is None)
            before = feature
        lines += _scenario(procedure)
    return "\n".join(lines) + "\n"


def _feature(procedure: Procedure, *, first: bool) -> Iterator[str]:
    feature = words_for(procedure.language).gherkin[0]
    if not first:
        yield ""
    if procedure.language != "en":  # Gherkin's own default
        yield f"# language: {procedure.language}"
    yield f"{feature}: {_line(' / '.join(procedure.section) or procedure.title)}"


def _scenario(procedure: Procedure) -> Iterator[str]:
    _, scenario, given, when, then = words_for(procedure.language).gherkin
    yield ""
    if procedure.tags:
        yield "  " + " ".join("@" + re.sub(r"\s+", "_", tag) for tag in procedure.tags)
    if state := line(procedure):
        yield f"  # {state}"
    yield f"  {scenario}: {_line(f'{procedure.test_case_id} {procedure.title}')}"
    for text in procedure.preconditions:
        yield f"    {given}{_line(text)}"
    for step in procedure.steps:
        keyword = given if step.kind == "setup" else when
        yield f"    {keyword}{_line(with_data(step.action, step.test_data, procedure.language))}"
        if step.expected_result:
            yield f"    {then}{_line(step.expected_result)}"


def _line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text.strip())
