"""What happens while a procedure is written; the same stream serves the CLI, HTTP and the Python API."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from testgen.domain.errors import InternalError, TestgenError
from testgen.domain.procedure import Finding, Procedure, Step


@dataclass(frozen=True)
class StepEvent:
    """A step is complete; the model may still be writing the next."""

    attempt: int
    step: Step


@dataclass(frozen=True)
class ResetEvent:
    """The steps after number `keep` are void, because a new attempt begins; `reason` says why, and `code` is that of the error."""

    attempt: int
    keep: int
    reason: str
    code: str = ""


@dataclass(frozen=True)
class FindingEvent:
    """Something in the finished draft that a person should look at."""

    finding: Finding


@dataclass(frozen=True)
class RepairEvent:
    """A faulty step was rewritten; `before` is None for a new step, which was missing or has been split off."""

    step: int
    before: Step | None
    after: Step


@dataclass(frozen=True)
class ProcedureEvent:
    """The end of a successful stream: the whole procedure."""

    procedure: Procedure


@dataclass(frozen=True)
class ErrorEvent:
    """The end of a failed stream: what went wrong."""

    error: TestgenError


Event = StepEvent | ResetEvent | FindingEvent | RepairEvent | ProcedureEvent | ErrorEvent


async def foreseen(events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
    """The same events; if a bug in testgen ends them, the last one tells it, so that other cases can go on."""
    try:
        async with aclosing(events):
            async for event in events:
                yield event
    except TestgenError:
        raise
    except Exception as error:
        yield ErrorEvent(InternalError.of(error))
