"""Bounded concurrency and a bounded queue: who may work, who may wait, and who is sent away before any work."""

import asyncio
import math
import statistics
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from testgen.api.held import Together
from testgen.domain.errors import EngineTimeoutError, OverloadedError
from testgen.messages import say

_FIRST_GUESS_S = 5.0  # for a generation, before the first has ended
_REMEMBERED = 20  # generations, from which the time of the next is guessed


class Gate:
    """`max_concurrency` places to work in and `queue_limit` places to wait in. `stopping`: the service is about to end, and
    a batch begins no further case. `unread` bounds what finished work still waits for its readers."""

    def __init__(self, max_concurrency: int, queue_limit: int) -> None:
        self._slots = asyncio.Semaphore(max_concurrency)
        self._max_concurrency = max_concurrency
        self._capacity = max_concurrency + queue_limit
        self._places: set[Place] = set()
        self._working = 0
        self._durations_s: deque[float] = deque(maxlen=_REMEMBERED)
        self.stopping = False
        self.unread = Together()

    @property
    def in_flight(self) -> int:
        """Generations at work."""
        return self._working

    @property
    def queued(self) -> int:
        """Generations that wait. A batch has one place and may work on several cases, so the difference can be negative."""
        return max(len(self._places) - self._working, 0)

    def reserve(self) -> "Place":
        """A place, taken at once.

        Raises:
            OverloadedError: all places are taken.
        """
        if len(self._places) >= self._capacity:
            raise OverloadedError(
                say(
                    "{working} procedures are being written and {queued} are waiting",
                    working=self._working,
                    queued=self.queued,
                ),
                retry_after_s=min(max(math.ceil(self._free_in_s()), 1), 300),
            )
        place = Place(self)
        self._places.add(place)
        return place

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
                say("the request waited longer than {within_s:g} s for its turn", within_s=round(within_s or 0, 1)),
                remedy=say("try again later, or raise max_concurrency"),
            ) from None
        self._working += 1
        started = time.monotonic()
        try:
            yield
            self._durations_s.append(time.monotonic() - started)  # one that was cancelled tells nothing
        finally:
            self._slots.release()
            self._working -= 1

    def give_back(self, place: "Place") -> None:
        """Ends a reservation."""
        self._places.discard(place)

    def _free_in_s(self) -> float:
        """Until the first of those at work is done; those who wait move up then."""
        typical_s = statistics.median(self._durations_s) if self._durations_s else _FIRST_GUESS_S
        ends = [place.ends_in_s(typical_s, self._max_concurrency) for place in self._places if place.at_work]
        return min(ends, default=typical_s)


class Place:
    """One reserved place. `release` may be called more than once. `left`: the generations that are still to be done in it."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._began: list[float] = []
        self.left = 1

    @property
    def at_work(self) -> bool:
        """Whether something is being written in it."""
        return bool(self._began)

    def ends_in_s(self, typical_s: float, concurrency: int) -> float:
        """A guess, from what is left to do and how long the oldest of it has been at work."""
        return typical_s * math.ceil(self.left / concurrency) - (time.monotonic() - self._began[0])

    def turn(self, within_s: float | None = None) -> AbstractAsyncContextManager[None]:
        """Waits for a slot and holds it; see `Gate.slot`."""
        return self._turn(within_s)

    @asynccontextmanager
    async def _turn(self, within_s: float | None) -> AsyncIterator[None]:
        async with self._gate.slot(within_s):
            began = time.monotonic()
            self._began.append(began)
            try:
                yield
            finally:
                self._began.remove(began)
                self.left = max(self.left - 1, 1)

    def release(self) -> None:
        """Gives the place back."""
        self._gate.give_back(self)
