"""Who may reach whom on which port, computed from security groups, subnets and routes of a recorded graph."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

from stackgraph.given import MAIN_TABLE
from stackgraph.recorder import Graph, Resource


@dataclass(frozen=True)
class Rule:
    """One direction of one rule. `peer` is a range, or the name of a security group."""

    group: str
    peer: str
    first: int
    last: int
    ingress: bool

    def admits(self, port: int) -> bool:
        """Whether the rule is for that port."""
        return self.first <= port <= self.last


def group_names(graph: Graph) -> dict[str, str]:
    """Security groups by id: the last part of their logical names, such as `alb`."""
    return {group.id: group.name.rsplit("-", 1)[1] for group in graph.of("ec2/securityGroup:SecurityGroup")}


def rules(graph: Graph) -> Iterator[Rule]:
    """All rules; a group with inline rules is an error, because they would conflict with these."""
    names = group_names(graph)
    for group in graph.of("ec2/securityGroup:SecurityGroup"):
        if group.inputs.get("ingress") or group.inputs.get("egress"):
            raise ValueError(f"{group.name} has inline rules")
    for direction in ("Ingress", "Egress"):
        for rule in graph.of(f"vpc/securityGroup{direction}Rule:SecurityGroup{direction}Rule"):
            peer = rule.inputs.get("referencedSecurityGroupId")
            everything = rule.inputs["ipProtocol"] == "-1"
            yield Rule(
                names[rule.inputs["securityGroupId"]],
                names[peer] if peer else str(rule.inputs["cidrIpv4"]),
                0 if everything else int(rule.inputs["fromPort"]),
                65_535 if everything else int(rule.inputs["toPort"]),
                direction == "Ingress",
            )


def may_connect(graph: Graph, source: str, target: str, port: int) -> bool:
    """Whether packets from `source` (a group's name or an IPv4 address) get into the group `target` on a port."""
    known, every = group_names(graph).values(), list(rules(graph))
    into = any(
        rule.group == target and rule.ingress and rule.admits(port) and _matches(rule.peer, source) for rule in every
    )
    if source not in known:
        return into
    out_of = any(
        rule.group == source and not rule.ingress and rule.admits(port) and (rule.peer in (target, "0.0.0.0/0"))
        for rule in every
    )
    return into and out_of


def _matches(peer: str, source: str) -> bool:
    if "/" not in peer or not source[0].isdigit():
        return peer == source
    return ipaddress.ip_address(source) in ipaddress.ip_network(peer)


def way_out(graph: Graph, subnet: str, address: str) -> str | None:
    """Where a subnet's most specific route to an address leads: `internet`, `nat`, `transit gateway`, `vpn gateway`, `inside`
    the VPC; None: nowhere."""
    tables = {
        entry.inputs["subnetId"]: entry.inputs["routeTableId"]
        for entry in graph.known("ec2/routeTableAssociation:RouteTableAssociation")
    }
    table = tables.get(subnet, tables.get(MAIN_TABLE))
    fitting = [
        route
        for route in graph.known("ec2/route:Route")
        if route.inputs["routeTableId"] == table
        and ipaddress.ip_address(address) in ipaddress.ip_network(route.inputs["destinationCidrBlock"])
    ]
    if not fitting:
        return None
    return _kind(max(fitting, key=lambda route: ipaddress.ip_network(route.inputs["destinationCidrBlock"]).prefixlen))


def _kind(route: Resource) -> str:
    gateway = str(route.inputs.get("gatewayId") or "")
    if route.inputs.get("transitGatewayId"):
        return "transit gateway"
    if gateway.startswith("vgw-"):
        return "vpn gateway"
    if gateway == "local":
        return "inside"
    return "internet" if gateway else "nat"
