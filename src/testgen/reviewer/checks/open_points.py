"""Checks for places that somebody has to fill in before the test is run."""

from collections.abc import Iterator

from testgen.domain.hit import Hit
from testgen.reviewer.checks.registry import check
from testgen.reviewer.subject import Field, Subject
from testgen.text.marks import OPEN_POINT


@check("open-question")
def open_question(subject: Subject) -> Iterator[Hit]:
    """Reports each mark in any field; the patterns of the rule find other ways of leaving something open."""
    for action, expected in subject.pairs():
        for field in (action, Field.of(action.step, "test_data"), expected):
            for mark in OPEN_POINT.finditer(field.text):
                what = next(filter(None, mark.groups()), "")
                yield field.hit("open-question", mark.span(), variant="mark" if what else "", what=what)
