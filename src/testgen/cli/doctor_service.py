"""The checks of `testgen doctor --server`: the connection to the service, the key, and whether the service can draft."""

from collections.abc import Iterator
from typing import Any

from testgen.cli.doctor import FAIL, NOTE, OK, Check
from testgen.client import Client
from testgen.client.connection import Access
from testgen.domain.errors import ServiceRefusedError, TestgenError
from testgen.messages import say
from testgen.version import __version__


def checks_of(access: Access) -> list[Check]:
    """One line per check. If the service cannot answer, the check fails and gives the remedy."""
    try:
        with Client(access.url, access.api_key, tries=1) as client:
            told = client.info()
    except TestgenError as error:
        name = say("key") if isinstance(error, ServiceRefusedError) else say("server")
        return [Check(name, FAIL, error.detail, error.remedy, code=error.exit_code)]
    return [*_service(access, told), *_drafting(told), _load(told)]


def _service(access: Access, told: dict[str, Any]) -> Iterator[Check]:
    version = str(told.get("testgen_version"))
    yield Check(say("server"), OK, f"{access.url}, testgen {version}, stack {told.get('stack')}")
    if version != __version__:
        yield Check(
            say("version"),
            NOTE,
            say("this is testgen {version}", version=__version__),
            say("features that only one of them has are ignored"),
        )
    yield Check(say("key"), OK, say("is accepted") if access.api_key else say("none was given, and none is required"))


def _drafting(told: dict[str, Any]) -> Iterator[Check]:
    engine, model = told.get("engine") or {}, told.get("model") or {}
    effective, configured = engine.get("effective"), engine.get("configured")
    said = say("{engine} (configured: {configured})", engine=effective, configured=configured)
    why = engine.get("fallback_reason")
    yield Check(
        say("engine"), NOTE if why else OK, say("{said} because {reason}", said=said, reason=why) if why else said
    )
    if configured == "outline":
        return
    if model.get("available"):
        digest = [say("digest {digest}", digest=model["digest"][:12])] if model.get("digest") else []
        state = [say("loaded") if model.get("loaded") else say("not loaded yet"), *digest]
        yield Check(say("model"), OK, say("{model} ({state})", model=model.get("name"), state=state))
    else:
        yield Check(
            say("model"),
            NOTE if configured == "auto" else FAIL,
            say("{model} is not available there", model=model.get("name")),
            say("ask the service's operator"),
        )


def _load(told: dict[str, Any]) -> Check:
    load, limits = told.get("load") or {}, told.get("limits") or {}
    said = say(
        "{working} of {places} places busy, {queued} of {queue} waiting, in the task that answered",
        working=load.get("in_flight"),
        places=limits.get("max_concurrency"),
        queued=load.get("queued"),
        queue=limits.get("queue_limit"),
    )
    return Check(say("load"), OK, said)
