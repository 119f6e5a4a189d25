"""An option and its values, as the specification lists them."""

from typing import Any

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def acts(**fields: Any) -> list[str]:
    return [step.action for step in outline(TestCase.parse({"id": "x"} | fields), "en")[0]]


def test_the_value_that_the_title_quotes_is_set_first() -> None:
    told = acts(
        title="Lamp - 'Sunset'",
        specification="Lamp options: Off, Reading, Sunset. Off switches it off.",
        expected_results=["Wait until 21:00: light is red"],
    )
    assert told[0] == 'Set the lamp to "Sunset"'


def test_a_value_that_does_something_is_set_where_it_is_set() -> None:
    told = acts(
        title="Text load",
        specification="Load dialog: Encoding = guess / latin / utf. Nothing else is asked.",
        expected_results=["Guess finds UTF-8"],
    )
    assert told == ["Set Encoding to guess in the load dialog"]
