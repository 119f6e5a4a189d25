"""`/mcp`: the tools for assistants, behind the same keys, limits and checks as the rest. Nothing of it is loaded before the first
assistant asks."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.types import Receive, Scope, Send

from testgen.api.admission import Gate
from testgen.api.generation import Generation
from testgen.bootstrap import Application
from testgen.config import EngineChoice
from testgen.domain.events import Event
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.repair import REVIEW, Reviewing
from testgen.reviewer import Review
from testgen.rewriting import RewriteOrder
from testgen.workers import Job

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

T = TypeVar("T")


class Gated:
    """The worker of the service: each piece of work has its place in the queue, its time limit and its audit line."""

    def __init__(self, application: Application, gate: Gate) -> None:
        self._application, self._gate = application, gate
        self.reviewing = Reviewing()

    async def draft(
        self, case: TestCase, reviewing: Reviewing, engine: EngineChoice | None
    ) -> AsyncGenerator[Event, None]:
        """See `testgen.mcp.worker.Worker`."""
        async for event in self._in_its_place(engine, lambda generation: generation.events(case, reviewing)):
            yield event

    async def improve(
        self, procedure: Procedure, reviewing: Reviewing, engine: EngineChoice | None
    ) -> AsyncGenerator[Event, None]:
        """See `testgen.mcp.worker.Worker`."""
        async for event in self._in_its_place(engine, lambda generation: generation.improvements(procedure, reviewing)):
            yield event

    async def rewrite(
        self, procedure: Procedure, order: RewriteOrder, engine: EngineChoice | None
    ) -> AsyncGenerator[Event, None]:
        """See `testgen.mcp.worker.Worker`."""
        async for event in self._in_its_place(engine, lambda generation: generation.rewriting(procedure, order)):
            yield event

    async def review(self, procedure: Procedure, reviewing: Reviewing) -> Review:
        """See `testgen.mcp.worker.Worker`."""
        from testgen.mcp.worker import reviewed

        return await self.run(REVIEW, reviewed, procedure, reviewing)

    async def run(self, job: Job, function: Callable[..., T], *arguments: object) -> T:
        """See `testgen.mcp.worker.Worker`."""
        return await self._application.workers.run(job, function, *arguments)

    async def _in_its_place(
        self, engine: EngineChoice | None, work: Callable[[Generation], AsyncGenerator[Event, None]]
    ) -> AsyncGenerator[Event, None]:
        with Generation(self._application, self._gate, engine) as generation:
            async with aclosing(work(generation)) as events:
                async for event in events:
                    yield event


class Assistants:
    """The endpoint: an ASGI application that makes the SDK's when it is first called. Requests stand for themselves, so that a load
    balancer may send each to another task; a client that closes its request ends the work."""

    def __init__(self, application: Application, gate: Gate) -> None:
        self._application, self._gate = application, gate
        self._starting: asyncio.Task[StreamableHTTPSessionManager] | None = None
        self._running: asyncio.Task[None] | None = None
        self._end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if self._starting is None:
            self._starting = asyncio.create_task(self._start())
        manager = await asyncio.shield(self._starting)
        await manager.handle_request(scope, receive, send)

    async def close(self) -> None:
        """Ends what runs."""
        self._end.set()
        if self._running:
            await self._running

    async def _start(self) -> "StreamableHTTPSessionManager":
        manager = await asyncio.to_thread(self._made)
        ready = asyncio.Event()
        self._running = asyncio.create_task(self._run(manager, ready))
        await ready.wait()
        return manager

    def _made(self) -> "StreamableHTTPSessionManager":
        from mcp.server.transport_security import TransportSecuritySettings

        from testgen.mcp.server import server_of

        server = server_of(Gated(self._application, self._gate))
        server.streamable_http_app(
            stateless_http=True,
            max_request_body_size=self._application.config.max_body_bytes,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # `Gatekeeper` does
        )
        return server.session_manager

    async def _run(self, manager: Any, ready: asyncio.Event) -> None:
        async with manager.run():
            ready.set()
            await self._end.wait()
