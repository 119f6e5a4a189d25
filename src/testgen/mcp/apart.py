"""Lets work be stopped cleanly. When the SDK cancels a call, every further wait is cancelled, too, and the code that closes the
connection to a model server would not finish."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from testgen.domain.events import Event

_RUNNING: set[asyncio.Task[None]] = set()  # asyncio itself holds no task


async def apart(events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
    """The same events from a separate task, which is cancelled once when nobody follows the events any longer, and not waited for."""
    queue: asyncio.Queue[Event | Exception | None] = asyncio.Queue()  # bounded by the steps of a few drafts
    task = asyncio.create_task(_work(events, queue))
    _RUNNING.add(task)
    task.add_done_callback(_RUNNING.discard)
    try:
        while (event := await queue.get()) is not None:
            if isinstance(event, Exception):
                raise event
            yield event
    finally:
        task.cancel()


async def _work(events: AsyncGenerator[Event, None], queue: "asyncio.Queue[Event | Exception | None]") -> None:
    try:
        async with aclosing(events):
            async for event in events:
                queue.put_nowait(event)
    except Exception as error:
        queue.put_nowait(error)
    finally:
        queue.put_nowait(None)
