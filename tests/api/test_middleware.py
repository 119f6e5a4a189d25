"""Around every request: an id, a bound on the body, one line."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
from support.service import running

from testgen.api.middleware import BodyLimit
from testgen.config import ServiceConfig, ServiceSecrets

OUTLINE = ServiceConfig(engine="outline")


def test_the_clients_id_comes_back_and_one_is_made_where_there_is_none() -> None:
    with running(OUTLINE) as url:
        given = httpx.get(f"{url}/healthz", headers={"X-Request-ID": "build-7/3"}).headers["x-request-id"]
        made = [httpx.get(f"{url}/healthz").headers["x-request-id"] for _ in range(2)]
    assert given == "build-7/3"
    assert made[0] != made[1]


def test_a_request_is_one_line_and_health_checks_are_none(logged: Callable[[], list[dict[str, object]]]) -> None:
    with running(OUTLINE) as url:
        httpx.get(f"{url}/healthz")
        httpx.get(f"{url}/nothing")
    lines = [line for line in logged() if line["event"] == "request"]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [("GET", "/nothing", 404)]


def test_a_line_of_the_log_is_not_as_long_as_a_client_likes(logged: Callable[[], list[dict[str, object]]]) -> None:
    config = ServiceConfig(engine="outline", require_api_key=True)
    secrets = ServiceSecrets(api_keys={"ci": "0" * 64})
    with running(config, secrets=secrets) as url:
        for path in ("v1/", ""):
            httpx.get(f"{url}/{path}{'%F0%9F%98%80' * 5000}")
    lines = [line for line in logged() if line["event"] in ("request", "auth_failed")]
    assert len(lines) == 3
    assert all(len(json.dumps(line)) < 5_000 for line in lines)


@pytest.mark.parametrize(("pieces", "status"), [([10, 10], 200), ([10, 11], 413)])
def test_a_body_is_counted_piece_by_piece(pieces: list[int], status: int) -> None:
    sent: list[int] = []

    async def app(scope: object, receive: Callable[[], object], send: Callable[[object], object]) -> None:
        for _ in pieces:
            await receive()  # type: ignore[misc]
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[misc]

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            sent.append(message["status"])  # type: ignore[arg-type]

    bodies = iter(pieces)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * next(bodies), "more_body": True}

    limited = BodyLimit(app, max_bytes=20)  # type: ignore[arg-type]
    asyncio.run(limited({"type": "http", "headers": []}, receive, send))  # type: ignore[arg-type]
    assert sent == [status]
