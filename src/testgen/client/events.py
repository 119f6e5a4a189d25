"""Reads server-sent events line by line, as the events that local engines yield."""

from typing import Any

from testgen.client.answers import error_of_problem, parsed, procedure_of, tolerant
from testgen.domain.errors import ServiceProtocolError
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ProcedureEvent, RepairEvent, ResetEvent, StepEvent
from testgen.domain.procedure import Finding, Step
from testgen.messages import say


class Decoder:
    """Takes the lines of a stream one by one; comments are heartbeats, and events that this version does not know are ignored."""

    def __init__(self) -> None:
        self._name, self._data = "", list[str]()

    def feed(self, line: str) -> Event | None:
        """The event that ends with this line, if there is one.

        Raises:
            ServiceProtocolError: the event is not what its name promises.
        """
        if line:
            field, _, value = line.partition(":")
            if field == "event":
                self._name = value.removeprefix(" ")
            elif field == "data":
                self._data.append(value.removeprefix(" "))
            return None
        name, data = self._name, "\n".join(self._data)
        self._name, self._data = "", []
        return _event(name, parsed(data.encode())) if data else None


def _event(name: str, data: Any) -> Event | None:
    try:
        match name:
            case "step":
                return StepEvent(data["attempt"], tolerant(Step, data["step"]))
            case "reset":
                return ResetEvent(data["attempt"], data["keep"], data["reason"], data.get("code", ""))
            case "finding":
                return FindingEvent(tolerant(Finding, data))
            case "repair":
                before = tolerant(Step, data["before"]) if data["before"] else None
                return RepairEvent(data["step"], before, tolerant(Step, data["after"]))
            case "procedure":
                return ProcedureEvent(procedure_of(data))
            case "error":
                return ErrorEvent(error_of_problem(data))
    except (TypeError, KeyError, AttributeError):
        raise ServiceProtocolError(say("the service sent a malformed event {name}", name=name)) from None
    return None
