"""Logs and metrics: one JSON object a line on stdout; metrics ride in the same lines by Embedded Metric Format."""

import logging
import math
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

from testgen.contract import METRIC_DIMENSION, METRIC_NAMESPACE, STACK_FIELD, Metric

LONGEST_PATH = 300  # characters
MOST_FRAMES = 30
REPEATED_EVERY_S, MOST_MESSAGES = 1.0, 500


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
            _without_texts,
            # ASCII only: a line separator or a mark that turns the direction of text would act in who reads the log.
            structlog.processors.JSONRenderer(ensure_ascii=True, default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(_Output()),  # type: ignore[arg-type]
    )
    root = logging.getLogger()
    root.handlers[:] = [_Forward()]
    # At DEBUG the client libraries log whole requests, and so the test case.
    root.setLevel(max(logging.getLevelNamesMapping()[level], logging.INFO))
    logging.getLogger("httpx").setLevel(logging.WARNING)  # one line per request to Ollama says nothing new


class _Output:
    """Standard output, as it is now. A line that nobody takes is lost (its reader has closed the pipe, its disk is full); the
    request that it tells of is not."""

    def write(self, text: str) -> None:
        """See `io.TextIOBase.write`."""
        with suppress(OSError, ValueError):
            sys.stdout.write(text)

    def flush(self) -> None:
        """See `io.IOBase.flush`."""
        with suppress(OSError, ValueError):
            sys.stdout.flush()


def _without_texts(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An exception's message may quote a test case (pydantic shows the input), so its type and its way are logged."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if not isinstance(error, BaseException):
        return event
    return {**event, "exception": _chain(error), "frames": _frames(error)}


def _chain(error: BaseException) -> list[str]:
    """The types, from the error to its first cause."""
    types, seen = [], set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        types.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return types


def _frames(error: BaseException) -> list[str]:
    """The innermost last; of a recursion without end the last ones say enough."""
    frames = traceback.extract_tb(error.__traceback__, limit=-MOST_FRAMES)
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


class _Forward(logging.Handler):
    """Passes the lines of other libraries to structlog, for one common format.

    Of a message the first line: asyncio shows the exception in the others. The same line comes once a second at most, with the
    number of those between: a server that cannot accept a connection says so thousands of times.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, str], tuple[float, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        message, _, _ = record.getMessage().partition("\n")
        now, (last, between) = time.monotonic(), self._last.get((record.name, message), (-math.inf, 0))
        if now - last < REPEATED_EVERY_S:
            self._last[record.name, message] = last, between + 1
            return
        if len(self._last) >= MOST_MESSAGES:
            self._last.clear()
        self._last[record.name, message] = now, 0
        repeated = {"repeated": between} if between else {}
        structlog.get_logger().log(
            record.levelno, message, logger=record.name, exc_info=record.exc_info or None, **repeated
        )


def logged_path(scope: Mapping[str, Any]) -> str:
    """The path of a request for the log, whose lines are not as long as a client likes."""
    path: str = scope["path"]
    return path[:LONGEST_PATH]


def with_metrics(metrics: Mapping[Metric, tuple[float, str]], stack: str) -> dict[str, Any]:
    """Fields for a log line that CloudWatch also reads as metrics: name -> (value, unit)."""
    described = [{"Name": str(name), "Unit": unit} for name, (_, unit) in metrics.items()]
    directive = {"Namespace": METRIC_NAMESPACE, "Dimensions": [[METRIC_DIMENSION]], "Metrics": described}
    values = {str(name): round(value, 3) for name, (value, _) in metrics.items()}
    aws = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
    return {"_aws": aws, METRIC_DIMENSION: stack, **values}
