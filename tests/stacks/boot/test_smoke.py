"""The smoke test as Lambda runs it, against the real service on 127.0.0.1."""

import hashlib
import importlib.util
import json
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
    for name, value in {"CLUSTER": "testgen-mvp", "SERVICE": "testgen-mvp", "PASSED": "/passed"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        boto3.client("secretsmanager").create_secret(Name="smoke", SecretString=KEY)
        monkeypatch.setenv("SECRET_ID", "smoke")
        boto3.client("ssm").put_parameter(Name="/passed", Value="none", Type="String")
        yield monkeypatch


@pytest.fixture
def deployed(environment: pytest.MonkeyPatch) -> list[str]:
    """Two task definitions; the service runs the second."""
    ecs = boto3.client("ecs")
    ecs.create_cluster(clusterName="testgen-mvp")
    container = {"name": "api", "image": "api", "memory": 1}
    register = ecs.register_task_definition
    found = [
        register(family="testgen-mvp", containerDefinitions=[container])["taskDefinition"]["taskDefinitionArn"]
        for _ in range(2)
    ]
    ecs.create_service(cluster="testgen-mvp", serviceName="testgen-mvp", taskDefinition=found[1], desiredCount=0)
    return found


def running_now() -> str:
    [found] = boto3.client("ecs").describe_services(cluster="testgen-mvp", services=["testgen-mvp"])["services"]
    return str(found["taskDefinition"])


def passed() -> str:
    return str(boto3.client("ssm").get_parameter(Name="/passed")["Parameter"]["Value"])


def test_its_case_is_one(smoke: ModuleType) -> None:
    assert TestCase.parse(smoke.CASE).title


def test_two_procedures_are_written(
    smoke: ModuleType, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert smoke.handler({"serviceArn": "arn", "lifecycleStage": "POST_TEST_TRAFFIC_SHIFT"}) == {
        "hookStatus": "SUCCEEDED"
    }
    told = capsys.readouterr().out
    assert '"engine": "outline"' in told
    assert '"engine": "ollama"' in told
    assert KEY not in told


def test_a_refusal_in_a_blue_green_deployment_fails_it_and_ecs_goes_back(
    smoke: ModuleType, environment: pytest.MonkeyPatch
) -> None:
    environment.delenv("SECRET_ID")
    with pytest.raises(RuntimeError, match="401"):
        smoke.handler({"serviceArn": "arn"})


def test_what_passes_is_noted(smoke: ModuleType, deployed: list[str]) -> None:
    assert smoke.handler({"task_definition": deployed[1]}) == {"hookStatus": "SUCCEEDED"}
    assert passed() == deployed[1]


def test_where_it_fails_the_service_goes_back_to_what_passed_last(
    smoke: ModuleType, deployed: list[str], environment: pytest.MonkeyPatch
) -> None:
    boto3.client("ssm").put_parameter(Name="/passed", Value=deployed[0], Overwrite=True)
    environment.delenv("SECRET_ID")
    with pytest.raises(RuntimeError, match=r"401.* goes back from testgen-mvp:2 to testgen-mvp:1.*run `pulumi up`"):
        smoke.handler({"task_definition": deployed[1]})
    assert running_now() == deployed[0]
    assert passed() == deployed[0]


@pytest.mark.parametrize("noted", ["none", "the same"])
def test_where_nothing_else_has_passed_the_service_stays(
    smoke: ModuleType, deployed: list[str], environment: pytest.MonkeyPatch, noted: str
) -> None:
    value = deployed[1] if noted == "the same" else noted
    boto3.client("ssm").put_parameter(Name="/passed", Value=value, Overwrite=True)
    environment.setenv("TIMEOUT_S", "0")
    with pytest.raises(TimeoutError, match="no procedure in time.* stays with testgen-mvp:2"):
        smoke.handler({"task_definition": deployed[1]})
    assert running_now() == deployed[1]


def test_old_tasks_do_not_pass_for_a_deployment_that_was_taken_back(smoke: ModuleType, deployed: list[str]) -> None:
    """Pulumi reports such a deployment as updated (pulumi-aws#4487)."""
    boto3.client("ecs").update_service(cluster="testgen-mvp", service="testgen-mvp", taskDefinition=deployed[0])
    with pytest.raises(RuntimeError, match=r"runs testgen-mvp:1, not testgen-mvp:2: .*`pulumi up --refresh`"):
        smoke.handler({"task_definition": deployed[1]})
    assert passed() == "none"


def test_an_error_of_any_kind_tells_its_reason_and_that_the_service_went_back(
    smoke: ModuleType, deployed: list[str], environment: pytest.MonkeyPatch
) -> None:
    boto3.client("ssm").put_parameter(Name="/passed", Value=deployed[0], Overwrite=True)

    def no_json(*_: object) -> int:
        raise json.JSONDecodeError("Expecting value", "<html>", 0)

    environment.setattr(smoke, "_steps", no_json)
    with pytest.raises(RuntimeError, match=r"JSONDecodeError: Expecting value.* goes back from testgen-mvp:2"):
        smoke.handler({"task_definition": deployed[1]})
