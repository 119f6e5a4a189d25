"""`testgen convert`: from one format to another, and what is lost is said."""

from pathlib import Path

import pytest
from support.procedures import procedure
from typer.testing import CliRunner

from testgen.cli import app
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def a_procedure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.json").write_text(procedure(("Open it", "x", "It is open")).model_dump_json(), encoding="utf-8")


def convert(*arguments: str) -> str:
    done = RUNNER.invoke(app, ["convert", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stderr


def test_there_and_back_again() -> None:
    assert "TestRail CSV cannot hold: kind, verifies, tags" in convert("p.json", "t.csv", "--to", "testrail-csv")
    convert("t.csv", "back.json")
    found = Procedure.model_validate_json(Path("back.json").read_text(encoding="utf-8"))
    assert (found.title, found.steps[0].action, found.steps[0].test_data) == ("T", "Open it", "x")


def test_a_spreadsheets_file_starts_with_a_byte_order_mark() -> None:
    convert("p.json", "t.csv")
    assert Path("t.csv").read_bytes().startswith(b"\xef\xbb\xbfID,Title")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["p.json", "t.docx"], "its ending names no format: give --to"),
        (["p.json", "t.csv", "--to", "jira"], "--to (jira): there is no such format"),
        (["p.json", "t.csv", "--from", "gherkin"], "--from (gherkin): there is no such format"),
        (["none.json", "t.csv"], "cannot be read: No such file"),
    ],
)
def test_what_cannot_be_converted_says_why_and_writes_nothing(arguments: list[str], says: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        convert(*arguments)
    assert says in str(refused.value)
    assert {path.name for path in Path().iterdir()} == {"p.json"}
