"""docs/security.md names tests as proof: they are there, and each risk has one."""

import re

import pytest
from support.cases import ROOT

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| (?:API|LLM|V)\d+ ", line)]


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_every_risk_has_a_test_or_does_not_apply(row: str) -> None:
    assert "`tests/" in row or "There are none" in row


@pytest.mark.parametrize(
    ("prefix", "numbers"),
    [("API", range(1, 11)), ("LLM", range(1, 11)), ("V", (1, 2, 3, 4, 5, 6, 8, 11, 12, 13, 14, 15, 16))],
)
def test_no_risk_of_the_lists_is_left_out(prefix: str, numbers: range) -> None:
    assert {int(re.match(rf"\| {prefix}(\d+) ", row)[1]) for row in ROWS if row.startswith(f"| {prefix}")} == set(
        numbers
    )  # type: ignore[index]
