"""`POST /v1/reviews` and `POST /v1/procedures/rewrite`; the events `finding` and `repair`."""

import json
from typing import Any

import httpx
from support.cases import EN
from support.chat import ScriptedChat, says
from support.procedures import procedure
from support.service import read_events, running

from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.test_case import TestCase
from testgen.reviewer.checks import NEED_A_CASE

OUTLINE, OLLAMA = ServiceConfig(engine="outline"), ServiceConfig(engine="ollama", model="tiny")
PROCEDURE: dict[str, Any] = procedure(
    ("Open the page", "It is shown"), ('Select "A" and click "Save"', "It is saved")
).model_dump(mode="json")
CASE = EN.model_dump(mode="json", exclude_defaults=True)


def post(path: str, body: object, config: ServiceConfig = OUTLINE, chat: ScriptedChat | None = None) -> httpx.Response:
    with running(config, chat=chat) as url:
        return httpx.post(f"{url}{path}", json=body, timeout=20)


def test_findings_come_with_place_and_suggestion() -> None:
    answer = post("/v1/reviews", {"procedure": PROCEDURE})
    [finding] = answer.json()["findings"]
    assert (finding["rule"], finding["field"], finding["step"]) == ("eager-action", "/steps/1/action", 2)
    assert PROCEDURE["steps"][1]["action"][slice(*finding["span"])] == finding["excerpt"]
    assert answer.json()["skipped"] == sorted(NEED_A_CASE)


def test_with_a_case_nothing_is_skipped() -> None:
    answer = post("/v1/reviews", {"procedure": PROCEDURE, "test_case": CASE}).json()
    assert answer["skipped"] == []
    assert {finding["rule"] for finding in answer["findings"]} >= {"expected-result-not-covered", "ungrounded-value"}


def test_a_glossary_is_a_field_of_the_request() -> None:
    glossary = {"terms": [{"term": "press", "instead_of": ["click"]}]}
    answer = post("/v1/reviews", {"procedure": PROCEDURE, "glossary": glossary}).json()
    assert "term-not-in-glossary" in {finding["rule"] for finding in answer["findings"]}


def test_a_wrong_field_is_a_problem_document_with_its_pointer() -> None:
    answer = post("/v1/reviews", {"procedure": {**PROCEDURE, "steps": []}, "x": 1})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/procedure/steps", "/x"}


def test_only_the_named_steps_change() -> None:
    chat = ScriptedChat(says(("Enter the name", "ito", "The name is shown", "")))
    answer = post(
        "/v1/procedures/rewrite", {"procedure": PROCEDURE, "steps": [2], "instruction": "one action"}, OLLAMA, chat
    )
    assert answer.status_code == 200
    assert answer.json()["steps"][0] == PROCEDURE["steps"][0]
    assert answer.json()["steps"][1]["action"] == "Enter the name"


def test_a_locked_step_is_not_rewritten() -> None:
    answer = post("/v1/procedures/rewrite", {"procedure": PROCEDURE, "steps": [2], "locked": [2]})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": "/steps/0", "message": "is locked: unlock it or leave it out"}]


def test_a_model_that_is_gone_is_told_as_everywhere() -> None:
    answer = post("/v1/procedures/rewrite", {"procedure": PROCEDURE, "steps": [2]}, OLLAMA, ScriptedChat())
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:testgen:problem:engine-unavailable")


def test_both_want_a_key_where_keys_are_required() -> None:
    config = OUTLINE.model_copy(update={"require_api_key": True})
    with running(config, secrets=ServiceSecrets(api_keys={"ci": "a" * 64})) as url:
        for path in ("/v1/reviews", "/v1/procedures/rewrite"):
            assert httpx.post(f"{url}{path}", json={}).status_code == 401


def test_the_stream_tells_findings_and_repairs_before_the_procedure() -> None:
    case = TestCase(
        id="T", title="Save", specification='Click "Save". "Saved" is shown.', expected_results=('"Saved" is shown',)
    )
    draft = says(('Click "Proceed"', "", "The form is shown", ""), ('Click "Save"', "", '"Saved" is shown', "1"))
    chat = ScriptedChat(draft, says(("Open the form", "", "The form is shown", "")))
    with running(OLLAMA, chat=chat) as url:
        with httpx.stream(
            "POST",
            f"{url}/v1/procedures",
            json=case.model_dump(mode="json"),
            headers={"Accept": "text/event-stream"},
            timeout=20,
        ) as stream:
            events = list(read_events(stream.iter_lines()))
    assert [name for name, _ in events] == ["step", "step", "finding", "repair", "procedure"]
    repaired = json.loads(events[3][1])
    assert (repaired["step"], repaired["before"]["action"], repaired["after"]["action"]) == (
        1,
        'Click "Proceed"',
        "Open the form",
    )
    assert json.loads(events[4][1])["findings"] == []


def test_a_teams_rules_are_a_field_of_the_request() -> None:
    off = {"rules": {"eager-action": "off"}}
    given = {"procedure": PROCEDURE, "review": off}
    case = {**CASE, "test_data": {**CASE["test_data"], "locker": "L-7"}}
    with running(OUTLINE) as url:
        answers = [
            httpx.post(f"{url}{path}", json={**given, **more})
            for path, more in (
                ("/v1/reviews", {}),
                ("/v1/procedures/improve", {}),
                ("/v1/procedures/rewrite", {"steps": [1]}),
            )
        ]
        drafted = httpx.post(f"{url}/v1/procedures", json={**case, "review": {"rules": {"unused-datum": "off"}}})
        plain = httpx.post(f"{url}/v1/procedures", json=case)
        unknown = httpx.post(f"{url}/v1/reviews", json={**given, "review": {"rules": {"no-such-rule": "off"}}})
    assert all("eager-action" not in {finding["rule"] for finding in answer.json()["findings"]} for answer in answers)
    rules = [{finding["rule"] for finding in answer.json()["findings"]} for answer in (plain, drafted)]
    assert rules[0] - rules[1] == {"unused-datum"}
    assert drafted.json()["provenance"]["test_case_sha256"] == plain.json()["provenance"]["test_case_sha256"]
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/review/rules")


def test_a_case_may_bring_its_glossary_and_keeps_its_fingerprint() -> None:
    glossary = {"style": {"brackets": "[]"}}
    with running(OUTLINE) as url:
        plain = httpx.post(f"{url}/v1/procedures", json=CASE).json()
        styled = httpx.post(f"{url}/v1/procedures", json={**CASE, "glossary": glossary}).json()
    assert plain["provenance"]["test_case_sha256"] == styled["provenance"]["test_case_sha256"] == EN.sha256()
