"""Incoming bodies: limits on the size and the slowness of each, and on the memory of all together."""

import asyncio
import time
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from testgen.api import problems
from testgen.api.held import MOST_TOGETHER, Together
from testgen.domain.errors import OverloadedError
from testgen.messages import say

# Of a body: the longest pause, and the pace that it may not fall behind for longer.
PATIENCE_S, LEAST_BYTES_A_SECOND = 10.0, 1024
COME_BACK_S = 10


class BodyLimit:
    """Bounds what clients send: refuses a body over `max_bytes` with 413, by its declared length or as soon as it grows past
    it, one that comes slower than anybody's connection with 408, and, where all that are on their way hold too much memory, the
    one with 503 that has been on its way for the longest time."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._together = Together(max(MOST_TOGETHER, 2 * max_bytes))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > self._max_bytes:
            await self._refusal("large")(scope, receive, send)
            return
        incoming = _Incoming(receive, self._max_bytes, self._together)

        async def watched_send(message: Message) -> None:
            if not incoming.fault:  # else what is answered is the framework's guess at our exception
                await send(message)

        try:
            with suppress(_RefusedBodyError):
                await self._app(scope, incoming, watched_send)
        finally:
            self._together.forget(incoming)
        if incoming.fault:
            await self._refusal(incoming.fault)(scope, receive, send)

    def _refusal(self, fault: str) -> Response:
        if fault == "large":
            detail = say(
                "the body is larger than {most} bytes: shorten the test case, send fewer documents, or raise max_body_bytes",
                most=self._max_bytes,
            )
            return problems.response(
                problems.document(413, "body-too-large", say("The request body is too large"), detail)
            )
        if fault == "slow":
            detail = say(
                "the body arrived more slowly than {least} bytes per second: send it again",
                least=LEAST_BYTES_A_SECOND,
            )
            problem = problems.document(408, "body-too-slow", say("The request body arrives too slowly"), detail)
            return problems.response(problem, {"Connection": "close"})
        error = OverloadedError(
            say("too many bodies are being received, and this one is the slowest"), retry_after_s=COME_BACK_S
        )
        return problems.response(problems.of_error(error), {**problems.retry_after(error), "Connection": "close"})


class _Incoming:
    """An incoming body: `receive` with its limits, and `fault` if one was exceeded."""

    def __init__(self, receive: Receive, max_bytes: int, together: Together) -> None:
        self._receive = receive
        self._max_bytes = max_bytes
        self._together = together
        self._received = 0
        self._whole = False
        self._patience_s = PATIENCE_S
        self._wait: asyncio.Timeout | None = None
        self.fault = ""

    async def __call__(self) -> Message:
        """ASGI's receive.

        Raises:
            _RefusedBodyError: the body passed a bound.
        """
        if self._whole:  # what comes now is the client going away
            return await self._receive()
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._patience_s) as self._wait:
                message = await self._receive()
        except TimeoutError:
            self.fault = self.fault or "slow"
        finally:
            self._wait = None
        if not self.fault:
            self._count(message, time.monotonic() - began)
        if self.fault:
            raise _RefusedBodyError
        return message

    def drop(self) -> None:
        """All bodies together use too much memory, and this one has been incoming for the longest time."""
        self.fault = "crowded"
        if self._wait and not self._wait.expired():
            self._wait.reschedule(0)

    def _count(self, message: Message, waited_s: float) -> None:
        size = len(message.get("body", b""))
        self._received += size
        self._patience_s = min(self._patience_s - waited_s + size / LEAST_BYTES_A_SECOND, PATIENCE_S)
        self._whole = not message.get("more_body", False)
        if self._received > self._max_bytes:
            self.fault = "large"
        elif self._whole:
            self._together.forget(self)
        else:
            self._together.add(self, size)


class _RefusedBodyError(Exception):
    pass
