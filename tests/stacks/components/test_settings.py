"""What the stack writes to SSM and Secrets Manager is what the service reads."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any
from urllib.parse import urlsplit

import boto3
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws
from pydantic import ValidationError
from support.settings import other_values
from support.stacks import configuration, graph_of
from support.tools import examples

from stackgraph.answers import AccountFacts
from stackgraph.recorder import Graph, record
from stacks.components.settings import reached_by
from stacks.defaults import PHASE_DEFAULTS, SERVICE_DEFAULTS
from testgen.api.app import create_app
from testgen.api.hosts import Hosts
from testgen.bootstrap import Application
from testgen.config import ServiceConfig
from testgen.settings import Settings, load_settings

MODELS = st.from_regex(r"[a-z0-9][a-z0-9._/-]{0,30}(:[a-z0-9._-]{1,20})?", fullmatch=True)


def accepted(service: dict[str, Any]) -> bool:
    return service["num_predict"] <= service["num_ctx"] // 2


# Any `service` section that a stack accepts: each field within its own limits, or narrower ones where the stack has them.
OWN_LIMITS = {
    name: st.from_type(Annotated[field.annotation, name, *field.metadata])
    for name, field in ServiceConfig.model_fields.items()
    if name not in SERVICE_DEFAULTS
}
ADDRESSES = st.from_regex(r"https?://[a-z0-9]{1,20}(:[1-9][0-9]{0,3})?(/v1)?", fullmatch=True)
NAMES = st.lists(st.from_regex(r"(\*\.)?[a-z0-9]{1,20}\.example", fullmatch=True), min_size=1, max_size=3).map(",".join)
ORIGINS = st.from_regex(r"https?://[a-z0-9]{1,20}\.example(:[1-9][0-9]{0,3})?", fullmatch=True)
NARROWER = {
    "model": MODELS,
    "openai_base_url": ADDRESSES,
    "request_timeout_s": st.integers(1, 330),
    "allowed_hosts": st.sampled_from(["auto", "*"]) | NAMES,
    "allowed_origins": st.just("none") | ORIGINS,
}
SERVICES = st.fixed_dictionaries({**OWN_LIMITS, **NARROWER}).filter(accepted)


def into_aws(graph: Graph) -> None:
    """Creates the recorded parameters and secret, as Pulumi's provider would."""
    ssm, secrets = boto3.client("ssm"), boto3.client("secretsmanager")
    for parameter in graph.of("ssm/parameter:Parameter"):
        ssm.put_parameter(Name=parameter.inputs["name"], Value=parameter.inputs["value"], Type=parameter.inputs["type"])
    secret = graph.one("secretsmanager/secret:Secret").inputs["name"]
    version = graph.one("secretsmanager/secretVersion:SecretVersion").inputs["secretString"]
    secrets.create_secret(Name=secret, SecretString=version)


def as_the_container_gets_it(graph: Graph) -> dict[str, str]:
    definitions = json.loads(graph.one("ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"])
    api = next(entry for entry in definitions if entry["name"] == "api")
    return {entry["name"]: entry["value"] for entry in api["environment"]}


@pytest.fixture
def aws() -> Iterator[None]:
    with mock_aws():
        yield


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(service=SERVICES)
def test_any_service_section_is_read_back_equal(service: dict[str, Any]) -> None:
    graph = record("mvp", configuration("mvp", service=service))
    with mock_aws():
        into_aws(graph)
        found = load_settings(as_the_container_gets_it(graph))
    hosts = urlsplit(graph.outputs["url"]).hostname + f",{service['allowed_hosts']}".removesuffix(",auto")
    assert found.config == ServiceConfig(engine="ollama", keep_alive="-1", **{**service, "allowed_hosts": hosts})
    assert found.ignored == ()
    assert found.stack == "mvp"


def test_every_field_is_a_parameter_of_its_own(any_stack: Graph) -> None:
    names = [entry.inputs["name"] for entry in any_stack.of("ssm/parameter:Parameter")]
    names = [name for name in names if not name.endswith("/deployment/passed")]  # the smoke test's note
    assert sorted(names) == sorted(f"/testgen/{any_stack.stack}/config/{field}" for field in ServiceConfig.model_fields)


@pytest.mark.parametrize("name", ["mvp", "phase2"])
def test_the_service_answers_to_the_name_that_users_know_and_believes_the_load_balancer(aws: None, name: str) -> None:
    graph = graph_of(name)
    into_aws(graph)
    found = load_settings(as_the_container_gets_it(graph))
    assert found.config.allowed_hosts == urlsplit(graph.outputs["url"]).hostname
    assert found.config.trusted_proxies == 1


def test_names_of_the_stack_file_are_added(deploy: Callable[..., Graph], mvp: Graph) -> None:
    graph = deploy("mvp", service={"allowed_hosts": "testgen.corp.example"})
    [written] = [
        entry for entry in graph.of("ssm/parameter:Parameter") if entry.inputs["name"].endswith("allowed_hosts")
    ]
    own = urlsplit(graph.outputs["url"]).hostname
    assert written.inputs["value"] == f"{own},testgen.corp.example"
    assert definition(graph) != definition(mvp)


def test_a_load_balancer_with_another_name_rolls_the_service() -> None:
    service = ServiceConfig()
    names = ["a.elb.example", "b.elb.example"]
    assert [reached_by(service, name).allowed_hosts for name in names] == names
    assert len({reached_by(service, name).sha256() for name in names}) == 2


def test_the_health_checks_of_load_balancer_and_container_come_in(mvp: Graph) -> None:
    allowed = Hosts(urlsplit(mvp.outputs["url"]).hostname or "", "0.0.0.0")
    check = mvp.one("lb/targetGroup:TargetGroup").inputs["healthCheck"]["path"]
    assert not allowed.admit("10.0.3.7:8000"), "a load balancer checks by the target's address"
    app = create_app(Application(Settings(ServiceConfig(engine="outline", allowed_hosts="x.elb.example"))), "0.0.0.0")
    transport = httpx.ASGITransport(app=app)

    async def status(path: str) -> int:
        async with httpx.AsyncClient(transport=transport, base_url="http://10.0.3.7:8000") as client:
            return (await client.get(path)).status_code

    assert [asyncio.run(status(path)) for path in (check, "/healthz", "/v1/info")] == [200, 200, 421]


def test_the_hashes_of_the_keys_arrive_and_are_secret_on_the_way(aws: None, variant: Callable[[str], Graph]) -> None:
    graph = variant("key-holders")
    assert "secretString" in graph.one("secretsmanager/secretVersion:SecretVersion").secret_inputs
    into_aws(graph)
    assert load_settings(as_the_container_gets_it(graph)).secrets.api_keys == {"ci": "c" * 64, "yamada": "d" * 64}


def test_there_is_a_version_to_read_where_nobody_has_a_key(aws: None, mvp: Graph) -> None:
    into_aws(mvp)
    assert load_settings(as_the_container_gets_it(mvp)).secrets.api_keys == {}


CHANGES = {name: value for name, value in other_values().items() if name not in SERVICE_DEFAULTS}


def definition(graph: Graph) -> str:
    text: str = graph.one("ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]
    return text


def test_a_stack_lets_one_change_all_but_the_model_server_beside_the_service() -> None:
    assert set(SERVICE_DEFAULTS) == {"engine", "ollama_base_url", "ollama_proxy", "keep_alive"}


@pytest.mark.parametrize("name", ["mvp", "phase2"])
def test_the_task_definition_carries_the_hash_of_what_the_service_reads(aws: None, name: str) -> None:
    """So that each changed field, which the service reads as it was written, rolls the service."""
    graph = graph_of(name)
    into_aws(graph)
    read = load_settings(as_the_container_gets_it(graph)).config
    assert f'"testgen.config_sha256": "{read.sha256()}"' in definition(graph)
    changes = {field: value for field, value in CHANGES.items() if getattr(read, field) != value}
    hashes = {read.model_copy(update={field: value}).sha256() for field, value in changes.items()}
    assert len(hashes - {read.sha256()}) == len(changes)
    same = CHANGES.keys() - changes.keys()  # only what the phase sets may be so already
    assert same <= PHASE_DEFAULTS[name]["service"].keys()


def test_one_changed_field_changes_the_task_definition(mvp: Graph, deploy: Callable[..., Graph]) -> None:
    assert definition(deploy("mvp", service={"num_ctx": CHANGES["num_ctx"]})) != definition(mvp)


def test_unchanged_settings_leave_it_as_it_is(mvp: Graph, deploy: Callable[..., Graph]) -> None:
    assert definition(deploy("mvp", service={"model": ServiceConfig().model})) == definition(mvp)


def test_another_key_changes_the_task_definition_too(variant: Callable[[str], Graph], phase2: Graph) -> None:
    assert definition(variant("key-holders")) != definition(phase2)


@pytest.mark.parametrize("model", ['a"b', "a b", "{{ssm:x}}", "モデル", "a\nb"])
def test_a_model_name_that_no_shell_or_parameter_store_survives_is_refused(model: str) -> None:
    with pytest.raises(ValidationError, match="model"):
        ServiceConfig(model=model)


@pytest.mark.parametrize(("stack_name", "days"), [("mvp", 0), ("phase2", 30)])
def test_a_deleted_secret_frees_its_name_in_mvp_and_can_be_restored_in_phase2(
    deploy: Callable[..., Graph], stack_name: str, days: int
) -> None:
    graph = deploy(stack_name)
    assert graph.one("secretsmanager/secret:Secret").inputs["recoveryWindowInDays"] == days
    assert graph.one("kms/key:Key").options["retain_on_delete"] is (days > 0), "restored, it needs its key"


def test_a_restored_secret_is_adopted_since_it_holds_the_name(deploy: Callable[..., Graph]) -> None:
    graph = deploy("phase2", facts=AccountFacts(secrets=("testgen/phase2/service-old", "testgen/phase2/service")))
    adopted = graph.one("secretsmanager/secret:Secret").options["import_id"]
    assert adopted.startswith("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:testgen/phase2/service-")
    assert not adopted.rpartition(":")[2].startswith("testgen/phase2/service-old")
    assert not deploy("phase2").one("secretsmanager/secret:Secret").options["import_id"]
