"""The ways to the same answer that are compared: each asks once, reads all, and says after how many seconds the first step was there."""

import asyncio
import functools
import json
import time

import httpx

from bench.upstream import MODEL, case


async def direct(client: httpx.AsyncClient, url: str) -> float:
    """The model's server, asked and read by httpx alone."""
    started, text, first = time.perf_counter(), "", 0.0
    asked = {"model": MODEL, "messages": [], "stream": True}
    async with client.stream("POST", f"{url}/api/chat", json=asked) as answer:
        async for line in answer.aiter_lines():
            text += json.loads(line)["message"]["content"]
            if not first and "]" in text:
                first = time.perf_counter() - started
    return first


async def chat_ollama(client: httpx.AsyncClient, url: str) -> float:
    """LangChain's ChatOllama in this process, one for all requests."""
    del client
    started, text, first = time.perf_counter(), "", 0.0
    async for chunk in _chat(url, asyncio.get_running_loop()).astream([("user", "x")]):  # type: ignore[attr-defined]
        text += str(chunk.text)
        if not first and "]" in text:
            first = time.perf_counter() - started
    return first


@functools.lru_cache(maxsize=1)
def _chat(url: str, loop: asyncio.AbstractEventLoop) -> object:
    from langchain_ollama import ChatOllama

    del loop  # an instance cannot serve two
    return ChatOllama(model=MODEL, base_url=url)


async def bare(client: httpx.AsyncClient, url: str) -> float:
    """`bench.bare`; it has no first step of its own."""
    (await client.post(url)).raise_for_status()
    return 0.0


async def whole(client: httpx.AsyncClient, url: str) -> float:
    """testgen's JSON answer; it has no first step of its own."""
    (await client.post(f"{url}/v1/procedures", json=case())).raise_for_status()
    return 0.0


async def streamed(client: httpx.AsyncClient, url: str) -> float:
    """testgen's events."""
    started, first = time.perf_counter(), 0.0
    accept = {"Accept": "text/event-stream"}
    async with client.stream("POST", f"{url}/v1/procedures", json=case(), headers=accept) as answer:
        async for line in answer.aiter_lines():
            if not first and line.startswith("event: step"):
                first = time.perf_counter() - started
            assert not line.startswith("event: error"), "the service answered with an error"
    return first


async def litellm(client: httpx.AsyncClient, url: str) -> float:
    """LiteLLM's proxy, by OpenAI's protocol, streamed. The address ends in the name of the model."""
    base, _, model = url.rpartition("/")
    asked = {"model": model, "messages": [{"role": "user", "content": "x"}], "stream": True}
    started, text, first = time.perf_counter(), "", 0.0
    async with client.stream(
        "POST", f"{base}/v1/chat/completions", json=asked, headers={"Authorization": "Bearer sk-bench"}
    ) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: {"):
                choices = json.loads(line[6:])["choices"]
                text += (choices[0]["delta"].get("content") or "") if choices else ""
                if not first and "]" in text:
                    first = time.perf_counter() - started
    assert text, "LiteLLM answered with nothing"
    return first
