"""What is the own of servers with OpenAI's protocol: the request, and that nothing goes elsewhere. The rest is in test_model_server.py."""

import subprocess
import sys

import pytest
from support.cases import EN, EN_ROWS
from support.model_servers import OPENAI, answer_of
from support.protocol_server import Answer, rows

from testgen.bootstrap import Application
from testgen.domain.events import ProcedureEvent
from testgen.drafting.wire import SCHEMA
from testgen.settings import Settings


async def test_the_request_carries_schema_seed_limit_and_no_reasoning() -> None:
    with OPENAI.serve(Answer(["[]"])) as server:
        await answer_of(OPENAI.chat(server.url, num_predict=512, temperature=0.5), seed=11)
        request = server.requests[0]
    assert request["response_format"]["json_schema"]["schema"] == SCHEMA
    assert request["chat_template_kwargs"] == {"enable_thinking": False}
    assert (request["model"], request["stream"], request["seed"]) == ("tiny:latest", True, 11)
    assert (request["max_tokens"], request["temperature"]) == (512, 0.5)
    assert request["stream_options"] == {"include_usage": True}
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


async def test_one_request_may_have_a_temperature_of_its_own() -> None:
    with OPENAI.serve(Answer(["[]"])) as server:
        await answer_of(OPENAI.chat(server.url, temperature=0), temperature=0.5)
        assert server.requests[0]["temperature"] == 0.5


async def test_neither_account_nor_address_nor_proxy_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "my-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: my-secret")
    with OPENAI.serve(Answer(["[]"])) as server:
        chat = OPENAI.chat(server.url)
        assert (await answer_of(chat))[1].complete
        assert (await chat.status()).available
        [head] = server.heads
    assert "my-secret" not in head
    assert "authorization" not in head.lower()


async def test_a_procedure_says_that_this_engine_wrote_it() -> None:
    with OPENAI.serve(Answer(rows(*EN_ROWS))) as server:
        application = Application(Settings(OPENAI.config(server.url)))
        last = [event async for event in application.events(EN)][-1]
    assert isinstance(last, ProcedureEvent)
    made = last.procedure.provenance
    assert (made.engine, made.model, made.fallback_reason) == ("openai", "tiny:latest", None)


def test_the_client_library_is_loaded_only_where_a_model_drafts() -> None:
    code = "import sys, testgen.adapters.openai, testgen.engines; print([n for n in ('langchain_openai', 'openai', 'langchain_core') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
