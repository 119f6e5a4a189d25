"""What `testgen doctor --server` looks at: the way to the service, the key, and whether it can draft."""

from collections.abc import Iterator
from typing import Any

from testgen.cli.doctor import FAIL, NOTE, OK, Check
from testgen.client import Client
from testgen.client.connection import Access
from testgen.domain.errors import ServiceRefusedError, TestgenError
from testgen.version import __version__


def checks_of(access: Access) -> list[Check]:
    """One line a part; what cannot be asked fails with its remedy."""
    try:
        with Client(access.url, access.api_key, tries=1) as client:
            told = client.info()
    except TestgenError as error:
        name = "key" if isinstance(error, ServiceRefusedError) else "server"
        return [Check(name, FAIL, error.detail, error.remedy, code=error.exit_code)]
    return [*_service(access, told), *_drafting(told), _load(told)]


def _service(access: Access, told: dict[str, Any]) -> Iterator[Check]:
    version = str(told.get("testgen_version"))
    yield Check("server", OK, f"{access.url}, testgen {version}, stack {told.get('stack')}")
    if version != __version__:
        yield Check("version", NOTE, f"this is testgen {__version__}", "what only one of them knows is passed over")
    yield Check("key", OK, "is taken" if access.api_key else "none was given, and none is asked for")


def _drafting(told: dict[str, Any]) -> Iterator[Check]:
    engine, model = told.get("engine") or {}, told.get("model") or {}
    effective, configured = engine.get("effective"), engine.get("configured")
    because = f" because {engine['fallback_reason']}" if engine.get("fallback_reason") else ""
    yield Check("engine", NOTE if because else OK, f"{effective} (configured: {configured}){because}")
    if configured == "outline":
        return
    if model.get("available"):
        digest = f", digest {model['digest'][:12]}" if model.get("digest") else ""
        yield Check(
            "model", OK, f"{model.get('name')} ({'loaded' if model.get('loaded') else 'not loaded yet'}{digest})"
        )
    else:
        state = NOTE if configured == "auto" else FAIL
        yield Check("model", state, f"{model.get('name')} is not available there", "ask the service's operator")


def _load(told: dict[str, Any]) -> Check:
    load, limits = told.get("load") or {}, told.get("limits") or {}
    said = f"{load.get('in_flight')} of {limits.get('max_concurrency')} at work, {load.get('queued')} of {limits.get('queue_limit')} wait"
    return Check("load", OK, f"{said} at the task that answered")
