"""What happens while a procedure is made; the same stream feeds the CLI, HTTP and the Python API."""

from dataclasses import dataclass

from testgen.domain.errors import TestgenError
from testgen.domain.procedure import Finding, Procedure, Step


@dataclass(frozen=True)
class StepEvent:
    """A step is complete; the model may still be writing the next."""

    attempt: int
    step: Step


@dataclass(frozen=True)
class ResetEvent:
    """The steps above `keep` are void: a new attempt begins because of `reason`; `code` is that of the error."""

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
    """A faulty step was written again; `before` is None for a step that is new: one that was missing, or split off."""

    step: int
    before: Step | None
    after: Step


@dataclass(frozen=True)
class ProcedureEvent:
    """The end: the whole procedure."""

    procedure: Procedure


@dataclass(frozen=True)
class ErrorEvent:
    """The other end: what went wrong."""

    error: TestgenError


Event = StepEvent | ResetEvent | FindingEvent | RepairEvent | ProcedureEvent | ErrorEvent
