"""`testgen capacity`: an answer in numbers, and clear refusals."""

import json

import pytest
from typer.testing import CliRunner

from testgen.cli import app


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["capacity", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def test_more_tasks_until_the_wait_is_short() -> None:
    rows = json.loads(run("--engineers", "120", "--tokens-per-second", "20", "--format", "json"))
    assert [row["tasks"] for row in rows] == list(range(rows[0]["tasks"], rows[0]["tasks"] + len(rows)))
    assert [row["wait_p95_s"] for row in rows] == sorted((row["wait_p95_s"] for row in rows), reverse=True)
    assert [row["enough"] for row in rows][-2:] == [True, True]
    assert rows[0]["usd_per_hour"] == pytest.approx(0.71 * rows[0]["tasks"], abs=0.01)


def test_the_table_says_how_many_are_enough() -> None:
    said = run("--engineers", "50", "--tokens-per-second", "20")
    assert "50 engineers request 3.3 procedures per minute; one takes 26 s to write" in said
    assert "tasks, 95 % of the requests wait less than 60 s" in said


def test_a_large_company_is_simulated_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testgen.cli.capacity.MOST_REQUESTS", 900)
    said = run("--engineers", "2000", "--tokens-per-second", "40", "--procedures-per-hour", "0.2")
    assert "2,000 engineers request 6.7 procedures per minute" in said
    assert "Simulated as 4 equal parts" in said
