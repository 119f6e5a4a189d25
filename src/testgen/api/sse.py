"""The events of one generation as server-sent events."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog
from fastapi.sse import format_sse_event

from testgen.api import problems
from testgen.api.reader import shown
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ProcedureEvent, RepairEvent, ResetEvent, StepEvent

HEARTBEAT = format_sse_event(comment="heartbeat")
log = structlog.get_logger()


async def encoded(events: AsyncGenerator[Event, None]) -> AsyncGenerator[bytes, None]:
    """Events in the wire format. An error that nobody foresaw is logged, and the last event tells nothing of the inside."""
    try:
        async with aclosing(events):
            async for event in events:
                yield encode(event)
    except Exception as error:
        log.exception("internal_error", error=type(error).__name__)
        yield format_sse_event(event="error", data_str=json.dumps(problems.unexpected()))


def encode(event: Event) -> bytes:
    """One event in the wire format."""
    name, data = _payload(event)
    return format_sse_event(event=name, data_str=data)


def _payload(event: Event) -> tuple[str, str]:
    match event:
        case StepEvent(attempt, step):
            return "step", json.dumps({"attempt": attempt, "step": step.model_dump(mode="json")}, ensure_ascii=False)
        case ResetEvent(attempt, keep, reason, _):
            return "reset", json.dumps({"attempt": attempt, "keep": keep, "reason": shown(reason)}, ensure_ascii=False)
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
