"""A deployed service in the place of `testgen.bootstrap.Application`: commands ask either in the same words."""

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
    """The service at an address. With a `pace` its requests are those of a batch: many at once, each for as long as it takes, and
    known again by what is asked, so that a batch that is killed and begun again finds what was written for it. `salt` is what
    makes them others than those of an earlier batch."""

    def __init__(self, access: Access, pace: Pace | None = None, *, salt: str = "") -> None:
        self.access = access
        self.pace = pace
        self._salt = salt
        self._client = AsyncClient(access.url, access.api_key)

    def ask(self) -> dict[str, Any]:
        """What the service says of itself; asked at once, so that a wrong address or key is known before any work.

        Raises:
            TestgenError: it cannot be asked, or refuses.
        """
        with Client(self.access.url, self.access.api_key) as client:
            return client.info()

    def identity(self) -> str:
        """What the results depend on besides the request: the service and who drafts there.

        Raises:
            TestgenError: as `ask`.
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
        """Keeps and betters a procedure. Nothing is raised where that fails: see `Improved.problem`."""
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
        """Has the named steps written again.

        Raises:
            TestgenError: as `Application.rewrite`, and where the service cannot be asked.
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
    """What goes to the service: what is known besides the case, and the rules where they are not everybody's."""
    return aids_of(reviewing.background, reviewing.settings) if reviewing else Aids()


def aids_of(background: Background, settings: ReviewSettings) -> Aids:
    """As the service takes them; the words are part of the knowledge."""
    known = background.knowledge if background.knowledge != NOTHING_TOLD else None
    rules = settings if settings != ReviewSettings() else None
    by_document = groupby(background.passages, lambda passage: passage.document)
    documents = [
        Document(name=name, passages=tuple(Section(place=part.place, text=part.text) for part in parts))
        for name, parts in by_document
    ]
    return Aids(knowledge=known, documents=documents, rules=rules)
