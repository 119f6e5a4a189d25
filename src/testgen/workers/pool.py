"""A few workers that stand ready. One that exceeds its limits is killed and replaced.

No library does this in the way it is needed here: the executors of the standard library cannot stop a job; pebble measures deadlines by
a clock that may jump, and needs shared semaphores and the caller's main module; anyio's workers are slow to start, share no memory and
have no limits.
"""

import asyncio
import contextlib
import os
import pickle
import time
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, Self, TypeVar, TypeVarTuple

from testgen.domain.errors import OverloadedError
from testgen.messages import say
from testgen.workers.job import Job
from testgen.workers.process import held_mebibytes
from testgen.workers.worker import Nursery, Worker

T = TypeVar("T")
Args = TypeVarTuple("Args")
SIZE = 2  # with one large job at a time, service and workers fit a container of 1,024 MiB
LIGHT_MEBIBYTES = 256  # a job that may hold more is large
MOST_WAITING = 64
PATIENCE_S = 30.0
_KEPT_MEBIBYTES = 160  # a worker that still holds more after its job is replaced
_MOST_JOBS = 200  # of one process; a heap that many jobs have used is torn, and gives little back
_LARGE_ANSWER = 65_536  # bytes; more is unpacked beside the event loop
_RETRY_AFTER_S = 5


class Pool:
    """Workers for one event loop: `async with Pool() as workers`. A nursery that is passed in may serve others, too, and is not ended.

    On Windows, which cannot fork, the work is done in threads and has no limits.
    """

    def __init__(self, nursery: Nursery | None = None, size: int = SIZE) -> None:
        self._nursery = nursery or Nursery()
        self._shared = nursery is not None
        self._size = size if hasattr(os, "fork") else 0
        self._workers: list[Worker] = []
        self._mending: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def __aenter__(self) -> Self:
        self._ready: asyncio.Queue[Worker] = asyncio.Queue()
        self._large = asyncio.Semaphore(1)
        for _ in range(self._size):
            worker = Worker(self._nursery)
            self._workers.append(worker)
            await worker.start()
            self._ready.put_nowait(worker)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*self._mending, return_exceptions=True)
        for worker in self._workers:
            worker.end()
        if not self._shared:
            self._nursery.end()

    async def run(self, job: Job, function: Callable[[*Args], T], *args: *Args) -> T:
        """See `Workers.run`."""
        if not self._size:
            return await asyncio.to_thread(function, *args)
        request = pickle.dumps((function, args, job.seconds, job.mebibytes))
        async with self._worker(job) as worker:
            started = time.monotonic()
            try:
                async with asyncio.timeout(job.clock_s):
                    answer = await worker.ask(request)
            except TimeoutError:
                raise job.too_long() from None
            except (EOFError, ConnectionError):
                raise job.died(time.monotonic() - started) from None
        loads = pickle.loads
        outcome, value = await asyncio.to_thread(loads, answer) if len(answer) > _LARGE_ANSWER else loads(answer)
        result: T = job.result(outcome, value)
        return result

    @contextlib.asynccontextmanager
    async def _worker(self, job: Job) -> AsyncIterator[Worker]:
        """A worker for one job. A worker that did not finish the job, grew because of it, or has done enough jobs is replaced before
        the next."""
        large = self._large if job.mebibytes > LIGHT_MEBIBYTES else contextlib.nullcontext()
        async with contextlib.AsyncExitStack() as held:
            worker = await self._turn(large, held)
            whole = False
            try:
                yield worker
                whole = True
            finally:
                fresh = worker.jobs < _MOST_JOBS and held_mebibytes(worker.number) <= _KEPT_MEBIBYTES
                if whole and fresh:
                    self._ready.put_nowait(worker)
                else:
                    worker.end()
                    task = asyncio.create_task(self._mend(worker))
                    self._mending.add(task)
                    task.add_done_callback(self._mending.discard)

    async def _turn(
        self, large: contextlib.AbstractAsyncContextManager[Any], held: contextlib.AsyncExitStack
    ) -> Worker:
        if self._waiting >= MOST_WAITING:
            raise OverloadedError(
                say("{waiting} requests are waiting for a worker", waiting=self._waiting), retry_after_s=_RETRY_AFTER_S
            )
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE_S):
                await held.enter_async_context(large)
                worker = await self._ready.get()
        except TimeoutError:
            raise OverloadedError(
                say("all workers were busy for {seconds:g} s", seconds=PATIENCE_S), retry_after_s=_RETRY_AFTER_S
            ) from None
        finally:
            self._waiting -= 1
        while worker.gone:  # the kernel took it while it had nothing to do
            await asyncio.shield(self._mend(worker))
            worker = await self._ready.get()
        return worker

    async def _mend(self, worker: Worker) -> None:
        try:
            await worker.start()
        finally:  # one that could not be started is found gone, and tried again
            self._ready.put_nowait(worker)
