"""Every error is a problem document."""

from collections.abc import Iterator

import httpx
import pytest
from support.cases import EN
from support.chat import ScriptedChat
from support.service import running

from testgen.api.checked import check
from testgen.config import ServiceConfig
from testgen.domain.errors import UnreadableInputError
from testgen.domain.test_case import TestCase

OUTLINE = ServiceConfig(engine="outline", max_body_bytes=20_000)
CASE = EN.model_dump(mode="json")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(OUTLINE) as base:
        yield base


def problem_of(answer: httpx.Response) -> dict[str, object]:
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) >= {"type", "title", "status", "detail", "errors"}
    assert problem["status"] == answer.status_code
    assert answer.headers["x-request-id"]
    return problem  # type: ignore[no-any-return]


def test_an_unknown_path_is_404(url: str) -> None:
    problem = problem_of(httpx.get(f"{url}/v2/nothing"))
    assert problem["type"] == "urn:testgen:problem:not-found"
    assert "/v2/nothing" in str(problem["detail"])


def test_a_wrong_method_is_405_with_the_right_ones(url: str) -> None:
    answer = httpx.get(f"{url}/v1/procedures")
    assert problem_of(answer)["type"] == "urn:testgen:problem:method-not-allowed"
    assert answer.headers["allow"] == "POST"


def test_each_wrong_field_is_named_with_its_pointer_and_remedy(url: str) -> None:
    case = {"id": 7, "title": "t" * 301, "expected_results": [], "test_data": {"pin/no": 123}, "stepz": []}
    problem = problem_of(httpx.post(f"{url}/v1/procedures", json=case))
    errors = {error["pointer"]: error["message"] for error in problem["errors"]}  # type: ignore[attr-defined]
    assert set(errors) == {"/id", "/title", "/expected_results", "/test_data/pin~1no", "/stepz"}
    assert "put it in quotes" in errors["/id"]
    assert "put it in quotes" in errors["/test_data/pin~1no"]
    assert "at most 300 characters" in errors["/title"]
    assert "no such field" in errors["/stepz"]


@pytest.mark.parametrize("path", ["procedures", "procedures/improve", "reviews", "exports/csv"])
def test_a_key_that_stands_twice_is_refused_and_not_dropped_in_silence(url: str, path: str) -> None:
    body = '{"test_case": {"title": "a", "preconditions": ["x"], "preconditions": ["y"]}}'
    problem = problem_of(httpx.post(f"{url}/v1/{path}", content=body, headers={"Content-Type": "application/json"}))
    assert problem["type"] == "urn:testgen:problem:unreadable-input"
    assert "duplicate key 'preconditions': remove one" in str(problem["detail"])


def test_nor_in_a_body_that_a_worker_looks_at() -> None:
    with pytest.raises(UnreadableInputError, match="duplicate key 'id'"):
        check(b'{"id": "a", "id": "b"}', TestCase)


def test_a_missing_field_is_named(url: str) -> None:
    problem = problem_of(httpx.post(f"{url}/v1/procedures", json={"id": "x"}))
    assert [error["pointer"] for error in problem["errors"]] == ["/title", "/expected_results"]  # type: ignore[attr-defined]


def test_a_wrong_query_parameter_is_named(url: str) -> None:
    problem = problem_of(httpx.post(f"{url}/v1/procedures?engine=gpt", json=CASE))
    assert problem["errors"][0]["pointer"] == "?engine"  # type: ignore[index]


@pytest.mark.parametrize("body", ["{", "", "[1", "\x00"])
def test_a_body_that_is_not_json_is_400_or_422(url: str, body: str) -> None:
    answer = httpx.post(f"{url}/v1/procedures", content=body, headers={"Content-Type": "application/json"})
    problem_of(answer)
    assert answer.status_code == (422 if not body else 400)


def test_half_a_character_is_a_wrong_field_and_no_bug(url: str) -> None:
    body = b'{"id": "x", "title": "\\ud800", "expected_results": ["y"]}'
    answer = httpx.post(f"{url}/v1/procedures", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert problem_of(answer)["errors"][0]["pointer"] == "/title"  # type: ignore[index]


def test_a_declared_body_over_the_limit_is_413(url: str) -> None:
    answer = httpx.post(f"{url}/v1/procedures", content=b"x" * 20_001)
    assert problem_of(answer)["type"] == "urn:testgen:problem:body-too-large"
    assert answer.status_code == 413


def test_an_undeclared_body_over_the_limit_is_413(url: str) -> None:
    answer = httpx.post(
        f"{url}/v1/procedures", content=(b"x" * 1000 for _ in range(30)), headers={"Content-Type": "application/json"}
    )
    problem_of(answer)
    assert answer.status_code == 413


def test_a_bug_is_500_and_tells_nothing_of_the_inside() -> None:
    chat = ScriptedChat([ZeroDivisionError("secret detail")], [ZeroDivisionError("secret detail")])
    with running(ServiceConfig(engine="ollama"), chat=chat) as base:
        answer = httpx.post(f"{base}/v1/procedures", json=CASE)
        stream = httpx.post(f"{base}/v1/procedures", json=CASE, headers={"Accept": "text/event-stream"})
        assert httpx.get(f"{base}/healthz").status_code == 200
    assert problem_of(answer)["type"] == "urn:testgen:problem:internal"
    assert stream.text.startswith("event: error")
    assert "secret" not in answer.text + stream.text


def test_the_openapi_document_names_the_problem_media_type_and_the_events(url: str) -> None:
    operation = httpx.get(f"{url}/openapi.json").json()["paths"]["/v1/procedures"]["post"]
    assert set(operation["responses"]) >= {"200", "400", "401", "413", "422", "502", "503", "504"}
    assert "application/problem+json" in operation["responses"]["503"]["content"]
    assert set(operation["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}


def test_the_documentation_page_loads_nothing_from_elsewhere(url: str) -> None:
    page = httpx.get(f"{url}/docs").text
    assert "http://" not in page.replace(url, "")
    assert "https://" not in page
    assert httpx.get(f"{url}/static-offline-docs/swagger-ui-bundle.js").status_code == 200
