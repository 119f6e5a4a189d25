"""Finds which of many texts answer a query: Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).

The libraries for it (bm25s, rank-bm25) need numpy, 60 MB for one formula, and a team's documents have hundreds of passages, not
millions.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

K1, B = 1.2, 0.75  # as Lucene has them


class Bm25:
    """An index over the terms of texts, built once and queried often."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._size = len(texts)
        usual = sum(map(len, texts)) / max(self._size, 1) or 1.0
        self._weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, text in enumerate(texts):
            longer = K1 * (1 - B + B * len(text) / usual)
            for term, count in Counter(text).items():
                self._weights[term].append((place, count * (K1 + 1) / (count + longer)))

    def scores(self, query: Mapping[str, float]) -> list[float]:
        """The score of each text for the terms of a query and their weights."""
        found = [0.0] * self._size
        for term, matters in query.items():
            met = self._weights.get(term, ())
            rare = matters * math.log(1 + (self._size - len(met) + 0.5) / (len(met) + 0.5))
            for place, weight in met:
                found[place] += rare * weight
        return found
