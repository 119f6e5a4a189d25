"""Serves `construct` for awsx:ec2:Vpc and awsx:ecr:Image."""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from typing import Any

import boto3
import pulumi
import pulumi_aws as aws
from pulumi.provider import ConstructResult, Provider
from pulumi.provider import main as serve
from pulumi_aws._utilities import get_version

from stackgraph.awsx import Child, key_of, vpc_children

_MANIFEST = "application/vnd.oci.image.manifest.v1+json"


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
    """Pushes a manifest that stands for the image; its digest changes with what the image is built from."""
    component = _Component("awsx:ecr:Image", name, options)
    for key in ("context", "dockerfile"):
        if not os.path.exists(inputs[key]):
            raise ValueError(f"{name}: {key} {inputs[key]!r} is not there (from {os.getcwd()})")
    plain = {key: inputs[key] for key in ("dockerfile", "imageTag", "platform", "args") if key in inputs}
    uri = pulumi.Output.from_input(inputs["repositoryUrl"]).apply(lambda url: _pushed(url, plain))
    state = {"imageUri": uri}
    component.register_outputs(state)
    return ConstructResult(component.urn, state)


def _pushed(url: str, inputs: Mapping[str, Any]) -> str:
    ecr, repository, tag = boto3.client("ecr"), url.partition("/")[2], inputs["imageTag"]
    config = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
    layer = {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": f"sha256:{config}", "size": 2}
    manifest = json.dumps({"schemaVersion": 2, "mediaType": _MANIFEST, "config": layer, "layers": []})
    found = ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": tag}])["images"]
    image = (
        found[0] if found else ecr.put_image(repositoryName=repository, imageManifest=manifest, imageTag=tag)["image"]
    )
    return f"{url}@{image['imageId']['imageDigest']}"


serve(Awsx(get_version()), sys.argv[1:])
