"""A stack in the company's own network and under its rules: nothing of it is changed, and what cannot serve is told at preview."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pulumi
import pytest
from support.stacks import COMPANY_ROLES, VARIANTS, configuration

from stackgraph.facts import BEHIND_NAT, COMPANY, INTERNET, SUBNETS, AccountFacts
from stackgraph.recorder import Graph, record
from stacks.existing_network import NEEDED_ENDPOINTS

A1, C1, A2, C2 = sorted(SUBNETS, key=lambda name: (name[-1], name))
VPC = "vpc-0c0ffee0c0ffee0c0"
MVP = {name: value for name, value in VARIANTS["existing-network"][1].items() if name != "proxy"}
PHASE2 = VARIANTS["existing-network-public"][1]
NOWHERE: Mapping[str, str] = {"10.0.0.0/8": COMPANY}


def subnets(**changed: dict[str, Any]) -> AccountFacts:
    """The network with some of its subnets otherwise: `a2={"free": 3}`."""
    names = {"a1": A1, "c1": C1, "a2": A2, "c2": C2}
    return AccountFacts(
        subnets={**SUBNETS, **{names[key]: replace(SUBNETS[names[key]], **value) for key, value in changed.items()}}
    )


def network(**changed: Any) -> dict[str, Any]:
    return {**MVP, "network": {**MVP["network"], **changed}}


# account, stack, sections, and what the message must say: the key, what was found, the remedy
WRONG: list[tuple[AccountFacts, str, dict[str, Any], str, str]] = [
    (AccountFacts(), "mvp", network(vpc_id="vpc-0123456789abcdef0"), "network.vpc_id: vpc-0123456789abcdef0", "of this account"),
    (AccountFacts(), "mvp", network(vpc_id="mine"), "network.vpc_id ('mine')", "vpc-0123456789abcdef0"),
    (AccountFacts(resolves_names=False), "mvp", MVP, "network.vpc_id", "turn its DNS support on"),
    (
        AccountFacts(),
        "mvp",
        network(private_subnet_ids=[A2, "subnet-0123456789abcdef0"]),
        "private_subnet_ids: subnet-0123456789abcdef0 cannot be read",
        "name one of this account",
    ),
    (subnets(a2={"vpc": "vpc-0ddddddddddddddd0"}), "mvp", MVP, "not of vpc-0c0ffee0c0ffee0c0", "name one of this VPC"),
    (AccountFacts(), "mvp", network(private_subnet_ids=[A2, A1]), "both lie in ap-northeast-1a", "name one a zone"),
    (AccountFacts(), "mvp", network(private_subnet_ids=[A2]), "private_subnet_ids names 1 subnets", "name 2 or 3"),
    (AccountFacts(), "mvp", network(public_subnet_ids=[A1]), "public_subnet_ids: names 1 subnet", "in two zones"),
    (AccountFacts(), "mvp", network(cidr="172.28.0.0/16"), "cidr beside vpc_id", "remove the one or the other"),
    (AccountFacts(), "mvp", network(interface_endpoints=True), "interface_endpoints beside vpc_id", "remove"),
    (AccountFacts(), "mvp", {"network": {"private_subnet_ids": [A2, C2]}}, "private_subnet_ids without vpc_id", "name the VPC"),
    (
        AccountFacts(),
        "mvp",
        {**MVP, "corporate_network": {"ranges": ["10.0.0.0/8"], "transit_gateway_id": COMPANY}},
        "corporate_network: transit_gateway_id",
        "remove the id",
    ),
    (AccountFacts(), "mvp", {**MVP, "compute": {"zones": 3}}, "number of network.private_subnet_ids (2)", "compute.zones: 3"),
    (subnets(a2={"free": 13}), "mvp", MVP, "has 13 free addresses", "may need 14: choose a larger subnet"),
    (subnets(a2={"zone": "ap-northeast-1d"}, c2={"zone": "ap-northeast-1b"}), "mvp", MVP, "private_subnet_ids: of", "offers"),
    (subnets(a2={"routes": {"0.0.0.0/0": INTERNET, **NOWHERE}}), "mvp", MVP, "serves public addresses only", "NAT gateway"),
    (subnets(a2={"routes": {"0.0.0.0/0": INTERNET}}), "mvp", MVP, "has no route to 10.0.0.0/8", "made to your gateway"),
    (subnets(a2={"routes": NOWHERE}), "mvp", MVP, "no endpoints (with private DNS) for ecs, ecs-agent", "or these endpoints"),
    (
        replace(subnets(a2={"routes": NOWHERE}), endpoints=NEEDED_ENDPOINTS),
        "mvp",
        MVP,
        "testgen:compute.model_file: is missing",
        "put a GGUF file on the volumes",
    ),
    (
        replace(subnets(a2={"routes": NOWHERE}), endpoints=NEEDED_ENDPOINTS),
        "mvp",
        {**MVP, "compute": {"model_file": "/root/.ollama/x.gguf"}, **VARIANTS["given-images"][1]},
        "testgen:images.ollama_uri",
        "copy the image to ECR",
    ),
    (AccountFacts(), "phase2", {"network": MVP["network"]}, "network.public_subnet_ids: is missing", "name its subnets"),
    (subnets(a1={"routes": BEHIND_NAT}), "phase2", PHASE2, f"{A1} has no route to an internet gateway", "internet reaches"),
    (subnets(c1={"free": 7}), "phase2", PHASE2, "public_subnet_ids: subnet-0ccccccccccccccc1 has 7", "may need 8"),
    (
        AccountFacts(),
        "mvp",
        {"identity": {"permissions_boundary": "arn:aws:iam::210987654321:policy/boundary"}},
        "is a policy of another account",
        "name one of account 123456789012",
    ),
    (AccountFacts(), "mvp", {"identity": {"permissions_boundary": "boundary"}}, "identity.permissions_boundary", "arn:aws:iam"),
    (AccountFacts(), "mvp", {"identity": {"role_prefix": "q a/"}}, "identity.role_prefix ('q a/')", "match"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "stack_name", "changes", "found", "remedy"), WRONG, ids=[entry[3] for entry in WRONG]
)
def test_a_network_that_cannot_serve_is_told_at_preview(
    facts: AccountFacts, stack_name: str, changes: dict[str, Any], found: str, remedy: str
) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record(stack_name, configuration(stack_name, **changes), facts)
    assert found in str(refused.value)
    assert remedy in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    "routes",
    [
        {"0.0.0.0/0": COMPANY},
        {"0.0.0.0/0": "eni-0123456789abcdef0", "10.0.0.0/8": "vgw-0123456789abcdef0"},
        {"0.0.0.0/0": "vpce-0123456789abcdef0", "10.0.0.0/8": "pcx-0123456789abcdef0"},
        {"0.0.0.0/0": "nat-0123456789abcdef0", "10.1.0.0/16": COMPANY},
    ],
    ids=["transit gateway", "appliance", "firewall endpoint", "part of the range"],
)
def test_other_ways_out_and_back_are_taken(routes: Mapping[str, str]) -> None:
    record("mvp", configuration("mvp", **MVP), subnets(a2={"routes": routes}, c2={"routes": routes}))


def test_endpoints_are_enough_for_a_model_that_lies_on_the_volume() -> None:
    facts = replace(subnets(a2={"routes": NOWHERE}, c2={"routes": NOWHERE}), endpoints=NEEDED_ENDPOINTS)
    record("mvp", configuration("mvp", **{**MVP, "compute": {"model_file": "/root/.ollama/x.gguf"}}), facts)


@pytest.mark.parametrize("name", ["existing-network", "existing-network-public"])
def test_nothing_of_the_network_is_made_or_changed(variant: Callable[[str], Graph], name: str) -> None:
    graph = variant(name)
    for kind in (
        "Vpc",
        "Subnet",
        "Route",
        "RouteTable",
        "NatGateway",
        "VpcEndpoint",
        "DefaultSecurityGroup",
        "FlowLog",
    ):
        assert not [entry for entry in graph.resources if entry.kind.endswith(f":{kind}") and entry.custom], kind
    assert {group.inputs["vpcId"] for group in graph.of("ec2/securityGroup:SecurityGroup")} == {VPC}
    assert graph.one("lb/targetGroup:TargetGroup").inputs["vpcId"] == VPC


def test_an_internal_load_balancer_may_stand_beside_the_tasks(variant: Callable[[str], Graph]) -> None:
    assert variant("existing-network").one("lb/loadBalancer:LoadBalancer").inputs["subnets"] == [A2, C2]
    assert variant("existing-network-public").one("lb/loadBalancer:LoadBalancer").inputs["subnets"] == [A1, C1]


def test_each_group_stands_in_the_subnet_of_its_zone(variant: Callable[[str], Graph]) -> None:
    """The stack file may name the subnets in any order."""
    graph = variant("existing-network")
    assert graph.outputs["availability_zones"] == ["ap-northeast-1a", "ap-northeast-1c"]
    assert graph.one("autoscaling/group:Group").inputs["vpcZoneIdentifiers"] == [A2]
    assert graph.one("autoscaling/group:Group").name.endswith("ap-northeast-1a")


@pytest.mark.parametrize("name", ["existing-network", "existing-network-public"])
def test_every_role_has_the_boundary_and_the_prefix(variant: Callable[[str], Graph], name: str) -> None:
    graph = variant(name)
    roles = graph.of("iam/role:Role")
    assert len(roles) >= 4
    for role in roles:
        assert role.inputs["permissionsBoundary"] == COMPANY_ROLES["permissions_boundary"]
        assert role.inputs["name"] == f"qa-{role.name}"
    assert graph.one("iam/instanceProfile:InstanceProfile").inputs["name"].startswith("qa-testgen-")


def test_a_longest_role_name_fits_64_characters() -> None:
    assert len("p" * 32 + f"testgen-{'s' * 12}-execution") <= 64, "IAM's limit"


def tagged(**tags: str) -> dict[str, str]:
    content = configuration("mvp")
    known = json.loads(content["aws:defaultTags"])["tags"]
    return {**content, "aws:defaultTags": json.dumps({"tags": {**known, **tags}})}


def test_the_companys_tags_reach_what_the_provider_does_not_make() -> None:
    """The provider tags what it makes; instances, their volumes and interfaces, tasks and snapshots are made by AWS."""
    graph = record("mvp", tagged(DataClass="internal", Owner="qa@example.com"))
    for specification in graph.one("ec2/launchTemplate:LaunchTemplate").inputs["tagSpecifications"]:
        assert specification["tags"]["DataClass"] == "internal"
    group = {entry["key"]: entry for entry in graph.one("autoscaling/group:Group").inputs["tags"]}
    assert (group["Owner"]["value"], group["Owner"]["propagateAtLaunch"]) == ("qa@example.com", True)
    assert graph.one("ecs/service:Service").inputs["propagateTags"] == "SERVICE"
    assert graph.one("dlm/lifecyclePolicy:LifecyclePolicy").inputs["policyDetails"]["schedules"][0]["copyTags"] is True


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        ("aws:x", "y", "choose another key"),
        ("Name", "y", "choose another key"),
        ("testgen:slot", "y", "choose another key"),
        ("Data;Class", "y", "letters, digits"),
        ("Class", "y" * 257, "at most 128"),
    ],
)
def test_tags_that_aws_would_refuse_are_told_at_preview(key: str, value: str, remedy: str) -> None:
    with pytest.raises(pulumi.RunError, match="aws:defaultTags") as refused:
        record("mvp", tagged(**{key: value}))
    assert remedy in str(refused.value)


def test_more_tags_than_fit_are_told_at_preview() -> None:
    with pytest.raises(pulumi.RunError, match="40 fit beside those of AWS"):
        record("mvp", tagged(**{f"Tag{number}": "x" for number in range(40)}))
