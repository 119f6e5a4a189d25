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
    assert Path("t.csv").read_bytes().startswith(b"\xef\xbb\xbfID,Readiness,Title")


def test_a_file_for_old_programs_is_written_in_cp932() -> None:
    convert("p.json", "t.csv", "--encoding", "cp932")
    assert Path("t.csv").read_text(encoding="cp932").startswith("ID,Readiness,Title")


def test_a_character_that_cp932_cannot_hold_is_named_with_row_and_column() -> None:
    Path("p.json").write_text(procedure(("Open it", "a"), ("𠮷野を開く", "b")).model_dump_json(), encoding="utf-8")
    with pytest.raises(InvalidInputError) as refused:
        convert("p.json", "t.csv", "--encoding", "cp932")
    assert "'𠮷' (U+20BB7) in row 3, column 8 (Action) cannot be written in cp932" in str(refused.value)
    assert not Path("t.csv").exists()


def test_a_tools_csv_warns_that_a_spreadsheet_would_run_it() -> None:
    assert "a spreadsheet would run those that begin with = + - @" in convert("p.json", "t.csv", "--to", "xray-csv")


def test_a_teams_headings_come_from_a_file_or_the_folder() -> None:
    Path("a.csv").write_text("名前,なにをする\nログイン,開く\n", encoding="utf-8")
    Path("c.yaml").write_text("columns:\n  なにをする: action\n  名前: title\n", encoding="utf-8")
    convert("a.csv", "b.json", "--columns", "c.yaml")
    Path(".testgen.toml").write_text('columns = "c.yaml"\n', encoding="utf-8")
    convert("a.csv", "c.json")
    for name in ("b.json", "c.json"):
        assert Procedure.model_validate_json(Path(name).read_text(encoding="utf-8")).title == "ログイン"
    Path("c.yaml").write_text("なにをする: akction\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="/columns/なにをする .akction.: names no field: use one of id, "):
        convert("a.csv", "d.json")


def test_a_template_is_written_once() -> None:
    done = RUNNER.invoke(app, ["template", "-o", "t.xlsx"])
    assert done.exit_code == 0
    assert Path("t.xlsx").read_bytes().startswith(b"PK")
    again = RUNNER.invoke(app, ["template", "-o", "t.xlsx"])
    assert "exists already, and may be filled in" in str(again.exception)
    assert "must end in .xlsx" in str(RUNNER.invoke(app, ["template", "-o", "t.csv"]).exception)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["p.json", "t.docx"], "its ending names no format: give --to"),
        (["p.json", "t.csv", "--to", "jira"], "--to (jira): there is no such format"),
        (["p.json", "t.csv", "--from", "gherkin"], "--from (gherkin): there is no such format"),
        (["p.json", "t.xlsx", "--encoding", "cp932"], "encoding (cp932): is not one of Excel workbook"),
        (["none.json", "t.csv"], "cannot be read: No such file"),
    ],
)
def test_what_cannot_be_converted_says_why_and_writes_nothing(arguments: list[str], says: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        convert(*arguments)
    assert says in str(refused.value)
    assert {path.name for path in Path().iterdir()} == {"p.json"}
