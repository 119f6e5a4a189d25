"""Reads pieces of a stream that have already arrived as one.

A model writes one token per line, and LangChain creates several objects for each line, which costs more than the rest of a request. A
busy service finds many lines waiting: together they cost as much as one, so the further it is behind, the faster it catches up. A line
that arrives alone is passed on at once and unchanged.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import httpx
from pydantic_core import from_json

NDJSON = "application/x-ndjson"
MOST_WAITING = 2**18  # bytes that are read ahead of whoever takes them
_PIECE = {"model", "created_at", "message", "done"}
_MESSAGE = {"role", "content"}


class Gathering(httpx.AsyncBaseTransport):
    """A transport for Ollama's streams; everything else passes through it unchanged."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See `httpx.AsyncBaseTransport`."""
        response = await self._inner.handle_async_request(request)
        plain = "content-encoding" not in response.headers
        if plain and response.headers.get("content-type", "").startswith(NDJSON):
            assert isinstance(response.stream, httpx.AsyncByteStream)
            response.stream = _Gathered(response.stream)
        return response

    async def aclose(self) -> None:
        """See `httpx.AsyncBaseTransport`."""
        await self._inner.aclose()


class _Gathered(httpx.AsyncByteStream):
    """Reads ahead in a separate task; each read returns all complete lines that have arrived in the meantime."""

    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner
        self._arrived = bytearray()
        self._news, self._room = asyncio.Event(), asyncio.Event()
        self._reader: asyncio.Task[None] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._reader = asyncio.create_task(self._read())
        while not self._reader.done() or self._arrived:
            await self._news.wait()
            taken = self._take()
            if not self._reader.done():
                self._news.clear()
            self._room.set()
            if taken:
                yield b"".join(gathered(taken.splitlines(keepends=True)))
        self._reader.result()

    def _take(self) -> bytes:
        """The complete lines that have arrived; at the end, the rest; for a line longer than the buffer, what there is of it."""
        whole = self._arrived.rfind(b"\n") + 1
        if (self._reader and self._reader.done()) or (not whole and len(self._arrived) > MOST_WAITING):
            whole = len(self._arrived)
        taken = bytes(self._arrived[:whole])
        del self._arrived[:whole]
        return taken

    async def _read(self) -> None:
        try:
            async for data in self._inner:
                self._arrived += data
                self._news.set()
                while len(self._arrived) > MOST_WAITING:
                    self._room.clear()
                    await self._room.wait()
                    self._news.set()  # what was taken may have been one line of many
        finally:
            self._news.set()

    async def aclose(self) -> None:
        """Ends the reading, and then the connection."""
        if self._reader:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        await self._inner.aclose()


def gathered(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, with each run of pieces of the answer joined into one line; other lines stay unchanged."""
    run: list[tuple[bytes, dict[str, Any]]] = []
    for line in lines:
        if (piece := _piece(line)) is not None:
            run.append((line, piece))
            continue
        yield from _as_one(run)
        run.clear()
        yield line
    yield from _as_one(run)


def _as_one(run: list[tuple[bytes, dict[str, Any]]]) -> Iterator[bytes]:
    if len(run) == 1:
        yield run[0][0]
    elif run:
        content = "".join(piece["message"]["content"] for _, piece in run)
        first = run[0][1]
        yield json.dumps({**first, "message": {**first["message"], "content": content}}).encode() + b"\n"


def _piece(line: bytes) -> dict[str, Any] | None:
    """A line that contains only some more text."""
    try:
        said = from_json(line)  # a quarter of the time that json takes; what it refuses stays as it is
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("done") is not False or not said.keys() <= _PIECE:
        return None
    message = said.get("message")
    plain = isinstance(message, dict) and message.keys() == _MESSAGE and isinstance(message["content"], str)
    return said if plain else None
