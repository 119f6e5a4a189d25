"""Runs an engine that works by rules in a worker: a case that takes too long ends with a clear error and blocks nobody."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeVar

from testgen.domain.ports import DraftRequest, DraftSummary, Engine, ModelStatus, Rewrite, RewriteRequest
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.budget import longest_field
from testgen.messages import say
from testgen.workers import Job, Workers

T = TypeVar("T")


class Apart:
    """The engine, and where it does its work; `workers` is requested anew for each draft."""

    def __init__(self, engine: Engine, workers: Callable[[], Workers]) -> None:
        self.name = engine.name
        self.engine = engine
        self._workers = workers

    async def draft(self, request: DraftRequest) -> AsyncGenerator[Step | DraftSummary, None]:
        """See `testgen.domain.ports.Engine.draft`. All steps come at once.

        Raises:
            TooCostlyError: it took too long; the error names the longest field of the case.
        """
        for part in await self._workers().run(_job(request.case), _drafted, self.engine, request):
            yield part

    async def rewrite(self, request: RewriteRequest) -> Rewrite:
        """See `testgen.domain.ports.Engine.rewrite`."""
        return await self._workers().run(_job(request.case), _rewritten, self.engine, request)

    async def status(self) -> ModelStatus:
        """See `testgen.domain.ports.Engine.status`."""
        return await self.engine.status()

    def preload(self) -> None:
        """See `testgen.domain.ports.Engine.preload`."""
        self.engine.preload()


def _job(case: TestCase) -> Job:
    return Job(
        say("drafting from this case"), say("shorten this field, or split the case"), longest_field(case), seconds=5
    )


def _drafted(engine: Engine, request: DraftRequest) -> list[Step | DraftSummary]:
    async def collect() -> list[Step | DraftSummary]:
        return [part async for part in engine.draft(request)]

    return _completed(collect())


def _rewritten(engine: Engine, request: RewriteRequest) -> Rewrite:
    return _completed(engine.rewrite(request))


def _completed(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never waits, without an event loop."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("an engine of rules waits for something")
