"""Is the process alive, can it draft, and what is it? For load balancers, operators and tool builders."""

import structlog
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from testgen.api import problems
from testgen.api.dependencies import KeyHolder, TheApplication, TheGate
from testgen.api.reader import shown
from testgen.contract import ALIVE_PATH, API_PREFIX, READY_PATH
from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import MAX_ENTRIES, MAX_ENTRY
from testgen.messages import joined, say
from testgen.version import __version__

router = APIRouter(tags=["service"])
log = structlog.get_logger()


@router.get(ALIVE_PATH, responses={421: problems.RESPONSES[421]})
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get(READY_PATH, responses={status: problems.RESPONSES[status] for status in (421, 503)})
async def ready(application: TheApplication) -> Response:
    """Whether a procedure can be drafted now. An engine with a model must have it loaded; `auto` falls back."""
    engine = application.config.engine
    if application.always_drafts:
        return JSONResponse({"status": "ready", "engine": engine})
    status = await application.preferred.status()
    if status.available and status.loaded:
        return JSONResponse({"status": "ready", "engine": engine, "model": status.model})
    missing = status.problem or say("the model {model} is not loaded", model=status.model)
    remedy = status.remedy or say("wait for the server to load it")
    return problems.response(
        problems.document(503, "not-ready", say("Not ready"), joined("; ", (missing, remedy))), {"Retry-After": "10"}
    )


@router.get(
    f"{API_PREFIX}/info", responses={status: problems.RESPONSES[status] for status in (401, 403, 421, 429, 500)}
)
async def info(application: TheApplication, gate: TheGate, _: KeyHolder) -> dict[str, object]:
    """Returns versions, engine, model and limits."""
    config = application.config
    selection = await application.select()
    status = await application.preferred.status()
    return {
        "testgen_version": __version__,
        "stack": application.settings.stack,
        "engine": {
            "configured": config.engine,
            "effective": selection.engine.name,
            "fallback_reason": shown(selection.fallback_reason or "") or None,
        },
        "model": {
            "name": config.model,
            "available": bool(status.model) and status.available,
            "loaded": bool(status.model) and status.loaded,
            "digest": status.digest,
            "server_version": status.server_version,
        },
        "load": {"in_flight": gate.in_flight, "queued": gate.queued},
        "limits": {
            "max_concurrency": config.max_concurrency,
            "queue_limit": config.queue_limit,
            "request_timeout_s": config.request_timeout_s,
            "max_body_bytes": config.max_body_bytes,
            "num_ctx": config.num_ctx,
            "num_predict": config.num_predict,
            "max_steps": MAX_STEPS,
            "max_entries": MAX_ENTRIES,
            "max_entry_characters": MAX_ENTRY,
        },
    }
