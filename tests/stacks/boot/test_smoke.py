"""The smoke test as Lambda runs it, against the real service on 127.0.0.1."""

import hashlib
import importlib.util
from collections.abc import Iterator
from types import ModuleType

import boto3
import pytest
from moto import mock_aws
from support.chat import ScriptedChat, says
from support.service import running

from stacks.components.smoke import CODE
from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.test_case import TestCase

KEY = "the-key-of-the-smoke-test"
STEP = ("Click [Log in] on the login page", "qa-smoke", "The home page is shown.", "1")


@pytest.fixture(scope="module")
def smoke() -> ModuleType:
    spec = importlib.util.spec_from_file_location("smoke", CODE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    secrets = ServiceSecrets(api_keys={"smoke": hashlib.sha256(KEY.encode()).hexdigest()})
    with running(
        ServiceConfig(engine="ollama", require_api_key=True), secrets=secrets, chat=ScriptedChat(*40 * [says(STEP)])
    ) as url:
        yield url


@pytest.fixture
def environment(service: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name, value in {"URL": service, "TIMEOUT_S": "20", "TEST_HEADER": "X-T", "TEST_VALUE": "next"}.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-northeast-1")
    with mock_aws():
        boto3.client("secretsmanager").create_secret(Name="smoke", SecretString=KEY)
        monkeypatch.setenv("SECRET_ID", "smoke")
        yield monkeypatch


def test_its_case_is_one(smoke: ModuleType) -> None:
    assert TestCase.parse(smoke.CASE).title


@pytest.mark.parametrize("event", [{}, {"serviceArn": "arn", "lifecycleStage": "POST_TEST_TRAFFIC_SHIFT"}])
def test_two_procedures_are_written(
    smoke: ModuleType, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], event: dict[str, str]
) -> None:
    assert smoke.handler(event) == {"hookStatus": "SUCCEEDED"}
    told = capsys.readouterr().out
    assert '"engine": "outline"' in told
    assert '"engine": "ollama"' in told
    assert KEY not in told


def test_a_refusal_fails_it_with_the_reason(smoke: ModuleType, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SECRET_ID")
    with pytest.raises(RuntimeError, match="401"):
        smoke.handler({})


def test_a_service_that_does_not_answer_fails_it_in_time(smoke: ModuleType, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TIMEOUT_S", "0")
    with pytest.raises(TimeoutError, match="no procedure in time"):
        smoke.handler({})
