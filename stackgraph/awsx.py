"""The children that awsx's Vpc makes, as its source lays them out (pulumi-awsx 3, ec2/vpc.ts): mocks see only the parent."""

import ipaddress
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Child:
    """A resource inside the component. Values `{"ref": name}` refer to the id of another child."""

    kind: str
    name: str
    inputs: Mapping[str, Any]


_PREFIXES = {
    "Vpc": "",
    "Subnet": "",
    "RouteTable": "table:",
    "NatGateway": "nat:",
    "InternetGateway": "gateway:",
    "Eip": "eip:",
}


def key_of(child: Child) -> str:
    """The name by which other children refer to it: VPC and subnets by their own, others with their kind."""
    short = child.kind.rsplit(":", 1)[1]
    return _PREFIXES.get(short, f"{short}:") + child.name


def ref(name: str) -> dict[str, str]:
    """The id of the child of that name."""
    return {"ref": name}


def vpc_children(name: str, args: Mapping[str, Any]) -> Iterator[Child]:
    """VPC, gateway, and and in each zone a public and a private subnet with their own route tables."""
    yield Child(
        "aws:ec2/vpc:Vpc",
        name,
        {
            "cidrBlock": args["cidrBlock"],
            "enableDnsHostnames": args.get("enableDnsHostnames", False),
            "enableDnsSupport": args.get("enableDnsSupport", True),
            "tags": {"Name": name},
        },
    )
    yield Child("aws:ec2/internetGateway:InternetGateway", name, {"vpcId": ref(name)})
    strategy = args.get("natGateways", {}).get("strategy", "OnePerAz")
    zones = args["availabilityZoneNames"]
    mask = args.get("availabilityZoneCidrMask")
    blocks = _blocks(args["cidrBlock"], len(zones), int(mask) if mask else None)
    for number, zone in enumerate(zones, 1):
        for kind in ("public", "private"):
            yield from _subnet(name, f"{name}-{kind}-{number}", kind, zone, blocks[kind, number])
        if strategy == "OnePerAz" or (strategy == "Single" and number == 1):
            yield from _nat_gateway(name, number)
        nat = number if strategy == "OnePerAz" else 1
        yield _default_route(f"{name}-public-{number}", "gatewayId", f"gateway:{name}")
        yield _default_route(f"{name}-private-{number}", "natGatewayId", f"nat:{name}-{nat}")


def _subnet(vpc: str, name: str, kind: str, zone: str, block: str) -> Iterator[Child]:
    yield Child(
        "aws:ec2/subnet:Subnet",
        name,
        {
            "vpcId": ref(vpc),
            "availabilityZone": zone,
            "cidrBlock": block,
            "mapPublicIpOnLaunch": kind == "public",
            "tags": {"Name": name, "SubnetType": kind.capitalize()},
        },
    )
    yield Child("aws:ec2/routeTable:RouteTable", name, {"vpcId": ref(vpc)})
    association = {"routeTableId": ref(f"table:{name}"), "subnetId": ref(name)}
    yield Child("aws:ec2/routeTableAssociation:RouteTableAssociation", name, association)


def _nat_gateway(vpc: str, number: int) -> Iterator[Child]:
    name = f"{vpc}-{number}"
    yield Child("aws:ec2/eip:Eip", name, {"domain": "vpc"})
    inputs = {"allocationId": ref(f"eip:{name}"), "subnetId": ref(f"{vpc}-public-{number}")}
    yield Child("aws:ec2/natGateway:NatGateway", name, inputs)


def _default_route(name: str, key: str, gateway: str) -> Child:
    inputs = {"routeTableId": ref(f"table:{name}"), "destinationCidrBlock": "0.0.0.0/0", key: ref(gateway)}
    return Child("aws:ec2/route:Route", name, inputs)


def _blocks(cidr: str, zones: int, mask: int | None) -> dict[tuple[str, int], str]:
    """One block per subnet: half of its zone's part of the range (ec2/subnetDistributorNew.ts)."""
    network = ipaddress.IPv4Network(cidr)
    parts = network.subnets(new_prefix=mask or network.prefixlen + math.ceil(math.log2(zones)))
    return {
        (kind, number): str(block)
        for number, part in zip(range(1, zones + 1), parts, strict=False)
        for kind, block in zip(("public", "private"), part.subnets(), strict=True)
    }
