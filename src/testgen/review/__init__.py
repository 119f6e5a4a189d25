"""The review: a published catalog of rules, checked without a model, in Japanese and English."""

from testgen.review.catalog import RULES, Rule
from testgen.review.japanese import warm_up
from testgen.review.reviewer import Review, review
from testgen.review.settings import ReviewSettings

__all__ = ["RULES", "Review", "ReviewSettings", "Rule", "review", "warm_up"]
