"""Fields that say that there is nothing."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.reading.untold import without_nothing

CASE = TestCase.parse({"id": "x", "title": "A test", "expected_results": ["Done"]})


def left(text: str) -> tuple[list[str], list[str]]:
    case = without_nothing(CASE.model_copy(update={"preconditions": [text], "postconditions": [text]}))
    return case.preconditions, case.postconditions


@pytest.mark.parametrize("text", ["None", "N/A.", "...", "-", "なし", "特になし。", "該当なし"])
def test_what_says_nothing_is_no_state_and_no_act(text: str) -> None:
    assert left(text) == ([], [])


@pytest.mark.parametrize(
    "text", ["No clean-up needed", "Nothing to do", "後処理は不要", "特にありません", "後処理：なし"]
)
def test_a_clean_up_that_is_not_needed_is_none(text: str) -> None:
    assert left(text)[1] == []


@pytest.mark.parametrize(
    "text", ["No row of the test is left", "不要な行を削除する", "仮データなし", "Nothing is queued"]
)
def test_what_tells_of_something_stays(text: str) -> None:
    assert left(text) == ([text], [text])
