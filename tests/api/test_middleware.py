"""Around every request: an id, one line."""

import json
from collections.abc import Callable

import httpx
from support.service import running

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
