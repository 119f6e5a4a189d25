"""Keys change while the service runs, and stay good while their source does not answer."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import boto3
import httpx
import pytest
from support.aws import aws_account
from support.process import Service, serving
from support.real_ollama import wait_for
from support.service import running_with

from testgen.config import ServiceConfig
from testgen.settings import load_settings

SECRET, OTHER = "testgen/phase2/service", "testgen/mvp/service"
OLD, NEW = "tg_old_key", "tg_new_key"
GIVEN = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "TESTGEN_REQUIRE_API_KEY": "true",
    "TESTGEN_ENGINE": "outline",
}


def secret(*keys: str) -> str:
    return json.dumps({"api_keys": {key: hashlib.sha256(key.encode()).hexdigest() for key in keys}})


def status(url: str, key: str) -> int:
    return httpx.get(f"{url}/v1/info", headers={"X-API-Key": key}).status_code


@dataclass
class Rotated:
    """A service as a process, whose keys were replaced at `at` (monotonic, s); `first` is how it took the old and the new before."""

    service: Service
    first: tuple[int, int]
    at: float


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with aws_account() as url:
        yield url


@pytest.fixture
def account(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    return endpoint


@pytest.fixture(scope="module")
def rotated(endpoint: str) -> Iterator[Rotated]:
    """Its minute passes while the other tests of this file run."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in GIVEN.items():
            environment.setenv(name, value)
        aws = boto3.client("secretsmanager", endpoint_url=endpoint)
        aws.create_secret(Name=OTHER, SecretString=secret(OLD))
        with serving(TESTGEN_SECRET_ID=OTHER, AWS_ENDPOINT_URL=endpoint) as service:
            first = status(service.url, OLD), status(service.url, NEW)
            aws.put_secret_value(SecretId=OTHER, SecretString=secret(NEW))
            yield Rotated(service, first, time.monotonic())


def test_a_process_knows_the_keys_of_its_start(rotated: Rotated) -> None:
    assert rotated.first == (200, 401)


def test_a_new_key_comes_in_and_an_old_one_is_out_without_a_restart(
    account: str, monkeypatch: pytest.MonkeyPatch, logged: Callable[[], list[dict[str, object]]]
) -> None:
    monkeypatch.setattr("testgen.api.auth.REFRESH_S", 0.1)
    aws = boto3.client("secretsmanager")
    aws.create_secret(Name=SECRET, SecretString=secret(OLD))
    settings = load_settings({**GIVEN, "TESTGEN_SECRET_ID": SECRET})
    with running_with(settings) as url:
        assert (status(url, OLD), status(url, NEW)) == (200, 401)
        aws.put_secret_value(SecretId=SECRET, SecretString=secret(NEW))
        wait_for(lambda: status(url, NEW) == 200, "the new key", 20)
        assert status(url, OLD) == 401
        aws.put_secret_value(SecretId=SECRET, SecretString="not JSON")
        seen: list[dict[str, object]] = []

        def told() -> bool:
            seen.extend(logged())
            return any(line["event"] == "keys_not_read" for line in seen)

        wait_for(told, "the failure in the log", 20)
        assert status(url, NEW) == 200, "a source that fails takes nobody's key away"
    assert any(line["event"] == "keys_changed" and line["known"] == [NEW] for line in seen)
    assert hashlib.sha256(NEW.encode()).hexdigest() not in json.dumps(seen)


def test_they_are_at_most_a_minute_old() -> None:
    from testgen.adapters.aws import _CLIENT
    from testgen.api.auth import REFRESH_S

    assert REFRESH_S + _CLIENT.connect_timeout + _CLIENT.read_timeout <= 60  # type: ignore[attr-defined]


def test_keys_of_the_environment_cannot_change() -> None:
    assert load_settings({"TESTGEN_API_KEYS": "{}", "TESTGEN_SECRET_ID": SECRET}).reread_secrets is None
    assert ServiceConfig().require_api_key is False


def test_in_a_process_within_a_minute_the_old_key_is_out_and_the_new_one_in(rotated: Rotated) -> None:
    """Asked with the old key: who guesses would be slowed."""
    url = rotated.service.url

    def refused() -> bool:
        time.sleep(0.5)
        return status(url, OLD) == 401

    slack_s = 15  # of a busy machine
    wait_for(refused, "the old key to be refused", rotated.at + 60 + slack_s - time.monotonic())
    assert status(url, NEW) == 200
    [told] = rotated.service.events("keys_changed")
    assert told["known"] == [NEW]
    assert len(rotated.service.events("startup")) == 1, "the same process all the time"
