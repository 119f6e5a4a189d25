"""Data volumes, launch templates and Auto Scaling groups."""

from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State
from rehearsal.providers.aws.network import tagged, without
from rehearsal.providers.aws.shapes import parameters, structure


def _volume(request: Request) -> tuple[str, State]:
    ec2 = request.client("ec2")
    given = parameters(ec2, "create_volume", without(request.inputs, "tags"), type="VolumeType")
    made = ec2.create_volume(**given, TagSpecifications=tagged(request, "volume"))
    return made["VolumeId"], _volume_arn(request.account, made["VolumeId"])


def _volume_arn(account: Account, identifier: str) -> State:
    return {"arn": f"arn:aws:ec2:{account.region}:{account.id}:volume/{identifier}"}


def _changed_volume(request: Request, identifier: str, state: State) -> State:
    ec2 = request.client("ec2")
    grown = {key: request.inputs[key] for key in ("size", "iops", "throughput", "type") if key in request.inputs}
    if any(state.get(key) != value for key, value in grown.items()):
        ec2.modify_volume(VolumeId=identifier, **parameters(ec2, "modify_volume", grown, type="VolumeType"))
    ec2.create_tags(Resources=[identifier], Tags=request.account.pairs(request.inputs))
    return {}


def _no_volume(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").delete_volume(VolumeId=identifier)


def _read_volume(account: Account, identifier: str) -> tuple[State, State]:
    """What a program would have written for a volume that is there."""
    [found] = account.client("ec2").describe_volumes(VolumeIds=[identifier])["Volumes"]
    tags = {entry["Key"]: entry["Value"] for entry in found.get("Tags", [])}
    inputs = {
        "availabilityZone": found["AvailabilityZone"],
        "size": float(found["Size"]),
        "type": found["VolumeType"],
        "encrypted": found["Encrypted"],
        **({"kmsKeyId": found["KmsKeyId"]} if "KmsKeyId" in found else {}),
        "tags": {key: value for key, value in tags.items() if account.default_tags.get(key) != value},
    }
    for key, member in (("iops", "Iops"), ("throughput", "Throughput")):
        if found.get(member):
            inputs[key] = float(found[member])
    return inputs, _volume_arn(account, identifier)


def _template_data(request: Request) -> dict[str, Any]:
    ec2 = request.client("ec2")
    given = without(request.inputs, "name", "updateDefaultVersion", "tags", "vpcSecurityGroupIds", "tagSpecifications")
    shape = ec2.meta.service_model.operation_model("CreateLaunchTemplate").input_shape.members["LaunchTemplateData"]
    specifications = [
        {
            "ResourceType": entry["resourceType"],
            "Tags": [{"Key": key, "Value": text} for key, text in entry["tags"].items()],
        }
        for entry in request.inputs.get("tagSpecifications", [])
    ]
    data = structure(shape, given, "LaunchTemplateData")
    return {**data, "SecurityGroupIds": request.inputs["vpcSecurityGroupIds"], "TagSpecifications": specifications}


def _template(request: Request) -> tuple[str, State]:
    made = request.client("ec2").create_launch_template(
        LaunchTemplateName=request.inputs["name"],
        LaunchTemplateData=_template_data(request),
        TagSpecifications=tagged(request, "launch-template"),
    )["LaunchTemplate"]
    return made["LaunchTemplateId"], {"latestVersion": 1, "defaultVersion": 1}


def _new_version(request: Request, identifier: str, state: State) -> State:
    ec2 = request.client("ec2")
    made = ec2.create_launch_template_version(LaunchTemplateId=identifier, LaunchTemplateData=_template_data(request))[
        "LaunchTemplateVersion"
    ]
    return {"latestVersion": made["VersionNumber"], "defaultVersion": made["VersionNumber"]}


def _no_template(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").delete_launch_template(LaunchTemplateId=identifier)


_OTHER_CALLS = (
    "name",
    "tags",
    "instanceRefresh",
    "enabledMetrics",
    "forceDelete",
    "waitForCapacityTimeout",
    "vpcZoneIdentifiers",
)


def _group_parameters(request: Request, operation: str) -> dict[str, Any]:
    client = request.client("autoscaling")
    given = parameters(
        client, operation, without(request.inputs, *_OTHER_CALLS), protectFromScaleIn="NewInstancesProtectedFromScaleIn"
    )
    _require_version(request)
    return {
        "AutoScalingGroupName": request.inputs["name"],
        "VPCZoneIdentifier": ",".join(request.inputs["vpcZoneIdentifiers"]),
        **given,
    }


def _require_version(request: Request) -> None:
    """EC2 Auto Scaling refuses a launch template that is not there; moto does not look before an instance starts."""
    template = request.inputs["mixedInstancesPolicy"]["launchTemplate"]["launchTemplateSpecification"]
    request.client("ec2").describe_launch_template_versions(
        LaunchTemplateId=template["launchTemplateId"], Versions=[template["version"]]
    )


def _group(request: Request) -> tuple[str, State]:
    client, name = request.client("autoscaling"), request.inputs["name"]
    tags = [
        {"Key": entry["key"], "Value": entry["value"], "PropagateAtLaunch": entry["propagateAtLaunch"]}
        for entry in request.inputs.get("tags", [])
    ]
    client.create_auto_scaling_group(**_group_parameters(request, "create_auto_scaling_group"), Tags=tags)
    client.enable_metrics_collection(
        AutoScalingGroupName=name, Granularity="1Minute", Metrics=request.inputs["enabledMetrics"]
    )
    [made] = client.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return name, {"arn": made["AutoScalingGroupARN"]}


def _changed_group(request: Request, identifier: str, state: State) -> State:
    request.client("autoscaling").update_auto_scaling_group(**_group_parameters(request, "update_auto_scaling_group"))
    return {}


def _no_group(account: Account, identifier: str, state: State) -> None:
    """With `forceDelete` AWS ends the instances, protected or not; moto leaves protected ones alone, and replaces others."""
    scaling, ec2 = account.client("autoscaling"), account.client("ec2")
    scaling.delete_auto_scaling_group(AutoScalingGroupName=identifier, ForceDelete=bool(state.get("forceDelete")))
    members = [{"Name": "tag:aws:autoscaling:groupName", "Values": [identifier]}]
    found = ec2.describe_instances(Filters=members)["Reservations"]
    if instances := [entry["InstanceId"] for reservation in found for entry in reservation["Instances"]]:
        ec2.terminate_instances(InstanceIds=instances)


KINDS = {
    "aws:ebs/volume:Volume": Kind(
        _volume,
        _no_volume,
        _changed_volume,
        _read_volume,
        replaces=frozenset({"availabilityZone", "encrypted", "kmsKeyId", "snapshotId"}),
    ),
    "aws:ec2/launchTemplate:LaunchTemplate": Kind(
        _template, _no_template, _new_version, named="name", replaces=frozenset({"name"})
    ),
    "aws:autoscaling/group:Group": Kind(_group, _no_group, _changed_group, named="name", replaces=frozenset({"name"})),
}
