"""`GET /`: the page on which people write, correct and take away procedures. It needs no key; what it asks of `/v1` does."""

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from testgen.api.assets import PREFIX, Asset, load

# No exception for anything: scripts, styles and requests are this service's own, and nothing is within the page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_FOR_EVER = "public, max-age=31536000, immutable"
router = APIRouter(include_in_schema=False)


@router.get("/")
async def page(request: Request) -> Response:
    """The page; browsers check it each time, and it is sent again if it has changed."""
    index = load().index
    headers = {"ETag": index.tag, "Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
    if request.headers.get("if-none-match") == index.tag:
        return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    return _sent(request, index, headers)


@router.get(PREFIX + "{name}")
async def asset(request: Request, name: str) -> Response:
    """A file of the page. Its name tells its content, so it never changes."""
    found = load().assets.get(name)
    if found is None:
        raise HTTPException(404)
    return _sent(request, found, {"Cache-Control": _FOR_EVER})


def _sent(request: Request, found: Asset, headers: dict[str, str]) -> Response:
    headers = {**headers, "Vary": "Accept-Encoding", "Content-Type": found.media_type}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.compressed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(found.content, headers=headers)
