"""Every way in which an Ollama server fails becomes one error of ours, and the service goes on."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest
from support.cases import EN_ROWS
from support.protocol_server import DIGEST, Answer, ProtocolServer, rows

from testgen.adapters.ollama import OllamaChat
from testgen.config import ServiceConfig
from testgen.domain import errors
from testgen.domain.ports import ChatEnd, Message
from testgen.drafting.wire import SCHEMA

ASK = [Message("system", "s"), Message("user", "u")]


def chat_with(server: ProtocolServer, **settings: object) -> OllamaChat:
    return OllamaChat(ServiceConfig(model="tiny", ollama_base_url=server.url, **settings))  # type: ignore[arg-type]


async def answer_of(chat: OllamaChat, seed: int = 7) -> tuple[str, ChatEnd]:
    pieces = [piece async for piece in chat.stream(ASK, schema=SCHEMA, seed=seed)]
    assert isinstance(pieces[-1], ChatEnd)
    return "".join(piece for piece in pieces[:-1] if isinstance(piece, str)), pieces[-1]


async def test_a_whole_answer_comes_in_pieces_and_says_how_it_ended() -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS), input_tokens=321)) as server:
        text, end = await answer_of(chat_with(server))
    assert text == "".join(rows(*EN_ROWS))
    assert end == ChatEnd(True, "stop", 321, len(rows(*EN_ROWS)))


async def test_the_request_carries_schema_seed_context_and_no_reasoning() -> None:
    with ProtocolServer(Answer(["[]"])) as server:
        await answer_of(chat_with(server, num_ctx=4096, num_predict=512, temperature=0.5, keep_alive="-1"), seed=11)
        request = server.requests[0]
    assert request["format"] == SCHEMA
    assert request["think"] is False
    assert request["keep_alive"] == -1
    assert request["options"] == {"num_ctx": 4096, "num_predict": 512, "temperature": 0.5, "seed": 11}
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


FAULTS = {
    "model missing": (Answer(status=404, error="model 'tiny' not found"), errors.ModelMissingError, "ollama pull tiny"),
    "busy": (Answer(status=503, error="server busy"), errors.EngineBusyError, "try again"),
    "refused grammar": (Answer(status=400, error="failed to parse grammar"), errors.EngineProtocolError, "grammar"),
    "context": (
        Answer(status=400, error="request (5664 tokens) exceeds the available context size (4096 tokens)"),
        errors.ContextExceededError,
        "4096",
    ),
    "crash": (Answer(status=500, error="cuda error"), errors.EngineProtocolError, "cuda error"),
    "error line mid-stream": (Answer(["[["], error_before=1), errors.EngineProtocolError, "crashed"),
    "cut mid-stream": (Answer(["[[", "x"], cut_before=1), errors.EngineUnavailableError, "closed the connection"),
    "cut at once": (Answer(["x"], cut_before=0), errors.EngineUnavailableError, "closed the connection"),
    "garbage line": (Answer(["[[", "x"], garbage_before=1), errors.EngineProtocolError, "not an Ollama chat stream"),
    "JSON that is no chunk": (Answer(raw=b"[1, 2]"), errors.EngineProtocolError, "not an Ollama chat stream"),
    "a number": (Answer(raw=b"42"), errors.EngineProtocolError, "not an Ollama chat stream"),
    "empty stream": (Answer(raw=b""), errors.EngineProtocolError, "not an Ollama chat stream"),
    "load only": (Answer(done_reason="load"), errors.EngineProtocolError, "not an Ollama chat stream"),
    "slow first token": (Answer(["x"], stall_before=0), errors.EngineTimeoutError, "silent for 0.3 s"),
    "stall": (Answer(["[[", "x"], stall_before=1), errors.EngineTimeoutError, "silent for 0.3 s"),
}


@pytest.mark.parametrize(("answer", "kind", "says"), FAULTS.values(), ids=FAULTS.keys())
async def test_a_fault_is_one_error_with_a_remedy_and_the_next_request_works(
    answer: Answer, kind: type[errors.EngineError], says: str
) -> None:
    with ProtocolServer(answer, Answer(["[]"])) as server:
        chat = chat_with(server, first_token_timeout_s=0.3)
        with pytest.raises(errors.EngineError) as caught:
            await asyncio.wait_for(answer_of(chat), 5)
        assert type(caught.value) is kind
        assert says in str(caught.value)
        assert caught.value.remedy or kind is errors.ContextExceededError
        assert (await answer_of(chat))[1].complete


async def test_nobody_listening_is_unavailable() -> None:
    with pytest.raises(errors.EngineUnavailableError, match="ollama serve"):
        await answer_of(OllamaChat(ServiceConfig(ollama_base_url="http://127.0.0.1:9")))


@pytest.mark.parametrize(
    "answer", [Answer(["[["], done_reason=None), Answer(["[["], done_reason="length")], ids=["no done", "length"]
)
async def test_the_two_silent_failures_are_told(answer: Answer) -> None:
    with ProtocolServer(answer) as server:
        text, end = await answer_of(chat_with(server))
    assert text == "[["
    assert not end.complete


async def test_closing_the_stream_closes_the_connection_at_once() -> None:
    with ProtocolServer(Answer(["[[", "x"], hold_before=1)) as server:
        async with aclosing(chat_with(server).stream(ASK, schema=SCHEMA, seed=1)) as pieces:  # type: ignore[type-var]
            assert await anext(pieces) == "[["
        assert await asyncio.to_thread(server.disconnects.acquire, timeout=2)


async def test_cancelling_the_task_closes_the_connection_at_once() -> None:
    with ProtocolServer(Answer(["[[", "x"], hold_before=0)) as server:
        task = asyncio.create_task(answer_of(chat_with(server)))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.disconnects.acquire, timeout=2)


def test_one_adapter_serves_several_event_loops() -> None:
    with ProtocolServer(Answer(["[]"])) as server:
        chat = chat_with(server)
        assert [asyncio.run(answer_of(chat))[0] for _ in range(2)] == ["[]", "[]"]


async def test_langchain_never_traces_to_its_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith.utils import tracing_is_enabled

    assert not tracing_is_enabled()


class TestStatus:
    async def test_a_loaded_model_with_its_digest(self) -> None:
        with ProtocolServer() as server:
            status = await chat_with(server).status()
        assert (status.available, status.loaded, status.digest, status.server_version) == (True, True, DIGEST, "0.0.0")

    async def test_a_model_that_is_there_but_not_loaded(self) -> None:
        with ProtocolServer(loaded=False) as server:
            status = await chat_with(server).status()
        assert status.available
        assert not status.loaded

    async def test_a_missing_model_names_the_remedy(self) -> None:
        with ProtocolServer(models=("other:latest",)) as server:
            status = await chat_with(server).status()
        assert not status.available
        assert "tiny is not on the server" in status.problem
        assert "ollama pull tiny" in status.remedy

    async def test_no_server(self) -> None:
        status = await OllamaChat(ServiceConfig(ollama_base_url="http://127.0.0.1:9")).status()
        assert not status.available
        assert "no Ollama server answers at http://127.0.0.1:9" in status.problem

    async def test_something_else_on_the_port(self, unused_http_answer: str) -> None:
        status = await OllamaChat(ServiceConfig(ollama_base_url=unused_http_answer)).status()
        assert "is not an Ollama server" in status.problem


@pytest.fixture
def unused_http_answer() -> Iterator[str]:
    """A web server that is no Ollama."""
    import http.server
    import threading

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>hello</html>")

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_gets_nothing(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with ProtocolServer(Answer(["[]"])) as proxy, ProtocolServer(Answer(["[]"])) as server:
        monkeypatch.setenv(variable, proxy.url)
        chat = chat_with(server)
        assert (await chat.status()).server_version
        await answer_of(chat)
        assert not proxy.requests
        assert len(server.requests) == 1


async def test_the_proxy_of_the_settings_is_on_the_way_to_the_server() -> None:
    with ProtocolServer(Answer(["[]"])) as proxy:
        config = ServiceConfig(
            model="tiny", ollama_base_url="http://ollama.example:11434", ollama_proxy=proxy.url, first_token_timeout_s=5
        )
        chat = OllamaChat(config)
        assert (await chat.status()).available
        await answer_of(chat)
    assert proxy.heads[0].startswith("POST http://ollama.example:11434/api/chat ")


async def test_a_password_in_the_address_is_used_and_never_shown() -> None:
    with ProtocolServer(Answer(["[]"]), loaded=False) as server:
        address = server.url.replace("//", "//mori:Sakura2026@")
        chat = OllamaChat(ServiceConfig(model="tiny", ollama_base_url=address, first_token_timeout_s=5))
        there = await chat.status()
        await answer_of(chat)
    gone = await chat.status()
    with pytest.raises(errors.EngineUnavailableError) as lost:
        await answer_of(chat)
    assert "authorization: basic" in server.heads[0].lower()
    assert gone.problem == f"no Ollama server answers at {server.url.replace('//', '//***@')}"
    assert "Sakura2026" not in f"{there}{gone}{lost.value}"
