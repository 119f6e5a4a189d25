"""Composes the application: settings, and engines that are created when they are first needed."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from testgen import pipeline
from testgen.config import EngineChoice, EngineName
from testgen.domain.background import UNKNOWN
from testgen.domain.case_behind import case_of
from testgen.domain.errors import EngineTimeoutError
from testgen.domain.events import Event
from testgen.domain.ports import Engine, Selection
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.drafting.apart import Apart
from testgen.drafting.around import LOOK_UP, around
from testgen.engines import AUTO, BY_RULES, ENGINES, EngineFactory
from testgen.improving import Improved, improve
from testgen.messages import say
from testgen.repair import Reviewing
from testgen.rewriting import RewriteOrder, rewrite
from testgen.settings import Settings
from testgen.workers import HERE, Nursery, Pool, Workers


class Application:
    """Settings and engines, ready to draft; the basis of the HTTP API, the CLI and the Python API."""

    def __init__(
        self,
        settings: Settings,
        engines: Mapping[EngineName, EngineFactory] = ENGINES,
        nursery: Nursery | None = None,
    ) -> None:
        self.settings = settings
        self.config = settings.config
        self._factories = engines
        self._nursery = nursery
        self._made: dict[EngineName, Engine] = {}
        self._loaded_names: set[EngineName] = set()
        self.workers: Workers = HERE

    def engine(self, name: EngineName) -> Engine:
        """Returns the engine with that name; creates it once."""
        if name not in self._made:
            made = self._factories[name](self.config)
            self._made[name] = Apart(made, lambda: self.workers) if name in BY_RULES else made
        return self._made[name]

    @property
    def preferred(self) -> Engine:
        """The configured engine; with `auto`, the one that is tried first."""
        return self.engine(AUTO[0] if self.config.engine == "auto" else self.config.engine)

    @property
    def always_drafts(self) -> bool:
        """Whether drafting needs no server, either as configured or because `auto` falls back to rules."""
        return self.config.engine in ("auto", AUTO[1])

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Moves CPU-bound work to worker processes, and loads everything that the first draft would have to wait for."""
        loading = asyncio.create_task(asyncio.to_thread(self.preferred.preload))
        async with Pool(self._nursery) as workers:
            await loading
            self.workers = workers
            try:
                yield
            finally:
                self.workers = HERE

    async def _looked_up(self, case: TestCase, reviewing: Reviewing) -> Reviewing:
        """Adds the parts of knowledge and documents that concern the case."""
        if reviewing.background == UNKNOWN:
            return reviewing
        background = await self.workers.run(LOOK_UP, around, case, reviewing.background)
        return replace(reviewing, background=background)

    async def select(self, choice: EngineChoice | None = None) -> Selection:
        """Selects the engine. `auto` uses Ollama if the server answers and has the model, otherwise `outline`."""
        choice = choice or self.config.engine
        if choice != "auto":
            return Selection(await self._loaded(choice))
        hoped_for, fallback = (self.engine(name) for name in AUTO)
        status = await hoped_for.status()
        if status.available:
            return Selection(await self._loaded(AUTO[0]))
        return Selection(fallback, fallback_reason=status.problem)

    async def _loaded(self, name: EngineName) -> Engine:
        """Loads the engine and its imports in a thread, because on the event loop they would block everybody else for a second or more."""
        engine = self.engine(name)
        if name not in self._loaded_names and name not in BY_RULES:
            await asyncio.to_thread(engine.preload)
            self._loaded_names.add(name)
        return engine

    async def events(
        self,
        case: TestCase,
        choice: EngineChoice | None = None,
        *,
        timeout_s: float | None = None,
        reviewing: Reviewing | None = None,
    ) -> AsyncGenerator[Event, None]:
        """The events of one procedure; see `testgen.pipeline.run`."""
        reviewing = await self._looked_up(case, reviewing or Reviewing())
        selection = await self.select(choice)
        async for event in pipeline.run(
            case, selection, self.config, timeout_s=timeout_s, reviewing=reviewing, workers=self.workers
        ):
            yield event

    async def rewrite(
        self,
        procedure: Procedure,
        order: RewriteOrder,
        choice: EngineChoice | None = None,
        *,
        timeout_s: float | None = None,
    ) -> Procedure:
        """Rewrites the named steps; see `testgen.rewriting.rewrite`.

        Raises:
            EngineTimeoutError: rewriting took longer than `timeout_s` seconds (default: `request_timeout_s`).
        """
        selection, limit = await self.select(choice), self.config.request_timeout_s
        try:
            async with asyncio.timeout(limit if timeout_s is None else timeout_s):
                reviewing = await self._looked_up(order.reviewing.case or case_of(procedure), order.reviewing)
                order = replace(order, reviewing=reviewing)
                return await rewrite(procedure, order, selection.engine, self.workers)
        except TimeoutError:
            raise EngineTimeoutError(
                say("the rewriting took longer than {limit:g} s", limit=limit), remedy=say("name fewer steps")
            ) from None

    async def improve(
        self,
        procedure: Procedure,
        choice: EngineChoice | None = None,
        *,
        timeout_s: float | None = None,
        reviewing: Reviewing | None = None,
    ) -> Improved:
        """Improves an existing procedure, for at most `timeout_s` seconds (default: `request_timeout_s`); see
        `testgen.improving.improve`."""
        reviewing = reviewing or Reviewing()
        return await improve(
            procedure,
            await self._looked_up(reviewing.case or case_of(procedure), reviewing),
            await self.select(choice),
            attempts=self.config.max_attempts,
            timeout_s=self.config.request_timeout_s if timeout_s is None else timeout_s,
            workers=self.workers,
        )
