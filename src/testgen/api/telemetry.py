"""Logs and metrics: one JSON object a line on stdout; metrics ride in the same lines by Embedded Metric Format (DESIGN 9)."""

import logging
import sys
import time
from collections.abc import Mapping
from typing import Any

import structlog

NAMESPACE = "testgen"


def configure(level: str, stack: str) -> None:
    """Sends structlog and the standard library's loggers to stdout as JSON lines with `stack` in each."""

    def add_stack(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        return {**event, "stack": stack}

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_stack,
        structlog.processors.format_exc_info,
    ]
    render = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line a request to Ollama says nothing new


def with_metrics(metrics: Mapping[str, tuple[float, str]], stack: str) -> dict[str, Any]:
    """Fields for a log line that CloudWatch also reads as metrics: name -> (value, unit)."""
    described = [{"Name": name, "Unit": unit} for name, (_, unit) in metrics.items()]
    directive = {"Namespace": NAMESPACE, "Dimensions": [["Stack"]], "Metrics": described}
    values = {name: round(value, 3) for name, (value, _) in metrics.items()}
    return {"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}, "Stack": stack, **values}
