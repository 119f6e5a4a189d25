"""Precision, recall and F1 of rules against labels, with Wilson intervals for the shares."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class Count:
    """True and false positives and false negatives of one rule."""

    hits: int = 0
    extra: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def positives(self) -> int:
        return self.hits + len(self.missed)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + len(self.extra)) if self.hits + len(self.extra) else 1.0

    @property
    def recall(self) -> float:
        return self.hits / self.positives if self.positives else 1.0

    @property
    def f1(self) -> float:
        both = 2 * self.hits + len(self.extra) + len(self.missed)
        return 2 * self.hits / both if both else 1.0


def compare(rows: Iterable[tuple[str, set[str], set[str]]]) -> dict[str, Count]:
    """Counts a rule over (name of the step, labels, findings)."""
    counts: dict[str, Count] = defaultdict(Count)
    for name, wanted, found in rows:
        for rule in wanted & found:
            counts[rule].hits += 1
        for rule in found - wanted:
            counts[rule].extra.append(name)
        for rule in wanted - found:
            counts[rule].missed.append(name)
    return dict(counts)


def micro(counts: Mapping[str, Count]) -> Count:
    """All rules together."""
    total = Count()
    for count in counts.values():
        total.hits += count.hits
        total.extra += count.extra
        total.missed += count.missed
    return total


def interval(share: float, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if of == 0:
        return 0.0, 1.0
    z = 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(middle - half, 0.0), min(middle + half, 1.0)
