"""API keys: off in the company network, on where the internet comes in."""

import hashlib
import json
from collections.abc import Callable, Iterator

import httpx
import pytest
from support.cases import EN
from support.service import running

from testgen.config import ServiceConfig, ServiceSecrets

KEY = "tg_0123456789"
SECRETS = ServiceSecrets(api_keys={"ci": hashlib.sha256(KEY.encode()).hexdigest(), "other": "f" * 64})
CASE = EN.model_dump(mode="json")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(ServiceConfig(engine="outline", require_api_key=True), secrets=SECRETS) as base:
        yield base


@pytest.mark.parametrize(
    "headers", [{"Authorization": f"Bearer {KEY}"}, {"authorization": f"bearer {KEY}"}, {"X-API-Key": KEY}]
)
def test_a_known_key_is_let_in(url: str, headers: dict[str, str]) -> None:
    assert httpx.post(f"{url}/v1/procedures", json=CASE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"X-API-Key": ""},
        {"Authorization": f"Basic {KEY}"},
        {"X-API-Key": "f" * 64},
    ],
)
def test_no_key_or_a_wrong_one_is_401(url: str, headers: dict[str, str]) -> None:
    answer = httpx.post(f"{url}/v1/procedures", json=CASE, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:testgen:problem:unauthorized"
    assert "X-API-Key" in answer.json()["detail"]
    assert answer.headers["www-authenticate"] == "Bearer"


def test_health_needs_no_key_and_v1_does(url: str) -> None:
    assert httpx.get(f"{url}/healthz").status_code == 200
    assert httpx.get(f"{url}/readyz").status_code == 200
    assert httpx.get(f"{url}/v1/info").status_code == 401


def test_the_log_names_the_holder_and_never_the_key(logged: Callable[[], list[dict[str, object]]]) -> None:
    with running(ServiceConfig(engine="outline", require_api_key=True), secrets=SECRETS) as base:
        httpx.post(f"{base}/v1/procedures", json=CASE, headers={"X-API-Key": KEY})
        httpx.post(f"{base}/v1/procedures", json=CASE, headers={"X-API-Key": "tg_wrong"})
    lines = logged()
    assert KEY not in json.dumps(lines)
    assert "tg_wrong" not in json.dumps(lines)
    audit = next(line for line in lines if line["event"] == "procedure")
    assert (audit["key"], audit["case_id"], audit["outcome"]) == ("ci", EN.id, "done")
    assert any(line["event"] == "auth_failed" for line in lines)
