"""ECS and ECR. What ECS refuses of a task definition and moto takes is refused here, in ECS's words."""

import json
from typing import Any

from rehearsal.providers.aws.kind import Account, Inputs, Kind, Request, State
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import parameters


def _cluster(request: Request) -> tuple[str, State]:
    ecs = request.client("ecs")
    made = ecs.create_cluster(
        **parameters(ecs, "create_cluster", without(request.inputs, "tags"), name="clusterName"),
        tags=request.account.pairs(request.inputs, "key", "value"),
    )["cluster"]
    return made["clusterArn"], {"arn": made["clusterArn"]}


def _changed_cluster(request: Request, identifier: str, state: State) -> State:
    request.client("ecs").update_cluster(cluster=identifier, settings=request.inputs["settings"])
    return {}


def _no_cluster(account: Account, identifier: str, state: State) -> None:
    account.client("ecs").delete_cluster(cluster=identifier)


def _provider(request: Request) -> tuple[str, State]:
    ecs = request.client("ecs")
    made = ecs.create_capacity_provider(
        **parameters(ecs, "create_capacity_provider", without(request.inputs, "tags")),
        tags=request.account.pairs(request.inputs, "key", "value"),
    )["capacityProvider"]
    return made["capacityProviderArn"], {"arn": made["capacityProviderArn"]}


def _changed_provider(request: Request, identifier: str, state: State) -> State:
    ecs = request.client("ecs")
    wanted = without(request.inputs["autoScalingGroupProvider"], "autoScalingGroupArn")
    given = {"name": request.inputs["name"], "autoScalingGroupProvider": wanted}
    ecs.update_capacity_provider(**parameters(ecs, "update_capacity_provider", given))
    return {}


def _no_provider(account: Account, identifier: str, state: State) -> None:
    account.client("ecs").delete_capacity_provider(capacityProvider=identifier)


def _providers(request: Request) -> tuple[str, State]:
    ecs = request.client("ecs")
    wanted = request.inputs["capacityProviders"]
    found = ecs.describe_capacity_providers(capacityProviders=wanted)["capacityProviders"]
    if missing := sorted(set(wanted) - {entry["name"] for entry in found}):
        raise ValueError(f"The specified capacity provider {missing[0]!r} was not found")
    _require_unused(request, set(wanted))
    given = parameters(
        ecs,
        "put_cluster_capacity_providers",
        request.inputs,
        clusterName="cluster",
        defaultCapacityProviderStrategies="defaultCapacityProviderStrategy",
    )
    ecs.put_cluster_capacity_providers(**given)
    return request.inputs["clusterName"], {}


def _require_unused(request: Request, kept: set[str]) -> None:
    """ECS detaches no capacity provider that a service's strategy names; moto does not look."""
    ecs, cluster = request.client("ecs"), request.inputs["clusterName"]
    services = ecs.list_services(cluster=cluster)["serviceArns"]
    for service in ecs.describe_services(cluster=cluster, services=services)["services"] if services else ():
        for entry in service.get("capacityProviderStrategy", []):
            if entry["capacityProvider"] not in kept:
                raise ValueError(
                    f"ResourceInUseException: The specified capacity provider {entry['capacityProvider']!r} is in use by "
                    f"{service['serviceName']} and cannot be removed"
                )


def _changed_providers(request: Request, identifier: str, state: State) -> State:
    return _providers(request)[1]


def _no_providers(account: Account, identifier: str, state: State) -> None:
    account.client("ecs").put_cluster_capacity_providers(
        cluster=identifier, capacityProviders=[], defaultCapacityProviderStrategy=[]
    )


def _task(request: Request) -> tuple[str, State]:
    ecs = request.client("ecs")
    containers = json.loads(request.inputs["containerDefinitions"])
    _require_sound_task(request.inputs, containers)
    volumes = [
        {"name": entry["name"], "host": {"sourcePath": entry["hostPath"]}}
        for entry in request.inputs.get("volumes", [])
    ]
    given = without(request.inputs, "containerDefinitions", "volumes", "skipDestroy", "tags")
    made = ecs.register_task_definition(
        **parameters(ecs, "register_task_definition", given),
        containerDefinitions=containers,
        volumes=volumes,
        tags=request.account.pairs(request.inputs, "key", "value"),
    )["taskDefinition"]
    return made["family"], {"arn": made["taskDefinitionArn"], "revision": made["revision"]}


def _require_sound_task(inputs: Inputs, containers: list[dict[str, Any]]) -> None:
    names = {container["name"] for container in containers}
    with_check = {container["name"] for container in containers if "healthCheck" in container}
    volumes = {entry["name"] for entry in inputs.get("volumes", [])}
    for container in containers:
        for edge in container.get("dependsOn", []):
            if edge["containerName"] not in names:
                raise ValueError(f"{container['name']} depends on {edge['containerName']!r}, which is not in the task")
            if edge["condition"] == "HEALTHY" and edge["containerName"] not in with_check:
                raise ValueError(f"{container['name']} waits for {edge['containerName']}, which has no health check")
        for mount in container.get("mountPoints", []):
            if mount["sourceVolume"] not in volumes:
                raise ValueError(f"Unknown volume {mount['sourceVolume']!r} in {container['name']}")
        for need in container.get("resourceRequirements", []):
            if need["type"] not in ("GPU", "InferenceAccelerator"):
                raise ValueError(
                    f"{container['name']} needs a {need['type']!r}; ECS knows GPU and InferenceAccelerator"
                )


def _no_task(account: Account, identifier: str, state: State) -> None:
    if not state.get("skipDestroy"):
        account.client("ecs").deregister_task_definition(taskDefinition=state["arn"])


_PULUMI_ONLY = ("forceNewDeployment", "waitForSteadyState", "tags", "name", "capacityProviderStrategies", "networkConfiguration",
                "deploymentMaximumPercent", "deploymentMinimumHealthyPercent", "deploymentCircuitBreaker", "alarms")  # fmt: skip


def _service_parameters(request: Request, operation: str, *also_without: str) -> dict[str, Any]:
    inputs = request.inputs
    network = inputs["networkConfiguration"]
    assigned = "ENABLED" if network.get("assignPublicIp") else "DISABLED"
    given = {
        **without(inputs, *_PULUMI_ONLY, *also_without),
        "capacityProviderStrategy": inputs["capacityProviderStrategies"],
        "networkConfiguration": {
            "awsvpcConfiguration": {
                "subnets": network["subnets"], "securityGroups": network["securityGroups"], "assignPublicIp": assigned,
            }
        },
        "deploymentConfiguration": {
            "maximumPercent": inputs["deploymentMaximumPercent"],
            "minimumHealthyPercent": inputs["deploymentMinimumHealthyPercent"],
            "deploymentCircuitBreaker": inputs["deploymentCircuitBreaker"],
            **({"alarms": inputs["alarms"]} if inputs.get("alarms") else {}),
        },
    }  # fmt: skip
    return parameters(request.client("ecs"), operation, given)


def _require_placeable(request: Request) -> None:
    """What ECS says when a service is made: the balanced container and its port, and the providers of the cluster."""
    ecs, inputs = request.client("ecs"), request.inputs
    task = ecs.describe_task_definition(taskDefinition=inputs["taskDefinition"])["taskDefinition"]
    for balanced in inputs.get("loadBalancers", []):
        container = next((c for c in task["containerDefinitions"] if c["name"] == balanced["containerName"]), None)
        if container is None:
            raise ValueError(f"The container {balanced['containerName']!r} does not exist in the task definition")
        ports = [mapping["containerPort"] for mapping in container.get("portMappings", [])]
        if int(balanced["containerPort"]) not in ports:
            raise ValueError(
                f"The container {balanced['containerName']!r} did not have container port {int(balanced['containerPort'])} defined"
            )
        _require_listener(request, balanced["targetGroupArn"])
    [cluster] = ecs.describe_clusters(clusters=[inputs["cluster"]])["clusters"]
    for strategy in inputs["capacityProviderStrategies"]:
        if strategy["capacityProvider"] not in cluster.get("capacityProviders", []):
            raise ValueError(
                f"The capacity provider {strategy['capacityProvider']!r} is not associated with the cluster"
            )


def _require_listener(request: Request, target_group: str) -> None:
    [group] = request.client("elbv2").describe_target_groups(TargetGroupArns=[target_group])["TargetGroups"]
    if not group["LoadBalancerArns"]:
        raise ValueError(f"The target group {target_group} does not have an associated load balancer (no listener yet)")


def _service(request: Request) -> tuple[str, State]:
    _require_placeable(request)
    made = request.client("ecs").create_service(
        serviceName=request.inputs["name"],
        **_service_parameters(request, "create_service"),
        tags=request.account.pairs(request.inputs, "key", "value"),
    )["service"]
    return made["serviceArn"], {}


_FIXED = frozenset({"name", "cluster", "launchType", "schedulingStrategy"})


def _changed_service(request: Request, identifier: str, state: State) -> State:
    _require_placeable(request)
    before, after = state.get("capacityProviderStrategies"), request.inputs["capacityProviderStrategies"]
    if before != after and not request.inputs.get("forceNewDeployment"):  # terraform-provider-aws#43533
        raise ValueError("force_new_deployment should be true when capacity_provider_strategy is being updated")
    given = _service_parameters(request, "update_service", "cluster", "desiredCount")
    request.client("ecs").update_service(cluster=request.inputs["cluster"], service=request.inputs["name"], **given)
    return {}


def _no_service(account: Account, identifier: str, state: State) -> None:
    account.client("ecs").delete_service(cluster=state["cluster"], service=state["name"], force=True)


def _repository(request: Request) -> tuple[str, State]:
    ecr = request.client("ecr")
    made = ecr.create_repository(
        **parameters(ecr, "create_repository", without(request.inputs, "tags", "forceDelete"), name="repositoryName"),
        tags=request.account.pairs(request.inputs),
    )["repository"]
    name = made["repositoryName"]
    return name, {
        "arn": made["repositoryArn"],
        "repositoryUrl": made["repositoryUri"],
        "registryId": made["registryId"],
    }


def _changed_repository(request: Request, identifier: str, state: State) -> State:
    ecr = request.client("ecr")
    ecr.put_image_tag_mutability(repositoryName=identifier, imageTagMutability=request.inputs["imageTagMutability"])
    return {}


def _no_repository(account: Account, identifier: str, state: State) -> None:
    account.client("ecr").delete_repository(repositoryName=identifier, force=bool(state.get("forceDelete")))


def _lifecycle(request: Request) -> tuple[str, State]:
    name = request.inputs["repository"]
    request.client("ecr").put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=request.inputs["policy"])
    return name, {}


def _no_lifecycle(account: Account, identifier: str, state: State) -> None:
    account.client("ecr").delete_lifecycle_policy(repositoryName=identifier)


KINDS = {
    "aws:ecs/cluster:Cluster": Kind(_cluster, _no_cluster, _changed_cluster, replaces=frozenset({"name"})),
    "aws:ecs/capacityProvider:CapacityProvider": Kind(
        _provider, _no_provider, _changed_provider, replaces=frozenset({"name"})
    ),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": Kind(
        _providers, _no_providers, _changed_providers, replaces=frozenset({"clusterName"})
    ),
    "aws:ecs/taskDefinition:TaskDefinition": Kind(_task, _no_task, replaces=EVERY),
    "aws:ecs/service:Service": Kind(_service, _no_service, _changed_service, replaces=_FIXED, delete_first=True),
    "aws:ecr/repository:Repository": Kind(
        _repository, _no_repository, _changed_repository, replaces=frozenset({"name"})
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": Kind(_lifecycle, _no_lifecycle, replaces=EVERY),
}
