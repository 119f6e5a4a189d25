"""What of that on which a procedure rests has changed since it was written: its case, the team's knowledge, passages of documents.

Provenance holds a fingerprint of each; they are compared with what there is now. Nothing else of the documents counts: a page that
moved, or a section that no case is about, makes no procedure stale.
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
    """One thing that is not as it was: the `case`, the `knowledge`, or a passage that `changed`, is `gone` or is `new`."""

    kind: Kind
    document: str = ""
    place: str = ""


def changes(procedure: Procedure, case: TestCase | None, background: Background) -> tuple[Change, ...]:
    """What has changed, as far as it is given here: without a case, knowledge or documents nobody knows. A procedure of which
    nothing is recorded (imported, or written by hand) rests on nothing."""
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
