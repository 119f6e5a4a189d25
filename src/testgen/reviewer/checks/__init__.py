"""What a pattern cannot say: checks, registered by the name of their rule.

A check is a generator of hits over a `Subject`. Its module is imported below, which registers it.
"""

from testgen.reviewer.checks import (
    coverage,
    grounding,
    house,
    language,
    leaks,
    leftovers,
    open_points,
    results,
    structure,
)
from testgen.reviewer.checks.registry import CHECKS, NEED_A_CASE, NEED_RESULTS

__all__ = [
    "CHECKS",
    "NEED_A_CASE",
    "NEED_RESULTS",
    "coverage",
    "grounding",
    "house",
    "language",
    "leaks",
    "leftovers",
    "open_points",
    "results",
    "structure",
]
