"""Around every request: an id, one `request` line, an answer that can be read. Pure ASGI, so that streams stay streams."""

import asyncio
import re
import time
import uuid
from collections.abc import Callable
from contextlib import suppress

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from testgen.api import problems
from testgen.api.assets import PREFIX
from testgen.api.headers import protect
from testgen.api.reader import reading
from testgen.api.telemetry import logged_path, with_metrics
from testgen.contract import ALIVE_PATH, API_PREFIX, READY_PATH, Metric

log = structlog.get_logger()
_SAFE_ID = re.compile(r"[A-Za-z0-9._:/=+-]{1,128}")
_QUIET = {ALIVE_PATH, READY_PATH}
DRAINED_BYTES, DRAINED_S = 64 * 2**20, 10.0  # of a body that nobody reads


class RequestContext:
    """Takes `X-Request-ID` from the client or makes one, answers it, binds it to every log line, and logs the request."""

    def __init__(self, app: ASGIApp, *, stack: str, trusted_proxies: int = 0) -> None:
        self._app = app
        self._stack = stack
        self._trusted_proxies = trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        given = sent.get("x-request-id", "")
        encrypted = self._trusted_proxies > 0 and sent.get("x-forwarded-proto") == "https"
        request_id = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status, started = 0, time.monotonic()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                protect(headers, scope["path"], encrypted=encrypted)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id), reading(sent.get("accept-language", "")):
            try:
                await self._app(scope, receive, send_with_id)
            except ClientDisconnect:
                pass  # in the middle of its body: no bug, and nobody is there to be told
            except Exception as error:  # the last line of defence: the client gets the id, the log the cause
                log.exception("internal_error", error=type(error).__name__)
                if not status:
                    await problems.response(problems.unexpected())(scope, receive, send_with_id)
            finally:
                self._log(scope, status, (time.monotonic() - started) * 1000)

    def _log(self, scope: Scope, status: int, duration_ms: float) -> None:
        path = scope["path"]
        fields = {
            "method": scope["method"],
            "path": logged_path(scope),
            "status": status or 499,
            "duration_ms": round(duration_ms),
        }
        if path in _QUIET or path.startswith(PREFIX):  # a visit to the page asks for dozens of files
            log.debug("request", **fields)
            return
        metrics = (
            with_metrics({Metric.REQUEST_LATENCY: (duration_ms, "Milliseconds")}, self._stack)
            if path.startswith(f"{API_PREFIX}/procedures")
            else {}
        )
        log.info("request", **fields, **metrics)


class Head:
    """`HEAD` answers where `GET` does, with the same head and no body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_the_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, send_the_head)


class Lingering:
    """An answer that comes before its request was read whole: the rest is read and dropped, within bounds, before the
    connection may close. A client that sends first and reads then would find the connection reset, and no answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        whole = scope["type"] != "http" or not _has_body(Headers(scope=scope))

        async def watched_receive() -> Message:
            nonlocal whole
            message = await receive()
            whole = whole or not message.get("more_body", False)
            return message

        async def send_and_drain(message: Message) -> None:
            last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if not last or whole:
                await send(message)
                return
            await send({**message, "more_body": True})
            await _drain(watched_receive, lambda: whole)
            await send({"type": "http.response.body", "body": b""})
            if not whole:
                scope.get("state", {}).get("abort", _nothing)()

        await self._app(scope, watched_receive, send_and_drain)


def _nothing() -> None: ...


def _has_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


async def _drain(receive: Receive, whole: Callable[[], bool]) -> None:
    left = DRAINED_BYTES
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAINED_S):
            while left > 0 and not whole():
                left -= len((await receive()).get("body", b""))
