"""Small Japanese cases for the engine `outline`, and the steps that it makes of them."""

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def case(*expected: str, specification: str = "", title: str = "t", **more: object) -> TestCase:
    """A case with these expected results."""
    return TestCase.parse(
        {
            "id": "x",
            "title": title,
            "language": "ja",
            "preconditions": ["画面を表示している"],
            "specification": specification,
            "expected_results": list(expected),
            **more,
        }
    )


def steps(given: TestCase) -> list[Step]:
    """What the engine makes of it."""
    return outline(given, "ja")[0]
