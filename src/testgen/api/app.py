"""The app factory: middleware, routes, error handlers, and what starts and stops with the process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

import structlog
from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

from testgen.api import openapi, problems
from testgen.api.admission import Gate
from testgen.api.middleware import BodyLimit, RequestContext
from testgen.api.routes import batches, health, interchange, procedures, reviews
from testgen.api.telemetry import with_metrics
from testgen.bootstrap import Application
from testgen.contract import Metric
from testgen.version import __version__

REPORT_EVERY_S = 60.0
log = structlog.get_logger()


def create_app(application: Application) -> FastAPI:
    """The service. `/docs` brings its own scripts, since customers' networks reach no CDN."""
    config = application.config
    app = FastAPIOffline(
        title="testgen",
        version=__version__,
        summary="Writes executable manual test procedures from test cases.",
        lifespan=_lifespan,
        redoc_url=None,
        openapi_tags=openapi.TAGS,
    )
    app.openapi = partial(openapi.document, app)  # type: ignore[method-assign]
    app.state.application = application
    app.state.gate = Gate(config.max_concurrency, config.queue_limit)
    app.add_middleware(BodyLimit, max_bytes=config.max_body_bytes)
    app.add_middleware(RequestContext, stack=application.settings.stack)
    problems.install(app)
    app.include_router(health.router)
    app.include_router(reviews.router)
    app.include_router(interchange.router)
    app.include_router(batches.router)
    app.include_router(procedures.router)
    app.add_api_route("/", lambda: RedirectResponse("/docs"), include_in_schema=False)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    application: Application = app.state.application
    async with application.serving():
        log.info("config_loaded", **application.settings.report())
        log.info("startup", version=__version__, engine=application.config.engine)
        reporter = asyncio.create_task(_report_load(app.state.gate, application.settings.stack))
        try:
            yield
        finally:
            reporter.cancel()
            with suppress(asyncio.CancelledError):
                await reporter
            log.info("shutdown")


async def _report_load(gate: Gate, stack: str) -> None:
    """Queued and InFlight every 60 s, zero too: the scaling policy needs a value from every task."""
    while True:
        load = {Metric.QUEUED: (gate.queued, "Count"), Metric.IN_FLIGHT: (gate.in_flight, "Count")}
        log.info("load", **with_metrics(load, stack))
        await asyncio.sleep(REPORT_EVERY_S)
