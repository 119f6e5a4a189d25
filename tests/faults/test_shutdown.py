"""SIGTERM: what runs is finished, and nothing is lost in silence. A second one: the end."""

import contextlib
import json
import signal
import threading
import time
from typing import Any

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.process import serving
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import wait_for

CASE = EN.model_dump(mode="json")
CASES = 12
BATCH = "\n".join(json.dumps({**CASE, "id": f"T-{number}"}) for number in range(CASES))
NDJSON = {"Content-Type": "application/x-ndjson"}


def settings(server: ProtocolServer) -> dict[str, str]:
    return {"TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": server.url}


class Asking(threading.Thread):
    """A request that is under way; `answer` when it is done."""

    def __init__(self, url: str, **what: Any) -> None:
        super().__init__(daemon=True)
        self._url, self._what = url, what
        self.answer: httpx.Response | None = None
        self.start()

    def run(self) -> None:
        with contextlib.suppress(httpx.HTTPError):
            self.answer = httpx.post(self._url, timeout=60, **self._what)


def test_every_case_of_a_batch_gets_a_line_and_those_not_begun_can_be_sent_again() -> None:
    held = Answer(rows(*EN_ROWS), hold_before=0)
    with ProtocolServer(Answer(rows(*EN_ROWS)), Answer(rows(*EN_ROWS)), held) as server:
        with serving(**settings(server)) as service:
            batch = Asking(f"{service.url}/v1/batches", content=BATCH, headers=NDJSON)
            wait_for(lambda: len(server.requests) == 4, "two cases done and two at work")
            service.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            held.gate.set()
            batch.join(60)
            assert service.process.wait(20) in (0, -signal.SIGTERM)
    assert batch.answer
    lines = [json.loads(line) for line in batch.answer.text.splitlines()]
    assert sorted(line["index"] for line in lines) == list(range(CASES))
    done, left = [line for line in lines if "procedure" in line], [line for line in lines if "error" in line]
    assert len(done) == 4
    assert {line["error"]["type"] for line in left} == {"urn:testgen:problem:not-begun"}
    assert {line["error"]["status"] for line in left} == {503}
    assert all(line["id"] == f"T-{line['index']}" and "send it again" in line["error"]["detail"] for line in left)
    assert len(server.requests) == 4, "nothing was begun after the signal"
    assert len([line for line in service.events("procedure") if line["outcome"] == "not-begun"]) == 8, (
        "the audit says so too"
    )


def test_a_request_that_waits_for_its_turn_is_still_answered() -> None:
    held = Answer(rows(*EN_ROWS), hold_before=0)
    with ProtocolServer(held) as server, serving(**settings(server), TESTGEN_MAX_CONCURRENCY="1") as service:
        asked = [Asking(f"{service.url}/v1/procedures", json=CASE) for _ in range(2)]
        load = {"in_flight": 1, "queued": 1}
        wait_for(lambda: httpx.get(f"{service.url}/v1/info").json()["load"] == load, "one at work and one waiting")
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        held.gate.set()
        for request in asked:
            request.join(30)
        assert [request.answer and request.answer.status_code for request in asked] == [200, 200]


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_the_service_at_once(second: signal.Signals) -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS), hold_before=0)) as server, serving(**settings(server)) as service:
        Asking(f"{service.url}/v1/procedures", json=CASE)
        wait_for(lambda: len(server.requests) == 1, "the model to be at work")
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert service.process.poll() is None, "it waits for what runs"
        service.process.send_signal(second)
        assert service.process.wait(30) == -second
        assert server.disconnects.acquire(timeout=30), "the model is let go"
