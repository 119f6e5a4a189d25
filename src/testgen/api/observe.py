"""What the operator learns of a generation: the audit line `procedure` and its metrics."""

import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import structlog

from testgen.api.telemetry import with_metrics
from testgen.bootstrap import Application
from testgen.contract import Metric
from testgen.domain.errors import TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, StepEvent
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

log = structlog.get_logger()


async def observed(events: AsyncIterator[Event], case: TestCase, application: Application) -> AsyncIterator[Event]:
    """Passes events on and logs how the generation ended: which case, which model, which outcome; texts only on demand."""
    started, first_step_ms, outcome = time.monotonic(), None, "cancelled"
    stack = application.settings.stack
    try:
        async with aclosing(events):  # type: ignore[type-var]
            async for event in events:
                elapsed_ms = (time.monotonic() - started) * 1000
                if isinstance(event, StepEvent) and first_step_ms is None:
                    first_step_ms = elapsed_ms
                if isinstance(event, ProcedureEvent):
                    outcome = "done"
                    _log_procedure(event.procedure, case, application, elapsed_ms, first_step_ms or elapsed_ms)
                if isinstance(event, ErrorEvent):
                    outcome = event.error.code
                    _log_error(event.error, case, stack)
                yield event
    finally:
        if outcome == "cancelled":
            log.info("procedure", case_id=case.id, case_sha256=case.sha256(), outcome=outcome)


def _log_procedure(
    procedure: Procedure, case: TestCase, application: Application, elapsed_ms: float, first_step_ms: float
) -> None:
    made = procedure.provenance
    metrics: dict[Metric, tuple[float, str]] = {
        Metric.FIRST_STEP_LATENCY: (first_step_ms, "Milliseconds"),
        Metric.FINDINGS: (len(procedure.findings), "Count"),
        Metric.REPAIR_ATTEMPTS: ((made.attempts or 1) - 1, "Count"),
    }
    if made.output_tokens and elapsed_ms:
        metrics[Metric.OUTPUT_TOKENS_PER_SECOND] = (made.output_tokens / elapsed_ms * 1000, "Count/Second")
    texts = (
        {"case": case.model_dump(mode="json"), "procedure": procedure.model_dump(mode="json")}
        if application.config.log_prompts
        else {}
    )
    log.info(
        "procedure",
        case_id=case.id,
        case_sha256=made.test_case_sha256,
        outcome="done",
        engine=made.engine,
        fallback_reason=made.fallback_reason,
        model=made.model,
        model_digest=made.model_digest,
        attempts=made.attempts,
        steps=len(procedure.steps),
        input_tokens=made.input_tokens,
        output_tokens=made.output_tokens,
        duration_ms=round(elapsed_ms),
        **texts,
        **with_metrics(metrics, application.settings.stack),
    )


def _log_error(error: TestgenError, case: TestCase, stack: str) -> None:
    """The message of an error may quote the case, so only its code and title are logged."""
    metrics = with_metrics({Metric.ENGINE_ERRORS: (1, "Count")}, stack)
    log.warning(
        "engine_error", case_id=case.id, case_sha256=case.sha256(), outcome=error.code, title=error.title, **metrics
    )
