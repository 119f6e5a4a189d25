"""Logs and metrics: one JSON object a line on stdout; metrics ride in the same lines by Embedded Metric Format."""

import logging
import time
from collections.abc import Mapping
from typing import Any

import structlog

from testgen.contract import METRIC_DIMENSION, METRIC_NAMESPACE, STACK_FIELD, Metric


def configure(level: str, stack: str) -> None:
    """Sends structlog and the standard library's loggers to stdout as JSON lines with the stack in each."""

    def add_stack(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        return {**event, STACK_FIELD: stack}

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            add_stack,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(),
    )
    root = logging.getLogger()
    root.handlers[:] = [_Forward()]
    root.setLevel(level)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line a request to Ollama says nothing new


class _Forward(logging.Handler):
    """Hands the lines of other libraries to structlog, so that there is one format."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def with_metrics(metrics: Mapping[Metric, tuple[float, str]], stack: str) -> dict[str, Any]:
    """Fields for a log line that CloudWatch also reads as metrics: name -> (value, unit)."""
    described = [{"Name": str(name), "Unit": unit} for name, (_, unit) in metrics.items()]
    directive = {"Namespace": METRIC_NAMESPACE, "Dimensions": [[METRIC_DIMENSION]], "Metrics": described}
    values = {str(name): round(value, 3) for name, (value, _) in metrics.items()}
    aws = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
    return {"_aws": aws, METRIC_DIMENSION: stack, **values}
