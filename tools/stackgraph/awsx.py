"""The children that awsx's Vpc makes, as its source lays them out (pulumi-awsx 3, ec2/vpc.ts): mocks see only the parent."""

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Child:
    """A resource inside the component. Values `{"ref": name}` stand for the id of another child."""

    kind: str
    name: str
    inputs: Mapping[str, Any]


def ref(name: str) -> dict[str, str]:
    """The id of the child of that name."""
    return {"ref": name}


def vpc_children(name: str, args: Mapping[str, Any]) -> Iterator[Child]:
    """VPC, gateway, and in each zone a public and a private subnet, each with a route table of its own."""
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
    blocks = _blocks(args["cidrBlock"], len(zones))
    for number, zone in enumerate(zones, 1):
        own_nat = strategy == "OnePerAz" or (strategy == "Single" and number == 1)
        for kind in ("public", "private"):
            subnet = f"{name}-{kind}-{number}"
            yield Child(
                "aws:ec2/subnet:Subnet",
                subnet,
                {
                    "vpcId": ref(name),
                    "availabilityZone": zone,
                    "cidrBlock": blocks[kind, number],
                    "mapPublicIpOnLaunch": kind == "public",
                    "tags": {"Name": subnet, "SubnetType": kind.capitalize()},
                },
            )
            yield Child("aws:ec2/routeTable:RouteTable", subnet, {"vpcId": ref(name)})
            yield Child(
                "aws:ec2/routeTableAssociation:RouteTableAssociation",
                subnet,
                {"routeTableId": ref(f"table:{subnet}"), "subnetId": ref(subnet)},
            )
        if own_nat:
            yield Child("aws:ec2/eip:Eip", f"{name}-{number}", {"domain": "vpc"})
            yield Child(
                "aws:ec2/natGateway:NatGateway",
                f"{name}-{number}",
                {"allocationId": ref(f"eip:{name}-{number}"), "subnetId": ref(f"{name}-public-{number}")},
            )
        yield Child(
            "aws:ec2/route:Route",
            f"{name}-public-{number}",
            {
                "routeTableId": ref(f"table:{name}-public-{number}"),
                "destinationCidrBlock": "0.0.0.0/0",
                "gatewayId": ref(f"gateway:{name}"),
            },
        )
        nat = number if strategy == "OnePerAz" else 1
        yield Child(
            "aws:ec2/route:Route",
            f"{name}-private-{number}",
            {
                "routeTableId": ref(f"table:{name}-private-{number}"),
                "destinationCidrBlock": "0.0.0.0/0",
                "natGatewayId": ref(f"nat:{name}-{nat}"),
            },
        )


def _blocks(cidr: str, zones: int) -> dict[tuple[str, int], str]:
    """A block a subnet; where awsx draws the lines does not matter here."""
    network = ipaddress.ip_network(cidr)
    parts = list(network.subnets(prefixlen_diff=3))
    kinds = [(kind, number) for number in range(1, zones + 1) for kind in ("public", "private")]
    return {key: str(part) for key, part in zip(kinds, parts, strict=False)}
