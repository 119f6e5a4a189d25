"""Finds out which sources of a procedure have changed since it was written: its case, the team's knowledge, passages of documents.

The provenance contains a fingerprint of each, which is compared with the current state. Nothing else in the documents counts: a page that
has moved, or a section that no case is about, does not make a procedure stale.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from testgen.domain.background import Background
from testgen.domain.case_behind import case_of
from testgen.domain.knowledge import NOTHING_TOLD
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.drafting.around import around

Kind = Literal["case", "knowledge", "changed", "gone", "new"]


@dataclass(frozen=True)
class Change:
    """One source that has changed: the `case`, the `knowledge`, or a passage that has `changed`, is `gone` or is `new`."""

    kind: Kind
    document: str = ""
    place: str = ""


def changes(procedure: Procedure, case: TestCase | None, background: Background) -> tuple[Change, ...]:
    """The changes in the sources that are given here; those without a current version cannot be compared. A procedure without recorded
    sources (imported, or written by hand) is never stale."""
    made = procedure.provenance
    if not (made.test_case_sha256 or made.knowledge_sha256 or made.passages):
        return ()
    return tuple(_changes(procedure, case, around(case or case_of(procedure), background)))


def _changes(procedure: Procedure, case: TestCase | None, now: Background) -> Iterator[Change]:
    made = procedure.provenance
    if case and made.test_case_sha256 and made.test_case_sha256 != case.sha256():
        yield Change("case")
    if now.knowledge != NOTHING_TOLD and made.knowledge_sha256 != now.touched_sha256:
        yield Change("knowledge")
    given = {passage.document for passage in now.passages}
    there = {(passage.document, passage.sha256) for passage in now.passages}
    places = {(passage.document, passage.place) for passage in now.passages}
    for used in made.passages:
        if used.document in given and (used.document, used.sha256) not in there:
            yield Change("changed" if (used.document, used.place) in places else "gone", used.document, used.place)
    best = now.closest[0] if now.closest else None
    known = {(used.document, used.sha256) for used in made.passages}
    if (
        best
        and (best.document, best.sha256) not in known
        and (best.document, best.place) not in {(used.document, used.place) for used in made.passages}
    ):
        yield Change("new", best.document, best.place)
