"""`Client`: a deployed service from plain Python; the same as `AsyncClient`, without `await`."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import Any, Self

import httpx

from testgen.client import orders
from testgen.client.answers import Reviewed, error_of, parsed, procedure_of, reviewed_of
from testgen.client.connection import Access
from testgen.client.events import Decoder
from testgen.client.orders import Aids, Order
from testgen.client.patience import TRIES, passing, pause_s
from testgen.config import EngineChoice
from testgen.domain.errors import ServiceUnavailableError, TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, ResetEvent
from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import Knowledge
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import Within, say


class Client:
    """A testgen service at `url`; `api_key` is needed if the service requires one. Close it, or use it with `with`.

    A request that fails on the way, or that the service refuses because it is full, is retried up to `tries` times in all. The service
    recognises a repeated request by its idempotency key, so the task that has seen it writes nothing twice. Every method raises errors of
    `testgen.errors`: those that the service reports, and `ServiceError` if it cannot be reached.
    """

    def __init__(self, url: str, api_key: str = "", *, tries: int = TRIES) -> None:
        self.access = Access(url, api_key)
        self._tries = tries
        self._http = httpx.Client(**self.access.options())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def generate(
        self,
        case: TestCase,
        *,
        engine: EngineChoice | None = None,
        glossary: Glossary | None = None,
        knowledge: Knowledge | None = None,
        idempotency_key: str | None = None,
    ) -> Procedure:
        """The procedure of a test case."""
        return _last(
            self.stream(case, engine=engine, glossary=glossary, knowledge=knowledge, idempotency_key=idempotency_key)
        )

    def stream(
        self,
        case: TestCase,
        *,
        engine: EngineChoice | None = None,
        glossary: Glossary | None = None,
        knowledge: Knowledge | None = None,
        idempotency_key: str | None = None,
    ) -> Iterator[Event]:
        """The events of one procedure as they happen; the last is a `ProcedureEvent` or an `ErrorEvent`."""
        return self.events(orders.drafting(case, engine, Aids(glossary, knowledge), idempotency_key))

    def improve(
        self,
        procedure: Procedure,
        case: TestCase | None = None,
        *,
        engine: EngineChoice | None = None,
        glossary: Glossary | None = None,
        knowledge: Knowledge | None = None,
    ) -> Procedure:
        """Improves an existing procedure."""
        return _last(self.events(orders.improving(procedure, case, engine, Aids(glossary, knowledge))))

    def rewrite(
        self,
        procedure: Procedure,
        steps: Sequence[int],
        *,
        instruction: str = "",
        case: TestCase | None = None,
        engine: EngineChoice | None = None,
        glossary: Glossary | None = None,
        knowledge: Knowledge | None = None,
    ) -> Procedure:
        """Rewrites these steps of a procedure; all others stay as they are."""
        order = orders.rewriting(procedure, steps, instruction, case, engine, Aids(glossary, knowledge))
        return _last(self.events(order))

    def review(
        self,
        procedure: Procedure,
        case: TestCase | None = None,
        *,
        glossary: Glossary | None = None,
        knowledge: Knowledge | None = None,
    ) -> Reviewed:
        """The findings of the catalog in a procedure, and its readiness."""
        return reviewed_of(parsed(self.content(orders.reviewing(procedure, case, Aids(glossary, knowledge)))))

    def load(self, content: bytes, format_name: str, *, strict: bool = False) -> dict[str, Any]:
        """The content of another tool's file: `procedures`, `test_cases` and what was `skipped`, as plain data."""
        found: dict[str, Any] = parsed(self.content(orders.reading(content, format_name, strict=strict)))
        return found

    def export(self, procedures: Sequence[Procedure], format_name: str) -> bytes:
        """A file with procedures for another tool (docs/formats.md)."""
        return self.content(orders.writing(procedures, format_name))

    def info(self) -> dict[str, Any]:
        """The versions, engine, model and limits of the service."""
        told: dict[str, Any] = parsed(self.content(orders.asking()))
        return told

    def content(self, order: Order) -> bytes:
        """The body of the answer to an order, which is retried if that may help."""
        attempt = 1
        while True:
            try:
                return self._content(order)
            except TestgenError as error:
                if not passing(error) or attempt >= self._tries:
                    raise
                time.sleep(pause_s(error, attempt))
            attempt += 1

    def events(self, order: Order) -> Generator[Event, None, None]:
        """The events that answer an order, which is retried if that may help; a retry resets the steps seen so far. Whatever goes wrong,
        including on the way, is the last event."""
        tried = 1
        while True:
            failed: TestgenError | None = None
            try:
                with closing(self.attempt(order)) as found:
                    for event in found:
                        if isinstance(event, ErrorEvent) and passing(event.error):
                            failed = event.error
                            break
                        yield event
            except TestgenError as error:
                failed = error
            if failed is None:
                return
            if not passing(failed) or tried >= self._tries:
                yield ErrorEvent(failed)
                return
            time.sleep(pause_s(failed, tried))
            tried += 1
            yield ResetEvent(tried, keep=0, reason=Within(failed.title), code=failed.code)

    def attempt(self, order: Order) -> Generator[Event, None, None]:
        """The events that answer an order that is sent only once.

        Raises:
            TestgenError: the answer is an error, or there is none.
        """
        decoder, ended = Decoder(), False
        try:
            with self._http.stream(**order.sent()) as response:
                if response.status_code != httpx.codes.OK:
                    raise error_of(response.status_code, response.headers, response.read())
                if not response.headers.get("content-type", "").startswith(orders.STREAM):
                    yield ProcedureEvent(procedure_of(parsed(response.read())))
                    return
                for line in response.iter_lines():
                    if event := decoder.feed(line):
                        ended = isinstance(event, ProcedureEvent | ErrorEvent)
                        yield event
        except httpx.TransportError as error:
            if not ended:
                raise self.access.lost(error) from None
        if not ended:
            raise ServiceUnavailableError(say("the service's answer was cut off"), remedy=say("try again"))

    def _content(self, order: Order) -> bytes:
        try:
            response = self._http.request(**order.sent())
        except httpx.TransportError as error:
            raise self.access.lost(error) from None
        if response.status_code != httpx.codes.OK:
            raise error_of(response.status_code, response.headers, response.content)
        return response.content


def _last(events: Iterator[Event]) -> Procedure:
    for event in events:
        if isinstance(event, ErrorEvent):
            raise event.error
        if isinstance(event, ProcedureEvent):
            return event.procedure
    raise ServiceUnavailableError(say("the service's answer was cut off"), remedy=say("try again"))
