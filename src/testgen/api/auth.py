"""API keys: compared as SHA-256 in constant time; the key's holder goes into the log, the key never."""

import hashlib
import hmac

import structlog
from fastapi import HTTPException, Request

from testgen.settings import Settings

log = structlog.get_logger()


async def require_key(request: Request) -> str | None:
    """The name of the key's holder, None where no key is required.

    Raises:
        HTTPException: 401, no key or an unknown one.
    """
    settings: Settings = request.app.state.application.settings
    if not settings.config.require_api_key:
        return None
    holder = _holder(_given(request), settings.secrets.api_keys)
    if holder is None:
        log.warning("auth_failed", path=request.url.path, client=request.client.host if request.client else None)
        raise HTTPException(
            401, "give a valid key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'", {"WWW-Authenticate": "Bearer"}
        )
    structlog.contextvars.bind_contextvars(key=holder)
    return holder


def _given(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "")


def _holder(key: str, known: dict[str, str]) -> str | None:
    """Every hash is compared, so that the time tells nothing about which one was close."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    matches = [name for name, expected in known.items() if hmac.compare_digest(digest, expected)]
    return matches[0] if key and matches else None
