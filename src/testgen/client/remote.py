"""A deployed service with the interface of `testgen.bootstrap.Application`, so that commands can use either."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from itertools import groupby
from typing import Any

from testgen.client import orders
from testgen.client.asynchronous import AsyncClient
from testgen.client.connection import Access
from testgen.client.orders import Aids, Order
from testgen.client.pace import Pace
from testgen.client.synchronous import Client
from testgen.config import EngineChoice
from testgen.domain.background import Background
from testgen.domain.document import Document, Section
from testgen.domain.errors import EngineError, InternalError, TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.knowledge import NOTHING_TOLD
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.improving import Improved
from testgen.messages import say
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings
from testgen.rewriting import RewriteOrder


class Remote:
    """The service at an address. With a `pace`, its requests are those of a batch: many in parallel, each for as long as it takes, with
    keys that depend only on the request, so that a batch that was killed and restarted finds what was written for it. `salt`
    distinguishes them from those of an earlier batch."""

    def __init__(self, access: Access, pace: Pace | None = None, *, salt: str = "") -> None:
        self.access = access
        self.pace = pace
        self._salt = salt
        self._client = AsyncClient(access.url, access.api_key)

    def ask(self) -> dict[str, Any]:
        """What the service says about itself; asked first, so that a wrong address or key is noticed before any work.

        Raises:
            TestgenError: the service cannot be reached, or refuses the request.
        """
        with Client(self.access.url, self.access.api_key) as client:
            return client.info()

    def identity(self) -> str:
        """What the results depend on besides the request: the service, and the engine that drafts there.

        Raises:
            TestgenError: see `ask`.
        """
        told = self.ask()
        engine, model = (told.get(name) or {} for name in ("engine", "model"))
        return f"{self.access.url}{engine.get('configured')}{model.get('name')}{model.get('digest')}"

    async def events(
        self, case: TestCase, choice: EngineChoice | None = None, *, reviewing: Reviewing | None = None
    ) -> AsyncGenerator[Event, None]:
        """The events of one procedure."""
        async with aclosing(self._events(orders.drafting(case, choice, _aids(reviewing), None))) as events:
            async for event in events:
                yield event

    async def improve(
        self, procedure: Procedure, choice: EngineChoice | None = None, *, reviewing: Reviewing | None = None
    ) -> Improved:
        """Improves a procedure. A failure raises nothing: see `Improved.problem`."""
        reviewing = reviewing or Reviewing()
        order = orders.improving(procedure, reviewing.case, choice, _aids(reviewing))
        made = await self._outcome(order)
        if isinstance(made, Procedure):
            return Improved(procedure, made)
        if isinstance(made, EngineError) and made.steps:  # bettered until then
            partly = procedure.model_copy(update={"steps": made.steps})
            return Improved(procedure, reviewing.reviewed(partly), made)
        return Improved(procedure, procedure, made)

    async def rewrite(self, procedure: Procedure, order: RewriteOrder, choice: EngineChoice | None = None) -> Procedure:
        """Rewrites the named steps.

        Raises:
            TestgenError: see `Application.rewrite`; or the service cannot be reached.
        """
        case, aids = order.reviewing.case, _aids(order.reviewing)
        wanted = orders.rewriting(procedure, order.steps, order.instruction, case, choice, aids)
        made = await self._outcome(wanted)
        if isinstance(made, TestgenError):
            raise made
        return made

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    def _events(self, order: Order) -> AsyncGenerator[Event, None]:
        if self.pace:
            return self.pace.events(self._client, replace(order, key=order.digest(self._salt)))
        return self._client.events(order)

    async def _outcome(self, order: Order) -> Procedure | TestgenError:
        async with aclosing(self._events(order)) as events:
            async for event in events:
                if isinstance(event, ProcedureEvent):
                    return event.procedure
                if isinstance(event, ErrorEvent):
                    return event.error
        return InternalError(say("the service's answer has no procedure"), remedy=say("try again"))


def _aids(reviewing: Reviewing | None) -> Aids:
    """What is sent to the service: what is known besides the case, and the rules if they are not the default ones."""
    return aids_of(reviewing.background, reviewing.settings) if reviewing else Aids()


def aids_of(background: Background, settings: ReviewSettings) -> Aids:
    """The aids in the form that the service accepts; the terms are part of the knowledge."""
    known = background.knowledge if background.knowledge != NOTHING_TOLD else None
    rules = settings if settings != ReviewSettings() else None
    by_document = groupby(background.passages, lambda passage: passage.document)
    documents = [
        Document(name=name, passages=tuple(Section(place=part.place, text=part.text) for part in parts))
        for name, parts in by_document
    ]
    return Aids(knowledge=known, documents=documents, rules=rules)
