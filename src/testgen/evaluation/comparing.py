"""Compares two models on the same cases: the difference per case, with an interval, and no winner within the noise.

The interval is that of the percentile bootstrap at 95 % (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13),
over cases: repetitions of one case are averaged first, because they are no further evidence about other cases. The random numbers have
a fixed seed.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from testgen.evaluation.outcome import Outcome

RESAMPLES = 5_000
CONFIDENCE = 0.95
FEWEST = 6  # cases; fewer pairs give an interval that means nothing


@dataclass(frozen=True)
class Interval:
    """A mean difference, and the range in which its true value lies in 95 of 100 such comparisons."""

    difference: float
    low: float
    high: float

    @property
    def tells(self) -> bool:
        """Whether the interval excludes zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Comparison:
    """`one` minus `other`: in grade (more is better) and in findings per step (fewer are better); None if there are not enough cases."""

    one: str
    other: str
    grade: Interval | None
    findings_per_step: Interval | None

    @property
    def better(self) -> str | None:
        """Which model is better, by readiness or else by findings; None if the difference is within the noise."""
        if self.grade and self.grade.tells:
            return self.one if self.grade.low > 0 else self.other
        if self.findings_per_step and self.findings_per_step.tells:
            return self.one if self.findings_per_step.high < 0 else self.other
        return None


def compare(one: Sequence[Outcome], other: Sequence[Outcome]) -> Comparison:
    """Compares two models on the cases that both received."""
    return Comparison(
        one[0].subject,
        other[0].subject,
        _interval(one, other, lambda outcome: outcome.grade),
        _interval(one, other, lambda outcome: outcome.findings_per_step),
    )


def _interval(
    one: Sequence[Outcome], other: Sequence[Outcome], of: Callable[[Outcome], float | None]
) -> Interval | None:
    mine, theirs = _by_case(one, of), _by_case(other, of)
    pairs = [mine[case] - theirs[case] for case in mine if case in theirs]
    if len(pairs) < FEWEST:
        return None
    draw = random.Random(0)  # noqa: S311 - a resample is no secret
    means = sorted(fmean(draw.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    cut = round((1 - CONFIDENCE) / 2 * RESAMPLES)
    return Interval(fmean(pairs), means[cut], means[-cut - 1])


def _by_case(outcomes: Sequence[Outcome], of: Callable[[Outcome], float | None]) -> Mapping[str, float]:
    values: dict[str, list[float]] = defaultdict(list)
    for outcome in outcomes:
        if (value := of(outcome)) is not None:
            values[outcome.case.id].append(value)
    return {case: fmean(found) for case, found in values.items()}
