"""Streams that are open together are read less often the more there are, and whole; one alone is read at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import httpx
import pytest

from testgen.adapters import pacing
from testgen.adapters.pacing import PacedTransport

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def server(pieces: int, *, every_s: float) -> AsyncIterator[str]:
    """Sends so many pieces of one byte, one after the other."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD)
        for _ in range(pieces):
            writer.write(b"1\r\nx\r\n")
            await asyncio.sleep(every_s)
        writer.write(b"0\r\n\r\n")
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"


async def read(client: httpx.AsyncClient, url: str) -> str:
    async with client.stream("GET", url) as answer, aclosing(answer.aiter_text()) as texts:
        return "".join([text async for text in texts])


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long streams rested, as they asked for it."""
    found: list[float] = []
    sleep = asyncio.sleep

    class Counted:
        @staticmethod
        async def sleep(seconds: float) -> None:
            found.append(seconds)
            await sleep(seconds)

    monkeypatch.setattr(pacing, "asyncio", Counted)
    return found


async def test_a_stream_alone_never_rests(rests: list[float]) -> None:
    async with server(5, every_s=0.001) as url, httpx.AsyncClient(transport=PacedTransport()) as client:
        assert await read(client, url) == "xxxxx"
    assert rests == []


async def test_together_they_rest_the_longer_the_more_there_are_and_lose_nothing(
    rests: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "LONGEST_REST_S", 0.0035)
    async with server(20, every_s=0.001) as url, httpx.AsyncClient(transport=PacedTransport()) as client:
        assert await asyncio.gather(*(read(client, url) for _ in range(8))) == ["x" * 20] * 8
    assert max(rests) == 0.0035
    assert len(rests) < 8 * 20, "several pieces are read at once"


async def test_a_stream_that_has_ended_is_not_waited_for(rests: list[float]) -> None:
    async with httpx.AsyncClient(transport=PacedTransport()) as client:
        async with server(1, every_s=0) as url:
            await asyncio.gather(read(client, url), read(client, url))
            rests.clear()
            assert await read(client, url) == "x"
    assert rests == []
