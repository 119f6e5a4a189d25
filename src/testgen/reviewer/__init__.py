"""The review: a published catalog of rules, checked without a model, in Japanese and English."""

from testgen.reviewer.catalog import RULES, Rule
from testgen.reviewer.reviewer import Review, compare, rated, review
from testgen.reviewer.settings import ReviewSettings
from testgen.reviewer.warming import warm_up

__all__ = ["RULES", "Review", "ReviewSettings", "Rule", "compare", "rated", "review", "warm_up"]
