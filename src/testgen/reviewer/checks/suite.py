"""Checks that need several procedures: two that are the same.

The similarity of two procedures is the resemblance of their steps (A. Broder, On the resemblance and containment of documents, 1997):
the share of runs of `RUN` letters and digits that both contain. Runs of characters need no words, so they work in both languages.
Procedures that differ in a value or label are different tests, however similar their wording (data-driven tests are written that way),
and so are procedures of which one denies what the other says. Pairs are found by prefix filtering (S. Chaudhuri et al., A primitive
operator for similarity joins, 2006): two sets that resemble each other that much share one of their rarest runs, so not every pair of a
suite has to be compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

from testgen.domain.hit import Hit
from testgen.reviewer.checks.registry import suite_check
from testgen.reviewer.subject import LONGEST, Subject
from testgen.text.marks import quotes
from testgen.text.normal import normalise

ALIKE = 0.9  # resemblance from which two procedures count as one
RUN = 10  # characters; shorter runs are much the same in all procedures about one product
_LEAST = 40  # characters of the steps; shorter ones are alike by chance
_NO_LETTER = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:[.:/-]\d+)*|\b[A-Z]\b")
_Values = tuple[str, ...]


@suite_check("duplicate-procedure")
def duplicate_procedure(subjects: Sequence[Subject]) -> Iterator[tuple[int, Hit]]:
    """Reports, for each procedure, the most similar earlier one, if the two are practically the same."""
    found: dict[int, tuple[float, int]] = {}
    for earlier, later, share in _pairs(subjects):
        found[later] = max(found.get(later, (0.0, 0)), (share, -earlier))
    for later, (share, earlier) in found.items():
        other = subjects[-earlier].procedure
        values = (("other", f"{other.test_case_id} {other.title}".strip()), ("share", f"{share:.0%}"))
        yield later, Hit("duplicate-procedure", "/steps", values=values, excerpt=other.title)


def _pairs(subjects: Sequence[Subject]) -> Iterator[tuple[int, int, float]]:
    """The positions of two procedures that are the same, and their resemblance."""
    texts = [_text(subject) for subject in subjects]
    runs = [_runs(text) if len(text) >= _LEAST else frozenset() for text in texts]
    values = [_values(subject) for subject in subjects]
    frequency = Counter(run for found in runs for run in found)
    with_run: dict[tuple[str, _Values], list[int]] = defaultdict(list)
    for place, found in enumerate(runs):
        rare = sorted(found, key=lambda run: (frequency[run], run))[: len(found) - ceil(ALIKE * len(found)) + 1]
        near = {other for run in rare for other in with_run[run, values[place]]}
        for other in sorted(near):
            size, others = len(found), len(runs[other])
            if min(size, others) < ALIKE * max(size, others):
                continue
            both = len(found & runs[other])
            if (share := both / (size + others - both)) >= ALIKE:
                yield other, place, share
        for run in rare:
            with_run[run, values[place]].append(place)


def _text(subject: Subject) -> str:
    fields = (field.text for field in subject.fields())
    return _NO_LETTER.sub("", normalise("\n".join(fields)))


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[start : start + RUN] for start in range(len(text) - RUN + 1))


def _values(subject: Subject) -> _Values:
    """What distinguishes tests with the same wording: language, preconditions, labels, numbers, data, and the number of negations."""
    fields = list(subject.fields())
    text = "\n".join(field.text for field in fields)
    data = [field.text for field in fields if field.name == "test_data"]
    denied = sum(subject.grammar.negative(field.masked[:LONGEST]) for field in fields)
    told = (*quotes(text), *_NUMBER.findall(text), *data, *subject.procedure.preconditions)
    return (subject.language, str(denied), *sorted(map(normalise, told)))
