"""Engine `openai` against the real llama.cpp server. The model is tiny: its form is judged, never its sense."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import aclosing

import httpx
import pytest
from support.cases import EN, JA
from support.real_ollama import MODEL, free_port, run_cli, tools_folder, wait_for
from support.service import running

from testgen.adapters.openai import OpenAIChat
from testgen.bootstrap import Application
from testgen.config import ServiceConfig
from testgen.domain import errors
from testgen.domain.events import ErrorEvent, ProcedureEvent, StepEvent
from testgen.domain.ports import ChatEnd, Message
from testgen.drafting.probe import probe
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import SCHEMA
from testgen.settings import Settings

pytestmark = pytest.mark.ollama


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    tools, port = tools_folder(), free_port()
    command = [str(tools / "lib/ollama/llama-server"), "-m", str(tools / "model.gguf"), "--alias", MODEL]
    options = ["--host", "127.0.0.1", "--port", str(port), "-c", "4096", "-np", "1", "--jinja"]
    process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200, "llama-server to answer")
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(20)


def config_for(url: str, **settings: object) -> ServiceConfig:
    given = {"engine": "openai", "model": MODEL, "openai_base_url": url, "num_ctx": 4096, "num_predict": 400}
    return ServiceConfig(**{**given, **settings})  # type: ignore[arg-type]


async def collect(config: ServiceConfig, messages: list[Message], seed: int = 1) -> tuple[str, ChatEnd]:
    pieces = [piece async for piece in OpenAIChat(config).stream(messages, schema=SCHEMA, seed=seed)]
    assert isinstance(pieces[-1], ChatEnd)
    return "".join(map(str, pieces[:-1])), pieces[-1]


async def test_the_schema_is_obeyed_and_a_cut_answer_is_told_with_its_counts(url: str) -> None:
    config = config_for(url).model_copy(update={"num_predict": 12})
    text, end = await collect(config, draft_messages(EN, "en"))
    assert text.startswith('[["')
    assert (end.complete, end.done_reason, end.output_tokens) == (False, "length", 12)
    assert (end.input_tokens or 0) > 500


async def test_the_probe_gets_two_rows(url: str) -> None:
    result = await probe(OpenAIChat(config_for(url, num_predict=1000)))
    assert 0 < result.first_s <= result.total_s
    assert (result.output_tokens or 0) > 0


async def test_a_prompt_over_the_servers_context_is_told_with_its_limit(url: str) -> None:
    with pytest.raises(errors.ContextExceededError) as caught:
        await collect(config_for(url), [Message("user", "word " * 6000)])
    assert caught.value.limit == 4096


async def test_cancelling_frees_the_server(url: str) -> None:
    def at_work() -> bool:
        return any(slot["is_processing"] for slot in httpx.get(f"{url.removesuffix('/v1')}/slots").json())

    chat = OpenAIChat(config_for(url, num_predict=2000))
    async with aclosing(chat.stream(draft_messages(EN, "en"), schema=SCHEMA, seed=3)) as pieces:
        await anext(pieces)
        assert at_work()
    await asyncio.to_thread(wait_for, lambda: not at_work(), "the slot to be free", 20)


async def test_a_draft_comes_step_by_step_and_ends_as_a_procedure_or_an_error_of_ours(url: str) -> None:
    application = Application(Settings(config_for(url, seed=1, temperature=0.7)))
    events = [event async for event in application.events(JA)]
    assert any(isinstance(event, StepEvent) for event in events)
    if isinstance(events[-1], ProcedureEvent):
        made = events[-1].procedure.provenance
        assert (made.engine, made.model) == ("openai", MODEL)
        assert (made.output_tokens or 0) > 0
    else:
        assert isinstance(events[-1], ErrorEvent)


def test_doctor_and_the_service_find_server_and_model(url: str) -> None:
    settings = {"TESTGEN_ENGINE": "openai", "TESTGEN_OPENAI_BASE_URL": url, "TESTGEN_MODEL": MODEL}
    done = run_cli("doctor", **settings)
    assert f"OpenAI-compatible server at {url}" in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    missing = run_cli("doctor", **{**settings, "TESTGEN_MODEL": "other"})
    assert missing.returncode == 3
    with running(config_for(url)) as service:
        assert httpx.get(f"{service}/readyz").json() == {"status": "ready", "engine": "openai", "model": MODEL}
        assert httpx.get(f"{service}/v1/info").json()["engine"]["effective"] == "openai"
