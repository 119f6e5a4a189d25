"""Server-sent events of one generation, with a heartbeat while the model thinks."""

import asyncio
import json
from collections.abc import AsyncIterator

import structlog
from fastapi.sse import format_sse_event

from testgen.api import problems
from testgen.api.admission import Place
from testgen.api.stream import TaskStream
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ProcedureEvent, RepairEvent, ResetEvent, StepEvent

HEARTBEAT_S = 10.0
log = structlog.get_logger()


class EventStream(TaskStream[Event]):
    """Streams events, with a heartbeat while the model thinks."""

    def __init__(self, events: AsyncIterator[Event], place: Place) -> None:
        super().__init__(events, place, media_type="text/event-stream")

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
