"""The task, the instances that it runs on, their volumes and logs."""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

from stackgraph.graph import Graph
from testgen.contract import CONFIG_PATH

LOG_GROUPS = {
    "api": "/aws/ecs/fastapi-app",
    "ollama": "/aws/ecs/ollama-server",
    "loadbalancer": "/aws/loadbalancer/app",
}
SERVICE_AFTER = (
    "lb/listener:Listener",
    "ecs/clusterCapacityProviders:ClusterCapacityProviders",
    "ssm/parameter:Parameter",
    "secretsmanager/secretVersion:SecretVersion",
)
MODELS, API_USER, LEAST_GB = "/root/.ollama", "10001:10001", 100


def definitions(graph: Graph) -> dict[str, dict[str, Any]]:
    """The containers of the task by name."""
    text = graph.one("ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]
    return {entry["name"]: entry for entry in json.loads(text)}


def what_must_be_there_first_is_waited_for(graph: Graph) -> Iterator[str]:
    """The edges that AWS needs and Pulumi cannot infer."""
    service = graph.one("ecs/service:Service")
    policies = {entry.name.rsplit("-", 1)[1]: entry for entry in graph.of("iam/rolePolicy:RolePolicy")}
    roles = [policies[part] for part in ("execution", "task", "instance")]
    others = [entry for kind in SERVICE_AFTER for entry in graph.of(kind) if not entry.name.endswith("-smoke")]
    for resource in [*others, *roles]:
        if resource.urn not in service.dependencies:
            yield f"the service does not wait for {resource.kind.rsplit(':', 1)[1]} {resource.name}"
    for kind in SERVICE_AFTER:
        if not graph.of(kind):
            yield f"there is no {kind.rsplit(':', 1)[1]} for the service to wait for"
    for group in graph.of("autoscaling/group:Group"):
        if policies["instance"].urn not in group.dependencies:
            yield f"instances of {group.name} may boot before they may do anything"
        for volume in graph.of("ebs/volume:Volume"):
            if volume.urn not in group.dependencies:
                yield f"instances of {group.name} may boot before volume {volume.name} is there"


def the_two_containers_fit_together(graph: Graph) -> Iterator[str]:
    """The API waits for a model server that has the GPU, and restarts when its settings change."""
    containers = definitions(graph)
    for name in sorted({"api", "ollama"} - set(containers)):
        yield f"container {name} is missing from the task"
    api, ollama = containers.get("api", {}), containers.get("ollama", {})
    if list(containers) != ["ollama", "api"]:
        yield f"the containers are {', '.join(containers)}, not ollama and then api"
    if ollama.get("resourceRequirements") != [{"type": "GPU", "value": "1"}]:
        yield "container ollama asks for no GPU"
    if "resourceRequirements" in api:
        yield "container api asks for what only ollama needs"
    if api.get("dependsOn") != [{"containerName": "ollama", "condition": "HEALTHY"}]:
        yield "container api does not wait for ollama to be healthy"
    environment = {entry["name"]: entry["value"] for entry in api.get("environment", [])}
    told, written = environment.get(CONFIG_PATH), graph.outputs.get("config_path")
    if told != written:
        yield f"container api reads {told}, the settings are in {written}"
    if "testgen.config_sha256" not in api.get("dockerLabels", {}):
        yield "the task definition does not carry config_sha256: a changed setting alone would roll nothing"


def containers_can_do_no_more_than_they_need(graph: Graph) -> Iterator[str]:
    """And the task ends with each of them."""
    for name, container in definitions(graph).items():
        linux = container.get("linuxParameters", {})
        if "healthCheck" not in container:
            yield f"container {name} has no health check"
        if not container.get("essential"):
            yield f"container {name} could end, and the task would go on without it"
        if container.get("readonlyRootFilesystem") is not True or container.get("privileged") is not False:
            yield f"container {name} can write to its root, or is privileged"
        if not linux.get("initProcessEnabled") or [mount["containerPath"] for mount in linux["tmpfs"]] != ["/tmp"]:  # noqa: S108
            yield f"container {name} has no init process, or not /tmp alone to write to"
        if name == "api" and container.get("user") != API_USER:
            yield f"container api runs as {container.get('user', 'root')}, not as {API_USER}"


def the_model_lies_on_the_data_volume(graph: Graph) -> Iterator[str]:
    """The path where the boot script mounts it; otherwise each task would pull the model again."""
    mounts = definitions(graph).get("ollama", {}).get("mountPoints", [])
    volumes = graph.one("ecs/taskDefinition:TaskDefinition").inputs.get("volumes", [])
    paths = {entry["name"]: entry["hostPath"] for entry in volumes}
    data = base64.b64decode(graph.one("ec2/launchTemplate:LaunchTemplate").inputs["userData"]).decode()
    found = re.search(r"^export MOUNT_POINT=(\S+)$", data, re.MULTILINE)
    mounted = found[1].strip("'\"") if found else ""
    if [mount["containerPath"] for mount in mounts] != [MODELS]:
        yield f"container ollama has no volume at {MODELS}: each task would pull the model again"
    elif list(paths) != [mounts[0]["sourceVolume"]] or paths[mounts[0]["sourceVolume"]] != mounted:
        yield f"{MODELS} is {paths.get(mounts[0]['sourceVolume'])} of the instance, and the data volume is mounted at {mounted}"


def logs_go_to_groups_that_people_search_for(graph: Graph) -> Iterator[str]:
    """And a slow log never blocks the service."""
    groups = {group.inputs["name"] for group in graph.of("cloudwatch/logGroup:LogGroup")}
    for part, name in LOG_GROUPS.items():
        if not groups & {name, f"/testgen-{graph.stack}{name}"}:
            yield f"there is no log group {name} for {part}"
    for name, container in definitions(graph).items():
        logging = container["logConfiguration"]
        group = logging["options"]["awslogs-group"]
        if group not in groups or group.removeprefix(f"/testgen-{graph.stack}") != LOG_GROUPS.get(name):
            yield f"container {name} logs to {group}, not to {LOG_GROUPS.get(name)}"
        if (logging["logDriver"], logging["options"]["mode"]) != ("awslogs", "non-blocking"):
            yield f"container {name} waits for its log"


def each_instance_finds_a_volume_that_is_kept(graph: Graph) -> Iterator[str]:
    """Each group finds as many volumes in its zone as it can have instances, and models outlive the stack."""
    zones = {subnet.id: subnet.inputs["availabilityZone"] for subnet in graph.known("ec2/subnet:Subnet")}
    volumes = graph.of("ebs/volume:Volume")
    for group in graph.of("autoscaling/group:Group"):
        [zone] = {zones[subnet] for subnet in group.inputs["vpcZoneIdentifiers"]}
        there = [entry for entry in volumes if entry.inputs["availabilityZone"] == zone]
        if len(there) != int(group.inputs["maxSize"]):
            yield f"{zone} has {len(there)} data volumes for {int(group.inputs['maxSize'])} instances: a volume cannot leave its zone"
    if len(volumes) != sum(int(group.inputs["maxSize"]) for group in graph.of("autoscaling/group:Group")):
        yield "there are volumes in zones without instances"
    for volume in volumes:
        if not volume.options.get("retain_on_delete"):
            yield f"volume {volume.name} would be deleted with the stack, and its models with it"
        if not volume.inputs.get("encrypted"):
            yield f"volume {volume.name} is not encrypted"
        if volume.inputs["type"] != "gp3" or volume.inputs["size"] < LEAST_GB:
            yield f"volume {volume.name} is not a gp3 of {LEAST_GB} GB or more"
        if volume.inputs["tags"].get("testgen:data-volume") != graph.stack:
            yield f"volume {volume.name} does not carry the tag by which instances find it"
