"""The task: which container gets what, and how they start, stop and are watched."""

import json
from collections.abc import Callable
from typing import Any

from support.stacks import instance_type

from stackgraph.answers import size_of
from stackgraph.promises.task import definitions
from stackgraph.recorder import ROOT, Graph
from testgen.config import ServiceConfig


def task(graph: Graph) -> dict[str, Any]:
    inputs: dict[str, Any] = graph.one("ecs/taskDefinition:TaskDefinition").inputs
    return inputs


def environment(container: dict[str, Any]) -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in container["environment"]}


def test_the_api_gets_the_way_to_its_settings_and_nothing_else(any_stack: Graph) -> None:
    values = environment(definitions(any_stack)["api"])
    through = {"AWS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"}
    if "testgen:proxy" in any_stack.config:  # test_proxy.py
        values = {name: value for name, value in values.items() if name not in through}
    assert values == {
        "TESTGEN_CONFIG_PATH": f"/testgen/{any_stack.stack}/config",
        "TESTGEN_SECRET_ID": f"testgen/{any_stack.stack}/service",
        "AWS_REGION": "ap-northeast-1",
    }


def test_ollama_gets_its_values_from_the_same_config(deploy: Callable[..., Graph]) -> None:
    service = {"model": "gemma3:4b", "num_ctx": 8192, "num_predict": 2048, "max_concurrency": 3}
    values = environment(definitions(deploy("mvp", service=service))["ollama"])
    assert values == {
        "MODEL": "gemma3:4b",
        "OLLAMA_CONTEXT_LENGTH": "8192",
        "OLLAMA_NUM_PARALLEL": "3",
        "OLLAMA_KEEP_ALIVE": "-1",
        "STACK": "mvp",
    }


def test_nothing_moves_ollama_off_the_loopback_interface(any_stack: Graph) -> None:
    ollama = definitions(any_stack)["ollama"]
    assert "portMappings" not in ollama
    assert "OLLAMA_HOST" not in environment(ollama)
    dockerfile = (ROOT / "Dockerfile.ollama").read_text(encoding="utf-8")
    assert "OLLAMA_HOST=127.0.0.1:11434" in dockerfile
    written = [
        entry.inputs["value"]
        for entry in any_stack.of("ssm/parameter:Parameter")
        if entry.inputs["name"].endswith("/ollama_base_url")
    ]
    assert written == ["http://127.0.0.1:11434"]
    assert not [entry for entry in any_stack.resources if "0.0.0.0:11434" in json.dumps(entry.inputs, default=str)]


def test_a_first_pull_of_the_model_is_waited_for(any_stack: Graph) -> None:
    ollama = definitions(any_stack)["ollama"]
    assert ollama["startTimeout"] == 3600
    assert ollama["healthCheck"]["startPeriod"] <= 300, "more is refused by ECS"
    assert ollama["healthCheck"]["retries"] <= 10
    assert any_stack.one("ecs/service:Service").inputs["healthCheckGracePeriodSeconds"] == 3600


def test_whoever_stops_outlasts_the_longest_request(any_stack: Graph) -> None:
    longest = ServiceConfig().request_timeout_s
    if any_stack.of("autoscaling/group:Group")[0].inputs.get("capacityRebalance") is False:
        return  # a Spot instance leaves two minutes: test_compute.py
    assert all(entry["stopTimeout"] > longest for entry in definitions(any_stack).values())
    assert any_stack.one("lb/loadBalancer:LoadBalancer").inputs["idleTimeout"] > longest
    assert all(group.inputs["deregistrationDelay"] > longest for group in any_stack.of("lb/targetGroup:TargetGroup"))


def test_images_are_named_by_digest(any_stack: Graph) -> None:
    for entry in definitions(any_stack).values():
        assert "@sha256:" in entry["image"]


def test_the_load_balancer_reaches_a_port_of_a_container_that_exists(any_stack: Graph) -> None:
    [target] = any_stack.one("ecs/service:Service").inputs["loadBalancers"]
    container = definitions(any_stack)[target["containerName"]]
    ports = [mapping["containerPort"] for mapping in container["portMappings"]]
    assert target["containerPort"] in ports
    [group] = [entry for entry in any_stack.of("lb/targetGroup:TargetGroup") if entry.name.endswith("-tg")]
    assert target["targetGroupArn"] == group.outputs["arn"]
    assert (group.inputs["port"], group.inputs["targetType"]) == (8000, "ip")
    *_, action = any_stack.one("lb/listener:Listener").inputs["defaultActions"]
    assert action["targetGroupArn"] == group.outputs["arn"]


def test_the_health_check_path_is_one_that_the_service_has(any_stack: Graph) -> None:
    from testgen.api.app import create_app
    from testgen.bootstrap import Application
    from testgen.settings import Settings

    paths = create_app(Application(Settings())).openapi()["paths"]
    for group in any_stack.of("lb/targetGroup:TargetGroup"):
        assert group.inputs["healthCheck"]["path"] in paths
    assert "/healthz" in " ".join(definitions(any_stack)["api"]["healthCheck"]["command"])


def test_the_task_fits_beside_the_system_on_the_instance(any_stack: Graph) -> None:
    memory = sum(entry["memory"] for entry in definitions(any_stack).values())
    assert int(task(any_stack)["memory"]) == memory
    _, of_the_instance = size_of(instance_type(any_stack.stack))
    assert memory < of_the_instance * 0.9
