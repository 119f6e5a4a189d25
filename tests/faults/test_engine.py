"""Whatever the model's server does, the service as a process answers with one documented problem within its deadline, gives the place back, and the
next request is served."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.cases import EN, ROOT
from support.engine_faults import FAULTS, GOOD, Fault
from support.process import Health, Service, serving
from support.protocol_server import MODEL, Answer, ProtocolServer
from support.real_ollama import wait_for

CASE = EN.model_dump(mode="json")
GENERATE = "/v1/procedures"
SILENCE_S, WHOLE_S = 1.0, 3.0
PLACES = 6  # two at work and four that wait


@dataclass
class Setting:
    """One service and its model's server."""

    service: Service
    server: ProtocolServer
    clock: Path

    def send(self, engine: str = "ollama", **fields: Any) -> httpx.Response:
        return self.service.post(f"{GENERATE}?engine={engine}", json={**CASE, **fields}, timeout=30)

    def load(self) -> int:
        found = httpx.get(f"{self.service.url}/v1/info").json()["load"]
        return int(found["in_flight"] + found["queued"])


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    clock = tmp_path_factory.mktemp("clock") / "offset"
    clock.write_text("0")
    with ProtocolServer() as server:
        settings = {
            "TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": server.url,
            "TESTGEN_OPENAI_BASE_URL": "http://no-such-host.invalid/v1",
            "TESTGEN_FIRST_TOKEN_TIMEOUT_S": str(SILENCE_S), "TESTGEN_REQUEST_TIMEOUT_S": str(WHOLE_S), "TESTGEN_MAX_ATTEMPTS": "1",
            "TESTGEN_MAX_CONCURRENCY": "2", "TESTGEN_QUEUE_LIMIT": str(PLACES - 2),
            "PYTHONPATH": str(ROOT / "tests/support/clock"), "TEST_CLOCK_OFFSET": str(clock),
        }  # fmt: skip
        with serving(**settings) as service:
            yield Setting(service, server, clock)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_its_problem_within_the_deadline_and_the_next_request_is_served(name: str, setting: Setting) -> None:
    fault, began = FAULTS[name], time.monotonic()
    with fault.begun(setting.server), Health(setting.service.url) as health:
        answer = setting.send(fault.engine, **fault.case or {})
        took_s = time.monotonic() - began
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (fault.status, f"urn:testgen:problem:{fault.code}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"]
    assert ("retry-after" in answer.headers) is (fault.status == 503)
    assert took_s < WHOLE_S + 10, "bounded; how fast it is, is measured in bench/"
    assert not health.failed
    setting.server.script = [Answer(GOOD)]
    assert setting.send().status_code == 200
    wait_for(lambda: setting.load() == 0, "the place to be given back", 5)


def test_a_row_that_is_written_without_end_is_stopped_and_kept_once(setting: Setting) -> None:
    setting.server.script = [Answer(["["], again='["Click","","Shown",""],')]
    answer = setting.send()
    assert answer.status_code == 200
    procedure = answer.json()
    assert [step["action"] for step in procedure["steps"]] == ["Click"]
    assert procedure["readiness"] == "skeleton"
    wait_for(lambda: setting.load() == 0, "the place to be given back", 5)


def test_a_stream_ends_with_the_same_problem(setting: Setting) -> None:
    setting.server.script = [Answer(GOOD, cut_before=len(GOOD) - 1)]
    answer = setting.service.post(GENERATE, json=CASE, headers={"Accept": "text/event-stream"})
    assert answer.status_code == 200
    events = [line.removeprefix("event: ") for line in answer.text.splitlines() if line.startswith("event: ")]
    assert events == ["step"] * (len(events) - 1) + ["error"]
    assert '"type": "urn:testgen:problem:engine-unavailable"' in answer.text
    assert len(events) > 1


@pytest.mark.parametrize(
    ("loaded", "away", "says"), [(False, "", "is not loaded"), (True, "refused", "no Ollama server answers")]
)
def test_a_load_balancer_is_told_what_is_missing_and_the_process_stays_alive(
    loaded: bool, away: str, says: str, setting: Setting
) -> None:
    setting.server.loaded = loaded
    try:
        with Fault(503, "", away=away).begun(setting.server):
            ready = httpx.get(f"{setting.service.url}/readyz", timeout=20)
            assert httpx.get(f"{setting.service.url}/healthz").status_code == 200
        assert (ready.status_code, says in ready.json()["detail"]) == (503, True)
    finally:
        setting.server.loaded = True
    assert httpx.get(f"{setting.service.url}/readyz").status_code == 200


def test_a_client_that_goes_away_stops_the_model_and_gives_the_place_back(setting: Setting) -> None:
    setting.server.script = [Answer(GOOD, stall_before=3)]
    asked = len(setting.server.requests)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(setting.service.url + GENERATE, json=CASE, timeout=0.5)
    assert len(setting.server.requests) == asked + 1
    assert setting.server.disconnects.acquire(timeout=5)
    wait_for(lambda: setting.load() == 0, "the place", 5)


def test_ten_times_too_many_requests_are_refused_at_once_and_those_within_are_served(setting: Setting) -> None:
    held = Answer(GOOD, hold_before=0)
    setting.server.script = [held]
    answers: list[httpx.Response] = []

    async def one(client: httpx.AsyncClient) -> None:
        answers.append(await client.post(setting.service.url + GENERATE, json=CASE))
        if len(answers) == 9 * PLACES:
            held.gate.set()

    async def storm() -> None:
        async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=None)) as client:
            await asyncio.gather(*(one(client) for _ in range(10 * PLACES)))

    asyncio.run(storm())
    refused, served = answers[: 9 * PLACES], answers[9 * PLACES :]
    assert {(answer.status_code, answer.json()["type"]) for answer in refused} == {
        (503, "urn:testgen:problem:overloaded")
    }
    assert all(1 <= int(answer.headers["retry-after"]) <= 300 for answer in refused)
    assert [answer.status_code for answer in served] == [200] * PLACES


@pytest.mark.parametrize("seconds", [86_400, -86_400, 10**9])
def test_a_clock_that_jumps_while_a_procedure_is_written_changes_nothing(seconds: int, setting: Setting) -> None:
    """Deadlines, silence, `Retry-After` and the throttle go by a clock that nobody sets."""
    held = Answer(GOOD, hold_before=4)
    setting.server.script = [held]
    before = len([1 for line in setting.service.lines if b'"event": "procedure"' in line])
    body = json.dumps(CASE)
    with httpx.stream("POST", setting.service.url + GENERATE, content=body, headers={"Accept": "text/event-stream", "Content-Type": "application/json"}, timeout=20) as stream:  # fmt: skip
        wait_for(lambda: setting.load() == 1, "the model to be at work", 5)
        setting.clock.write_text(str(seconds))
        try:
            time.sleep(0.2)
            held.gate.set()
            assert "event: procedure" in stream.read().decode()
            told = setting.service.events("procedure", before + 1)[-1]
        finally:
            setting.clock.write_text("0")
    assert told["outcome"] == "done"
    assert 0 <= told["duration_ms"] < WHOLE_S * 1000
    assert abs(told["_aws"]["Timestamp"] / 1000 - time.time() - seconds) < 600, "the clock of the process did jump"
    assert setting.send().status_code == 200
