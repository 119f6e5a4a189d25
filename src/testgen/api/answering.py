"""How a request for a procedure is answered: whole or as a stream, and only once if it has an idempotency key."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from testgen.api import problems
from testgen.api.admission import Gate
from testgen.api.dependencies import KeyHolder, TheApplication, TheGate
from testgen.api.generation import Generation, unless_gone
from testgen.api.idempotency import REMEMBERED_S, Answers, fingerprint_of
from testgen.api.sse import HEARTBEAT, encoded
from testgen.api.stream import Stream
from testgen.bootstrap import Application
from testgen.config import EngineChoice
from testgen.contract import IDEMPOTENCY_KEY_HEADER
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.messages import say

STREAM = "text/event-stream"
Key = Annotated[
    str | None,
    Header(
        alias=IDEMPOTENCY_KEY_HEADER,
        min_length=1,
        max_length=200,
        pattern="^[!-~]+$",
        description=f"The same key with the same request gives the same answer for {REMEMBERED_S / 60:.0f} minutes, from the "
        "task that has seen it; nothing is written twice. Give each request a key of its own.",
    ),
]


@dataclass(frozen=True)
class Asking:
    """A request for a procedure: who asks, and under which idempotency key."""

    request: Request
    application: Application
    gate: Gate
    holder: str | None
    key: str | None

    async def answered(
        self, engine: EngineChoice | None, work: Callable[[Generation], AsyncGenerator[Event, None]]
    ) -> Response:
        """The events of the work as they come, where the client accepts a stream, else their outcome. With a key the work goes on
        for a while without its client, who may come back.

        Raises:
            OverloadedError: all places are taken; nothing has been done yet.
            KeyReusedError: the key came with another request before.
        """
        if self.key:
            return await self._following(await self._once(self.key, engine, work))
        with Generation(self.application, self.gate, engine) as generation:
            if self._streams:
                return generation.stream(encoded(work(generation)), STREAM, heartbeat=HEARTBEAT)
            return await unless_gone(self.request, _outcome(work(generation)))

    @property
    def _streams(self) -> bool:
        return STREAM in self.request.headers.get("accept", "")

    async def _once(
        self, key: str, engine: EngineChoice | None, work: Callable[[Generation], AsyncGenerator[Event, None]]
    ) -> AsyncGenerator[Event, None]:
        answers: Answers = self.request.app.state.answers
        asked = self.request.url
        fingerprint = fingerprint_of(asked.path, asked.query.encode(), await self.request.body())
        who = (self.holder or "", key)
        if (known := answers.known(who, fingerprint)) is not None:
            return known
        generation = Generation(self.application, self.gate, engine)
        return answers.begin(who, fingerprint, partial(work, generation), generation.release)

    async def _following(self, events: AsyncGenerator[Event, None]) -> Response:
        if self._streams:
            return Stream(encoded(events), _nothing, self.gate.unread, STREAM, HEARTBEAT)
        return await unless_gone(self.request, _outcome(events))


async def _asking(
    request: Request, application: TheApplication, gate: TheGate, holder: KeyHolder, key: Key = None
) -> Asking:
    return Asking(request, application, gate, holder, key)


Asked = Annotated[Asking, Depends(_asking)]


def _nothing() -> None: ...


async def _outcome(events: AsyncGenerator[Event, None]) -> Response:
    async with aclosing(events):
        async for event in events:
            if isinstance(event, ProcedureEvent):
                return Response(event.procedure.model_dump_json(), media_type="application/json")
            if isinstance(event, ErrorEvent):
                return problems.response(problems.of_error(event.error), problems.retry_after(event.error))
    return problems.response(
        problems.document(500, "internal", say("No procedure"), say("the engine ended without a procedure"))
    )
