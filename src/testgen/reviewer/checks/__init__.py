"""Checks for what a pattern cannot express, registered under the name of their rule.

A check is a generator of hits in a `Subject`. Its module is imported below, which registers it.
"""

from testgen.reviewer.checks import (
    coverage,
    flow,
    grounding,
    house,
    language,
    leaks,
    leftovers,
    open_points,
    results,
    structure,
    suite,
    terms,
)
from testgen.reviewer.checks.registry import CHECKS, NEED_A_CASE, NEED_RESULTS, SUITE_CHECKS

__all__ = [
    "CHECKS",
    "NEED_A_CASE",
    "NEED_RESULTS",
    "SUITE_CHECKS",
    "coverage",
    "flow",
    "grounding",
    "house",
    "language",
    "leaks",
    "leftovers",
    "open_points",
    "results",
    "structure",
    "suite",
    "terms",
]
