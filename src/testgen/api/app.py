"""The app factory: middleware, routes, error handlers, and what starts and stops with the process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import structlog
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from testgen.api import openapi, problems
from testgen.api.admission import Gate
from testgen.api.assistants import Assistants
from testgen.api.auth import KeyCheck, Keys
from testgen.api.bodies import BodyLimit
from testgen.api.gatekeeper import ContentTypes, Gatekeeper
from testgen.api.hosts import Hosts
from testgen.api.idempotency import Answers
from testgen.api.middleware import Head, Lingering, RequestContext
from testgen.api.routes import (
    batches,
    documents,
    health,
    improvements,
    interchange,
    knowledge,
    page,
    procedures,
    reviews,
)
from testgen.api.telemetry import with_metrics
from testgen.bootstrap import Application
from testgen.config import NONE
from testgen.contract import API_KEY_HEADER, IDEMPOTENCY_KEY_HEADER, MCP_PATH, Metric
from testgen.version import __version__

REPORT_EVERY_S = 60.0
# What pages of `allowed_origins` may use.
_METHODS, _SENT = (
    ("GET", "POST"),
    ("Content-Type", "Authorization", API_KEY_HEADER, IDEMPOTENCY_KEY_HEADER, "X-Request-ID"),
)
_READ = ("X-Request-ID", "Retry-After", "Content-Disposition")
log = structlog.get_logger()


def create_app(application: Application, listening: str = "127.0.0.1") -> FastAPI:
    """The service, as it is reached at the address `listening`. `/docs` brings its own scripts, since customers' networks
    reach no CDN.

    Raises:
        ConfigError: API keys are required and none is known.
    """
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
    app.state.answers = Answers()
    app.state.assistants = Assistants(application, app.state.gate)
    app.state.keys = Keys(application.settings)
    _guard(app, application, listening)
    problems.install(app)
    _route(app)
    return app


def _guard(app: FastAPI, application: Application, listening: str) -> None:
    """The middleware, from the inside out: a request is met by the last one first."""
    config, settings = application.config, application.settings
    app.add_middleware(Head)
    app.add_middleware(ContentTypes)
    app.add_middleware(BodyLimit, max_bytes=config.max_body_bytes)
    app.add_middleware(KeyCheck, keys=app.state.keys, settings=settings)
    if config.allowed_origins != NONE:
        origins = config.allowed_origins.split(",")
        app.add_middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=_METHODS, allow_headers=_SENT, expose_headers=_READ
        )
    hosts = Hosts(config.allowed_hosts, listening)
    app.add_middleware(Gatekeeper, hosts=hosts, allowed_origins=config.allowed_origins)
    app.add_middleware(Lingering)
    app.add_middleware(RequestContext, stack=settings.stack, trusted_proxies=config.trusted_proxies)


def _route(app: FastAPI) -> None:
    """The routes, in the order in which the API's document has them."""
    app.include_router(health.router)
    app.include_router(reviews.router)
    app.include_router(improvements.router)
    app.include_router(interchange.router)
    app.include_router(documents.router)
    app.include_router(knowledge.router)
    app.include_router(batches.router)
    app.include_router(procedures.router)
    app.router.routes.append(Route(MCP_PATH, app.state.assistants))
    app.include_router(page.router)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    application: Application = app.state.application
    async with application.serving():
        log.info("config_loaded", **application.settings.report())
        log.info("startup", version=__version__, engine=application.config.engine)
        reporter = asyncio.create_task(_report_load(app.state.gate, application.settings.stack))
        refresher = asyncio.create_task(app.state.keys.keep_fresh())
        try:
            yield
        finally:
            for task in (reporter, refresher):
                task.cancel()
            await app.state.answers.close()
            await app.state.assistants.close()
            await asyncio.gather(reporter, refresher, return_exceptions=True)
            log.info("shutdown")


async def _report_load(gate: Gate, stack: str) -> None:
    """Queued and InFlight every 60 s, zero too: the scaling policy needs a value from every task."""
    while True:
        load = {Metric.QUEUED: (gate.queued, "Count"), Metric.IN_FLIGHT: (gate.in_flight, "Count")}
        log.info("load", **with_metrics(load, stack))
        await asyncio.sleep(REPORT_EVERY_S)
