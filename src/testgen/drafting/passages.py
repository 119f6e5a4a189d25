"""Finds the passages of documents that concern a case, ranked by the words that both contain, the best first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from testgen.domain.background import Passage
from testgen.domain.test_case import TestCase
from testgen.drafting.budget import estimate_tokens
from testgen.drafting.excerpts import codes, shortened
from testgen.drafting.untrusted import as_data
from testgen.text.bm25 import Bm25
from testgen.text.marks import quotes
from testgen.text.normal import folded
from testgen.text.terms import terms

MOST = 20  # passages that an engine may choose from
# How much a term of the query matters, by where the case says it; a term counts once a part, however often it stands there.
_TITLE, _RESULT, _LABEL, _OTHER = 2.0, 1.5, 1.0, 1.0
_OF_PLACE = 2  # times that a heading counts in its passage
MOST_TOKENS = 3_000  # of all passages in a prompt: on a processor without a GPU each thousand takes ten seconds
_LEAST = 0.1  # of the best one's score
_FIRST, _BESIDE = 3, 0.3  # passages whose headings are looked for besides, and how much these matter
# What can be done on a test environment alone (a job started by hand, a clock set forward, where mails end up) is of use to every
# test, and no case asks for it by name: so many passages about it come right after the first ones.
_OF_TESTING = 3
_TEST_ENVIRONMENT = re.compile(
    r"(?:検証|テスト|試験)(?:用の?)?(?:環境|モード|サイト|サーバー?)|ステージング|[擬疑]似"
    r"|\bstaging\b|\btest (?:environment|mode|system|site|server)s?\b|\bsandbox\b|\bsimulat(?:e|ed|es|ion)\b"
)


def ranked(case: TestCase, passages: tuple[Passage, ...], most: int = MOST) -> tuple[Passage, ...]:
    """The passages that are relevant to a case, the best first, and long tables without their irrelevant rows. It also searches
    for what the headings above the first ones name: the passage of a rule says what happens, and another says on which screen."""
    index, query = _index(passages), _query(case)
    first = _best(index.scores(query), _FIRST)
    for term in {term for place in first for term in terms(passages[place].place)}:
        query[term] += _BESIDE
    scores = index.scores(query)
    order = [place for place in _best(scores, most) if scores[place] >= _LEAST * max(scores)]
    order = _with_testing(order, scores, _of_testing(passages))
    numbered = codes(passages[place].text for place in order[:_FIRST])
    return tuple(
        replace(passages[place], text=shortened(passages[place].text, query, numbered)) for place in order[:most]
    )


def _with_testing(order: list[int], scores: Sequence[float], testing: Sequence[int]) -> list[int]:
    """With what is said of the test environment after the first ones; nothing where the documents say nothing of the case."""
    nearest = sorted(testing, key=lambda place: (-scores[place], place))[:_OF_TESTING] if order else []
    moved = [place for place in nearest if place not in order[:_FIRST]]
    return [*order[:_FIRST], *moved, *(place for place in order[_FIRST:] if place not in moved)]


def _best(scores: Sequence[float], most: int) -> list[int]:
    """The positions of the highest scores; of equal ones, the first."""
    order = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:most]
    return [place for place in order if scores[place] > 0]


def fitting(passages: Iterable[Passage], room: int) -> tuple[Passage, ...]:
    """The best passages that together fit into `room` tokens."""
    kept: list[Passage] = []
    room = min(room, MOST_TOKENS)
    for passage in passages:
        needed = estimate_tokens(as_data(excerpt(passage)))
        if needed <= room:
            kept.append(passage)
            room -= needed
    return tuple(kept)


def excerpt(passage: Passage) -> dict[str, str]:
    """A passage in the form in which a model reads it."""
    return {"from": ", ".join(filter(None, (passage.document, passage.place))), "text": passage.text}


def _query(case: TestCase) -> dict[str, float]:
    query: dict[str, float] = defaultdict(float)
    parts: list[tuple[float, Iterable[str]]] = [
        (_TITLE, (case.title,)),
        (_RESULT, case.expected_results),
        (_LABEL, (label for text in case.texts() for label in quotes(text))),
        (_OTHER, (*case.preconditions, *case.section, *case.postconditions, *case.test_data, *case.test_data.values())),
        (_OTHER, filter(None, (case.objective, case.specification))),
    ]
    for matters, texts in parts:
        for term in {term for text in texts for term in terms(text)}:
            query[term] += matters
    return query


@lru_cache(maxsize=2)
def _of_testing(passages: Sequence[Passage]) -> tuple[int, ...]:
    return tuple(place for place, one in enumerate(passages) if _TEST_ENVIRONMENT.search(folded(one.text)))


@lru_cache(maxsize=2)  # of a batch all cases have the same documents
def _index(passages: Sequence[Passage]) -> Bm25:
    return Bm25([[*terms(passage.text), *terms(passage.place) * _OF_PLACE] for passage in passages])
