"""Finds out which parts of knowledge and documents concern a case, once for engine, review and provenance."""

from dataclasses import replace

from testgen.domain.background import Background
from testgen.domain.test_case import TestCase
from testgen.drafting.passages import ranked
from testgen.knowledge.touching import touched
from testgen.messages import say
from testgen.workers import Job

LOOK_UP = Job(
    say("looking through knowledge and documents"),
    say("send fewer or shorter documents"),
    "/documents",
    seconds=15,
    mebibytes=400,
)


def around(case: TestCase, background: Background) -> Background:
    """Adds the passages that concern the case, and a fingerprint of the knowledge that it needs."""
    everything = touched(background.knowledge, case, 0, lambda _: 0)
    return replace(background, closest=ranked(case, background.passages), touched_sha256=everything.sha256())
