"""The proxy before moto: a role's call is evaluated by its policies, and what is not allowed is refused and remembered."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from support.aws import aws_account

from rehearsal.cloud import Operator
from rehearsal.gate import Gate, as_role
from stackgraph.graph import Graph, Resource


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    with aws_account() as url:
        yield Operator("mvp", tmp_path, url, Path())


def graph_of(*statements: dict[str, Any]) -> tuple[Graph, Resource]:
    role = Resource("urn:role", "aws:iam/role:Role", "testgen-mvp-task", "task", {}, {})
    document = json.dumps({"Statement": list(statements)})
    policy = Resource("urn:policy", "aws:iam/rolePolicy:RolePolicy", "p", "p", {"role": "task", "policy": document}, {})
    return Graph("mvp", {}, [role, policy]), role


def client(gate: Gate, service: str) -> Any:
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "ap-northeast-1"}
    return boto3.client(service, endpoint_url=gate.url, **keys)


def allow(action: str, resource: str, **condition: Any) -> dict[str, Any]:
    return {
        "Effect": "Allow",
        "Action": action,
        "Resource": resource,
        **({"Condition": condition} if condition else {}),
    }


def test_what_the_role_may_do_is_done(operator: Operator) -> None:
    graph, role = graph_of(allow("ssm:GetParametersByPath", "arn:aws:ssm:*:*:parameter/testgen/mvp/config"))
    operator.client("ssm").put_parameter(Name="/testgen/mvp/config/model", Value="x", Type="String")
    with as_role(operator, graph, role) as gate:
        found = client(gate, "ssm").get_parameters_by_path(Path="/testgen/mvp/config/")
    assert [entry["Value"] for entry in found["Parameters"]] == ["x"]
    assert gate.refused == []


def test_another_path_is_refused_by_name(operator: Operator) -> None:
    graph, role = graph_of(allow("ssm:GetParametersByPath", "arn:aws:ssm:*:*:parameter/testgen/mvp/config"))
    with as_role(operator, graph, role) as gate:
        with pytest.raises(
            ClientError, match=r"role testgen-mvp-task is not authorized to perform: ssm:GetParametersByPath"
        ):
            client(gate, "ssm").get_parameters_by_path(Path="/testgen/phase2/config")
    assert [call.resource.rpartition(":")[2] for call in gate.refused] == ["parameter/testgen/phase2/config"]


def test_a_secret_needs_its_key_too(operator: Operator) -> None:
    key = operator.client("kms").create_key()["KeyMetadata"]["Arn"]
    secret = operator.client("secretsmanager").create_secret(Name="s", SecretString="{}", KmsKeyId=key)["ARN"]
    read = allow("secretsmanager:GetSecretValue", secret)
    via = {"kms:ViaService": "secretsmanager.ap-northeast-1.amazonaws.com"}
    for statements, works in (([read], False), ([read, allow("kms:Decrypt", key, StringEquals=via)], True)):
        graph, role = graph_of(*statements)
        with as_role(operator, graph, role) as gate:
            if works:
                assert client(gate, "secretsmanager").get_secret_value(SecretId="s")["SecretString"] == "{}"
            else:
                with pytest.raises(ClientError):
                    client(gate, "secretsmanager").get_secret_value(SecretId="s")
                assert [call.action for call in gate.refused] == ["kms:Decrypt"]


def test_a_condition_on_tags_is_asked_of_the_resource(operator: Operator) -> None:
    ec2 = operator.client("ec2")
    tags = [{"ResourceType": "volume", "Tags": [{"Key": "Stack", "Value": "phase2"}]}]
    volume = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=1, TagSpecifications=tags)["VolumeId"]
    graph, role = graph_of(allow("ec2:AttachVolume", "*", StringEquals={"aws:ResourceTag/Stack": "mvp"}))
    with as_role(operator, graph, role) as gate:
        with pytest.raises(ClientError, match="UnauthorizedOperation"):
            client(gate, "ec2").attach_volume(VolumeId=volume, InstanceId="i-1", Device="/dev/sdf")
    assert {call.action for call in gate.refused} == {"ec2:AttachVolume"}
