"""Keys change while the service runs, and stay good while their source does not answer."""

import hashlib
import json
from collections.abc import Callable, Iterator

import boto3
import httpx
import pytest
from support.aws import aws_account
from support.real_ollama import wait_for
from support.service import running_with

from testgen.config import ServiceConfig
from testgen.settings import load_settings

SECRET = "testgen/phase2/service"
OLD, NEW = "tg_old_key", "tg_new_key"


def secret(*keys: str) -> str:
    return json.dumps({"api_keys": {key: hashlib.sha256(key.encode()).hexdigest() for key in keys}})


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with aws_account() as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        boto3.client("secretsmanager").create_secret(Name=SECRET, SecretString=secret(OLD))
        yield url


def test_a_new_key_comes_in_and_an_old_one_is_out_without_a_restart(
    account: str, monkeypatch: pytest.MonkeyPatch, logged: Callable[[], list[dict[str, object]]]
) -> None:
    monkeypatch.setattr("testgen.api.auth.REFRESH_S", 0.1)
    aws = boto3.client("secretsmanager")
    settings = load_settings(
        {"TESTGEN_SECRET_ID": SECRET, "TESTGEN_REQUIRE_API_KEY": "true", "TESTGEN_ENGINE": "outline"}
    )

    def status(key: str) -> int:
        return httpx.get(f"{url}/v1/info", headers={"X-API-Key": key}).status_code

    with running_with(settings) as url:
        assert (status(OLD), status(NEW)) == (200, 401)
        aws.put_secret_value(SecretId=SECRET, SecretString=secret(NEW))
        wait_for(lambda: status(NEW) == 200, "the new key", 20)
        assert status(OLD) == 401
        aws.put_secret_value(SecretId=SECRET, SecretString="not JSON")
        seen: list[dict[str, object]] = []

        def told() -> bool:
            seen.extend(logged())
            return any(line["event"] == "keys_not_read" for line in seen)

        wait_for(told, "the failure in the log", 20)
        assert status(NEW) == 200, "a source that fails takes nobody's key away"
    assert any(line["event"] == "keys_changed" and line["known"] == [NEW] for line in seen)
    assert hashlib.sha256(NEW.encode()).hexdigest() not in json.dumps(seen)


def test_they_are_at_most_a_minute_old() -> None:
    from testgen.adapters.aws import _CLIENT
    from testgen.api.auth import REFRESH_S

    assert REFRESH_S + _CLIENT.connect_timeout + _CLIENT.read_timeout <= 60  # type: ignore[attr-defined]


def test_keys_of_the_environment_cannot_change() -> None:
    assert load_settings({"TESTGEN_API_KEYS": "{}", "TESTGEN_SECRET_ID": SECRET}).reread_secrets is None
    assert ServiceConfig().require_api_key is False
