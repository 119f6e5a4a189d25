"""`Idempotency-Key`: a client that lost its answer asks again, and the work is done once.

The same key with the same request gives the same answer for an hour; while the first still runs, the others wait for it. A client
that gave a key and went away may come back: the work goes on for `GRACE_S` without anybody, and then it is cancelled. Only
procedures are remembered, not errors: after an error the same request is tried again. A key belongs to its holder.

The memory is that of one process. Behind a load balancer another task knows nothing of the key.
"""

import asyncio
import hashlib
import time
import zlib
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

import structlog

from testgen.domain.errors import FieldProblem, InternalError, KeyReusedError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.procedure import Procedure
from testgen.messages import say

REMEMBERED_S = 3600.0
GRACE_S = 15.0
MOST_REMEMBERED, MOST_BYTES = 5_000, 32 * 2**20  # answers, and what they take, packed; the oldest go first
_WHO = tuple[str, str]  # the key's holder ("" where no key is required), and the idempotency key
Work = Callable[[], AsyncGenerator[Event, None]]
log = structlog.get_logger()


@dataclass
class Running:
    """Work that a client asked for, and its events so far. A client that asks again sees them from the first."""

    fingerprint: str
    events: list[Event] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False
    readers: int = 0
    task: asyncio.Task[None] | None = None
    alone: asyncio.TimerHandle | None = None

    def add(self, event: Event) -> None:
        """Tells those who wait."""
        self.events.append(event)
        self._tell()

    def end(self) -> None:
        """Tells those who wait that nothing follows."""
        self.ended = True
        if self.alone:
            self.alone.cancel()
        self._tell()

    async def follow(self) -> AsyncGenerator[Event, None]:
        """All events. When the last reader has gone, the work is given some time for one to come back."""
        self.readers += 1
        if self.alone:
            self.alone.cancel()
        try:
            place = 0
            while place < len(self.events) or not self.ended:
                if place == len(self.events):
                    await self.more.wait()
                    continue
                yield self.events[place]
                place += 1
        finally:
            self.readers -= 1
            if not self.readers and not self.ended:
                self.leave_alone()

    def leave_alone(self) -> None:
        """Nobody follows now; somebody may come within `GRACE_S`."""
        assert self.task is not None
        self.alone = asyncio.get_running_loop().call_later(GRACE_S, self.task.cancel)

    def _tell(self) -> None:
        told, self.more = self.more, asyncio.Event()
        told.set()


@dataclass(frozen=True)
class _Kept:
    fingerprint: str
    until: float
    packed: bytes


class Answers:
    """What was answered to whom, and what is being worked on."""

    def __init__(self) -> None:
        self._running: dict[_WHO, Running] = {}
        self._kept: OrderedDict[_WHO, _Kept] = OrderedDict()
        self._bytes = 0

    def known(self, who: _WHO, fingerprint: str) -> AsyncGenerator[Event, None] | None:
        """The events of a request that was seen before; None for a new one.

        Raises:
            KeyReusedError: the key came with another request before.
        """
        self._forget_old()
        if running := self._running.get(who):
            _require_same(running.fingerprint, fingerprint)
            return running.follow()
        if kept := self._kept.get(who):
            _require_same(kept.fingerprint, fingerprint)
            return _again(kept.packed)
        return None

    def begin(self, who: _WHO, fingerprint: str, work: Work, done: Callable[[], None]) -> AsyncGenerator[Event, None]:
        """Starts new work, independent of its readers; `done` is called when it has ended."""
        running = self._running[who] = Running(fingerprint)
        running.task = asyncio.create_task(self._do(who, running, work, done))
        running.leave_alone()
        return running.follow()

    async def close(self) -> None:
        """The process ends: nobody can come back."""
        tasks = [running.task for running in self._running.values() if running.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _do(self, who: _WHO, running: Running, work: Work, done: Callable[[], None]) -> None:
        try:
            async with aclosing(work()) as events:
                async for event in events:
                    if isinstance(event, ProcedureEvent):
                        self._keep(who, running.fingerprint, event.procedure)
                    running.add(event)
        except Exception as error:
            log.exception("internal_error", error=type(error).__name__)
            running.add(ErrorEvent(InternalError(say("testgen failed on this request"), remedy=say("try again"))))
        finally:
            del self._running[who]
            running.end()
            done()

    def _keep(self, who: _WHO, fingerprint: str, procedure: Procedure) -> None:
        packed = zlib.compress(procedure.model_dump_json().encode(), 1)
        self._kept[who] = _Kept(fingerprint, time.monotonic() + REMEMBERED_S, packed)
        self._bytes += len(packed)
        while len(self._kept) > MOST_REMEMBERED or self._bytes > MOST_BYTES:
            self._forget_oldest()

    def _forget_old(self) -> None:
        while self._kept and next(iter(self._kept.values())).until < time.monotonic():
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        _, kept = self._kept.popitem(last=False)
        self._bytes -= len(kept.packed)


def fingerprint_of(path: str, query: bytes, body: bytes) -> str:
    """What must be the same if the key is the same."""
    return hashlib.sha256(b"\0".join((path.encode(), query, body))).hexdigest()


async def _again(packed: bytes) -> AsyncGenerator[Event, None]:
    yield ProcedureEvent(Procedure.model_validate_json(zlib.decompress(packed)))


def _require_same(one: str, other: str) -> None:
    if one != other:
        told = say(
            "was sent before with another request: give each request its own key, and repeat a request unchanged"
        )
        raise KeyReusedError([FieldProblem("Idempotency-Key", told)], subject="")
