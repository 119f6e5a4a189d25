"""Who may come in at all: to the right host, no page of another site, no type of content that such a page can send unasked."""

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from testgen.api import problems
from testgen.api.hosts import Hosts, is_address
from testgen.config import NONE
from testgen.contract import ALIVE_PATH, READY_PATH, is_guarded
from testgen.messages import say

_SAFE = {"GET", "HEAD", "OPTIONS"}
_BY_ADDRESS = {ALIVE_PATH, READY_PATH}
# Sent across origins without a question (Fetch standard, "CORS-safelisted request-header"); so is a form with files, by its origin.
_UNASKED = {"text/plain", "application/x-www-form-urlencoded"}
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Gatekeeper:
    """Refuses what only an attack on somebody's browser would send; other programs notice the check of the host alone. The
    pages of `allowed_origins` may call."""

    def __init__(self, app: ASGIApp, *, hosts: Hosts, allowed_origins: str) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = set() if allowed_origins == NONE else set(allowed_origins.split(","))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        host = headers.get("host", "")
        if not self._hosts.admit(host) and not (path in _BY_ADDRESS and is_address(host)):
            detail = say(
                "{host!r} is none of the names that this service answers to; set allowed_hosts to them", host=host[:100]
            )
            return problems.response(problems.document(421, "misdirected-request", say("Wrong host"), detail))
        within = is_guarded(path)
        if (within or method not in _SAFE) and not self._same_origin(headers, host):
            detail = say("a page of another origin may not call this service; set allowed_origins to admit it")
            return problems.response(problems.document(403, "cross-origin", say("Another origin"), detail))
        return None

    def _same_origin(self, headers: Headers, host: str) -> bool:
        """Browsers send `Sec-Fetch-Site`, the older ones `Origin` with whatever changes something; others send neither."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin is not None:
            return origin in self._origins or _same(origin, host)
        return site in ("same-origin", "none")


class ContentTypes:
    """Below `/v1` refuses bodies of a type that browsers send across origins unasked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        refused = scope["type"] == "http" and is_guarded(scope["path"]) and _unasked(scope)
        await (_other_type() if refused else self._app)(scope, receive, send)


def _unasked(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    given = headers.get("content-type", "").partition(";")[0].strip().lower()
    return scope["method"] not in _SAFE and (given in _UNASKED or (not given and "origin" in headers))


def _other_type() -> Response:
    detail = say("send JSON as application/json, lines of JSON as application/x-ndjson, files as multipart/form-data")
    return problems.response(
        problems.document(415, "unsupported-media-type", say("The content type is not supported"), detail)
    )


def _same(origin: str, host: str) -> bool:
    """Whether a page of this origin came from this host. The scheme may differ: a load balancer ends TLS."""
    scheme, _, authority = origin.lower().partition("://")
    port = _DEFAULT_PORTS.get(scheme)
    return port is not None and authority.removesuffix(port) == host.lower().removesuffix(port)
