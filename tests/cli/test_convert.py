"""`testgen convert`: from one format to another, and what is lost is said."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.procedures import procedure
from support.workbooks import workbook
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
    with pytest.raises(
        InvalidInputError, match="/columns/なにをする .akction.: does not name a field: use one of id, "
    ):
        convert("a.csv", "d.json", "--columns", "c.yaml")


def test_a_template_is_written_once() -> None:
    done = RUNNER.invoke(app, ["template", "-o", "t.xlsx"])
    assert done.exit_code == 0
    assert Path("t.xlsx").read_bytes().startswith(b"PK")
    again = RUNNER.invoke(app, ["template", "-o", "t.xlsx"])
    assert "already exists and may have been filled in" in str(again.exception)
    assert "must end in .xlsx" in str(RUNNER.invoke(app, ["template", "-o", "t.csv"]).exception)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["p.json", "t.docx"], "its extension does not name a format: give --to"),
        (["p.json", "t.tsv"], "its extension does not name a format: give --to"),
        (["p.json", "t.csv", "--to", "jira"], "--to (jira): there is no such format"),
        (["p.json", "t.csv", "--from", "docx"], "--from (docx): there is no such format"),
        (["p.json", "t.xls"], "--to (xls): there is no such format"),
        (["p.json"], "OUTPUT: is missing"),
        (["p.json", "t.xlsx", "--encoding", "cp932"], "encoding (cp932): is not one of Excel workbook"),
        (["none.json", "t.csv"], "cannot be read: No such file"),
    ],
)
def test_what_cannot_be_converted_says_why_and_writes_nothing(arguments: list[str], says: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        convert(*arguments)
    assert says in str(refused.value)
    assert {path.name for path in Path().iterdir()} == {"p.json"}


TWO = "ID,Title,Action,Expected result\n1,Open,Open it,It is open\n2,Idea\n"


def test_what_is_skipped_is_said_by_row_and_the_rest_is_written() -> None:
    Path("a.csv").write_text(TWO, encoding="utf-8")
    said = convert("a.csv", "b.json")
    assert "a.csv: read 1, skipped 1" in said
    assert "row 3: has no step for 'Idea'" in said
    assert Procedure.model_validate_json(Path("b.json").read_text(encoding="utf-8")).title == "Open"


def test_a_wrong_field_is_said_by_its_heading_and_in_a_text_file_by_its_line() -> None:
    Path("a.csv").write_text(
        "ID,Title,Action,Expected result,Verifies\n1,A,Open,Open,0\n2,B,Open,Open,\n", encoding="utf-8"
    )
    assert "row 2 (1 A): column 'Verifies' (0): must be at least 1" in convert("a.csv", "b.json")
    assert "2行目 (1 A): 「Verifies」の列 (0): 1 以上にしてください" in convert("a.csv", "c.json", "--language", "ja")
    Path("a.yaml").write_text("title: A\nsteps:\n  - Open\n  - {action: 5}\n", encoding="utf-8")
    with pytest.raises(
        InvalidInputError, match=r"a.yaml: the procedure is not valid: line 4, /steps/1/action \(5\): must be"
    ):
        convert("a.yaml", "d.json")


def test_strict_refuses_a_file_of_which_something_would_be_skipped() -> None:
    Path("a.csv").write_text(TWO, encoding="utf-8")
    with pytest.raises(InvalidInputError, match="row 3: has no step for 'Idea'"):
        convert("a.csv", "b.json", "--strict")
    assert not Path("b.json").exists()


def test_a_dry_run_reports_and_writes_nothing() -> None:
    Path("a.csv").write_text(TWO, encoding="utf-8")
    before = sorted(Path().iterdir())
    said = convert("a.csv", "--dry-run")
    assert "skipped 1" in said
    assert "1 procedures with 1 steps can be read" in said
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(("delimiter", "given"), [(";", ";"), ("|", "|"), ("\t", "tab")])
def test_a_delimiter_that_is_given_decides(delimiter: str, given: str) -> None:
    Path("a.csv").write_text(TWO.replace(",", delimiter), encoding="utf-8")
    assert "read 1, skipped 1" in convert("a.csv", "b.json", "--delimiter", given)


def test_columns_that_are_left_behind_are_named_in_one_line() -> None:
    Path("a.csv").write_text("ID,Title,Steps (Step),Estimate\nC1,Open,Open it,5m\n", encoding="utf-8")
    assert "testgen: a.csv: ignored: Estimate\n" in convert("a.csv", "b.json")


def test_gherkin_is_written_into_a_folder_a_file_a_section() -> None:
    Path("a.csv").write_text(
        "ID,Title,Section,Action,Expected result\n1,Open,Doors,Open it,It is open\n2,開ける,扉,開ける,開く\n",
        encoding="utf-8",
    )
    Path("out").mkdir()
    convert("a.csv", "out")
    assert sorted(path.name for path in Path("out").iterdir()) == ["Doors.en.feature", "扉.ja.feature"]


def test_xray_gets_the_mapping_that_its_importer_wants() -> None:
    import csv
    import json

    convert("p.json", "x.csv", "--to", "xray-csv", "--mapping", "m.json")
    columns = next(csv.reader(Path("x.csv").read_text(encoding="utf-8").splitlines()))
    mapped = json.loads(Path("m.json").read_text(encoding="utf-8"))["config.field.mappings"]
    fields = {columns[entry["column.index"]]: entry["jira.field"]["id"] for entry in mapped}
    assert (fields["Action"], fields["Issue ID"], fields["Labels"]) == ("__xray_step_action", "__xray_testId", "labels")
    assert set(columns) - set(fields) == {"Issue Key"}
    with pytest.raises(InvalidInputError, match="--mapping"):
        convert("p.json", "b.json", "--mapping", "m.json")


def test_azure_says_which_titles_it_cuts() -> None:
    Path("p.json").write_text(
        procedure(("Open it", "It is open")).model_copy(update={"title": "x" * 129}).model_dump_json(), encoding="utf-8"
    )
    assert "the title of T-1 has 129 characters; Azure allows 128" in convert("p.json", "a.csv", "--to", "azure-csv")
    assert "x" * 127 + "…" in Path("a.csv").read_text(encoding="utf-8-sig")


def test_a_procedure_by_hand_needs_only_a_title_and_actions() -> None:
    Path("door.yaml").write_text(
        "title: Open the door\nsteps:\n  - Turn the key\n  - action: Pull\n    expected_result: It opens\n",
        encoding="utf-8",
    )
    convert("door.yaml", "b.json")
    made = Procedure.model_validate_json(Path("b.json").read_text(encoding="utf-8"))
    assert (made.test_case_id, made.title, made.provenance.origin) == ("door", "Open the door", "imported")
    assert [(step.number, step.action, step.expected_result) for step in made.steps] == [
        (1, "Turn the key", ""),
        (2, "Pull", "It opens"),
    ]


def test_azure_gets_an_area_path_only_when_asked() -> None:
    convert("p.json", "t.csv", "--to", "azure-csv", "--area-path", "Shop\\Web")
    assert ",Test Case,T,,,,Shop\\Web,,Design" in Path("t.csv").read_text(encoding="utf-8-sig")
    convert("p.json", "t.csv", "--to", "azure-csv")
    assert "Shop" not in Path("t.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(InvalidInputError, match="--area-path .xray-csv.: is only for azure-csv"):
        convert("p.json", "t.csv", "--to", "xray-csv", "--area-path", "Shop")


def test_a_teams_form_is_filled_in() -> None:
    Path("form.xlsx").write_bytes(workbook({"S": [["テスト項目", "手順", "期待結果"]]}))
    said = convert("p.json", "t.xlsx", "--template", "form.xlsx")
    assert "cannot hold" not in said
    rows = load_workbook("t.xlsx")["S"].iter_rows(min_row=2, values_only=True)
    assert list(rows) == [("T", "Open it\n[Test data] x", "It is open")]


@pytest.mark.parametrize(
    ("target", "template", "says"),
    [
        ("t.json", "form.xlsx", "--template .json.: can only be filled in as xlsx: give -o FILE.xlsx or --format xlsx"),
        ("t.xlsx", "p.json", "p.json: is not an Excel workbook"),
        ("t.xlsx", "none.xlsx", "none.xlsx"),
        ("form.xlsx", "form.xlsx", "is also an input, and would be lost"),
    ],
)
def test_what_is_no_form_is_refused_and_nothing_is_written(target: str, template: str, says: str) -> None:
    form = workbook({"S": [["テスト項目", "手順", "期待結果"]]})
    Path("form.xlsx").write_bytes(form)
    with pytest.raises(InvalidInputError, match=says):
        convert("p.json", target, "--template", template)
    assert Path("form.xlsx").read_bytes() == form
    assert not Path("t.xlsx").exists()


def test_procedures_for_which_the_form_has_no_room_are_kept_elsewhere() -> None:
    many = procedure(("Open it", "a"), ("Close it", "b"))
    Path("p.json").write_text(many.model_dump_json(), encoding="utf-8")
    Path("form.xlsx").write_bytes(workbook({"S": [["テスト項目", "手順", "期待結果"], [], ["※ 以上"]]}))
    with pytest.raises(InvalidInputError, match="has 1 empty rows above row 3") as refused:
        convert("p.json", "t.xlsx", "--template", "form.xlsx")
    kept = re.search(r"the result is in (\S+), as JSON", str(refused.value))
    assert kept
    assert Procedure.model_validate(json.loads(Path(kept[1]).read_text())).steps[1].action == "Close it"
    Path(kept[1]).unlink()
