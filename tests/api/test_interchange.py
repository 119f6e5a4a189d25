"""`POST /v1/imports/{format}` and `POST /v1/exports/{format}`."""

from pathlib import Path

import httpx
import pytest
from support.procedures import procedure
from support.service import running

from testgen.config import ServiceConfig
from testgen.domain.procedure import Procedure

OUTLINE = ServiceConfig(engine="outline")
BODY = [procedure(("「保存」を押す", "ito", "「保存しました」と表示される"), language="ja").model_dump(mode="json")]


@pytest.mark.parametrize(
    "name", ["csv", "xlsx", "testrail-csv", "xray-csv", "qase-csv", "azure-csv", "testlink-xml", "json", "yaml"]
)
def test_what_is_exported_can_be_imported(name: str) -> None:
    with running(OUTLINE) as url:
        exported = httpx.post(f"{url}/v1/exports/{name}", json=BODY)
        imported = httpx.post(f"{url}/v1/imports/{name}", content=exported.content)
    assert exported.headers["content-disposition"].startswith('attachment; filename="procedures.')
    [found] = [Procedure.model_validate(entry) for entry in imported.json()["procedures"]]
    assert (found.steps[0].action, found.steps[0].test_data) == ("「保存」を押す", "ito")


def test_a_file_that_is_broken_is_a_problem_document() -> None:
    with running(OUTLINE) as url:
        answer = httpx.post(
            f"{url}/v1/imports/testlink-xml", content=b"<!DOCTYPE x [<!ENTITY a 'b'>]><testcases>&a;</testcases>"
        )
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "entities, which are refused" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["imports/docx", "exports/xls", "exports/docx"])
def test_an_unknown_format_is_told_which_there_are(path: str) -> None:
    with running(OUTLINE) as url:
        answer = httpx.post(f"{url}/v1/{path}", json=BODY)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/format"
    assert "testrail-csv" in answer.json()["detail"]


def test_an_export_for_old_programs_is_written_in_cp932() -> None:
    with running(OUTLINE) as url:
        answer = httpx.post(f"{url}/v1/exports/csv?encoding=cp932", json=BODY)
        refused = httpx.post(f"{url}/v1/exports/xlsx?encoding=cp932", json=BODY)
    assert "「保存」を押す" in answer.content.decode("cp932")
    assert answer.headers["content-type"] == "text/csv; charset=cp932"
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "encoding")


def test_a_short_row_and_a_case_without_steps_leave_the_rest_to_be_read() -> None:
    body = b"Issue ID,Test Type,Test Summary,Action,Data,Result\n1,Manual,Open,Open it\n2,Manual,Idea\n"
    with running(OUTLINE) as url:
        answer = httpx.post(f"{url}/v1/imports/xray-csv", content=body)
        refused = httpx.post(f"{url}/v1/imports/xray-csv?strict=true", content=body)
    found = answer.json()
    assert [entry["title"] for entry in found["procedures"]] == ["Open"]
    [skipped] = found["skipped"]
    assert (skipped["row"], skipped["title"]) == (3, "Idea")
    assert "has no step" in skipped["reason"]
    assert (refused.status_code, "row 3" in refused.json()["detail"]) == (400, True)


def test_test_cases_of_a_file_come_as_such() -> None:
    with running(OUTLINE) as url:
        answer = httpx.post(
            f"{url}/v1/imports/csv?delimiter=%3B", content=b"ID;Title;Expected results\n1;Open;It opens\n"
        )
    assert [entry["id"] for entry in answer.json()["test_cases"]] == ["1"]


def test_no_file_of_the_corpus_gives_a_5xx() -> None:
    files = [path for path in sorted((Path(__file__).parents[1] / "data/imports").rglob("*.*")) if path.suffix != ".py"]
    with running(OUTLINE) as url:
        statuses = {
            path.name: httpx.post(f"{url}/v1/imports/{name}", content=path.read_bytes()).status_code
            for path in files
            for name in ("csv", "testrail-csv", "testlink-xml", "gherkin", "xlsx")
        }
    assert {status for status in statuses.values()} <= {200, 400, 422}, statuses
