"""What every route that has procedures written does alike: a place, a deadline, an audit line."""

import hashlib
import json
import threading
from collections.abc import Callable
from contextlib import contextmanager
from typing import NamedTuple

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.chat import ScriptedChat, says
from support.procedures import procedure
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import wait_for
from support.service import running

from testgen.config import ServiceConfig, ServiceSecrets

CASE = EN.model_dump(mode="json")
REWRITE = {
    "procedure": procedure(("Open", "It is shown"), ("Save", "It is saved")).model_dump(mode="json"),
    "steps": [2],
}
IMPROVE = {"procedure": procedure(("Open the form", "It is shown"), ("Save it", "")).model_dump(mode="json")}
KEY, HOLDER = "a-key-of-the-test", "ci"
JSON = {"Content-Type": "application/json"}
EVENTS = {**JSON, "Accept": "text/event-stream"}
ONE_ROW = (("Save it", "", "It is saved", ""),)


class Route(NamedTuple):
    """A request about the case T-1, and the rows that the model answers."""

    path: str
    body: object
    headers: dict[str, str]
    written: tuple[tuple[str, str, str, str], ...]


ROUTES = {
    "json": Route("/v1/procedures", CASE, JSON, EN_ROWS),
    "sse": Route("/v1/procedures", CASE, EVENTS, EN_ROWS),
    "rewrite": Route("/v1/procedures/rewrite", REWRITE, JSON, ONE_ROW),
    "improve": Route("/v1/procedures/improve", IMPROVE, JSON, ONE_ROW),
    "improve, sse": Route("/v1/procedures/improve", IMPROVE, EVENTS, ONE_ROW),
    "batch": Route("/v1/batches", CASE, JSON, EN_ROWS),
}
every_route = pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES.keys())
Logged = Callable[[], list[dict[str, object]]]


@contextmanager
def full_service(**settings: object):  # type: ignore[no-untyped-def]
    """A service whose only place is taken by a generation that the model never ends; yields the URL and the server."""
    with ProtocolServer(Answer(rows(*EN_ROWS), hold_before=0)) as server:
        config = ServiceConfig(
            engine="ollama",
            model=MODEL,
            ollama_base_url=server.url,
            max_concurrency=1,
            **settings,  # type: ignore[arg-type]
        )
        with running(config) as url, httpx.Client() as client:
            with client.stream("POST", f"{url}/v1/batches", content=json.dumps(CASE), timeout=60):
                wait_for(lambda: len(server.requests) == 1, "the model to be at work")
                yield url, server


@every_route
def test_a_refusal_is_logged_whatever_the_route(logged: Logged, route: Route) -> None:
    with full_service(queue_limit=0) as (url, server):
        answer = httpx.post(f"{url}{route.path}", content=json.dumps(route.body), headers=route.headers)
        assert len(server.requests) == 1, "no work was done for it"
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:testgen:problem:overloaded")
    [line] = [line for line in logged() if line["event"] == "rate_limited"]
    assert (line["in_flight"], line["queued"]) == (1, 0)
    assert str(line["retry_after_s"]) == answer.headers["retry-after"]


def test_an_overloaded_service_reads_no_batch(logged: Logged) -> None:
    with full_service(queue_limit=0) as (url, _):
        assert httpx.post(f"{url}/v1/batches?format=xlsx", content=b"no workbook").status_code == 503


def test_a_batch_that_cannot_be_read_gives_its_place_back() -> None:
    with running(ServiceConfig(engine="outline", max_concurrency=1, queue_limit=0)) as url:
        assert httpx.post(f"{url}/v1/batches", content=b"\n").status_code == 400
        assert httpx.post(f"{url}/v1/batches", content=json.dumps(CASE)).status_code == 200


@every_route
def test_the_audit_line_says_who_what_when_by_which_model_and_how_it_ended(logged: Logged, route: Route) -> None:
    secrets = ServiceSecrets(api_keys={HOLDER: hashlib.sha256(KEY.encode()).hexdigest()})
    config = ServiceConfig(engine="ollama", model="tiny", require_api_key=True)
    headers = {**route.headers, "X-API-Key": KEY}
    with running(config, chat=ScriptedChat(says(*route.written)), secrets=secrets) as url:
        answer = httpx.post(f"{url}{route.path}", content=json.dumps(route.body), headers=headers)
    assert answer.status_code == 200
    [line] = [line for line in logged() if line["event"] == "procedure"]
    assert (line["key"], line["case_id"], line["outcome"]) == (HOLDER, "T-1", "done")
    assert (line["engine"], line["model"], line["model_digest"]) == ("ollama", "tiny", "d" * 64)
    assert len(str(line["case_sha256"])) == 64
    assert line["timestamp"]
    assert line["request_id"]


def test_the_audit_line_of_a_rewrite_names_the_steps_and_the_case_that_was_given(logged: Logged) -> None:
    with running(ServiceConfig(engine="outline")) as url:
        httpx.post(f"{url}/v1/procedures/rewrite", json={**REWRITE, "test_case": CASE})
    [line] = [line for line in logged() if line["event"] == "procedure"]
    assert (line["case_sha256"], line["rewritten"]) == (EN.sha256(), [2])


@pytest.mark.parametrize(("order", "outcome"), [({"locked": [2]}, "invalid-input"), ({}, "engine-unavailable")])
def test_a_rewrite_that_fails_leaves_its_outcome(logged: Logged, order: dict[str, object], outcome: str) -> None:
    with running(ServiceConfig(engine="ollama"), chat=ScriptedChat()) as url:
        httpx.post(f"{url}/v1/procedures/rewrite", json={**REWRITE, **order})
    [line] = [line for line in logged() if "outcome" in line]
    assert (line["case_id"], line["outcome"]) == ("T-1", outcome)
    assert ("EngineErrors" in line) is (outcome != "invalid-input"), "a mistake of the client is no fault of the engine"


def test_a_rewrite_waits_and_works_within_one_time_limit(logged: Logged) -> None:
    with full_service(queue_limit=1, request_timeout_s=3) as (url, server):
        server.script = [Answer(rows(*EN_ROWS), hold_before=0, gate=threading.Event())]
        answer = httpx.post(f"{url}/v1/procedures/rewrite", json=REWRITE, timeout=30)
    assert (answer.status_code, answer.json()["type"]) == (504, "urn:testgen:problem:engine-timeout")
