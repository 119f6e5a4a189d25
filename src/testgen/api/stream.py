"""An answer that is produced while it is sent, by a task of its own that ends when the client leaves."""

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from testgen.api.admission import Place

T = TypeVar("T")


class TaskStream(StreamingResponse, Generic[T]):
    """Streams what `items` yields; at the end, or when the client leaves, it stops them and gives the place back."""

    def __init__(self, items: AsyncIterator[T], place: Place, *, media_type: str) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(self._encoded(), media_type=media_type, headers=headers)
        self._items = items
        self._place = place
        self._queue: asyncio.Queue[T | None] = asyncio.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. The work is a task of its own: what sends is cancelled in a way that lets nothing be awaited."""
        self._generation = asyncio.create_task(self._generate())
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._generation.cancel()
            await asyncio.gather(self._generation, return_exceptions=True)
            self._place.release()

    async def _generate(self) -> None:
        try:
            async for item in self._items:
                self._queue.put_nowait(item)
        finally:
            self._queue.put_nowait(None)

    def _encoded(self) -> AsyncIterator[bytes]:
        """The queue's items as bytes, until None."""
        raise NotImplementedError


class LineStream(TaskStream[str]):
    """Lines as they are."""

    async def _encoded(self) -> AsyncIterator[bytes]:
        while (line := await self._queue.get()) is not None:
            yield line.encode()
        await asyncio.wait({self._generation})
        self._generation.result()  # an error of ours that nobody foresaw: the log tells it, the stream ends short
