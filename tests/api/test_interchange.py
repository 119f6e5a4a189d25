"""`POST /v1/imports/{format}` and `POST /v1/exports/{format}`."""

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
    [found] = [Procedure.model_validate(entry) for entry in imported.json()]
    assert (found.steps[0].action, found.steps[0].test_data) == ("「保存」を押す", "ito")


def test_a_file_that_is_broken_is_a_problem_document() -> None:
    with running(OUTLINE) as url:
        answer = httpx.post(
            f"{url}/v1/imports/testlink-xml", content=b"<!DOCTYPE x [<!ENTITY a 'b'>]><testcases>&a;</testcases>"
        )
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "entities, which are refused" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["imports/docx", "imports/gherkin", "exports/docx"])
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
