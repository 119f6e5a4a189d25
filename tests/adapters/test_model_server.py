"""Every way in which a model's server fails becomes one error of ours, whatever its protocol, and the service goes on."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import aclosing
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from support.cases import EN_ROWS
from support.model_servers import ASK, OLLAMA, OPENAI, WIRES, Wire, answer_of
from support.protocol_server import DIGEST, Answer, rows

from testgen.domain import errors
from testgen.domain.ports import ChatEnd
from testgen.drafting.wire import SCHEMA

NOBODY = "http://127.0.0.1:9"


@pytest.fixture(params=WIRES, ids=lambda wire: wire.engine)
def wire(request: pytest.FixtureRequest) -> Wire:
    found: Wire = request.param
    return found


async def test_a_whole_answer_comes_in_pieces_and_says_how_it_ended(wire: Wire) -> None:
    with wire.serve(Answer(rows(*EN_ROWS), input_tokens=321)) as server:
        text, end = await answer_of(wire.chat(server.url))
    assert text == "".join(rows(*EN_ROWS))
    assert end == ChatEnd(True, "stop", 321, len(rows(*EN_ROWS)), DIGEST if wire is OLLAMA else None)


FAULTS = {
    "model missing": (Answer(status=404, error="no such model"), errors.ModelMissingError, "is not on the server"),
    "busy": (Answer(status=503, error="server busy"), errors.EngineBusyError, "try again"),
    "too many": (Answer(status=429, error="slow down"), errors.EngineBusyError, "try again"),
    "refused grammar": (Answer(status=400, error="failed to parse grammar"), errors.EngineProtocolError, "grammar"),
    "context, llama.cpp": (
        Answer(status=400, error="request (5664 tokens) exceeds the available context size (4096 tokens)"),
        errors.ContextExceededError,
        "4096",
    ),
    "context, vLLM": (
        Answer(status=400, error="This model's maximum context length is 4096 tokens. However, you requested 5664"),
        errors.ContextExceededError,
        "4096",
    ),
    "crash": (Answer(status=500, error="cuda error"), errors.EngineProtocolError, "cuda error"),
    "error line mid-stream": (Answer(["[["], error_before=1), errors.EngineProtocolError, "crashed"),
    "cut mid-stream": (Answer(["[[", "x"], cut_before=1), errors.EngineUnavailableError, "closed the connection"),
    "cut at once": (Answer(["x"], cut_before=0), errors.EngineUnavailableError, "closed the connection"),
    "garbage line": (Answer(["[[", "x"], garbage_before=1), errors.EngineProtocolError, "chat stream"),
    "JSON that is no chunk": (Answer(raw=b"[1, 2]"), errors.EngineProtocolError, "chat stream"),
    "a number": (Answer(raw=b"42"), errors.EngineProtocolError, "chat stream"),
    "empty stream": (Answer(raw=b""), errors.EngineProtocolError, "chat stream"),
    "slow first token": (Answer(["x"], stall_before=0), errors.EngineTimeoutError, "silent for 0.3 s"),
    "stall": (Answer(["[[", "x"], stall_before=1), errors.EngineTimeoutError, "silent for 0.3 s"),
}
ONE_PROTOCOLS_OWN = [
    (OLLAMA, Answer(done_reason="load"), errors.EngineProtocolError, "chat stream"),
    (OPENAI, Answer(status=307), errors.EngineProtocolError, "refused"),
]


@pytest.mark.parametrize(
    ("wire", "answer", "kind", "says"),
    [
        *(pytest.param(wire, *fault, id=f"{wire.engine}: {name}") for wire in WIRES for name, fault in FAULTS.items()),
        *ONE_PROTOCOLS_OWN,
    ],
)
async def test_a_fault_is_one_error_with_a_remedy_and_the_next_request_works(
    wire: Wire, answer: Answer, kind: type[errors.EngineError], says: str
) -> None:
    patience = 0.3 if answer.stall_before is not None else 30  # on a busy machine no other fault may look like a stall
    with wire.serve(answer, Answer(["[]"])) as server:
        with pytest.raises(errors.EngineError) as caught:
            await asyncio.wait_for(answer_of(wire.chat(server.url, first_token_timeout_s=patience)), 60)
        assert type(caught.value) is kind
        assert says in str(caught.value)
        assert caught.value.remedy or kind is errors.ContextExceededError
        if kind is errors.ModelMissingError:
            assert wire.get_model in caught.value.remedy
        assert len(server.requests) == 1
        assert (await answer_of(wire.chat(server.url)))[1].complete


@pytest.mark.parametrize("reason", [None, "length"])
async def test_the_two_silent_failures_are_told(wire: Wire, reason: str | None) -> None:
    with wire.serve(Answer(["[["], done_reason=reason)) as server:
        text, end = await answer_of(wire.chat(server.url))
    assert text == "[["
    assert not end.complete


async def test_closing_the_stream_closes_the_connection_at_once(wire: Wire) -> None:
    with wire.serve(Answer(["[[", "x"], hold_before=1)) as server:
        async with aclosing(wire.chat(server.url).stream(ASK, schema=SCHEMA, seed=1)) as pieces:
            assert await anext(pieces) == "[["
        assert await asyncio.to_thread(server.disconnects.acquire, timeout=30)


async def test_cancelling_the_task_closes_the_connection_at_once(wire: Wire) -> None:
    with wire.serve(Answer(["[[", "x"], hold_before=0)) as server:
        task = asyncio.create_task(answer_of(wire.chat(server.url)))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.disconnects.acquire, timeout=30)


def test_one_adapter_serves_several_event_loops(wire: Wire) -> None:
    with wire.serve(Answer(["[]"])) as server:
        chat = wire.chat(server.url)
        assert [asyncio.run(answer_of(chat))[0] for _ in range(2)] == ["[]", "[]"]


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_gets_nothing(
    wire: Wire, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with wire.serve(Answer(["[]"])) as proxy, wire.serve(Answer(["[]"])) as server:
        monkeypatch.setenv(variable, proxy.url)
        chat = wire.chat(server.url)
        assert (await chat.status()).available
        await answer_of(chat)
        assert not proxy.requests
        assert len(server.requests) == 1


class TestStatus:
    async def test_a_missing_model_names_the_remedy(self, wire: Wire) -> None:
        with wire.serve(models=("other:latest",)) as server:
            status = await wire.chat(server.url).status()
        assert not status.available
        assert "tiny:latest is not on the server" in status.problem
        assert wire.get_model in status.remedy

    async def test_nobody_listens(self, wire: Wire) -> None:
        chat = wire.chat(NOBODY)
        with pytest.raises(errors.EngineUnavailableError, match=wire.start):
            await answer_of(chat)
        status = await chat.status()
        assert not status.available
        assert f"no {wire.brand} server answers at {NOBODY}{wire.path}" in status.problem

    async def test_something_else_on_the_port(self, wire: Wire, web_server: str) -> None:
        status = await wire.chat(web_server).status()
        assert not status.available
        assert f"is not an {wire.brand} server" in status.problem


@pytest.fixture
def web_server() -> Iterator[str]:
    """A web server that has no model."""

    class Page(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>hello</html>")

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
