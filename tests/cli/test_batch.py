"""`testgen batch`: what has steps is kept and bettered, as `generate` does it."""

import json
from pathlib import Path

import pytest
from support.workbooks import workbook
from typer.testing import CliRunner

from testgen.cli import app

ROWS = [
    ["No", "テスト項目", "手順", "期待結果"],
    ["1", "検索できる", "検索画面を開く", "検索画面が表示される"],
    [None, None, "「検索」を押す", "一覧に 3 件が表示される"],
]


@pytest.fixture(autouse=True)
def a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xlsx").write_bytes(workbook({"S": ROWS}))


def batch(*options: str) -> str:
    done = CliRunner().invoke(app, ["batch", "a.xlsx", "-o", "o.json", "--engine", "outline", *options])
    assert done.exit_code == 0, done.output
    return done.stderr


def actions() -> list[tuple[str, str]]:
    return [(step["action"], step["expected_result"]) for step in json.loads(Path("o.json").read_text())["steps"]]


def test_rows_that_have_steps_are_improved() -> None:
    assert "1 of 1 have steps: they are improved; --anew writes new ones" in batch()
    assert actions() == [(row[2], row[3]) for row in ROWS[1:]], "what is aligned stays as it is"


def test_anew_writes_new_steps() -> None:
    assert "improved" not in batch("--anew")
    assert actions() != [(row[2], row[3]) for row in ROWS[1:]]


def test_unchanged_procedures_are_not_improved_again() -> None:
    batch()
    assert "1 written (1 reused)" in batch("--resume")
    Path("a.xlsx").write_bytes(workbook({"S": [*ROWS, [None, None, "閉じる", "閉じている"]]}))
    assert "1 written (0 reused)" in batch("--resume")
