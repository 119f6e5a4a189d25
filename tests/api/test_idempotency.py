"""The same key with the same request: one generation, and the same answer for all who ask."""

import asyncio
import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.procedures import procedure
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import wait_for
from support.service import read_events, running

from testgen.api import idempotency
from testgen.api.idempotency import Answers
from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent

CASE = EN.model_dump(mode="json")
GIVEN = procedure(("Open", "It is shown"), ("Save", "It is saved")).model_dump(mode="json")
REQUESTS = {
    "/v1/procedures": CASE,
    "/v1/procedures/rewrite": {"procedure": GIVEN, "steps": [2]},
    "/v1/procedures/improve": {"procedure": GIVEN},
}
KEY = {"Idempotency-Key": "one"}
SSE = {"Accept": "text/event-stream"}


@pytest.fixture
def model():  # type: ignore[no-untyped-def]
    with ProtocolServer(Answer(rows(*EN_ROWS))) as server:
        yield server


@pytest.fixture
def url(model: ProtocolServer):  # type: ignore[no-untyped-def]
    with running(ServiceConfig(engine="ollama", model=MODEL, ollama_base_url=model.url)) as url:
        yield url


def last(answer: httpx.Response) -> object:
    return json.loads([data for name, data in read_events(iter(answer.text.split("\n"))) if name][-1])


@pytest.mark.parametrize("path", REQUESTS)
def test_the_same_request_again_gives_the_same_answer(path: str) -> None:
    with running(ServiceConfig(engine="outline")) as url:
        first, again = (httpx.post(f"{url}{path}", json=REQUESTS[path], headers=KEY) for _ in range(2))
        streamed = httpx.post(f"{url}{path}", json=REQUESTS[path], headers=KEY | SSE)
        other = httpx.post(f"{url}{path}", json=REQUESTS[path], headers={"Idempotency-Key": "two"})
    assert first.status_code == 200, first.text
    assert first.json() == again.json() == last(streamed)
    if path == "/v1/procedures":
        assert other.json() != first.json(), "written anew, at another time"


def test_no_second_generation_and_without_a_key_there_is_one(model: ProtocolServer, url: str) -> None:
    for headers in (KEY, KEY, KEY | SSE):
        assert httpx.post(f"{url}/v1/procedures", json=CASE, headers=headers).status_code == 200
    assert len(model.requests) == 1
    httpx.post(f"{url}/v1/procedures", json=CASE)
    assert len(model.requests) == 2


def test_who_asks_while_the_first_still_runs_waits_for_it_and_sees_all_its_steps(
    model: ProtocolServer, url: str
) -> None:
    held = Answer(rows(*EN_ROWS), hold_before=20)
    model.script = [held]
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(httpx.post, f"{url}/v1/procedures", json=CASE, headers=KEY)
        wait_for(lambda: len(model.requests) == 1, "the first to be at work")
        second = pool.submit(httpx.post, f"{url}/v1/procedures", json=CASE, headers=KEY | SSE)
        threading.Event().wait(0.1)
        held.gate.set()
        answers = first.result(10), second.result(10)
    assert len(model.requests) == 1
    assert answers[0].json() == last(answers[1])
    assert answers[1].text.count("event: step") == 3


def test_a_client_that_was_cut_off_comes_back_to_the_same_generation(model: ProtocolServer, url: str) -> None:
    held = Answer(rows(*EN_ROWS), hold_before=20)
    model.script = [held]
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}/v1/procedures", json=CASE, headers=KEY, timeout=0.3)
    held.gate.set()
    assert httpx.post(f"{url}/v1/procedures", json=CASE, headers=KEY).status_code == 200
    assert len(model.requests) == 1


def test_a_client_that_does_not_come_back_frees_the_engine(
    model: ProtocolServer, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "GRACE_S", 0.2)
    model.script = [Answer(rows(*EN_ROWS), hold_before=20)]
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}/v1/procedures", json=CASE, headers=KEY, timeout=0.3)
    assert model.disconnects.acquire(timeout=10)


def test_a_key_with_another_request_is_refused(model: ProtocolServer, url: str) -> None:
    httpx.post(f"{url}/v1/procedures", json=CASE, headers=KEY)
    for query, body in (("", {**CASE, "title": "Other"}), ("?engine=ollama", CASE)):
        refused = httpx.post(f"{url}/v1/procedures{query}", json=body, headers=KEY)
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:testgen:problem:idempotency-key-reused")
        assert refused.json()["errors"][0]["pointer"] == "Idempotency-Key"
    assert len(model.requests) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "a b"])
def test_what_is_no_key_is_refused_by_its_name(url: str, key: str) -> None:
    refused = httpx.post(f"{url}/v1/procedures", json=CASE, headers={"Idempotency-Key": key})
    assert refused.status_code == 422
    assert "idempotency-key" in refused.json()["detail"].lower()


def test_an_error_is_not_remembered(model: ProtocolServer, url: str) -> None:
    model.script = [Answer(status=503, error="busy"), Answer(rows(*EN_ROWS))]
    assert httpx.post(f"{url}/v1/procedures", json=CASE, headers=KEY).status_code == 503
    assert httpx.post(f"{url}/v1/procedures", json=CASE, headers=KEY).status_code == 200


def test_nobody_gets_what_another_holder_asked_for() -> None:
    keys = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("ci", "mori")}
    config = ServiceConfig(engine="outline", require_api_key=True)
    with running(config, secrets=ServiceSecrets(api_keys=keys)) as url:
        one, other = (
            httpx.post(f"{url}/v1/procedures", json=CASE, headers={**KEY, "X-API-Key": name}).json() for name in keys
        )
    assert one["provenance"]["created_at"] != other["provenance"]["created_at"]


async def _generated(answers: Answers, key: str, *, ends: bool = True) -> list[Event]:
    async def work():  # type: ignore[no-untyped-def]
        yield ProcedureEvent(procedure(("Open", "It is shown")))
        if not ends:
            raise ZeroDivisionError

    return [event async for event in answers.begin(("", key), "f", work, lambda: None)]


async def test_the_memory_has_an_end_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "MOST_REMEMBERED", 2)
    answers = Answers()
    for key in ("a", "b", "c"):
        await _generated(answers, key)
    assert [answers.known(("", key), "f") is not None for key in ("a", "b", "c")] == [False, True, True]
    monkeypatch.setattr(idempotency, "MOST_BYTES", 1)
    await _generated(answers, "d")
    assert answers._kept == {}
    assert answers._bytes == 0


async def test_after_an_hour_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "REMEMBERED_S", -1.0)
    answers = Answers()
    await _generated(answers, "a")
    assert answers.known(("", "a"), "f") is None


async def test_a_fault_of_ours_is_told_to_all_who_wait() -> None:
    told = await _generated(Answers(), "a", ends=False)
    assert isinstance(told[-1], ErrorEvent)
    assert told[-1].error.code == "internal"


async def test_at_the_end_of_the_process_what_runs_is_ended() -> None:
    answers, freed = Answers(), asyncio.Event()

    async def work():  # type: ignore[no-untyped-def]
        await asyncio.Event().wait()
        yield

    follower = asyncio.create_task(anext(answers.begin(("", "a"), "f", work, freed.set), None))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await answers.close()
    assert freed.is_set()
    assert await follower is None
