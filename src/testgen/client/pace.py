"""Finds out how many requests a service can take at once: more while answers arrive, half as many when the service is full.

Additive increase, multiplicative decrease, as TCP finds its window (Jacobson, "Congestion Avoidance and Control", SIGCOMM 1988): one more
for each answer until the first refusal, then one more for each round of answers; half once for each round with refusals. A round is as
many answers as there are parallel requests, or `ROUND_S` if none arrive. A broken connection says nothing about how full the service is;
it is only retried.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Protocol

from testgen.client.orders import Order
from testgen.client.patience import passing, pause_s
from testgen.domain.errors import EngineBusyError, NotBegunError, OverloadedError, TestgenError
from testgen.domain.events import ErrorEvent, Event, ResetEvent
from testgen.messages import Within, say

FIRST, MOST = 4, 128  # requests at once
PATIENCE_S = 900.0  # what one request is paused for in all while nobody gets an answer; a task may have a model to load
ROUND_S = 2.0
FULL = (OverloadedError, NotBegunError, EngineBusyError)


class Asker(Protocol):
    """Sends an order once."""

    def attempt(self, order: Order) -> AsyncGenerator[Event, None]:
        """The events of the answer; raises `TestgenError`."""
        ...


class Pace:
    """The requests of one batch: how many are in progress, and when the next may be sent."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = float(min(FIRST, most))
        self._working = self._resting = 0
        self._slow_start = True
        self._halved_at = -ROUND_S
        self._answers = self._answers_then = 0
        self._given_up = False
        self._room = asyncio.Condition()
        self._stopping: asyncio.Event | None = None

    def __str__(self) -> str:
        return say("{count} at once", count=self._working)

    def obey(self, stopping: asyncio.Event) -> None:
        """Sends nothing more once this event is set, not even retries; waits for what has been sent."""
        self._stopping = stopping

    def places(self) -> int:
        """How many cases may be in progress, within limits; those that wait for a retry do not block others."""
        return int(self._size) + min(self._resting, int(self._size))

    async def events(self, asker: Asker, order: Order) -> AsyncGenerator[Event, None]:
        """The events that answer an order, however many attempts it takes; the last is a procedure or an error."""
        attempt, paused_s, answers = 0, 0.0, self._answers
        while True:
            attempt += 1
            failed: TestgenError | None = None
            async with self._turn():
                began = time.monotonic()
                try:
                    async with aclosing(asker.attempt(order)) as found:
                        async for event in found:
                            if isinstance(event, ErrorEvent) and passing(event.error):
                                failed = event.error
                                break
                            yield event
                except TestgenError as error:
                    failed = error
                self._learn(failed, began)
            if failed is None:
                return
            if answers != self._answers:  # somebody got an answer: the service is there
                paused_s, answers = 0.0, self._answers
            if not passing(failed) or paused_s >= PATIENCE_S or self._given_up:
                self._given_up = self._given_up or passing(failed)
                yield ErrorEvent(failed)
                return
            pause = pause_s(failed, attempt)
            paused_s += pause
            await self._rest(pause)
            yield ResetEvent(attempt + 1, keep=0, reason=Within(failed.title), code=failed.code)

    def _learn(self, failed: TestgenError | None, began: float) -> None:
        if failed is None or not passing(failed):
            self._answers += 1
            self._given_up = False
            if self._working >= int(self._size) - 1:  # else nobody knows whether there is room for more
                self._size = min(self._size + (1 if self._slow_start else 1 / self._size), self._most)
        elif isinstance(failed, FULL) and began >= self._halved_at and self._round_is_over():
            self._size, self._slow_start = max(self._size / 2, 1.0), False
            self._halved_at, self._answers_then = time.monotonic(), self._answers

    def _round_is_over(self) -> bool:
        answered = self._answers - self._answers_then >= self._size
        return self._slow_start or answered or time.monotonic() >= self._halved_at + ROUND_S

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        async with self._room:
            await self._room.wait_for(lambda: self._working < int(self._size) or self._stopped)
            if self._stopped:
                raise asyncio.CancelledError  # the batch takes the case for one that was never begun
            self._working += 1
        try:
            yield
        finally:
            self._working -= 1
            async with self._room:
                self._room.notify_all()

    @property
    def _stopped(self) -> bool:
        return self._stopping is not None and self._stopping.is_set()

    async def _rest(self, seconds: float) -> None:
        self._resting += 1
        try:
            async with asyncio.timeout(seconds):
                await (self._stopping or asyncio.Event()).wait()
            raise asyncio.CancelledError
        except TimeoutError:
            pass
        finally:
            self._resting -= 1
