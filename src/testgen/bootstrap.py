"""The application, composed: settings, and engines made when they are first asked for."""

import asyncio
from collections.abc import AsyncGenerator, Mapping

from testgen import pipeline
from testgen.config import EngineChoice, EngineName
from testgen.domain.errors import EngineTimeoutError
from testgen.domain.events import Event
from testgen.domain.ports import Engine, Selection
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.engines import AUTO, ENGINES, EngineFactory
from testgen.repair import Reviewing
from testgen.rewriting import RewriteOrder, rewrite
from testgen.settings import Settings


class Application:
    """Settings and engines, ready to draft; what the API, the CLI and the Python API stand on."""

    def __init__(self, settings: Settings, engines: Mapping[EngineName, EngineFactory] = ENGINES) -> None:
        self.settings = settings
        self.config = settings.config
        self._factories = engines
        self._made: dict[EngineName, Engine] = {}

    def engine(self, name: EngineName) -> Engine:
        """The engine of that name; made once."""
        if name not in self._made:
            self._made[name] = self._factories[name](self.config)
        return self._made[name]

    @property
    def preferred(self) -> Engine:
        """The configured engine; with `auto` the one that is hoped for."""
        return self.engine(AUTO[0] if self.config.engine == "auto" else self.config.engine)

    @property
    def always_drafts(self) -> bool:
        """Whether a draft needs no server: as configured, or because `auto` falls back."""
        return self.config.engine in ("auto", AUTO[1])

    def preload(self) -> None:
        """Loads what the first draft would have to wait for; blocks for about a second."""
        from testgen.reviewer import warm_up

        warm_up()
        self.preferred.preload()

    async def select(self, choice: EngineChoice | None = None) -> Selection:
        """Decides who drafts. `auto` takes Ollama where the server answers and has the model, else `outline`."""
        choice = choice or self.config.engine
        if choice != "auto":
            return Selection(self.engine(choice))
        hoped_for, fallback = (self.engine(name) for name in AUTO)
        status = await hoped_for.status()
        return Selection(hoped_for) if status.available else Selection(fallback, fallback_reason=status.problem)

    async def events(
        self,
        case: TestCase,
        choice: EngineChoice | None = None,
        *,
        timeout_s: float | None = None,
        reviewing: Reviewing | None = None,
    ) -> AsyncGenerator[Event, None]:
        """The events of one procedure; see `testgen.pipeline.run`."""
        selection = await self.select(choice)
        async for event in pipeline.run(case, selection, self.config, timeout_s=timeout_s, reviewing=reviewing):
            yield event

    async def rewrite(
        self,
        procedure: Procedure,
        order: RewriteOrder,
        choice: EngineChoice | None = None,
        *,
        timeout_s: float | None = None,
    ) -> Procedure:
        """Has the named steps written again; see `testgen.rewriting.rewrite`.

        Raises:
            EngineTimeoutError: it took longer than `timeout_s` (`request_timeout_s` where not given).
        """
        selection, limit = await self.select(choice), self.config.request_timeout_s
        try:
            async with asyncio.timeout(limit if timeout_s is None else timeout_s):
                return await rewrite(procedure, order, selection.engine)
        except TimeoutError:
            raise EngineTimeoutError(f"the rewriting took longer than {limit:g} s", remedy="name fewer steps") from None
