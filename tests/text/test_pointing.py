"""Which results say nothing but that the scenarios hold."""

import pytest

from testgen.text.pointing import points_to_scenarios


@pytest.mark.parametrize(
    "text",
    [
        "Both scenarios pass",
        "See scenarios.",
        "as per the scenarios above",
        "シナリオがどちらも成立すること",
        "上記シナリオのとおりに動作する",
    ],
)
def test_nothing_else_is_said(text: str) -> None:
    assert points_to_scenarios(text)


@pytest.mark.parametrize(
    "text", ["Scenario 2 shows nothing", "All pass", "シナリオ1の画面が出る", "すべて合格する", "scenario " * 2000]
)
def test_something_is_said_or_no_scenario_named(text: str) -> None:
    assert not points_to_scenarios(text)
