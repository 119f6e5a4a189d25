"""Look-ups of what is given to a stack rather than made by it: the zone of its name, managed rule groups, a network."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stackgraph.facts import AccountFacts
from stackgraph.graph import Resource
from stackgraph.web_acl import MANAGED

MAIN_TABLE = "main"  # represents every subnet without its own route table
Answer = Callable[[AccountFacts, Mapping[str, Any]], dict[str, Any]]


class NotThereError(Exception):
    """AWS would refuse the look-up; the program hears it as a failure, as from the provider."""


def _zone(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    if facts.hosted_zone is None:
        raise NotThereError(f"no Route 53 Hosted Zone {args['zoneId']}")
    return {"name": facts.hosted_zone, "privateZone": facts.private_zone, "id": args["zoneId"], **args}


def _rule_group(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    if args["versionName"] == facts.version_expired:
        raise NotThereError("WAFExpiredManagedRuleGroupVersionException: the version has expired")
    names = [name for name in MANAGED[args["name"]] if name not in facts.rules_gone]
    return {**args, "rules": [{"name": name} for name in (*names, *facts.rules_more)], "id": args["name"]}


def _vpc(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    if args["id"] not in {subnet.vpc for subnet in facts.subnets.values()}:
        raise NotThereError("no matching EC2 VPC found")
    return {"enableDnsSupport": facts.resolves_names, **args}


def _subnet(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    if args["id"] not in facts.subnets:
        raise NotThereError("no matching EC2 Subnet found")
    subnet = facts.subnets[args["id"]]
    return {"vpcId": subnet.vpc, "availabilityZone": subnet.zone, "availableIpAddressCount": subnet.free, **args}


def _tables(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    """One table per subnet, named after it; the main table is named after its first subnet."""
    [asked] = args["filters"]
    if asked["name"] == "association.main":
        found = [name for name, subnet in facts.subnets.items() if not subnet.own_table][:1]
    else:
        found = [name for name in asked["values"] if facts.subnets[name].own_table]
    return {"ids": [name.replace("subnet", "rtb") for name in found], **args}


# The attribute of a route for a target, by the prefix of its id.
_TARGETS = {
    "nat": "natGatewayId",
    "tgw": "transitGatewayId",
    "eni": "networkInterfaceId",
    "vpce": "vpcEndpointId",
    "pcx": "vpcPeeringConnectionId",
}
_NO_TARGET = dict.fromkeys(("gatewayId", "coreNetworkArn", "localGatewayId", *_TARGETS.values()), "")


def _table(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    subnet = facts.subnets[args["routeTableId"].replace("rtb", "subnet")]
    routes = [{**_NO_TARGET, "cidrBlock": "10.77.0.0/16", "gatewayId": "local"}]
    for cidr, target in subnet.routes.items():
        routes.append({**_NO_TARGET, "cidrBlock": cidr, _TARGETS.get(target.split("-")[0], "gatewayId"): target})
    return {"routes": routes, **args}


def _endpoint(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    name = args["serviceName"].split(".", 3)[3]
    [kind] = args["filters"][0]["values"]
    if name not in facts.endpoints or kind != ("Gateway" if name == "s3" else "Interface"):
        raise NotThereError("no matching EC2 VPC Endpoint found")
    tables = [subnet.replace("subnet", "rtb") for subnet in facts.subnets]
    return {"privateDnsEnabled": kind == "Interface", "routeTableIds": tables, "id": f"vpce-{name}", **args}


def resources(token: str, answer: Mapping[str, Any]) -> Iterator[Resource]:
    """A looked-up subnet or route table as a recorded stack has its own, so that one can ask for reachability."""

    def resource(kind: str, name: str, inputs: Mapping[str, Any]) -> Resource:
        return Resource(f"given::{kind}::{name}", kind, name, name, inputs, inputs)

    match token.rpartition(":")[2]:
        case "getSubnet":
            name, vpc = str(answer["id"]), str(answer["vpcId"])
            inputs = {"availabilityZone": str(answer["availabilityZone"]), "vpcId": vpc}
            yield resource("aws:ec2/subnet:Subnet", name, inputs)
        case "getRouteTables":
            [asked] = answer["filters"]
            main = asked["name"] == "association.main"
            for subnet in ([MAIN_TABLE] if main else asked["values"]) if answer["ids"] else ():
                inputs = {"subnetId": subnet, "routeTableId": answer["ids"][0]}
                yield resource("aws:ec2/routeTableAssociation:RouteTableAssociation", subnet, inputs)
        case "getRouteTable":
            for route in answer["routes"]:
                inputs = {
                    "routeTableId": str(answer["routeTableId"]),
                    "destinationCidrBlock": str(route["cidrBlock"]),
                    **{key: value for key, value in route.items() if value and key != "cidrBlock"},
                }
                name = f"{answer['routeTableId']}-{route['cidrBlock']}"
                yield resource("aws:ec2/route:Route", name, inputs)


GIVEN: Mapping[str, Answer] = {
    "aws:route53/getZone:getZone": _zone,
    "aws:wafv2/getManagedRuleGroup:getManagedRuleGroup": _rule_group,
    "aws:ec2/getVpc:getVpc": _vpc,
    "aws:ec2/getSubnet:getSubnet": _subnet,
    "aws:ec2/getRouteTables:getRouteTables": _tables,
    "aws:ec2/getRouteTable:getRouteTable": _table,
    "aws:ec2/getVpcEndpoint:getVpcEndpoint": _endpoint,
}
