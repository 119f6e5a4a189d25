"""Texts and numbers that are legal and meant by nobody: a clear problem or a result, never an error of ours."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.hostile import case, procedure, step
from support.process import Health, Service, serving
from support.protocol_server import MODEL, Answer, ProtocolServer, rows

HALF = "\ud800"
FORMATS = [
    "csv",
    "xlsx",
    "testrail-csv",
    "xray-csv",
    "qase-csv",
    "testlink-xml",
    "azure-csv",
    "json",
    "yaml",
    "markdown",
    "gherkin",
]
CONTROLS = "a\0b\x01\x0b\x1b[31m\x7f\x85\u2028\ufffe"


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serving() as started:
        yield started


def sent(service: Service, path: str, body: Any) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return service.post(path, content=content, headers={"Content-Type": "application/json"})


def problem(answer: httpx.Response, *statuses: int) -> dict[str, Any]:
    assert answer.status_code in statuses, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    return told


WITH_HALF: list[tuple[str, str, Any]] = [
    ("/title", "/v1/procedures", case(title=HALF)),
    ("/id", "/v1/procedures", case(id=HALF)),
    ("/specification", "/v1/procedures", case(specification=HALF)),
    ("/custom", "/v1/procedures", case(custom={"a": HALF})),
    ("/custom", "/v1/procedures", case(custom={HALF: "a"})),
    ("/custom", "/v1/procedures", case(custom={"a": [{"b": HALF}]})),
    ("/test_data", "/v1/procedures", case(test_data={HALF: "a"})),
    ("/", "/v1/procedures", case(**{HALF: 1})),
    ("/glossary/terms/0", "/v1/procedures", case(glossary={"terms": [{"term": "a", "verb_forms": {"b": HALF}}]})),
    ("/procedure/title", "/v1/reviews", {"procedure": procedure(title=HALF)}),
    ("/procedure/steps/0/test_data", "/v1/reviews", {"procedure": procedure(step(test_data=HALF))}),
    ("/procedure/provenance/model", "/v1/reviews", {"procedure": procedure(provenance={**procedure()["provenance"], "model": HALF})}),
    ("/procedure/findings/0/message", "/v1/reviews", {"procedure": procedure(findings=[{"rule": "x", "severity": "info", "field": "/", "message": HALF}])}),
    ("/instruction", "/v1/procedures/rewrite", {"procedure": procedure(), "steps": [1], "instruction": HALF}),
]  # fmt: skip


@pytest.mark.parametrize(("pointer", "path", "body"), WITH_HALF)
def test_half_a_character_is_refused_by_its_place(pointer: str, path: str, body: Any, service: Service) -> None:
    told = problem(sent(service, path, body), 422)
    assert any(error["pointer"].startswith(pointer) or pointer == "/" for error in told["errors"])
    assert any("half a character" in error["message"] for error in told["errors"])


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_character_is_refused_before_it_is_exported(name: str, service: Service) -> None:
    told = problem(sent(service, f"/v1/exports/{name}", [procedure(title=HALF)]), 422)
    assert told["errors"][0]["pointer"] == "/0/title"


def test_a_batch_goes_on_behind_half_a_character(service: Service) -> None:
    lines = [case(), case(title=HALF), case(custom={"a": HALF}), case()]
    answer = service.post("/v1/batches", content="\n".join(map(json.dumps, lines)).encode())
    found = {line["index"]: line for line in map(json.loads, answer.text.split("\n")[:-1])}
    assert [("procedure" in found[index]) for index in range(4)] == [True, False, False, True]


def test_control_characters_are_carried(service: Service) -> None:
    body = case(title=CONTROLS, specification=CONTROLS, custom={CONTROLS: CONTROLS}, test_data={CONTROLS: CONTROLS})
    made = sent(service, "/v1/procedures", body)
    assert made.status_code == 200
    assert made.json()["custom"] == {CONTROLS: CONTROLS}
    assert sent(service, "/v1/reviews", {"procedure": made.json(), "test_case": body}).status_code == 200
    assert sent(service, "/v1/procedures/rewrite", {"procedure": made.json(), "steps": [1]}).status_code == 200


@pytest.mark.parametrize("name", FORMATS)
def test_control_characters_can_be_exported(name: str, service: Service) -> None:
    body = procedure(step(action=CONTROLS), title=CONTROLS, tags=[CONTROLS], custom={CONTROLS: CONTROLS})
    assert sent(service, f"/v1/exports/{name}", [body]).status_code == 200


@pytest.mark.parametrize("levels", [11, 300])
def test_own_columns_that_are_too_deep_are_refused(levels: int, service: Service) -> None:
    content = b'{"id": "T", "title": "t", "expected_results": ["x"], "custom": {"a": %s}}'
    told = problem(sent(service, "/v1/procedures", content % (b"[" * levels + b"]" * levels)), 422)
    assert "nested too deeply" in told["detail"]


@pytest.mark.parametrize("path", ["/v1/reviews", "/v1/procedures/rewrite"])
@pytest.mark.parametrize("number", [0, 2, 60, 61])
def test_a_step_of_another_number_is_refused_with_the_remedy(path: str, number: int, service: Service) -> None:
    body = {"procedure": procedure(step(number)), **({"steps": [1]} if "rewrite" in path else {"test_case": case()})}
    told = problem(sent(service, path, body), 422)
    if number in (2, 60):
        assert "are not numbered 1 to 1 in order" in told["detail"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("number", [-5, 0, 2, 99, 10**9])
def test_a_finding_of_a_step_that_is_gone_can_be_exported(name: str, number: int, service: Service) -> None:
    found = [{"rule": "open-question", "severity": "info", "step": number, "field": "/steps/9/action", "message": "m"}]
    assert sent(service, f"/v1/exports/{name}", [procedure(findings=found)]).status_code == 200


NO_CASES: dict[str, dict[str, Any]] = {
    "a long title": {"title": "t" * 900},
    "no title": {"title": ""},
    "no id": {"test_case_id": ""},
    "a long id": {"test_case_id": "i" * 900},
    "an empty precondition": {"preconditions": ["", " "]},
    "a long precondition": {"preconditions": ["p" * 9_000]},
    "sixty preconditions": {"preconditions": ["p"] * 60},
    "sixty results": {"expected_results": ["The page is shown"] * 60},
    "nothing": {"title": " ", "test_case_id": " ", "steps": [step(action=" ")]},
}


@pytest.mark.parametrize("name", NO_CASES)
def test_a_procedure_that_is_no_case_is_rewritten_all_the_same(name: str, service: Service) -> None:
    body = procedure(**NO_CASES[name])
    answer = sent(service, "/v1/procedures/rewrite", {"procedure": body, "steps": [1]})
    assert answer.status_code == 200, answer.text
    assert {key: answer.json()[key] for key in NO_CASES[name] if key != "steps"} == {
        key: value for key, value in NO_CASES[name].items() if key != "steps"
    }


CSV = {
    "testrail-csv": "Title,Steps (Step),ID\n",
    "xray-csv": "Issue ID,Test Summary,Action,Data\n",
    "qase-csv": "v2.id,title,steps_actions\n",
    "azure-csv": "ID,Work Item Type,Title,Step Action\n",
    "csv": "Title,Action,Expected result\n",
}


@pytest.mark.parametrize("name", CSV)
@pytest.mark.parametrize("rest", ["x\n", "x,y\n", ",\n", "\n,,z\n", '"', "x," * 400])
def test_a_short_row_gives_a_result_or_a_problem(name: str, rest: str, service: Service) -> None:
    answer = service.post(f"/v1/imports/{name}", content=(CSV[name] + rest).encode())
    assert answer.status_code == 200 or problem(answer, 400, 422)


@pytest.mark.parametrize(
    "content",
    [b"!!bool x", b"!!int x", b"!!timestamp x", b"? [a]\n: b", b"a: 1:1:1", b"- \xff", b"a: .nan", b"!!set {a}"],
)
def test_a_value_that_yaml_cannot_read_is_a_problem(content: bytes, service: Service) -> None:
    problem(service.post("/v1/imports/yaml", content=content), 400, 422)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"id": ' + b"1" * 10_000 + b"}", b'{"id": "\xff"}'])
def test_json_that_nobody_can_read_is_a_documented_problem(content: bytes, service: Service) -> None:
    told = problem(sent(service, "/v1/procedures", content), 400)
    assert told["type"] == "urn:testgen:problem:bad-request"
    assert "send UTF-8" in told["detail"]


MODEL_ANSWERS: dict[str, list[str]] = {
    "half a character": ['[["Click \\ud800","","Shown","1"]]'],
    "depth": ["[" * 100_000],
    "deep rows": ['[["a",' + "[" * 50_000],
    "opening quotes": ['"'] * 20_000,
    "quotes in a row": ['[["', *['\\"'] * 10_000],
    "a row without end": ['[["' + "a" * 600_000],
    "a long cell": ['[["' + "a" * 5_000 + '","","Shown","1"]]'],
    "numbers": ["[" + "1" * 10_000 + "]"],
}


@pytest.fixture(scope="module")
def model_server() -> Iterator[ProtocolServer]:
    with ProtocolServer() as server:
        yield server


@pytest.fixture(scope="module")
def with_a_model(model_server: ProtocolServer) -> Iterator[Service]:
    settings = {
        "TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": model_server.url,
        "TESTGEN_MAX_ATTEMPTS": "1",
    }  # fmt: skip
    with serving(**settings) as started:
        yield started


@pytest.mark.parametrize("name", MODEL_ANSWERS)
def test_whatever_the_model_writes_is_a_problem_of_the_model(
    name: str, model_server: ProtocolServer, with_a_model: Service
) -> None:
    model_server.script = [Answer(MODEL_ANSWERS[name])]
    with Health(with_a_model.url) as health:
        told = problem(with_a_model.post("/v1/procedures", json=EN.model_dump(mode="json")), 502)
    assert told["type"] == "urn:testgen:problem:invalid-output"
    assert not health.failed


def test_control_characters_of_the_model_are_left_out(model_server: ProtocolServer, with_a_model: Service) -> None:
    written = [(f"{action}\0\x1b", data, result, mark) for action, data, result, mark in EN_ROWS]
    model_server.script = [Answer(rows(*written))]
    made = with_a_model.post("/v1/procedures", json=EN.model_dump(mode="json")).json()
    assert [entry["action"] for entry in made["steps"]] == [row[0] for row in EN_ROWS]


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/v1/info", "/docs", "/openapi.json"])
def test_head_answers_where_get_does(path: str, service: Service) -> None:
    get, head = httpx.get(service.url + path), httpx.head(service.url + path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


def test_head_is_refused_where_get_is(service: Service) -> None:
    assert httpx.head(service.url + "/v1/procedures").status_code == 405
    assert httpx.head(service.url + "/nothing").status_code == 404
