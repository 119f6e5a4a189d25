"""Bounded concurrency and a bounded queue: who may work, who may wait, and who is sent away before any work."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from testgen.domain.errors import EngineTimeoutError, OverloadedError

_FIRST_GUESS_S = 15.0


class Gate:
    """`max_concurrency` places to work in and `queue_limit` places to wait in."""

    def __init__(self, max_concurrency: int, queue_limit: int) -> None:
        self._slots = asyncio.Semaphore(max_concurrency)
        self._max_concurrency = max_concurrency
        self._capacity = max_concurrency + queue_limit
        self._reserved = 0
        self._working = 0
        self._typical_s = _FIRST_GUESS_S

    @property
    def in_flight(self) -> int:
        """Generations at work."""
        return self._working

    @property
    def queued(self) -> int:
        """Generations that wait. A batch has one place and may work on several cases, so the difference can be negative."""
        return max(self._reserved - self._working, 0)

    def reserve(self) -> "Place":
        """A place, taken at once.

        Raises:
            OverloadedError: all places are taken.
        """
        if self._reserved >= self._capacity:
            wait = math.ceil(self._typical_s * (self.queued + 1) / self._max_concurrency)
            raise OverloadedError(
                f"{self._working} procedures are being written and {self.queued} wait",
                retry_after_s=min(max(wait, 1), 300),
            )
        self._reserved += 1
        return Place(self)

    @asynccontextmanager
    async def slot(self, within_s: float | None = None) -> AsyncIterator[None]:
        """Waits for a place to work in and holds it; only for a reserved place.

        Raises:
            EngineTimeoutError: none was free within this time.
        """
        try:
            async with asyncio.timeout(within_s):
                await self._slots.acquire()
        except TimeoutError:
            raise EngineTimeoutError(
                f"the request waited longer than {round(within_s or 0, 1):g} s for its turn",
                remedy="try again later, or raise max_concurrency",
            ) from None
        self._working += 1
        started = time.monotonic()
        try:
            yield
        finally:
            self._slots.release()
            self._working -= 1
            self._typical_s = 0.8 * self._typical_s + 0.2 * (time.monotonic() - started)

    def give_back(self) -> None:
        """Ends a reservation."""
        self._reserved -= 1


class Place:
    """One reserved place. `release` may be called more than once; the first call counts."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._held = True

    def turn(self, within_s: float | None = None) -> AbstractAsyncContextManager[None]:
        """Waits for a slot and holds it; see `Gate.slot`."""
        return self._gate.slot(within_s)

    def release(self) -> None:
        """Gives the place back."""
        if self._held:
            self._held = False
            self._gate.give_back()
