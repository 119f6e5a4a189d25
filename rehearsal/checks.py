"""What must hold in the graph of a stack, recorded on paper or read from Pulumi's state. Each fault is a sentence that names it."""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

from stackgraph.graph import Graph, Resource
from stackgraph.permissions import allowed, managed_policies, role_of, statements
from stackgraph.reachability import group_names, may_connect, rules, way_out
from stacks.policies import ANY_RESOURCE
from testgen.contract import API_PORT, CONFIG_PATH, OLLAMA_PORT, settings_path

CORPORATE, STRANGER = "10.20.30.40", "8.8.8.8"
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


def faults(graph: Graph) -> list[str]:
    """Every fault that is found."""
    checks = (
        _ways,
        _groups,
        _way_out,
        _any_resource,
        _task_rights,
        _instance_rights,
        _order,
        _task,
        _volumes,
        _logs,
        _kept,
    )
    return [fault for check in checks for fault in check(graph)]


def definitions(graph: Graph) -> dict[str, dict[str, Any]]:
    """The containers of the task by name."""
    text = graph.one("ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]
    return {entry["name"]: entry for entry in json.loads(text)}


def _ways(graph: Graph) -> Iterator[str]:
    """Users get in on the listener's port, and nobody else does."""
    internal = graph.one("lb/loadBalancer:LoadBalancer").inputs["internal"]
    port = int(graph.one("lb/listener:Listener").inputs["port"])
    if port != (80 if internal else 443):
        yield f"the listener is on port {port}, not on {80 if internal else 443}"
    if not may_connect(graph, CORPORATE, "alb", port):
        yield f"security group alb does not admit the company network ({CORPORATE}) on port {port}"
    if may_connect(graph, STRANGER, "alb", port) is internal:
        yield f"security group alb {'admits' if internal else 'does not admit'} the internet ({STRANGER}) on port {port}"
    if not internal and may_connect(graph, STRANGER, "alb", 80):
        yield "security group alb admits port 80, where no listener is"


def _groups(graph: Graph) -> Iterator[str]:
    """Only the load balancer reaches the API, and nobody the model server or an instance."""
    names = set(group_names(graph).values())
    if not may_connect(graph, "alb", "tasks", API_PORT):
        yield f"the load balancer cannot reach the tasks on port {API_PORT}: no security group rule lets it"
    for rule in rules(graph):
        if not rule.ingress or rule.group == "endpoints" or rule.group not in names:
            continue
        if rule.admits(OLLAMA_PORT) and rule.group != "alb":
            yield f"a hole in security group {rule.group}: {rule.peer} may connect to Ollama's port {OLLAMA_PORT}"
        if rule.group == "tasks" and rule.peer != "alb":
            yield f"a hole in security group tasks: {rule.peer} may connect to ports {rule.first}-{rule.last}"
        if rule.group == "instances":
            yield f"a hole in security group instances: {rule.peer} may connect to ports {rule.first}-{rule.last}"


def _way_out(graph: Graph) -> Iterator[str]:
    """Subnets have the routes that their guests need, and the S3 endpoint serves all of them."""
    balancer = graph.one("lb/loadBalancer:LoadBalancer").inputs
    for subnet in balancer["subnets"]:
        if way_out(graph, subnet, STRANGER) != "internet":
            yield f"the load balancer stands in {subnet}, which is no public subnet"
    network = graph.one("ecs/service:Service").inputs["networkConfiguration"]
    hosts = [subnet for group in graph.of("autoscaling/group:Group") for subnet in group.inputs["vpcZoneIdentifiers"]]
    for subnet in dict.fromkeys([*network["subnets"], *hosts]):
        if way_out(graph, subnet, STRANGER) != "nat":
            yield f"tasks or instances stand in {subnet}, which has no way out through NAT"
    if network.get("assignPublicIp"):
        yield "tasks get a public address"
    outward = {(rule.group, rule.peer) for rule in rules(graph) if not rule.ingress and rule.admits(443)}
    for group in ("tasks", "instances"):
        if (group, "0.0.0.0/0") not in outward:
            yield f"security group {group} lets no HTTPS out: neither AWS nor the model registry can be reached"
    gateways = [
        entry for entry in graph.of("ec2/vpcEndpoint:VpcEndpoint") if entry.inputs["vpcEndpointType"] == "Gateway"
    ]
    served = {table for entry in gateways for table in entry.inputs["routeTableIds"]}
    for table in graph.of("ec2/routeTable:RouteTable"):
        if table.id not in served:
            yield f"the S3 endpoint is not routed from {table.name}"


def _any_resource(graph: Graph) -> Iterator[str]:
    for holder, statement in statements(graph, "iam/rolePolicy:RolePolicy"):
        wide = [action for action in statement.actions if "*" in action]
        if wide:
            yield f"policy {holder.name} allows {', '.join(wide)}"
        if "*" in statement.resources:
            unfounded = sorted(set(statement.actions) - set(ANY_RESOURCE))
            if unfounded:
                yield f"policy {holder.name} allows {', '.join(unfounded)} on *"
    for arn in managed_policies(graph):
        yield f"the managed policy {arn} is attached: it reaches further than it looks"


def _arn(graph: Graph, service: str, resource: str) -> str:
    account = graph.one("secretsmanager/secret:Secret").outputs["arn"].split(":")
    return f"arn:aws:{service}:{account[3]}:{account[4]}:{resource}"


def _task_rights(graph: Graph) -> Iterator[str]:
    """What the service calls at its start, and what the agent does for it."""
    secret = graph.one("secretsmanager/secret:Secret")
    key = graph.one("kms/key:Key").outputs["arn"]
    through = {"kms:ViaService": f"secretsmanager.{key.split(':')[3]}.amazonaws.com"}
    wanted = [
        ("task", "ssm:GetParametersByPath", _arn(graph, "ssm", f"parameter{settings_path(graph.stack)}"), {}),
        ("task", "secretsmanager:GetSecretValue", secret.outputs["arn"], {}),
        ("task", "kms:Decrypt", key, through),
    ]
    for container in definitions(graph).values():
        group = _arn(graph, "logs", f"log-group:{container['logConfiguration']['options']['awslogs-group']}")
        wanted += [
            ("execution", f"logs:{action}", f"{group}:log-stream:x", {})
            for action in ("CreateLogStream", "PutLogEvents")
        ]
    for repository in graph.of("ecr/repository:Repository"):
        wanted.append(("execution", "ecr:BatchGetImage", repository.outputs["arn"], {}))
    yield from _missing(graph, wanted)


def _instance_rights(graph: Graph) -> Iterator[str]:
    ours = {"aws:ResourceTag/Stack": graph.stack}
    cluster = graph.one("ecs/cluster:Cluster").inputs["name"]
    yield from _missing(
        graph,
        [
            ("instance", "ec2:DescribeVolumes", "*", {}),
            ("instance", "ec2:AttachVolume", _arn(graph, "ec2", "volume/vol-1"), ours),
            ("instance", "ec2:AttachVolume", _arn(graph, "ec2", "instance/i-1"), ours),
            ("instance", "ecs:RegisterContainerInstance", _arn(graph, "ecs", f"cluster/{cluster}"), {}),
        ],
    )


def _missing(graph: Graph, wanted: list[tuple[str, str, str, dict[str, str]]]) -> Iterator[str]:
    for part, action, resource, context in wanted:
        if not allowed(graph, role_of(graph, part), action, resource, context):
            yield f"role {part} may not {action} on {resource}"


def _order(graph: Graph) -> Iterator[str]:
    """The edges that AWS needs and Pulumi cannot infer."""
    service = graph.one("ecs/service:Service")
    for kind in SERVICE_AFTER:
        for resource in graph.of(kind):
            if resource.urn not in service.dependencies:
                yield f"the service does not wait for {kind.rsplit(':', 1)[1]} {resource.name}"
    policies = [
        entry for entry in graph.of("iam/rolePolicy:RolePolicy") if entry.name.endswith(("-execution", "-task"))
    ]
    for policy in policies:
        if policy.urn not in service.dependencies:
            yield f"the service does not wait for RolePolicy {policy.name}"
    for group in graph.of("autoscaling/group:Group"):
        for volume in graph.of("ebs/volume:Volume"):
            if volume.urn not in group.dependencies:
                yield f"instances of {group.name} may boot before volume {volume.name} is there"


def _task(graph: Graph) -> Iterator[str]:
    """The two containers as they must be to work together."""
    containers = definitions(graph)
    for name in sorted({"api", "ollama"} - set(containers)):
        yield f"container {name} is missing from the task"
    if set(containers) != {"api", "ollama"}:
        return
    api, ollama = containers["api"], containers["ollama"]
    if {"type": "GPU", "value": "1"} not in ollama.get("resourceRequirements", []):
        yield "container ollama asks for no GPU"
    if {"containerName": "ollama", "condition": "HEALTHY"} not in api.get("dependsOn", []):
        yield "container api does not wait for ollama to be healthy"
    for name, container in containers.items():
        if "healthCheck" not in container:
            yield f"container {name} has no health check"
        if not container.get("readonlyRootFilesystem") or container.get("privileged"):
            yield f"container {name} can write to its root, or is privileged"
    models = [m["sourceVolume"] for m in ollama.get("mountPoints", []) if m["containerPath"] == "/root/.ollama"]
    paths = {
        entry["name"]: entry["hostPath"]
        for entry in graph.one("ecs/taskDefinition:TaskDefinition").inputs.get("volumes", [])
    }
    mounted = _mount_point(graph.one("ec2/launchTemplate:LaunchTemplate"))
    if not models:
        yield "container ollama has no volume at /root/.ollama: each task would pull the model again"
    elif paths.get(models[0]) != mounted:
        yield f"/root/.ollama is {paths.get(models[0])} of the instance, and the data volume is mounted at {mounted}"
    environment = {entry["name"]: entry["value"] for entry in api.get("environment", [])}
    read, written = environment.get(CONFIG_PATH), graph.outputs.get("config_path")
    if read != written:
        yield f"container api reads {read}, the settings are in {written}"
    if "testgen.config_sha256" not in api.get("dockerLabels", {}):
        yield "the task definition does not carry config_sha256: a changed setting alone would roll nothing"


def _mount_point(template: Resource) -> str:
    text = base64.b64decode(template.inputs["userData"]).decode()
    found = re.search(r"^export MOUNT_POINT=(\S+)$", text, re.MULTILINE)
    return found[1].strip("'\"") if found else ""


def _volumes(graph: Graph) -> Iterator[str]:
    """Each group finds as many volumes in its zone as it can have instances."""
    zones = {subnet.id: subnet.inputs["availabilityZone"] for subnet in graph.of("ec2/subnet:Subnet")}
    for group in graph.of("autoscaling/group:Group"):
        [zone] = {zones[subnet] for subnet in group.inputs["vpcZoneIdentifiers"]}
        there = [
            entry
            for entry in graph.of("ebs/volume:Volume")
            if entry.inputs["availabilityZone"] == zone
            and entry.inputs["tags"].get("testgen:data-volume") == graph.stack
        ]
        if len(there) < int(group.inputs["maxSize"]):
            yield f"{zone} has {len(there)} data volumes for {int(group.inputs['maxSize'])} instances: a volume cannot leave its zone"
    for volume in graph.of("ebs/volume:Volume"):
        if not volume.inputs.get("encrypted"):
            yield f"volume {volume.name} is not encrypted"


def _logs(graph: Graph) -> Iterator[str]:
    groups = {group.inputs["name"] for group in graph.of("cloudwatch/logGroup:LogGroup")}
    for part, name in LOG_GROUPS.items():
        if not any(group.endswith(name) for group in groups):
            yield f"there is no log group {name} for {part}"
    for name, container in definitions(graph).items():
        group = container["logConfiguration"]["options"]["awslogs-group"]
        if group not in groups or not group.endswith(LOG_GROUPS.get(name, "")):
            yield f"container {name} logs to {group}, not to {LOG_GROUPS.get(name)}"


def _kept(graph: Graph) -> Iterator[str]:
    for volume in graph.of("ebs/volume:Volume"):
        if not volume.options.get("retain_on_delete"):
            yield f"volume {volume.name} would be deleted with the stack, and its models with it"
