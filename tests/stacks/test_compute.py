"""Instances, volumes and the deployment that has to fit on them."""

import base64
import math
from collections.abc import Callable
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from support.stacks import instance_type

from stackgraph.answers import AccountFacts, look_up
from stackgraph.promises import faults
from stackgraph.promises.task import definitions
from stackgraph.recorder import Graph, Resource


def zone_of_subnet(graph: Graph, subnet: str) -> str:
    return next(entry.inputs["availabilityZone"] for entry in graph.of("ec2/subnet:Subnet") if entry.id == subnet)


def zones_of_groups(graph: Graph) -> list[str]:
    return [
        zone_of_subnet(graph, group.inputs["vpcZoneIdentifiers"][0]) for group in graph.of("autoscaling/group:Group")
    ]


def test_one_group_and_capacity_provider_a_zone(stack: Graph) -> None:
    zones = zones_of_groups(stack)
    assert len(set(zones)) == len(zones) == {"mvp": 1, "phase2": 2}[stack.stack]
    providers = stack.of("ecs/capacityProvider:CapacityProvider")
    assert len(providers) == len(zones)
    strategy = stack.one("ecs/service:Service").inputs["capacityProviderStrategies"]
    assert {entry["capacityProvider"] for entry in strategy} == {provider.outputs["name"] for provider in providers}
    assert len({entry["weight"] for entry in strategy}) == 1, "tasks are spread evenly"


def test_a_kept_volume_is_adopted_by_the_next_up(deploy: Callable[..., Graph]) -> None:
    slot = "testgen-mvp-data-ap-northeast-1a-2"
    graph = deploy("mvp", facts=AccountFacts(kept_volumes={slot: ("vol-0aaaaaaaaaaaaaaaa",)}))
    adopted = {
        volume.name: volume.options["import_id"]
        for volume in graph.of("ebs/volume:Volume")
        if volume.options["import_id"]
    }
    assert adopted == {slot: "vol-0aaaaaaaaaaaaaaaa"}


def test_a_zone_is_left_in_two_steps(deploy: Callable[..., Graph]) -> None:
    """ECS detaches no provider that a service uses, so that the group of a zone outlives the service's use of it."""
    first, second = "testgen-mvp-ap-northeast-1a", "testgen-mvp-ap-northeast-1c"
    two = deploy("mvp", compute={"zones": 2}).of("ecs/capacityProvider:CapacityProvider")
    assert {entry.outputs["name"] for entry in two} == {first, second}
    graph = deploy("mvp", compute={"zones": 1, "leaving_zones": ["ap-northeast-1c"]})
    attached = graph.one("ecs/clusterCapacityProviders:ClusterCapacityProviders").inputs["capacityProviders"]
    assert attached == [first, second]
    service = graph.one("ecs/service:Service").inputs
    assert [entry["capacityProvider"] for entry in service["capacityProviderStrategies"]] == [first]
    assert service["forceNewDeployment"] is True, "ECS takes another strategy only with a new deployment"


def test_volumes_have_a_key_that_auto_scaling_needs_no_grant_for(stack: Graph) -> None:
    """An account's default key may be a customer's own: no instance would start from it."""
    [mapping] = stack.one("ec2/launchTemplate:LaunchTemplate").inputs["blockDeviceMappings"]
    keys = {mapping["ebs"]["kmsKeyId"], *(volume.inputs["kmsKeyId"] for volume in stack.of("ebs/volume:Volume"))}
    assert keys == {look_up(AccountFacts(), "aws:kms/getAlias:getAlias", {"name": "alias/aws/ebs"})["targetKeyArn"]}
    assert all("kmsKeyId" in volume.options["ignore_changes"] for volume in stack.of("ebs/volume:Volume"))


def test_a_group_takes_the_next_type_where_its_zone_has_none_of_the_first(deploy: Callable[..., Graph]) -> None:
    def types(**facts: Any) -> list[str]:
        wanted = {"instance_types": ["g4dn.xlarge", "g6.xlarge", "g5.xlarge"]}
        graph = deploy("mvp", facts=AccountFacts(**facts), compute=wanted)
        policy = graph.of("autoscaling/group:Group")[0].inputs["mixedInstancesPolicy"]
        assert policy["instancesDistribution"]["onDemandAllocationStrategy"] == "prioritized"
        return [entry["instanceType"] for entry in policy["launchTemplate"]["overrides"]]

    assert types() == ["g4dn.xlarge", "g6.xlarge", "g5.xlarge"]
    assert types(nowhere=("g6.xlarge",)) == ["g4dn.xlarge", "g5.xlarge"]


def test_naming_a_snapshot_later_replaces_no_volume(deploy: Callable[..., Graph]) -> None:
    graph = deploy("mvp", storage={"snapshot_id": "snap-0123456789abcdef0"})
    for volume in graph.of("ebs/volume:Volume"):
        assert volume.inputs["snapshotId"] == "snap-0123456789abcdef0"
        assert "snapshotId" in volume.options["ignore_changes"]


@pytest.mark.parametrize(("stack_name", "kept"), [("mvp", 7), ("phase2", 30)])
def test_daily_snapshots_of_the_data_volumes_and_of_nothing_else(
    deploy: Callable[..., Graph], stack_name: str, kept: int
) -> None:
    policy = deploy(stack_name).one("dlm/lifecyclePolicy:LifecyclePolicy").inputs["policyDetails"]
    assert policy["resourceTypes"] == ["VOLUME"], "INSTANCE would take the root volumes too"
    assert policy["targetTags"] == {"testgen:data-volume": stack_name}
    [schedule] = policy["schedules"]
    assert schedule["createRule"]["interval"] == 24
    assert schedule["retainRule"]["count"] == kept
    assert schedule["copyTags"] is True


def test_a_rolling_deployment_has_room_for_its_new_task(any_stack: Graph) -> None:
    """One GPU an instance: with 100 / 200 percent a new task starts beside the old ones, so a group holds its share + 1."""
    service = any_stack.one("ecs/service:Service").inputs
    most = any_stack.one("appautoscaling/target:Target").inputs["maxCapacity"]
    groups = any_stack.of("autoscaling/group:Group")
    share = math.ceil(most / len(groups))
    in_place = service["deploymentMaximumPercent"] == 100
    spot = distribution(groups[0])["onDemandPercentageAboveBaseCapacity"] == 0
    assert service["deploymentMinimumHealthyPercent"] == (0 if in_place else 100) or spot
    for group in groups:
        turned = "deploymentConfiguration" in service  # all new tasks beside the old ones
        assert group.inputs["maxSize"] == (2 * share if turned else share if in_place else share + 1)
        assert group.inputs["minSize"] == 0


def distribution(group: Resource) -> dict[str, Any]:
    found: dict[str, Any] = group.inputs["mixedInstancesPolicy"]["instancesDistribution"]
    return found


def test_spot_instances_are_those_that_aws_takes_back_least(variant: Callable[[str], Graph]) -> None:
    for name, base in (("spot", 0), ("spot-above-a-base", 1)):
        for group in variant(name).of("autoscaling/group:Group"):
            assert distribution(group) == {
                "onDemandAllocationStrategy": "prioritized",
                "onDemandBaseCapacity": base,
                "onDemandPercentageAboveBaseCapacity": 0,
                "spotAllocationStrategy": "capacity-optimized-prioritized",
            }
            assert group.inputs["capacityRebalance"] is False, "the agent would see no notice"


def test_a_task_ends_within_the_two_minutes_of_a_notice(variant: Callable[[str], Graph]) -> None:
    for name in ("spot", "spot-above-a-base"):
        graph = variant(name)
        stop = max(container["stopTimeout"] for container in definitions(graph).values())
        assert graph.one("lb/targetGroup:TargetGroup").inputs["deregistrationDelay"] + stop <= 110
        script = base64.b64decode(graph.one("ec2/launchTemplate:LaunchTemplate").inputs["userData"]).decode()
        assert "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true" in script


@pytest.mark.parametrize(("name", "tasks"), [("spot", 1), ("spot-above-a-base", 2)])
def test_a_draining_spot_instance_may_stop_its_task_at_once(
    variant: Callable[[str], Graph], name: str, tasks: int
) -> None:
    """ECS stops no task of a draining instance below this (awsdocs/amazon-ecs-developer-guide#222)."""
    percent = variant(name).one("ecs/service:Service").inputs["deploymentMinimumHealthyPercent"]
    assert math.ceil(tasks * percent / 100) == tasks - 1


def test_the_capacity_provider_scales_protects_and_drains(stack: Graph) -> None:
    for provider, group in zip(
        stack.of("ecs/capacityProvider:CapacityProvider"), stack.of("autoscaling/group:Group"), strict=True
    ):
        settings = provider.inputs["autoScalingGroupProvider"]
        assert settings["managedScaling"]["status"] == "ENABLED"
        assert settings["managedTerminationProtection"] == "ENABLED"
        assert settings["managedDraining"] == "ENABLED"
        assert group.inputs["protectFromScaleIn"] is True, "managed termination protection needs it"
        assert "desiredCapacity" in group.options["ignore_changes"]
        tags = {entry["key"]: entry["value"] for entry in group.inputs["tags"]}
        assert tags["AmazonECSManaged"] == "true"
        assert {"Project", "Stack", "ManagedBy", "CostCenter"} <= set(tags)


def test_the_deployment_is_awaited_and_rolled_back_where_it_fails(any_stack: Graph) -> None:
    service = any_stack.one("ecs/service:Service")
    assert service.inputs["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}
    assert service.inputs["waitForSteadyState"] is True
    assert service.options["timeouts"] == {"create": "40m", "update": "40m"}
    assert service.inputs["availabilityZoneRebalancing"] == "DISABLED"
    assert "desiredCount" in service.options["ignore_changes"]


def test_instances_boot_from_the_gpu_image_with_imds_v2_and_an_encrypted_root(stack: Graph) -> None:
    template = stack.one("ec2/launchTemplate:LaunchTemplate").inputs
    assert (
        template["imageId"] == "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id"
    )
    assert template["instanceType"] == instance_type(stack.stack)
    assert template["metadataOptions"]["httpTokens"] == "required"
    assert template["metadataOptions"]["httpPutResponseHopLimit"] == 1
    [mapping] = template["blockDeviceMappings"]
    assert (mapping["ebs"]["encrypted"], mapping["ebs"]["volumeType"]) == ("true", "gp3")
    assert "keyName" not in template


def test_a_new_template_refreshes_the_instances_protected_ones_too(stack: Graph) -> None:
    for group in stack.of("autoscaling/group:Group"):
        assert group.inputs["instanceRefresh"]["preferences"]["scaleInProtectedInstances"] == "Refresh"
        launch = group.inputs["mixedInstancesPolicy"]["launchTemplate"]["launchTemplateSpecification"]
        assert launch["version"].isdigit(), "with $Latest a change of the template would start nothing"


def test_the_boot_script_gets_the_clusters_name_from_the_cluster(stack: Graph) -> None:
    template = stack.one("ec2/launchTemplate:LaunchTemplate")
    script = base64.b64decode(template.inputs["userData"]).decode()
    assert script.startswith("#!/bin/bash\nexport CLUSTER=testgen-")
    assert f"export CLUSTER={stack.one('ecs/cluster:Cluster').outputs['name']}\n" in script
    assert stack.one("ecs/cluster:Cluster").urn in template.dependencies
    assert len(script.encode()) < 16_384, "EC2's limit of user data"
    for line in ("ECS_ENABLE_GPU_SUPPORT=true", "ECS_AWSVPC_BLOCK_IMDS=true", "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true"):
        assert line in script


def test_tasks_scale_by_cpu_requests_and_queue(stack: Graph) -> None:
    target = stack.one("appautoscaling/target:Target").inputs
    assert (target["minCapacity"], target["maxCapacity"]) == {"mvp": (1, 2), "phase2": (2, 4)}[stack.stack]
    assert target["resourceId"] == f"service/testgen-{stack.stack}/testgen-{stack.stack}"
    policies = {
        policy.name.rsplit("-", 1)[1]: policy.inputs["targetTrackingScalingPolicyConfiguration"]
        for policy in stack.of("appautoscaling/policy:Policy")
    }
    assert set(policies) == {"cpu", "requests", "queue"}
    label = policies["requests"]["predefinedMetricSpecification"]["resourceLabel"]
    assert label.startswith("app/testgen-")
    assert "/targetgroup/testgen-" in label
    assert [name for name, policy in policies.items() if policy.get("disableScaleIn")] == ["requests"]
    queue = policies["queue"]["customizedMetricSpecification"]
    assert (queue["namespace"], queue["metricName"], queue["statistic"]) == ("testgen", "Queued", "Average")
    assert queue["dimensions"] == [{"name": "Stack", "value": stack.stack}]


def test_mvp_sleeps_by_schedule_where_wanted(variant: Callable[[str], Graph]) -> None:
    graph = variant("sleeping")
    actions = {
        action.name.rsplit("-", 1)[1]: action.inputs["scalableTargetAction"]
        for action in graph.of("appautoscaling/scheduledAction:ScheduledAction")
    }
    assert actions == {"sleep": {"minCapacity": 0, "maxCapacity": 0}, "wake": {"minCapacity": 1, "maxCapacity": 2}}
    assert graph.one("appautoscaling/target:Target").options["ignore_changes"] == ["minCapacity", "maxCapacity"]


def test_phase2_sleeps_too_and_wakes_with_all_its_tasks(variant: Callable[[str], Graph]) -> None:
    actions = variant("spot-above-a-base").of("appautoscaling/scheduledAction:ScheduledAction")
    bounds = [action.inputs["scalableTargetAction"] for action in actions]
    assert bounds == [{"minCapacity": 0, "maxCapacity": 0}, {"minCapacity": 2, "maxCapacity": 4}]


def test_a_service_without_an_end_of_its_sleep_is_woken_by_a_person(variant: Callable[[str], Graph]) -> None:
    graph = variant("spot")
    [action] = graph.of("appautoscaling/scheduledAction:ScheduledAction")
    assert action.inputs["scalableTargetAction"] == {"minCapacity": 0, "maxCapacity": 0}
    assert len(graph.of("ebs/volume:Volume")) == 2, "no more than one for its task and one for a deployment"
    wake, sleep = graph.outputs["wake"], graph.outputs["sleep"]
    assert "--resource-id service/testgen-mvp/testgen-mvp --min-capacity 1 --max-capacity 1" in wake
    assert "--cluster testgen-mvp --service testgen-mvp --desired-count 1" in wake
    assert "--min-capacity 0 --max-capacity 0" in sleep
    assert "--desired-count 0" in sleep


@pytest.mark.parametrize("name", ["wake", "sleep"])
def test_the_lines_that_wake_it_are_of_the_cli(variant: Callable[[str], Graph], name: str) -> None:
    """By the AWS SDK's own models: each call takes these parameters, and no other is required."""
    client = {"application-autoscaling": "application-autoscaling", "ecs": "ecs"}
    for line in variant("spot").outputs[name].split(" && "):
        _, service, command, *rest = line.split()
        model = botocore.session.get_session().get_service_model(client[service])
        operation = model.operation_model("".join(part.capitalize() for part in command.split("-")))
        given = {xform_name(option[2:].replace("-", "_")) for option in rest[::2]} - {"region", "query"}
        assert operation.input_shape is not None
        members = {xform_name(member) for member in operation.input_shape.members}
        assert given <= members
        assert {xform_name(member) for member in operation.input_shape.required_members} <= given


def test_zones_that_offer_the_gpu_are_chosen(deploy: Callable[..., Graph]) -> None:
    facts = AccountFacts(offering=("ap-northeast-1c", "ap-northeast-1d"))
    graph = deploy("mvp", facts=facts)
    assert zones_of_groups(graph) == ["ap-northeast-1c"]
    assert graph.outputs["availability_zones"] == ["ap-northeast-1c", "ap-northeast-1d"]


def subnets(graph: Graph) -> dict[str, Any]:
    return {entry.name: entry.inputs["cidrBlock"] for entry in graph.of("ec2/subnet:Subnet")}


@pytest.mark.parametrize("name", ["mvp", "phase2"])
def test_a_third_zone_leaves_the_subnets_of_the_others(deploy: Callable[..., Graph], name: str) -> None:
    """Else they would be replaced, and a new one overlaps the old one that it replaces."""
    two, three = subnets(deploy(name)), subnets(deploy(name, network={"zone_count": 3}))
    assert three.items() >= two.items()
    assert len(three) == 6


def test_a_stack_with_three_zones_is_whole(deploy: Callable[..., Graph]) -> None:
    facts = AccountFacts(offering=("ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"))
    graph = deploy("phase2", facts=facts, network={"zone_count": 3}, compute={"zones": 3})
    assert sorted(zones_of_groups(graph)) == ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]
    assert len(graph.one("ecs/service:Service").inputs["capacityProviderStrategies"]) == 3
    assert faults(graph) == []
