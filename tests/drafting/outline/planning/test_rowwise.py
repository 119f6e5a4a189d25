"""The rows of a table are tried once."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline

TABLE = """| # | change to order file | expected code |
|---|---|---|
| 1 | qty = 0 | too_low |
| 2 | sku removed | required |"""


def test_a_second_result_about_the_table_is_seen_on_the_same_rows() -> None:
    results = ["Every row gives HTTP 400", "code is as in the table"]
    told = {"title": "Limits", "specification": TABLE, "test_data": {"order file": "ok.json"}}
    steps = outline(TestCase.parse({"id": "x", **told, "expected_results": results}), "en")[0]
    assert [(step.action, list(step.verifies)) for step in steps] == [
        ("Use the order file with qty = 0", [1, 2]),
        ("Use the order file with sku removed", [1, 2]),
    ]
