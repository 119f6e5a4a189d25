"""Serves `construct` for awsx:ec2:Vpc and awsx:ecr:Image."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws
from pulumi.provider import ConstructResult, Provider
from pulumi.provider import main as serve
from pulumi_aws._utilities import get_version

from stackgraph.awsx import Child, key_of, vpc_children


class Awsx(Provider):
    """The two components that the program uses; any other is an error."""

    def construct(
        self, name: str, resource_type: str, inputs: Any, options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        """Builds a component and its children."""
        match resource_type:
            case "awsx:ec2:Vpc":
                return _vpc(name, inputs, options)
            case "awsx:ecr:Image":
                return _image(name, inputs, options)
        raise LookupError(f"{resource_type} has no stand-in: add it to rehearsal/providers/awsx")


class _Component(pulumi.ComponentResource):
    """The component itself, of the type that was asked for."""

    def __init__(self, kind: str, name: str, options: pulumi.ResourceOptions | None) -> None:
        super().__init__(kind, name, None, options)


def _vpc(name: str, inputs: Mapping[str, Any], options: pulumi.ResourceOptions | None) -> ConstructResult:
    """As awsx lays it out: see stackgraph.awsx, which the tests of the program use too."""
    component = _Component("awsx:ec2:Vpc", name, options)
    made: dict[str, pulumi.CustomResource] = {}
    tables: list[aws.ec2.RouteTable] = []
    subnets: dict[str, list[pulumi.Output[str]]] = {"public": [], "private": []}
    for child in vpc_children(name, inputs):
        resource = _child(child, made, pulumi.ResourceOptions(parent=component, version=get_version()))
        made[key_of(child)] = resource
        if isinstance(resource, aws.ec2.RouteTable):
            tables.append(resource)
        if child.kind.endswith(":Subnet"):
            subnets[child.inputs["tags"]["SubnetType"].lower()].append(resource.id)
    state = {
        "vpcId": made[name].id,
        "publicSubnetIds": subnets["public"],
        "privateSubnetIds": subnets["private"],
        "routeTables": tables,
    }
    component.register_outputs(state)
    return ConstructResult(component.urn, state)


def _child(
    child: Child, made: Mapping[str, pulumi.CustomResource], options: pulumi.ResourceOptions
) -> pulumi.CustomResource:
    inputs = {
        key: made[value["ref"]].id if isinstance(value, dict) and "ref" in value else value
        for key, value in child.inputs.items()
    }
    if child.kind.endswith(":RouteTable"):  # handed on as a resource, so that it must be one of the SDK's
        return aws.ec2.RouteTable(child.name, vpc_id=inputs["vpcId"], opts=options)
    return pulumi.CustomResource(child.kind, child.name, inputs, options)


def _image(name: str, inputs: Mapping[str, Any], options: pulumi.ResourceOptions | None) -> ConstructResult:
    """As awsx does (awsx/ecr/image.ts): the child that builds has the tag for a name, so another tag is another resource."""
    component = _Component("awsx:ecr:Image", name, options)
    for key in ("context", "dockerfile"):
        if not os.path.exists(inputs[key]):
            raise ValueError(f"{name}: {key} {inputs[key]!r} is not there (from {os.getcwd()})")
    tag, url = inputs["imageTag"], pulumi.Output.from_input(inputs["repositoryUrl"])
    built = pulumi.CustomResource(
        "docker-build:index:Image",
        tag,
        {
            "tags": [pulumi.Output.concat(url, ":", tag)],
            "context": {"location": inputs["context"]},
            "dockerfile": {"location": inputs["dockerfile"]},
            "platforms": [inputs["platform"]],
            "buildArgs": inputs.get("args", {}),
            "push": True,
            "digest": None,
        },
        pulumi.ResourceOptions(parent=component, version=get_version()),
    )
    digest: pulumi.Output[str] = getattr(built, "digest")  # noqa: B009 - the base class does not know it
    state = {"imageUri": pulumi.Output.concat(url, "@", digest)}
    component.register_outputs(state)
    return ConstructResult(component.urn, state)


serve(Awsx(get_version()), sys.argv[1:])
