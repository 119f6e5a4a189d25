"""`/mcp` of the service: the same tools, behind its keys, limits and checks; asked by the SDK's own client."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from support.cases import EN, EN_ROWS
from support.procedures import procedure
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.service import running

from testgen.config import ServiceConfig, ServiceSecrets
from testgen.mcp.tools import EXAMPLE

KEY = "a-key-of-the-test"
CASE = {"test_case": EN.model_dump(mode="json")}
MODES = ["auto", "legacy"]  # the protocol of 2026, and those before


@pytest.fixture(scope="module")
def model() -> Iterator[ProtocolServer]:
    with ProtocolServer(Answer(rows(*EN_ROWS))) as server:
        yield server


@pytest.fixture(scope="module")
def url(model: ProtocolServer) -> Iterator[str]:
    config = ServiceConfig(
        engine="ollama",
        model=MODEL,
        ollama_base_url=model.url,
        require_api_key=True,
        max_concurrency=1,
        queue_limit=0,
        max_body_bytes=20_000,
    )
    secrets = ServiceSecrets(api_keys={"assistant": hashlib.sha256(KEY.encode()).hexdigest()})
    with running(config, secrets=secrets) as url:
        yield url


@pytest.fixture(autouse=True)
def plain(model: ProtocolServer) -> None:
    model.script = [Answer(rows(*EN_ROWS))]


@asynccontextmanager
async def asking(url: str, key: str = KEY, mode: str = "auto") -> AsyncIterator[Client]:
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=30) as http:
        async with Client(streamable_http_client(f"{url}/mcp", http_client=http), mode=mode) as client:
            yield client


async def until(check: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not check():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("mode", MODES)
async def test_the_tools_work_and_progress_comes_while_the_steps_are_written(
    url: str, model: ProtocolServer, mode: str
) -> None:
    held = Answer(rows(*EN_ROWS), hold_before=20)
    model.script, told = [held], list[str | None]()

    async def progress(_: float, __: float | None, message: str | None) -> None:
        told.append(message)

    async with asking(url, mode=mode) as client:
        call = asyncio.create_task(client.call_tool("write_procedure", CASE, progress_callback=progress))
        await until(lambda: bool(told))
        assert not call.done()
        assert told[0] == "step 1: Open the Sign-in page"
        held.gate.set()
        result = await call
    assert result.structured_content["provenance"]["model"] == MODEL
    assert len(told) == 3


async def test_a_call_that_is_cancelled_frees_the_engine_and_its_place(url: str, model: ProtocolServer) -> None:
    model.script = [Answer(rows(*EN_ROWS), hold_before=20)]
    asked = len(model.requests)
    async with asking(url) as client:
        call = asyncio.create_task(client.call_tool("write_procedure", CASE))
        await until(lambda: len(model.requests) > asked)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        assert await asyncio.to_thread(model.disconnects.acquire, timeout=10)
        model.script = [Answer(rows(*EN_ROWS))]
        result = await client.call_tool("write_procedure", CASE)
        while result.is_error and "(overloaded)" in str(
            result.content
        ):  # the service hears of it a moment after the model
            await asyncio.sleep(0.05)
            result = await client.call_tool("write_procedure", CASE)
    assert not result.is_error, "the only place is free again"


async def test_an_older_client_that_leaves_frees_it_too(url: str, model: ProtocolServer) -> None:
    """Before 2026 a call is cancelled by a message of its own, which a load balancer may send to another task."""
    model.script = [Answer(rows(*EN_ROWS), hold_before=20)]
    asked = len(model.requests)
    async with asking(url, mode="legacy") as client:
        call = asyncio.create_task(client.call_tool("write_procedure", CASE))
        await until(lambda: len(model.requests) > asked)
    await asyncio.gather(call, return_exceptions=True)
    assert await asyncio.to_thread(model.disconnects.acquire, timeout=10)


async def test_a_full_service_says_when_to_come_back(url: str, model: ProtocolServer) -> None:
    held = Answer(rows(*EN_ROWS), hold_before=20)
    model.script, asked = [held], len(model.requests)
    async with asking(url) as client:
        first = asyncio.create_task(client.call_tool("write_procedure", CASE))
        await until(lambda: len(model.requests) > asked)
        refused = await client.call_tool("write_procedure", CASE)
        held.gate.set()
        await first
    assert refused.is_error
    assert "(overloaded)" in str(refused.content)


@pytest.mark.parametrize("key", ["", "wrong"])
async def test_without_a_known_key_nobody_comes_in(url: str, key: str) -> None:
    answer = httpx.post(f"{url}/mcp", json={}, headers={"X-API-Key": key} if key else {})
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:testgen:problem:unauthorized")
    with pytest.raises(BaseExceptionGroup) as refused:
        async with asking(url, key or "none"):
            raise AssertionError
    assert refused.group_contains((MCPError, httpx2.HTTPStatusError))


async def test_input_over_the_limit_is_refused(url: str) -> None:
    long = {"test_case": {**EXAMPLE, "specification": "x" * 19_000, "preconditions": ["y" * 1_900] * 3}}
    async with asking(url) as client:
        with pytest.raises(MCPError):
            await client.call_tool("write_procedure", long)
        assert not (await client.call_tool("review_procedure", {"procedure": _small()})).is_error
    answer = httpx.post(f"{url}/mcp", json={"x": "y" * 30_000}, headers={"X-API-Key": KEY})
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:testgen:problem:body-too-large")


def _small() -> dict[str, Any]:
    return procedure(("Open", "It is shown")).model_dump(mode="json")


def test_no_page_of_another_site_may_ask(url: str) -> None:
    answer = httpx.post(f"{url}/mcp", json={}, headers={"X-API-Key": KEY, "Origin": "https://elsewhere.example"})
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:testgen:problem:cross-origin")
    other = httpx.post(f"{url}/mcp", json={}, headers={"X-API-Key": KEY, "Host": "elsewhere.example"})
    assert other.status_code == 421
