"""Compares models: the same test cases by several models, and how they differ."""

from testgen.evaluation.comparing import Comparison, Interval, compare
from testgen.evaluation.outcome import Outcome, evaluate
from testgen.evaluation.summary import Summary, bundled_cases, report, summary

__all__ = ["Comparison", "Interval", "Outcome", "Summary", "bundled_cases", "compare", "evaluate", "report", "summary"]
