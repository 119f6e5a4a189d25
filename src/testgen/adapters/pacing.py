"""Reads many parallel streams in turns, which get longer the more streams there are.

A model writes one token per line, and waking up for each line costs more than reading it. A process cannot keep up with 64 streams of
100 lines per second each. So a stream that has just been read rests a little; what its server writes in the meantime waits in the
system's buffer and is read all at once. A single stream never rests.
"""

import asyncio
from typing import Any

import httpcore
import httpx

REST_S = 0.001  # for each stream that is open
LONGEST_REST_S = 0.1


class PacedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport, over connections that rest."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # httpx has no parameter for what httpcore calls its network backend.
        self._pool._network_backend = _Paced(self._pool._network_backend)


class _Paced(httpcore.AsyncNetworkBackend):
    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner
        self._open: set[_Stream] = set()

    async def connect_tcp(self, *where: Any, **how: Any) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._inner.connect_tcp(*where, **how), self._open)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    def __init__(self, inner: httpcore.AsyncNetworkStream, others: "set[_Stream]") -> None:
        self._inner, self._others = inner, others
        self._begun = False
        others.add(self)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        if self._begun and len(self._others) > 1:
            await asyncio.sleep(min(REST_S * len(self._others), LONGEST_REST_S))
        self._begun = True
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        self._others.discard(self)
        await self._inner.aclose()

    async def start_tls(self, *context: Any, **how: Any) -> httpcore.AsyncNetworkStream:
        self._others.discard(self)
        return _Stream(await self._inner.start_tls(*context, **how), self._others)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
