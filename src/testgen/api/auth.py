"""API keys: compared as SHA-256 in constant time, before a body is read; the key's holder goes into the log, the key never."""

import asyncio
import hashlib
import hmac
from typing import Annotated

import structlog
from fastapi import Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from testgen.api import problems
from testgen.api.client import client_of, network_of
from testgen.api.telemetry import logged_path
from testgen.api.throttle import Throttle
from testgen.contract import API_KEY_HEADER, AUTH_FAILED, is_guarded
from testgen.domain.errors import ConfigError
from testgen.messages import say
from testgen.settings import Settings

REFRESH_S = 45.0  # a key that was taken away works for a minute at most
log = structlog.get_logger()
Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(auto_error=False, scheme_name="Bearer", description="The API key as a bearer token.")),
]
Header = Annotated[
    str | None,
    Security(APIKeyHeader(name=API_KEY_HEADER, auto_error=False, description="The API key in its own header.")),
]


async def holder(request: Request, bearer: Bearer = None, header: Header = None) -> str | None:
    """The name of the key's holder, None if no key is required. `KeyCheck` has looked at the key; the parameters tell
    the OpenAPI document of it."""
    del bearer, header
    name: str | None = request.scope["state"].get("holder")
    return name


class Keys:
    """The hashes of the keys that are known now."""

    def __init__(self, settings: Settings) -> None:
        """The keys in the settings, which can be read again.

        Raises:
            ConfigError: as `Settings.require_keys`.
        """
        settings.require_keys()
        self._settings = settings
        self._known = dict(settings.secrets.api_keys)

    def holder_of(self, digest: str) -> str | None:
        """Every hash is compared, so that the time tells nothing about which one was close."""
        matches = [name for name, expected in self._known.items() if hmac.compare_digest(digest, expected)]
        return matches[0] if matches else None

    async def keep_fresh(self) -> None:
        """Reads the keys again and again, so that they change without a restart. While their source does not answer, the
        keys that are known stay good."""
        while self._settings.reread_secrets:
            await asyncio.sleep(REFRESH_S)
            try:
                fresh = await asyncio.to_thread(self._settings.reread_secrets)
            except ConfigError as error:
                log.error("keys_not_read", error=str(error), known=sorted(self._known))  # noqa: TRY400 - it is ours
                continue
            if fresh.api_keys != self._known:
                self._known = dict(fresh.api_keys)
                log.info("keys_changed", known=sorted(self._known))


class KeyCheck:
    """Below `/v1` and at `/mcp` a known key is required if the settings say so."""

    def __init__(self, app: ASGIApp, *, keys: Keys, settings: Settings) -> None:
        self._app = app
        self._keys = keys
        self._required = settings.config.require_api_key
        self._trusted_proxies = settings.config.trusted_proxies
        self._throttle = Throttle()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not self._required or not is_guarded(scope["path"]):
            await self._app(scope, receive, send)
            return
        found = self._holder(scope)
        if isinstance(found, Response):
            await found(scope, receive, send)
            return
        scope.setdefault("state", {})["holder"] = found
        with structlog.contextvars.bound_contextvars(key=found):
            await self._app(scope, receive, send)

    def _holder(self, scope: Scope) -> str | Response:
        """The holder, or why there is none."""
        key, client = _given(Headers(scope=scope)), client_of(scope, self._trusted_proxies)
        if not key:
            return self._refused(scope, client, "no key")
        digest = hashlib.sha256(key.encode()).hexdigest()
        wait_s = self._throttle.wait_s(network_of(client), key, digest)
        if wait_s > 0:
            detail = say("too many wrong keys were tried; try again in {seconds} s", seconds=wait_s)
            problem = problems.document(429, "too-many-attempts", say("Too many attempts"), detail)
            return problems.response(problem, {"Retry-After": str(wait_s)})
        found = self._keys.holder_of(digest)
        if found is None:
            self._throttle.failed(network_of(client), key)
            return self._refused(scope, client, "unknown key")
        self._throttle.succeeded(network_of(client), digest)
        return found

    def _refused(self, scope: Scope, client: str, reason: str) -> Response:
        log.warning(AUTH_FAILED, path=logged_path(scope), client=client, reason=reason)
        detail = say("give a valid key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'")
        return problems.response(
            problems.document(401, "unauthorized", say("Unauthorized"), detail), {"WWW-Authenticate": "Bearer"}
        )


def _given(headers: Headers) -> str:
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credentials.strip():
        return credentials.strip()
    return headers.get(API_KEY_HEADER, "")
