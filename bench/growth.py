"""How something grows: the exponent that fits three sizes or more, beside that of n log n over the same sizes."""

import math
import statistics
from collections.abc import Sequence

TOLERANCE = 0.15  # of an exponent that is fitted to three sizes, each measured a few times


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of a straight line through the logarithms: 1 is proportional, 2 quadratic."""
    return statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(max(value, 1e-9)) for value in values]
    )[0]


def n_log_n(sizes: Sequence[float]) -> float:
    """What n log n would have as its exponent over these sizes."""
    return exponent(sizes, [size * math.log(max(size, 2)) for size in sizes])


def verdict(sizes: Sequence[float], values: Sequence[float]) -> str:
    """The exponent; worse than n log n says so."""
    found, bound = exponent(sizes, values), n_log_n(sizes)
    return f"{found:.2f}" if found <= bound + TOLERANCE else f"**{found:.2f}, worse than n log n ({bound:.2f})**"


def row(what: str, sizes: Sequence[float], values: Sequence[float], unit: str) -> list[str]:
    """A row for `HEAD`."""
    shown = " / ".join(f"{value:,.3g}" if value < 1000 else f"{value:,.0f}" for value in values)
    return [what, " / ".join(f"{size:,g}" for size in sizes), f"{shown} {unit}", verdict(sizes, values)]


HEAD = ("What grows", "Sizes", "Measured", "Exponent")
