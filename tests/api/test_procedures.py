"""`POST /v1/procedures` on a real socket, against the server that speaks Ollama's protocol."""

import asyncio
import json
import threading

import httpx
import pytest
from support.cases import EN, EN_ROWS, JA
from support.protocol_server import Answer, ProtocolServer, recorded, rows
from support.real_ollama import wait_for
from support.service import read_events, running

from testgen.config import ServiceConfig
from testgen.domain.procedure import Procedure

CASE = EN.model_dump(mode="json")
SSE = {"Accept": "text/event-stream"}


def config_for(server: ProtocolServer, **settings: object) -> ServiceConfig:
    return ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url, **settings)  # type: ignore[arg-type]


def good(**faults: object) -> Answer:
    return Answer(rows(*EN_ROWS), **faults)  # type: ignore[arg-type]


def test_a_case_comes_back_as_a_procedure() -> None:
    with ProtocolServer(good()) as server, running(config_for(server)) as url:
        answer = httpx.post(f"{url}/v1/procedures", json=CASE)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    procedure = Procedure.model_validate_json(answer.content)
    assert [step.verifies for step in procedure.steps] == [(), (1,), (2,)]
    assert procedure.provenance.model_digest == "0" * 64


@pytest.mark.parametrize("delay_s", [0.0, 0.005], ids=["at once", "slowly"])
def test_a_recorded_answer_of_the_real_server_is_a_procedure(delay_s: float) -> None:
    with ProtocolServer(recorded(delay_s)) as server, running(config_for(server)) as url:
        with httpx.stream(
            "POST", f"{url}/v1/procedures", json=JA.model_dump(mode="json"), headers=SSE, timeout=20
        ) as stream:
            events = list(read_events(stream.iter_lines()))
    names = [name for name, _ in events]
    assert (names[:4], names[-1]) == (["step", "step", "step", "step"], "procedure")
    assert set(names[4:-1]) <= {"finding"}, "a base model writes form without sense, and the review says so"
    procedure = Procedure.model_validate_json(events[-1][1])
    assert [step.kind for step in procedure.steps] == ["action", "action", "action", "cleanup"]
    assert (procedure.provenance.input_tokens, procedure.provenance.output_tokens) == (833, 83)


def test_the_engine_can_be_chosen_by_request() -> None:
    with running(ServiceConfig(engine="ollama", ollama_base_url="http://127.0.0.1:9")) as url:
        by_rules = httpx.post(f"{url}/v1/procedures?engine=outline", json=CASE)
        by_itself = httpx.post(f"{url}/v1/procedures?engine=auto", json=CASE)
        by_model = httpx.post(f"{url}/v1/procedures", json=CASE)
    assert by_rules.json()["provenance"]["engine"] == "outline"
    assert by_rules.json()["provenance"]["fallback_reason"] is None
    assert "no Ollama server answers" in by_itself.json()["provenance"]["fallback_reason"]
    assert by_model.status_code == 503


def test_the_first_step_arrives_while_the_model_is_still_writing_the_second() -> None:
    text = "".join(rows(*EN_ROWS))
    end_of_first = text.index("],[") + 10
    gate = threading.Event()
    answer = Answer([text[:end_of_first], text[end_of_first:]], hold_before=1, gate=gate)
    with ProtocolServer(answer) as server, running(config_for(server)) as url:
        with httpx.stream("POST", f"{url}/v1/procedures", json=CASE, headers=SSE, timeout=60) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            events = read_events(stream.iter_lines())
            name, data = next(events)
            assert not gate.is_set(), "the model is held in the middle of its second row"
            assert name == "step"
            assert json.loads(data)["step"]["action"] == "Open the Sign-in page"
            gate.set()
            rest = list(events)
    assert [name for name, _ in rest] == ["step", "step", "procedure"]
    assert Procedure.model_validate_json(rest[-1][1]).steps[2].verifies == (2,)


def test_a_heartbeat_keeps_the_stream_alive_while_the_model_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testgen.api.stream.HEARTBEAT_S", 0.05)
    gate = threading.Event()
    with ProtocolServer(good(hold_before=0, gate=gate)) as server, running(config_for(server)) as url:
        with httpx.stream("POST", f"{url}/v1/procedures", json=CASE, headers=SSE, timeout=60) as stream:
            events = read_events(stream.iter_lines())
            assert next(events) == ("", "heartbeat")
            gate.set()
            assert [name for name, _ in events if name] == ["step", "step", "step", "procedure"]


def test_a_reset_tells_the_client_to_drop_steps() -> None:
    bad = Answer(rows(EN_ROWS[0], ("", "", "", "")))
    with ProtocolServer(bad, good()) as server, running(config_for(server)) as url:
        with httpx.stream("POST", f"{url}/v1/procedures", json=CASE, headers=SSE, timeout=60) as stream:
            events = list(read_events(stream.iter_lines()))
    assert [name for name, _ in events] == ["step", "reset", "step", "step", "step", "procedure"]
    assert json.loads(events[1][1]) == {"attempt": 2, "keep": 0, "reason": "step 2 had no action"}


FAULTS = {
    "model missing": (Answer(status=404, error="not found"), 503, "model-missing"),
    "busy": (Answer(status=503, error="busy"), 503, "engine-busy"),
    "slow first token": (good(stall_before=0), 504, "engine-timeout"),
    "stall": (good(stall_before=9), 504, "engine-timeout"),
    "cut mid-stream": (good(cut_before=9), 503, "engine-unavailable"),
    "garbage": (good(garbage_before=9), 502, "engine-protocol"),
    "error line": (good(error_before=9), 502, "engine-protocol"),
    "truncated": (Answer(rows(*EN_ROWS)[:12], done_reason="length"), 502, "incomplete-output"),
    "no done": (Answer(rows(*EN_ROWS)[:12], done_reason=None), 502, "incomplete-output"),
    "wrong language": (Answer(rows(("ページを開く", "", "開いた", "1"))), 502, "wrong-language"),
    "not JSON": (Answer(["Sure! Here are"]), 502, "invalid-output"),
}


@pytest.mark.parametrize(("answer", "status", "code"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_a_problem_document_within_its_deadline_and_the_service_goes_on(
    answer: Answer, status: int, code: str
) -> None:
    patience = 1 if answer.stall_before is not None else 30  # on a busy machine no other fault may look like a stall
    with ProtocolServer(answer, answer, good()) as server:
        config = config_for(server, max_attempts=1, first_token_timeout_s=patience, request_timeout_s=60)
        with running(config) as url:
            server.script = [answer] * (2 if answer.done_reason != "stop" else 1) + [good()]
            answered = httpx.post(f"{url}/v1/procedures", json=CASE, timeout=30)
            after = httpx.post(f"{url}/v1/procedures", json=CASE, timeout=30)
    problem = answered.json()
    assert (answered.status_code, problem["status"]) == (status, status)
    assert answered.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:testgen:problem:{code}"
    assert problem["title"]
    assert ";" in problem["detail"], "the remedy follows the fault"
    assert after.status_code == 200


def test_an_incomplete_answer_brings_its_complete_rows() -> None:
    cut = Answer(rows(*EN_ROWS)[:16], done_reason="length")
    with (
        ProtocolServer(cut, Answer([], done_reason="length")) as server,
        running(config_for(server, max_attempts=1)) as url,
    ):
        with httpx.stream("POST", f"{url}/v1/procedures", json=CASE, headers=SSE, timeout=60) as stream:
            events = list(read_events(stream.iter_lines()))
    assert [name for name, _ in events] == ["step", "step", "error"]
    problem = json.loads(events[-1][1])
    assert problem["type"].endswith("incomplete-output")
    assert [step["number"] for step in problem["steps"]] == [1, 2]


def test_a_case_that_is_too_long_names_the_field_and_the_budget() -> None:
    case = {**CASE, "specification": "仕様" * 5000}
    with ProtocolServer(good()) as server, running(config_for(server, num_ctx=4096, num_predict=512)) as url:
        answer = httpx.post(f"{url}/v1/procedures", json=case)
        assert server.requests == []
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("case-too-long")
    assert answer.json()["errors"][0]["pointer"] == "/specification"
    assert "4096" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("headers", [{}, SSE], ids=["json", "sse"])
def test_a_client_that_goes_away_stops_the_generation(headers: dict[str, str]) -> None:
    async def leave_while_the_model_works(url: str, server: ProtocolServer) -> None:
        async with httpx.AsyncClient(timeout=60) as client:
            request = asyncio.create_task(client.post(f"{url}/v1/procedures", json=CASE, headers=headers))
            while not server.requests:
                await asyncio.sleep(0.01)
            request.cancel()
            await asyncio.gather(request, return_exceptions=True)

    with (
        ProtocolServer(good(hold_before=0), good()) as server,
        running(config_for(server, max_concurrency=1, queue_limit=0)) as url,
    ):
        asyncio.run(leave_while_the_model_works(url, server))
        assert server.disconnects.acquire(timeout=30), "the server saw the connection close"
        wait_for(lambda: not httpx.get(f"{url}/v1/info").json()["load"]["in_flight"], "the place to be free again", 30)
        assert httpx.post(f"{url}/v1/procedures", json=CASE, timeout=30).status_code == 200


def test_a_request_that_waits_too_long_for_its_turn_is_a_timeout() -> None:
    with (
        ProtocolServer(good(hold_before=0)) as server,
        running(config_for(server, max_concurrency=1, request_timeout_s=0.6)) as url,
    ):

        async def two() -> list[int]:
            async with httpx.AsyncClient(timeout=60) as client:
                answers = await asyncio.gather(*(client.post(f"{url}/v1/procedures", json=CASE) for _ in range(2)))
            return [answer.status_code for answer in answers]

        assert asyncio.run(two()) == [504, 504]


def test_fifty_requests_at_once_are_forty_refusals_and_ten_procedures() -> None:
    gate = threading.Event()

    async def storm(url: str) -> list[httpx.Response]:
        refused = asyncio.Event()
        answers: list[httpx.Response] = []

        async def one(client: httpx.AsyncClient) -> None:
            answers.append(await client.post(f"{url}/v1/procedures", json=CASE))
            if len(answers) == 40:
                refused.set()

        async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=None)) as client:
            tasks = [asyncio.create_task(one(client)) for _ in range(50)]
            await asyncio.wait_for(refused.wait(), 60)
            assert not gate.is_set()
            assert {answer.status_code for answer in answers} == {503}
            gate.set()
            await asyncio.gather(*tasks)
        return answers

    with ProtocolServer(good(hold_before=0, gate=gate)) as server:
        with running(config_for(server, max_concurrency=2, queue_limit=8)) as url:
            answers = asyncio.run(storm(url))
        assert len(server.requests) == 10, "a refusal is decided before any work"
    refusals, served = answers[:40], answers[40:]
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refusals)
    assert all(answer.json()["type"].endswith("overloaded") for answer in refusals)
    assert [answer.status_code for answer in served] == [200] * 10


def test_a_shutdown_finishes_what_runs() -> None:
    gate = threading.Event()
    answers: list[httpx.Response] = []
    with ProtocolServer(good(hold_before=0, gate=gate)) as server:
        with running(config_for(server)) as url:
            client = threading.Thread(
                target=lambda: answers.append(httpx.post(f"{url}/v1/procedures", json=CASE, timeout=60))
            )
            client.start()
            while not server.requests:
                threading.Event().wait(0.01)
            threading.Timer(0.3, gate.set).start()
        client.join(10)
    assert [answer.status_code for answer in answers] == [200]
