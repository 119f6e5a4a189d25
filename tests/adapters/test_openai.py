"""Every way in which a server with OpenAI's protocol fails becomes one error of ours, and nothing goes elsewhere."""

import asyncio
import subprocess
import sys
from contextlib import aclosing

import pytest
from support.cases import EN, EN_ROWS
from support.openai_server import OpenAIServer
from support.protocol_server import Answer, rows

from testgen.adapters.openai import OpenAIChat
from testgen.bootstrap import Application
from testgen.config import ServiceConfig
from testgen.domain import errors
from testgen.domain.events import ProcedureEvent
from testgen.domain.ports import ChatEnd, Message
from testgen.drafting.wire import SCHEMA
from testgen.settings import Settings

ASK = [Message("system", "s"), Message("user", "u")]


def config_for(server: OpenAIServer, **settings: object) -> ServiceConfig:
    given = {"engine": "openai", "model": "tiny:latest", "openai_base_url": server.base_url}
    return ServiceConfig(**{**given, **settings})  # type: ignore[arg-type]


async def answer_of(chat: OpenAIChat, seed: int = 7) -> tuple[str, ChatEnd]:
    pieces = [piece async for piece in chat.stream(ASK, schema=SCHEMA, seed=seed)]
    assert isinstance(pieces[-1], ChatEnd)
    return "".join(piece for piece in pieces[:-1] if isinstance(piece, str)), pieces[-1]


async def test_a_whole_answer_comes_in_pieces_and_says_how_it_ended() -> None:
    with OpenAIServer(Answer(rows(*EN_ROWS), input_tokens=321)) as server:
        text, end = await answer_of(OpenAIChat(config_for(server)))
    assert text == "".join(rows(*EN_ROWS))
    assert end == ChatEnd(True, "stop", 321, len(rows(*EN_ROWS)))


async def test_the_request_carries_schema_seed_limit_and_no_reasoning() -> None:
    with OpenAIServer(Answer(["[]"])) as server:
        await answer_of(OpenAIChat(config_for(server, num_predict=512, temperature=0.5)), seed=11)
        request = server.requests[0]
    assert request["response_format"]["json_schema"]["schema"] == SCHEMA
    assert request["chat_template_kwargs"] == {"enable_thinking": False}
    assert (request["model"], request["stream"], request["seed"]) == ("tiny:latest", True, 11)
    assert (request["max_tokens"], request["temperature"]) == (512, 0.5)
    assert request["stream_options"] == {"include_usage": True}
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


async def test_neither_account_nor_address_nor_proxy_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "my-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: my-secret")
    with OpenAIServer(Answer(["[]"])) as server:
        chat = OpenAIChat(config_for(server))
        assert (await answer_of(chat))[1].complete
        assert (await chat.status()).available
        [head] = server.heads
    assert "my-secret" not in head
    assert "authorization" not in head.lower()


FAULTS = {
    "model missing": (Answer(status=404, error="no such model"), errors.ModelMissingError, "TESTGEN_MODEL"),
    "busy": (Answer(status=503, error="loading"), errors.EngineBusyError, "try again"),
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
    "redirect": (Answer(status=307), errors.EngineProtocolError, "refused"),
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


@pytest.mark.parametrize(("answer", "kind", "says"), FAULTS.values(), ids=FAULTS.keys())
async def test_a_fault_is_one_error_with_a_remedy_and_the_next_request_works(
    answer: Answer, kind: type[errors.EngineError], says: str
) -> None:
    with OpenAIServer(answer, Answer(["[]"])) as server:
        chat = OpenAIChat(config_for(server, first_token_timeout_s=0.3))
        with pytest.raises(errors.EngineError) as caught:
            await asyncio.wait_for(answer_of(chat), 5)
        assert type(caught.value) is kind
        assert says in str(caught.value)
        assert caught.value.remedy or kind is errors.ContextExceededError
        assert len(server.requests) == 1
        assert (await answer_of(OpenAIChat(config_for(server))))[1].complete


async def test_nobody_listening_is_unavailable() -> None:
    chat = OpenAIChat(ServiceConfig(openai_base_url="http://127.0.0.1:9/v1"))
    with pytest.raises(errors.EngineUnavailableError, match="llama-server"):
        await answer_of(chat)
    assert "no OpenAI-compatible server answers at http://127.0.0.1:9/v1" in (await chat.status()).problem


@pytest.mark.parametrize("reason", [None, "length"])
async def test_the_two_silent_failures_are_told(reason: str | None) -> None:
    with OpenAIServer(Answer(["[["], done_reason=reason)) as server:
        text, end = await answer_of(OpenAIChat(config_for(server)))
    assert text == "[["
    assert not end.complete


async def test_closing_the_stream_closes_the_connection_at_once() -> None:
    with OpenAIServer(Answer(["[[", "x"], hold_before=1)) as server:
        chat = OpenAIChat(config_for(server))
        async with aclosing(chat.stream(ASK, schema=SCHEMA, seed=1)) as pieces:
            assert await anext(pieces) == "[["
        assert await asyncio.to_thread(server.disconnects.acquire, timeout=2)


def test_one_adapter_serves_several_event_loops() -> None:
    with OpenAIServer(Answer(["[]"])) as server:
        chat = OpenAIChat(config_for(server))
        assert [asyncio.run(answer_of(chat))[0] for _ in range(2)] == ["[]", "[]"]


async def test_a_missing_model_names_the_remedy() -> None:
    with OpenAIServer(models=("other",)) as server:
        status = await OpenAIChat(config_for(server)).status()
    assert not status.available
    assert "tiny:latest is not on the server" in status.problem
    assert "/v1/models" in status.remedy


async def test_a_procedure_says_that_this_engine_wrote_it() -> None:
    with OpenAIServer(Answer(rows(*EN_ROWS))) as server:
        application = Application(Settings(config_for(server)))
        last = [event async for event in application.events(EN)][-1]
    assert isinstance(last, ProcedureEvent)
    made = last.procedure.provenance
    assert (made.engine, made.model, made.fallback_reason) == ("openai", "tiny:latest", None)


def test_the_client_library_is_loaded_only_where_a_model_drafts() -> None:
    code = "import sys, testgen.adapters.openai, testgen.engines; print([n for n in ('langchain_openai', 'openai', 'langchain_core') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
