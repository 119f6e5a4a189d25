"""testgen turns test cases into executable test procedures.

This module is the public Python API; nothing else is stable:

    from testgen import TestCase, generate
    case = TestCase(id="T-1", title="…", expected_results=["…"])
    print(generate(case).steps)

`Client` and `AsyncClient` do the same through a deployed service (docs/clients.md):

    with Client("https://testgen.example.com", api_key) as client:
        print(client.generate(case).steps)
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from testgen.config import EngineChoice, ServiceConfig
from testgen.domain import errors
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import say
from testgen.version import __version__

if TYPE_CHECKING:
    from testgen.client import AsyncClient, Client

__all__ = [
    "AsyncClient",
    "Client",
    "Finding",
    "Procedure",
    "ServiceConfig",
    "TestCase",
    "__version__",
    "errors",
    "generate",
    "review",
    "stream",
]


def __getattr__(name: str) -> Any:
    """Imports the clients, with the HTTP library that they need, only if somebody asks for them."""
    if name in ("AsyncClient", "Client"):
        from testgen import client

        return getattr(client, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


async def stream(
    case: TestCase, *, engine: EngineChoice | None = None, config: ServiceConfig | None = None
) -> AsyncIterator[Event]:
    """Yields the events of one procedure as they happen; the last is a `ProcedureEvent` or an `ErrorEvent`.

    `config` defaults to the environment (`TESTGEN_*`), `engine` to the configured one.

    Raises:
        errors.ConfigError: a setting is malformed.
    """
    from testgen.bootstrap import Application
    from testgen.settings import Settings, load_settings

    application = Application(load_settings() if config is None else Settings(config))
    async for event in application.events(case, engine):
        yield event


def generate(
    case: TestCase,
    *,
    engine: EngineChoice | None = None,
    config: ServiceConfig | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> Procedure:
    """Writes the procedure of a test case. It works in scripts and in notebooks, where an event loop is already running.

    Raises:
        errors.TestgenError: see `testgen.errors` for the tree; an `EngineError` carries the steps that were complete by then.
    """

    async def collect() -> Procedure:
        async for event in stream(case, engine=engine, config=config):
            if on_event:
                on_event(event)
            if isinstance(event, ErrorEvent):
                raise event.error
            if isinstance(event, ProcedureEvent):
                return event.procedure
        raise errors.EngineError(say("the engine ended without a procedure"))

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(collect())
    with ThreadPoolExecutor(1) as beside:  # a loop is running here, so it gets one of its own
        return beside.submit(asyncio.run, collect()).result()


def review(procedure: Procedure, case: TestCase | None = None) -> tuple[Finding, ...]:
    """Checks a procedure against the catalog (docs/review.md), without a model. Without the test case, rules about coverage and grounding
    are skipped."""
    from testgen.reviewer import review as check  # its dictionary is loaded only for those who review

    return check(procedure, case).findings
