"""An answer that is sent while it is produced. A slow reader uses limited memory, and nobody's place."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from testgen.api.held import Together

HEARTBEAT_S = 10.0
MOST_UNREAD = 4 * 2**20  # bytes that a stream holds for its reader; then it waits


class Stream(StreamingResponse):
    """Sends what a task of its own produces. The place is free (`release`) when that task ends, however much is still to be sent.

    The task is apart because what sends is cancelled in a way that lets nothing be awaited, and so that a client that reads
    slowly holds no turn. It waits where a reader is far behind; the connection ends where he takes nothing for too long.
    """

    def __init__(
        self,
        chunks: AsyncGenerator[bytes, None],
        release: Callable[[], None],
        unread: Together,
        media_type: str,
        heartbeat: bytes = b"",
    ) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(self._sent(), media_type=media_type, headers=headers)
        self._chunks, self._release, self._all, self._heartbeat = chunks, release, unread, heartbeat
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._unread = 0
        self._taken = asyncio.Event()
        self._abort: Callable[[], None] = self._nothing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        self._abort = scope.get("state", {}).get("abort", self._nothing)
        self._task = asyncio.create_task(self._produce())
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._all.forget(self)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._release()

    def drop(self) -> None:
        """Ends the stream and its connection."""
        self._task.cancel()
        self._abort()

    def _nothing(self) -> None: ...

    async def _produce(self) -> None:
        try:
            async with aclosing(self._chunks) as chunks:
                async for chunk in chunks:
                    while self._unread > MOST_UNREAD:
                        self._taken.clear()
                        await self._taken.wait()
                    self._unread += len(chunk)
                    self._queue.put_nowait(chunk)
                    self._all.add(self, len(chunk))
        finally:
            self._release()
            self._queue.put_nowait(None)

    async def _sent(self) -> AsyncGenerator[bytes, None]:
        silence_s = HEARTBEAT_S if self._heartbeat else None
        goes_on = True
        while goes_on:
            try:
                async with asyncio.timeout(silence_s):
                    waiting = [await self._queue.get()]
            except TimeoutError:
                yield self._heartbeat
                continue
            while not self._queue.empty():  # the end of a draft is several events, which need not be sent one by one
                waiting.append(self._queue.get_nowait())
            goes_on = None not in waiting
            if chunk := b"".join(part for part in waiting if part is not None):
                yield chunk
                self._unread -= len(chunk)
                self._all.taken(self, len(chunk))
                self._taken.set()
        await asyncio.wait({self._task})
        self._task.result()  # an unexpected error: the log has it, and the stream ends early
