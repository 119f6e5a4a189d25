"""How similar two tests are, by the words and pairs of letters that they share."""

import math
from collections import Counter
from functools import lru_cache

from testgen.domain.knowledge import Knowledge
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.knowledge.keys import keys

MOST_STEPS = 20  # a longer one takes the place of what the case itself needs


def closest(knowledge: Knowledge, case: TestCase) -> Procedure | None:
    """The team's example that is most similar to the case and in its language; of equally similar ones, the first. None if there is
    none.

    Only complete examples are useful: without open points, and with an expected result in every step.
    """
    language = case.resolved_language()
    usable = [
        one
        for one in knowledge.procedures()
        if one.language == language
        and len(one.steps) <= MOST_STEPS
        and all(step.expected_result for step in one.steps)
        and one.readiness in ("ready", None)
    ]
    wanted = text_of(case)
    return max(usable, key=lambda one: likeness(wanted, text_of(one)), default=None)


def text_of(test: TestCase | Procedure) -> str:
    """What a test is about: title, preconditions, expected results, names of its data."""
    return "\n".join((test.title, *test.preconditions, *test.expected_results, *test.test_data))


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1: the cosine of their features."""
    a, b = _features(one), _features(other)
    shared = sum(count * b[feature] for feature, count in a.items())
    return shared / math.sqrt(_square(a) * _square(b)) if shared else 0.0


@lru_cache(maxsize=512)
def _features(text: str) -> Counter[str]:
    """Latin words as they are; for Japanese words, each pair of letters, so that compounds share what they have in common."""
    found: Counter[str] = Counter()
    for word in keys(text):
        pairs = [word] if word.isascii() or len(word) == 1 else [word[at : at + 2] for at in range(len(word) - 1)]
        found.update(pairs)
    return found


def _square(features: Counter[str]) -> int:
    return sum(count * count for count in features.values())
