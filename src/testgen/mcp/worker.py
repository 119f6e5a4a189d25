"""Who does the work of the tools."""

from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Protocol, TypeVar

from testgen.bootstrap import Application
from testgen.client.remote import Remote
from testgen.config import EngineChoice
from testgen.documents import READ_DOCUMENT
from testgen.domain.errors import TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.repair import REVIEW, Reviewing
from testgen.reviewer import Review, review
from testgen.rewriting import RewriteOrder
from testgen.workers import HERE, Job, Pool

T = TypeVar("T")


class Worker(Protocol):
    """`reviewing` contains the team's decisions, if they are known."""

    reviewing: Reviewing

    def draft(self, case: TestCase, reviewing: Reviewing, engine: EngineChoice | None) -> AsyncGenerator[Event, None]:
        """The events of writing a procedure; closing them stops the engine."""
        ...

    def improve(
        self, procedure: Procedure, reviewing: Reviewing, engine: EngineChoice | None
    ) -> AsyncGenerator[Event, None]:
        """The events of improving a procedure."""
        ...

    def rewrite(
        self, procedure: Procedure, order: RewriteOrder, engine: EngineChoice | None
    ) -> AsyncGenerator[Event, None]:
        """The events of rewriting steps."""
        ...

    async def review(self, procedure: Procedure, reviewing: Reviewing) -> Review:
        """The findings of the catalog."""
        ...

    async def run(self, job: Job, function: Callable[..., T], *arguments: object) -> T:
        """Does CPU-bound work within its limits."""
        ...


class Here:
    """For one assistant on one machine, with the local engines or a deployed service."""

    def __init__(self, drafter: Application | Remote, reviewing: Reviewing) -> None:
        self._drafter = drafter
        self.reviewing = reviewing

    def draft(self, case: TestCase, reviewing: Reviewing, engine: EngineChoice | None) -> AsyncGenerator[Event, None]:
        """See `Worker`. Documents are read in a process of their own, whoever made them; it takes a second to start."""
        return self._drafter.events(case, engine, reviewing=reviewing)

    async def improve(
        self, procedure: Procedure, reviewing: Reviewing, engine: EngineChoice | None
    ) -> AsyncGenerator[Event, None]:
        """See `Worker`. Documents are read in a process of their own, whoever made them; it takes a second to start."""
        done = await self._drafter.improve(procedure, engine, reviewing=reviewing)
        for repair in done.repairs():
            yield repair
        yield ErrorEvent(done.unfinished()) if done.problem else ProcedureEvent(done.after)

    async def rewrite(
        self, procedure: Procedure, order: RewriteOrder, engine: EngineChoice | None
    ) -> AsyncGenerator[Event, None]:
        """See `Worker`. Documents are read in a process of their own, whoever made them; it takes a second to start."""
        try:
            yield ProcedureEvent(await self._drafter.rewrite(procedure, order, engine))
        except TestgenError as error:
            yield ErrorEvent(error)

    async def review(self, procedure: Procedure, reviewing: Reviewing) -> Review:
        """See `Worker`. Documents are read in a process of their own, whoever made them; it takes a second to start."""
        return await self.run(REVIEW, reviewed, procedure, reviewing)

    async def run(self, job: Job, function: Callable[..., T], *arguments: object) -> T:
        """See `Worker`. Documents are read in a process of their own, whoever made them; it takes a second to start."""
        if job is READ_DOCUMENT:
            async with Pool(size=1) as workers:
                return await workers.run(job, function, *arguments)
        return await HERE.run(job, function, *arguments)


def reviewed(procedure: Procedure, reviewing: Reviewing) -> Review:
    """The review under a team's rules."""
    return partial(review, background=reviewing.background, settings=reviewing.settings)(procedure, reviewing.case)
