"""Server-sent events of one generation, with a heartbeat while the model thinks."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing

from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from testgen.api import problems
from testgen.api.admission import Place
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ProcedureEvent, ResetEvent, StepEvent

HEARTBEAT_S = 10.0


class EventStream(StreamingResponse):
    """Streams events and gives the place back at the end, even where the client left before the first byte."""

    def __init__(self, events: AsyncIterator[Event], place: Place) -> None:
        super().__init__(
            _encode(events),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self._place = place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._place.release()


async def _encode(events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    async with aclosing(events):  # type: ignore[type-var]
        waiting = asyncio.ensure_future(anext(events, None))
        try:
            while True:
                done, _ = await asyncio.wait({waiting}, timeout=HEARTBEAT_S)
                if not done:
                    yield format_sse_event(comment="heartbeat")
                    continue
                event = waiting.result()
                if event is None:
                    return
                yield encode(event)
                waiting = asyncio.ensure_future(anext(events, None))
        finally:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)


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
        case ProcedureEvent(procedure):
            return "procedure", procedure.model_dump_json()
        case ErrorEvent(error):
            return "error", json.dumps(problems.of_error(error), ensure_ascii=False)
