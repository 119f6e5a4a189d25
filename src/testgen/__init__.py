"""testgen: test cases in, executable test procedures out.

The public Python API; nothing else is promised:

    from testgen import TestCase, generate
    case = TestCase(id="T-1", title="…", expected_results=["…"])
    print(generate(case).steps)
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

from testgen.config import EngineChoice, ServiceConfig
from testgen.domain import errors
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase
from testgen.version import __version__

__all__ = ["Finding", "Procedure", "ServiceConfig", "TestCase", "__version__", "errors", "generate", "review", "stream"]


async def stream(
    case: TestCase, *, engine: EngineChoice | None = None, config: ServiceConfig | None = None
) -> AsyncIterator[Event]:
    """The events of one procedure as they happen; the last is a `ProcedureEvent` or an `ErrorEvent`.

    `config` defaults to the environment's (`TESTGEN_*`); `engine` to the configured one.

    Raises:
        errors.ConfigError: a setting is malformed.
    """
    from testgen.bootstrap import Application, Settings, load_settings

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
    """Drafts the procedure of a test case; works in scripts and in notebooks, where an event loop already runs.

    Raises:
        errors.TestgenError: see `testgen.errors` for the tree; an `EngineError` carries the steps complete by then.
    """

    async def collect() -> Procedure:
        async for event in stream(case, engine=engine, config=config):
            if on_event:
                on_event(event)
            if isinstance(event, ErrorEvent):
                raise event.error
            if isinstance(event, ProcedureEvent):
                return event.procedure
        raise errors.EngineError("the engine ended without a procedure")

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(collect())
    return _in_thread(collect)


def review(procedure: Procedure, case: TestCase | None = None) -> tuple[Finding, ...]:
    """Checks a procedure against the catalog (docs/review.md), without a model. Without the case it fulfils, rules on
    coverage and grounding are skipped."""
    from testgen.reviewer import review as check  # its dictionary is loaded only for those who review

    return check(procedure, case).findings


def _in_thread(collect: Callable[[], object]) -> Procedure:
    """Runs to the end in a loop of its own, beside the one that is running here."""
    outcome: list[object] = []

    def work() -> None:
        try:
            outcome.append(asyncio.run(collect()))  # type: ignore[arg-type]
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    assert isinstance(outcome[0], Procedure)
    return outcome[0]
