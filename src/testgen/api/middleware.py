"""Around every request: an id, a bound on the body, one `request` line. Pure ASGI, so that streams stay streams."""

import re
import time
import uuid
from contextlib import suppress

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from testgen.api import problems
from testgen.api.telemetry import with_metrics
from testgen.contract import ALIVE_PATH, API_PREFIX, READY_PATH, Metric

log = structlog.get_logger()
_SAFE_ID = re.compile(r"[A-Za-z0-9._:/=+-]{1,128}")
_QUIET = {ALIVE_PATH, READY_PATH}


class RequestContext:
    """Takes `X-Request-ID` from the client or makes one, answers it, binds it to every log line, and logs the request."""

    def __init__(self, app: ASGIApp, *, stack: str) -> None:
        self._app = app
        self._stack = stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status, started = 0, time.monotonic()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            except Exception as error:  # the last line of defence: the client gets the id, the log the cause
                log.exception("internal_error", error=type(error).__name__)
                if not status:
                    await problems.response(problems.unexpected())(scope, receive, send_with_id)
            finally:
                self._log(scope, status, (time.monotonic() - started) * 1000)

    def _log(self, scope: Scope, status: int, duration_ms: float) -> None:
        path = scope["path"]
        fields = {"method": scope["method"], "path": path, "status": status or 499, "duration_ms": round(duration_ms)}
        if path in _QUIET:
            log.debug("request", **fields)
            return
        metrics = (
            with_metrics({Metric.REQUEST_LATENCY: (duration_ms, "Milliseconds")}, self._stack)
            if path.startswith(f"{API_PREFIX}/procedures")
            else {}
        )
        log.info("request", **fields, **metrics)


class BodyLimit:
    """Refuses a body over the limit with 413: by its declared length, else as soon as it grows past it."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > self._max_bytes:
            await self._refuse(scope, receive, send)
            return
        received = 0

        async def bounded_receive() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                raise _TooLargeError
            return message

        async def watched_send(message: Message) -> None:
            if received <= self._max_bytes:  # else what is answered is the framework's guess at our exception
                await send(message)

        with suppress(_TooLargeError):
            await self._app(scope, bounded_receive, watched_send)
        if received > self._max_bytes:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        detail = f"the body is larger than {self._max_bytes} bytes: shorten the test case, or raise max_body_bytes"
        answer = problems.response(
            problems.document(413, "body-too-large", "The request body is too large", detail), {"Connection": "close"}
        )
        await answer(scope, receive, send)


class _TooLargeError(Exception):
    pass
