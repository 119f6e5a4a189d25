"""Names, tags and outputs that people and other programs rely on."""

import json
from collections.abc import Callable

import pytest

from stackgraph.inputs import problems
from stackgraph.recorder import ROOT, Graph, stack_file
from stacks.naming import Names
from testgen.contract import (
    ALIVE_PATH,
    API_PORT,
    METRIC_DIMENSION,
    METRIC_NAMESPACE,
    OLLAMA_PORT,
    STACK_FIELD,
)


def test_the_outputs_are_those_of_the_contract(any_stack: Graph) -> None:
    wanted = {"url", "cluster", "service", "repositories", "log_groups", "config_path", "secret_name", "dashboard_url"}
    assert wanted <= set(any_stack.outputs)


def test_mvp_answers_over_http_and_phase2_under_its_name_over_https(mvp: Graph, phase2: Graph) -> None:
    assert mvp.outputs["url"].startswith("http://internal-testgen-mvp-alb")
    assert phase2.outputs["url"] == "https://testgen.example.jp"


def test_names_start_with_project_and_stack(any_stack: Graph) -> None:
    for resource in any_stack.resources:
        if resource.kind.startswith("aws:"):
            assert resource.name.startswith(f"testgen-{any_stack.stack}"), resource.urn


def test_names_of_load_balancers_and_target_groups_fit_32_characters() -> None:
    longest = Names("a" * 12)
    for part in ("alb", "tg"):
        assert len(longest.of(part)) + len("-1234567") <= 32, "AWS's limit"


@pytest.mark.parametrize("name", ["mvp", "phase2"])
def test_the_committed_stack_files_carry_the_tags(name: str) -> None:
    tags = json.loads(stack_file(name)["aws:defaultTags"])["tags"]
    assert set(tags) == {"Project", "Stack", "ManagedBy", "CostCenter"}
    assert tags["Stack"] == name


ENTRYPOINT = "containers/ollama-entrypoint.sh"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (ENTRYPOINT, f"127.0.0.1:{OLLAMA_PORT}"),
        (ENTRYPOINT, f'\\"Namespace\\":\\"{METRIC_NAMESPACE}\\"'),
        (ENTRYPOINT, f'[[\\"{METRIC_DIMENSION}\\"]]'),
        (ENTRYPOINT, f'\\"{METRIC_DIMENSION}\\":\\"${{STACK'),
        (ENTRYPOINT, f'"{STACK_FIELD}":"%s"'),
        ("Dockerfile.ollama", f"OLLAMA_HOST=127.0.0.1:{OLLAMA_PORT}"),
        ("Dockerfile.api", f"EXPOSE {API_PORT}"),
        ("Dockerfile.api", f'"--port", "{API_PORT}"'),
        ("Dockerfile.api", f"http://127.0.0.1:{API_PORT}{ALIVE_PATH}"),
        ("compose.yaml", f"127.0.0.1:{API_PORT}:{API_PORT}"),
    ],
)
def test_what_cannot_import_the_contract_says_the_same(file: str, said: str) -> None:
    assert said in (ROOT / file).read_text(encoding="utf-8")


def test_the_ollama_container_reads_every_variable_that_it_gets(any_stack: Graph) -> None:
    definitions = json.loads(any_stack.one("ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"])
    script = (ROOT / ENTRYPOINT).read_text(encoding="utf-8")
    for name in (
        entry["name"] for entry in definitions[0]["environment"] if not entry["name"].lower().endswith("_proxy")
    ):
        assert f"${{{name}:" in script


def test_every_input_is_one_that_the_provider_knows(any_stack: Graph) -> None:
    """Mocks take any nested key; one that is misspelt would be dropped in silence by AWS's provider."""
    assert problems(any_stack) == []


def test_a_misspelt_nested_key_is_found(mvp: Graph) -> None:
    from dataclasses import replace

    service = mvp.one("ecs/service:Service")
    bent = replace(service, inputs={**service.inputs, "deploymentCircuitBreaker": {"enable": True, "roll_back": True}})
    assert problems(Graph("mvp", {}, [bent])) == [f"{service.name}: deploymentCircuitBreaker.roll_back is unknown"]


def test_both_stacks_differ_only_by_their_files(phase2: Graph, deploy: Callable[..., Graph]) -> None:
    """No code asks for a stack's name: phase2 under another name is the same stack."""
    from stackgraph.recorder import record

    config = {
        key: value.replace("phase2", "public") if key == "aws:defaultTags" else value
        for key, value in stack_file("phase2").items()
    }
    renamed = record("public", config)
    assert sorted(entry.kind for entry in renamed.resources) == sorted(entry.kind for entry in phase2.resources)


def test_deletion_protection_and_waf_come_with_phase2(mvp: Graph, phase2: Graph) -> None:
    assert mvp.one("lb/loadBalancer:LoadBalancer").inputs["enableDeletionProtection"] is False
    assert phase2.one("lb/loadBalancer:LoadBalancer").inputs["enableDeletionProtection"] is True


def test_the_load_balancer_is_strict_and_fair(any_stack: Graph) -> None:
    balancer = any_stack.one("lb/loadBalancer:LoadBalancer").inputs
    assert balancer["dropInvalidHeaderFields"] is True
    assert (
        any_stack.of("lb/targetGroup:TargetGroup")[-1].inputs["loadBalancingAlgorithmType"]
        == "least_outstanding_requests"
    )


def test_a_given_certificate_is_used_and_none_is_issued(variant: Callable[[str], Graph]) -> None:
    graph = variant("given-certificate")
    assert graph.one("lb/listener:Listener").inputs["certificateArn"].endswith("certificate/0a1b2c3d")
    assert not graph.of("acm/certificate:Certificate") + graph.of("route53/record:Record")


def test_repositories_are_immutable_scanned_and_cleaned(stack: Graph) -> None:
    repositories = stack.of("ecr/repository:Repository")
    assert len(repositories) == 2
    for repository in repositories:
        assert repository.inputs["imageTagMutability"] == "IMMUTABLE"
        assert repository.inputs["imageScanningConfiguration"]["scanOnPush"] is True
        assert repository.inputs["forceDelete"] is True
    assert len(stack.of("ecr/lifecyclePolicy:LifecyclePolicy")) == 2


def test_the_service_and_its_workers_at_their_bounds_fit_the_container() -> None:
    """One large job at a time, light ones in the other workers; service and nursery hold 110 MiB (see
    tests/e2e/test_containers.py), for which there is twice the room."""
    from stacks.sections import ComputeConfig
    from testgen.interchange.bounds import READ, WRITE
    from testgen.workers.pool import LIGHT_MEBIBYTES, SIZE

    large = max(READ.mebibytes, WRITE.mebibytes)
    assert large + (SIZE - 1) * LIGHT_MEBIBYTES + 220 <= ComputeConfig().api_memory_mib
