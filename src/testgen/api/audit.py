"""What the operator learns of a generation: the audit line `procedure` (or `engine_error`) and its metrics."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import structlog

from testgen.api.telemetry import with_metrics
from testgen.bootstrap import Application
from testgen.contract import Metric
from testgen.domain.errors import EngineError, TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, StepEvent
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

log = structlog.get_logger()


class Audit:
    """Around one generation: exactly one line tells which case, which model, which outcome; texts only on demand."""

    def __init__(self, case: TestCase, application: Application) -> None:
        self._case, self._application = case, application
        self._stack = application.settings.stack
        self._first_step_ms: float | None = None
        self._told = False
        self.begin()

    def begin(self) -> None:
        """The work begins; the wait before it does not count."""
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, TestgenError):
            self._tell(error.code)
        else:
            self._tell("internal" if isinstance(error, Exception) else "cancelled")

    def saw(self, event: Event) -> None:
        """Takes note of an event; the last one is the outcome."""
        match event:
            case StepEvent() if self._first_step_ms is None:
                self._first_step_ms = self._elapsed_ms()
            case ProcedureEvent(procedure):
                self._drafted(procedure)
            case ErrorEvent(error):
                self._failed(error)

    @contextmanager
    def engine_errors(self) -> Iterator[None]:
        """An engine's error in the block is counted as one."""
        try:
            yield
        except EngineError as error:
            self._failed(error)
            raise

    def rewritten(self, procedure: Procedure, steps: Sequence[int]) -> None:
        """Some steps were rewritten. Tokens and metrics are those of drafts, because the provenance counts no others."""
        self._tell("done", **self._made(procedure), rewritten=list(steps))

    def improved(self, procedure: Procedure, counted: str) -> None:
        """A procedure was improved; `counted` says how many steps were kept, changed and added."""
        self._tell("done", **self._made(procedure), improved=counted)

    def _drafted(self, procedure: Procedure) -> None:
        made, elapsed_ms = procedure.provenance, self._elapsed_ms()
        metrics: dict[Metric, tuple[float, str]] = {
            Metric.FIRST_STEP_LATENCY: (self._first_step_ms or elapsed_ms, "Milliseconds"),
            Metric.FINDINGS: (len(procedure.findings), "Count"),
            Metric.REPAIR_ATTEMPTS: ((made.attempts or 1) - 1, "Count"),
        }
        if made.output_tokens and elapsed_ms:
            metrics[Metric.OUTPUT_TOKENS_PER_SECOND] = (made.output_tokens / elapsed_ms * 1000, "Count/Second")
        tokens: dict[str, Any] = {"input_tokens": made.input_tokens, "output_tokens": made.output_tokens}
        self._tell("done", **self._made(procedure), **tokens, **with_metrics(metrics, self._stack))

    def _made(self, procedure: Procedure) -> dict[str, Any]:
        made = procedure.provenance
        texts: dict[str, Any] = {}
        if self._application.config.log_prompts:
            texts = {"case": self._case.model_dump(mode="json"), "procedure": procedure.model_dump(mode="json")}
        return {
            "engine": made.engine,
            "fallback_reason": made.fallback_reason,
            "model": made.model,
            "model_digest": made.model_digest,
            "attempts": made.attempts,
            "steps": len(procedure.steps),
            "readiness": procedure.readiness,
            "duration_ms": round(self._elapsed_ms()),
            **texts,
        }

    def _failed(self, error: TestgenError) -> None:
        """The message of an error may quote the case, so only its code and title are logged."""
        metrics = with_metrics({Metric.ENGINE_ERRORS: (1, "Count")}, self._stack)
        self._tell(error.code, event="engine_error", title=error.title, **metrics)

    def _tell(self, outcome: str, *, event: str = "procedure", **fields: Any) -> None:
        if not self._told:
            self._told = True
            level = log.warning if event == "engine_error" else log.info
            level(event, case_id=self._case.id, case_sha256=self._case.sha256(), outcome=outcome, **fields)

    def _elapsed_ms(self) -> float:
        return (time.monotonic() - self._started) * 1000
