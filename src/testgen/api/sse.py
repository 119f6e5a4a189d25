"""Server-sent events of one generation, with a heartbeat while the model thinks."""

import asyncio
import json
from collections.abc import AsyncIterator

import structlog
from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from testgen.api import problems
from testgen.api.admission import Place
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ProcedureEvent, RepairEvent, ResetEvent, StepEvent

HEARTBEAT_S = 10.0
log = structlog.get_logger()


class EventStream(StreamingResponse):
    """Streams events; at the end, or when the client leaves, it stops the generation and gives the place back."""

    def __init__(self, events: AsyncIterator[Event], place: Place) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(self._encoded(), media_type="text/event-stream", headers=headers)
        self._events = events
        self._place = place
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. The generation is a task of its own: what sends is cancelled in a way that lets nothing be awaited."""
        self._generation = asyncio.create_task(self._generate())
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._generation.cancel()
            await asyncio.gather(self._generation, return_exceptions=True)
            self._place.release()

    async def _generate(self) -> None:
        try:
            async for event in self._events:
                self._queue.put_nowait(event)
        finally:
            self._queue.put_nowait(None)

    async def _encoded(self) -> AsyncIterator[bytes]:
        while True:
            try:
                event = await asyncio.wait_for(self._queue.get(), HEARTBEAT_S)
            except TimeoutError:
                yield format_sse_event(comment="heartbeat")
                continue
            if event is not None:
                yield encode(event)
                continue
            await asyncio.wait({self._generation})
            if error := self._generation.exception():
                log.error("internal_error", error=type(error).__name__, exc_info=error)
                yield format_sse_event(event="error", data_str=json.dumps(problems.unexpected()))
            return


def encode(event: Event) -> bytes:
    """One event in the wire format."""
    name, data = _payload(event)
    return format_sse_event(event=name, data_str=data)


def _payload(event: Event) -> tuple[str, str]:
    match event:
        case StepEvent(attempt, step):
            return "step", json.dumps({"attempt": attempt, "step": step.model_dump(mode="json")}, ensure_ascii=False)
        case ResetEvent(attempt, keep, reason):
            return "reset", json.dumps({"attempt": attempt, "keep": keep, "reason": reason}, ensure_ascii=False)
        case FindingEvent(finding):
            return "finding", finding.model_dump_json()
        case RepairEvent(number, before, after):
            old = before.model_dump(mode="json") if before else None
            data = {"step": number, "before": old, "after": after.model_dump(mode="json")}
            return "repair", json.dumps(data, ensure_ascii=False)
        case ProcedureEvent(procedure):
            return "procedure", procedure.model_dump_json()
        case ErrorEvent(error):
            return "error", json.dumps(problems.of_error(error), ensure_ascii=False)
