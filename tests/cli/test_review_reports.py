"""What `testgen review` writes for programs and for teams: SARIF, workbooks, baselines, totals, lines and cells."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook
from support.procedures import procedure
from support.workbooks import workbook
from typer.testing import CliRunner

from testgen.cli import app
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import write_procedures

SCHEMA = json.loads((Path(__file__).parents[1] / "data/sarif/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
RUNNER = CliRunner()
HEAD = ["No", "テスト項目", "手順", "テストデータ", "期待結果"]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> tuple[int, str, str]:
    done = RUNNER.invoke(app, ["review", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def titled(title: str, *steps: tuple[str, str], **more: Any) -> Procedure:
    return procedure(*steps).model_copy(update={"title": title, "test_case_id": title, **more})


def saved(name: str, *procedures: Procedure, form: str = "json") -> str:
    Path(name).write_bytes(write_procedures(procedures, form))
    return name


def a_sheet(name: str) -> str:
    rows = [
        ["会員テスト"],
        HEAD,
        ["1", "退会", "退会画面を開く", "", "退会画面が表示される"],
        ["", "", "任意の理由を選択する", "", "理由が表示される"],
        ["2", "入会", "1. 入会画面を開く\n2. 「登録」を押す", "", "1. 入会画面が表示される"],
    ]
    Path(name).write_bytes(workbook({"手順": [["目次"]], "会員's": rows}))
    return name


def results_of(output: str) -> list[dict[str, Any]]:
    log = json.loads(output)
    jsonschema.validate(log, SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    results: list[dict[str, Any]] = log["runs"][0]["results"]
    return results


@pytest.mark.parametrize("form", ["json", "yaml", "csv", "gherkin", "testlink-xml", "xray-csv"])
def test_sarif_points_at_the_line_of_the_field_in_every_text_format(form: str) -> None:
    made = [
        titled(
            "One", ("Open the first & main page", "It is shown"), ('Enter some text as "Name"', "It\nis shown properly")
        ),
        titled("Two", ("Open the first & main page", "It is shown"), ("Choose any entry", "It is shown")),
    ]
    name = saved("p.json", *made) if form == "json" else saved(f"p{SUFFIXES[form]}", *made, form=form)
    lines = Path(name).read_text(encoding="utf-8").splitlines()
    found = {result["ruleId"]: result for result in results_of(run(name, "--format", "sarif")[1])}
    place = found["ambiguous-wording"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": name}
    assert "properly" in "\n".join(lines[place["region"]["startLine"] - 1 :][:3])
    values = [
        result for result in results_of(run(name, "--format", "sarif")[1]) if result["ruleId"] == "unspecified-value"
    ]
    told = [lines[entry["locations"][0]["physicalLocation"]["region"]["startLine"] - 1] for entry in values]
    assert "some" in told[0]
    assert "any entry" in told[1]


SUFFIXES = {"yaml": ".yaml", "csv": ".csv", "gherkin": ".feature", "testlink-xml": ".xml", "xray-csv": ".csv"}


def test_sarif_names_sheet_and_cell_of_a_workbook_and_no_line() -> None:
    [first, *_] = results_of(run(a_sheet("会員 1.xlsx"), "--format", "sarif")[1])
    assert first["ruleId"] == "unspecified-value"
    place = first["locations"][0]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "%E4%BC%9A%E5%93%A1%201.xlsx"}}
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "1 / step 2 / '会員''s'!C4"
    assert first["properties"] == {"sheet": "会員's", "cell": "C4"}


def test_sarif_of_nothing_found_is_valid_too() -> None:
    assert results_of(run(saved("p.json", titled("T", ("Open the page", "It is shown"))), "--format", "sarif")[1]) == []


def test_the_workbook_leads_from_a_finding_to_its_cell() -> None:
    Path("out").mkdir()
    code, _, _ = run(a_sheet("会員 1.xlsx"), "--format", "xlsx", "-o", "out/found.xlsx")
    assert code == 1  # the second step of 入会 has no expected result
    book = load_workbook("out/found.xlsx")
    rows = list(book["指摘"].iter_rows(min_row=2))
    links = {row[1].value: row[5].hyperlink for row in rows}
    assert (links["値の指定がない"].target, links["値の指定がない"].location) == (
        "../%E4%BC%9A%E5%93%A1%201.xlsx",
        "'会員''s'!C4",
    )
    assert links["対応する期待結果がない操作"].location == "'会員''s'!E5"
    totals = [[cell.value for cell in row] for row in book["集計"].iter_rows(min_row=2)]
    assert ["エラー", "対応する期待結果がない操作", 1, 1] in totals


def test_the_table_and_json_name_sheet_and_cell() -> None:
    name = a_sheet("a.xlsx")
    _, output, _ = run(name)
    assert "a.xlsx, sheet 会員's, row 3" in output
    assert "'会員''s'!C4" in output
    entry = json.loads(run(name, "--format", "json")[1])[0]
    assert (entry["file"], entry["procedure"], entry["sheet"], entry["row"], entry["cell"]) == (
        name,
        "1",
        "会員's",
        4,
        "C4",
    )


def test_totals_stand_behind_several_procedures() -> None:
    name = saved(
        "p.json",
        titled("A", ("Open the page", "")),
        titled("B", ("Open it", ""), ("Use some text", "")),
        titled("C", ("Open", "Shown")),
    )
    lines = run(name)[1].splitlines()
    assert lines[-3:] == [
        "3 procedures: 1 ready, 2 skeleton",
        "       3  error   unverified-action           in 2 procedures",
        "       1  warning unspecified-value           in 1 procedure",
    ]
    assert not any(line.startswith("C ") for line in lines), "nothing was found in it"


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_a_team_decides_what_fails(fail_on: str, code: int) -> None:
    name = saved("p.json", titled("A", ("Enter some text", "It is shown")))
    assert run(name, "--fail-on", fail_on)[0] == code


def test_only_info_fails_on_info_alone() -> None:
    name = saved("p.json", titled("A", ("Perform the test", "It is shown")))
    assert [run(name, "--fail-on", level)[0] for level in ("error", "warning", "info")] == [0, 0, 1]


def test_with_a_baseline_only_what_is_new_is_seen_however_steps_are_numbered() -> None:
    old = [("Open the page", ""), ("Enter some text", "It is shown")]
    name = saved("p.json", titled("A", *old))
    assert run(name, "--write-baseline", "known.json")[0] == 0
    assert run(name, "--baseline", "known.json")[0] == 0
    saved(name, titled("A", ("Start the program", "It starts"), *old, ("Enter any name", "It is shown")))
    code, output, _ = run(name, "--baseline", "known.json", "--fail-on", "warning")
    assert code == 1
    assert "step 4  warning unspecified-value" in output
    assert "unverified-action" not in output
    assert "1 warning, 0 info; 2 known" in output


def test_of_equal_findings_as_many_are_known_as_there_were() -> None:
    name = saved("p.json", titled("A", ("Open the page", "")))
    run(name, "--write-baseline", "known.json")
    saved(name, titled("A", ("Open the page", ""), ("Close it", "It closes"), ("Wait", "Ok"), ("Open the page", "")))
    assert run(name, "--baseline", "known.json")[0] == 1


def test_a_baseline_that_holds_too_much_says_so() -> None:
    name = saved("p.json", titled("A", ("Open the page", "")))
    run(name, "--write-baseline", "known.json")
    saved(name, titled("A", ("Open the page", "It is shown")))
    assert "1 findings in known.json no longer exist" in run(name, "--baseline", "known.json")[2]


@pytest.mark.parametrize("content", ["{", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}'])
def test_what_is_no_baseline_is_refused(content: str) -> None:
    Path("known.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"--baseline \(known.json\): is not a baseline"):
        run(saved("p.json", titled("A", ("Open", "Shown"))), "--baseline", "known.json")


def test_coverage_is_checked_without_a_case_where_the_procedure_names_its_results() -> None:
    made = titled(
        "A", ("Open the page", "The title is blue"), expected_results=("The title is blue", "A mail is sent to mori")
    )
    code, output, _ = run(saved("p.json", made))
    assert code == 1
    assert output.count("expected-result-not-covered") == 1
    assert "ungrounded-value" in output.rpartition("skipped without a test case")[2]


def test_a_report_goes_into_a_file() -> None:
    name = saved("p.json", titled("A", ("Open the page", "")))
    assert run(name, "-o", "report.txt")[:2] == (1, "")
    assert "unverified-action" in Path("report.txt").read_text(encoding="utf-8")
