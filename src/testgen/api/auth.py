"""API keys: compared as SHA-256 in constant time; the key's holder goes into the log, the key never."""

import hashlib
import hmac
from typing import Annotated

import structlog
from fastapi import HTTPException, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from testgen.contract import API_KEY_HEADER, AUTH_FAILED
from testgen.settings import Settings

log = structlog.get_logger()
Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(auto_error=False, scheme_name="Bearer", description="The API key as a bearer token.")),
]
Header = Annotated[
    str | None,
    Security(APIKeyHeader(name=API_KEY_HEADER, auto_error=False, description="The API key in its own header.")),
]


async def require_key(request: Request, bearer: Bearer = None, header: Header = None) -> str | None:
    """The name of the key's holder, None where no key is required.

    Raises:
        HTTPException: 401, no key or an unknown one.
    """
    settings: Settings = request.app.state.application.settings
    if not settings.config.require_api_key:
        return None
    holder = _holder(bearer.credentials.strip() if bearer else header or "", settings.secrets.api_keys)
    if holder is None:
        log.warning(AUTH_FAILED, path=request.url.path, client=request.client.host if request.client else None)
        raise HTTPException(
            401, "give a valid key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'", {"WWW-Authenticate": "Bearer"}
        )
    structlog.contextvars.bind_contextvars(key=holder)
    return holder


def _holder(key: str, known: dict[str, str]) -> str | None:
    """Every hash is compared, so that the time tells nothing about which one was close."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    matches = [name for name, expected in known.items() if hmac.compare_digest(digest, expected)]
    return matches[0] if key and matches else None
