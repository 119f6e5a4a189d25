"""What is Ollama's own: its request, what it says of a model, no traces. The rest is in test_model_server.py."""

import pytest
from support.model_servers import OLLAMA, answer_of
from support.protocol_server import DIGEST, Answer

from testgen.domain.errors import EngineUnavailableError
from testgen.drafting.wire import SCHEMA


async def test_the_request_carries_schema_seed_context_and_no_reasoning() -> None:
    settings = {"num_ctx": 4096, "num_predict": 512, "temperature": 0.5}
    with OLLAMA.serve(Answer(["[]"])) as server:
        await answer_of(OLLAMA.chat(server.url, keep_alive="-1", **settings), seed=11)
        request = server.requests[0]
    assert request["format"] == SCHEMA
    assert request["think"] is False
    assert request["keep_alive"] == -1
    assert request["options"] == {**settings, "seed": 11}
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


async def test_one_request_may_have_a_temperature_of_its_own() -> None:
    with OLLAMA.serve(Answer(["[]"])) as server:
        await answer_of(OLLAMA.chat(server.url), temperature=0.5)
        assert server.requests[0]["options"]["temperature"] == 0.5


def test_langchain_never_traces_to_its_maker() -> None:
    from langsmith.utils import tracing_is_enabled

    assert not tracing_is_enabled()


@pytest.mark.parametrize("loaded", [True, False])
async def test_the_status_names_the_digest_and_whether_the_model_is_loaded(loaded: bool) -> None:
    with OLLAMA.serve(loaded=loaded) as server:
        status = await OLLAMA.chat(server.url, model="tiny").status()
    assert (status.available, status.loaded, status.digest, status.server_version) == (True, loaded, DIGEST, "0.0.0")


async def test_the_digest_is_asked_once_a_load() -> None:
    """Another model under the same name has to be loaded before it answers."""
    answers = (Answer(["[]"], load_ms=load) for load in (3000, 1, 1, 2000, 1))
    with OLLAMA.serve(*answers) as server:
        chat = OLLAMA.chat(server.url)
        asked = []
        for _ in range(5):
            _, end = await answer_of(chat)
            assert end.digest == DIGEST
            asked.append(len(server.questions))
    assert asked == [1, 1, 1, 2, 2]
    assert set(server.questions) == {"/api/tags"}


async def test_a_server_that_does_not_tell_its_digest_is_no_fault() -> None:
    with OLLAMA.serve(Answer(["[]"]), models=()) as server:
        _, end = await answer_of(OLLAMA.chat(server.url))
    assert (end.complete, end.digest) == (True, None)


async def test_the_proxy_of_the_settings_is_on_the_way_to_the_server() -> None:
    with OLLAMA.serve(Answer(["[]"])) as proxy:
        chat = OLLAMA.chat("http://ollama.example:11434", ollama_proxy=proxy.url, first_token_timeout_s=5)
        assert (await chat.status()).available
        await answer_of(chat)
    assert proxy.heads[0].startswith("POST http://ollama.example:11434/api/chat ")


async def test_a_password_in_the_address_is_used_and_never_shown() -> None:
    with OLLAMA.serve(Answer(["[]"]), loaded=False) as server:
        chat = OLLAMA.chat(server.url.replace("//", "//mori:Sakura2026@"), first_token_timeout_s=5)
        there = await chat.status()
        await answer_of(chat)
    gone = await chat.status()
    with pytest.raises(EngineUnavailableError) as lost:
        await answer_of(chat)
    assert "authorization: basic" in server.heads[0].lower()
    assert gone.problem == f"no Ollama server answers at {server.url.replace('//', '//***@')}"
    assert "Sakura2026" not in f"{there}{gone}{lost.value}"
