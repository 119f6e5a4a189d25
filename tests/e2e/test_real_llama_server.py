"""Engine `openai` against the real llama.cpp server. The model is tiny: its form is judged, never its sense."""

import subprocess
from collections.abc import Iterator

import httpx
import pytest
from support.cases import EN
from support.real_ollama import MODEL, free_port, tools_folder, wait_for

from testgen.adapters.openai import OpenAIChat
from testgen.config import ServiceConfig
from testgen.domain import errors
from testgen.domain.ports import ChatEnd, Message
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import SCHEMA

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


async def test_a_prompt_over_the_servers_context_is_told_with_its_limit(url: str) -> None:
    with pytest.raises(errors.ContextExceededError) as caught:
        await collect(config_for(url), [Message("user", "word " * 6000)])
    assert caught.value.limit == 4096
