"""The look-ups of the Pulumi program, answered by boto3 as the AWS provider answers them."""

from collections.abc import Callable, Mapping
from typing import Any

Ask = Callable[..., dict[str, Any]]  # ask(service, operation, **parameters)
Answer = dict[str, Any]
Arguments = Mapping[str, Any]


def look_up(ask: Ask, token: str, args: Arguments) -> Answer:
    """The result of a function of pulumi_aws.

    Raises:
        LookupError: the function is unknown.
    """
    if token not in ANSWERS:
        raise LookupError(f"{token} is not answered here: add it to src/stacks/preflight/lookups.py")
    return {"id": "looked-up", **args, **ANSWERS[token](ask, args)}


def filters(args: Arguments) -> list[dict[str, Any]]:
    """Filters in the form that EC2 expects."""
    return [{"Name": entry["name"], "Values": entry["values"]} for entry in args.get("filters", [])]


def _caller(ask: Ask, args: Arguments) -> Answer:
    found = ask("sts", "get_caller_identity")
    return {"accountId": found["Account"], "arn": found["Arn"], "userId": found["UserId"]}


def _zones(ask: Ask, args: Arguments) -> Answer:
    wanted = [{"Name": "state", "Values": [args["state"]]}, *filters(args)]
    found = ask("ec2", "describe_availability_zones", Filters=wanted)["AvailabilityZones"]
    return {"names": [zone["ZoneName"] for zone in found]}


def _offerings(ask: Ask, args: Arguments) -> Answer:
    found = ask("ec2", "describe_instance_type_offerings", LocationType=args["locationType"], Filters=filters(args))
    return {"locations": [entry["Location"] for entry in found["InstanceTypeOfferings"]]}


def _type(ask: Ask, args: Arguments) -> Answer:
    [found] = ask("ec2", "describe_instance_types", InstanceTypes=[args["instanceType"]])["InstanceTypes"]
    gpus = [{"count": gpu["Count"], "name": gpu["Name"]} for gpu in found.get("GpuInfo", {}).get("Gpus", [])]
    size = {"defaultVcpus": found["VCpuInfo"]["DefaultVCpus"], "memorySize": found["MemoryInfo"]["SizeInMiB"]}
    return {**size, "gpuses": gpus}


def _quota(ask: Ask, args: Arguments) -> Answer:
    found = ask("service-quotas", "get_service_quota", ServiceCode=args["serviceCode"], QuotaCode=args["quotaCode"])
    return {"value": found["Quota"]["Value"]}


def _volumes(ask: Ask, args: Arguments) -> Answer:
    found = ask("ec2", "describe_volumes", Filters=filters(args))["Volumes"]
    return {"ids": [volume["VolumeId"] for volume in found]}


def _alias(ask: Ask, args: Arguments) -> Answer:
    found = ask("kms", "describe_key", KeyId=args["name"])["KeyMetadata"]
    return {"targetKeyArn": found["Arn"], "targetKeyId": found["KeyId"]}


def _secrets(ask: Ask, args: Arguments) -> Answer:
    wanted = [{"Key": entry["name"], "Values": entry["values"]} for entry in args["filters"]]
    found = ask("secretsmanager", "list_secrets", Filters=wanted)["SecretList"]
    return {"names": [entry["Name"] for entry in found], "arns": [entry["ARN"] for entry in found]}


def _zone(ask: Ask, args: Arguments) -> Answer:
    found = ask("route53", "get_hosted_zone", Id=args["zoneId"])["HostedZone"]
    return {"name": found["Name"].rstrip("."), "privateZone": found["Config"]["PrivateZone"]}


def _rule_group(ask: Ask, args: Arguments) -> Answer:
    named = {"Name": args["name"], "VendorName": args["vendorName"], "Scope": args["scope"]}
    found = ask("wafv2", "describe_managed_rule_group", **named, VersionName=args["versionName"])
    return {"rules": [{"name": rule["Name"]} for rule in found["Rules"]]}


def _only(found: list[Any], what: str) -> Any:
    if not found:
        raise LookupError(f"no matching {what} found")
    return found[0]


def _vpc(ask: Ask, args: Arguments) -> Answer:
    _only(ask("ec2", "describe_vpcs", VpcIds=[args["id"]])["Vpcs"], "VPC")
    resolves = ask("ec2", "describe_vpc_attribute", VpcId=args["id"], Attribute="enableDnsSupport")["EnableDnsSupport"]
    return {"enableDnsSupport": resolves["Value"]}


def _subnet(ask: Ask, args: Arguments) -> Answer:
    found = _only(ask("ec2", "describe_subnets", SubnetIds=[args["id"]])["Subnets"], "subnet")
    place = {"vpcId": found["VpcId"], "availabilityZone": found["AvailabilityZone"]}
    return {**place, "availableIpAddressCount": found["AvailableIpAddressCount"]}


def _tables(ask: Ask, args: Arguments) -> Answer:
    wanted = [{"Name": "vpc-id", "Values": [args["vpcId"]]}, *filters(args)]
    return {
        "ids": [table["RouteTableId"] for table in ask("ec2", "describe_route_tables", Filters=wanted)["RouteTables"]]
    }


# The targets of a route, as the provider and as EC2 name them.
_TARGETS = {
    "gatewayId": "GatewayId",
    "natGatewayId": "NatGatewayId",
    "transitGatewayId": "TransitGatewayId",
    "networkInterfaceId": "NetworkInterfaceId",
    "vpcPeeringConnectionId": "VpcPeeringConnectionId",
    "coreNetworkArn": "CoreNetworkArn",
    "localGatewayId": "LocalGatewayId",
}


def _table(ask: Ask, args: Arguments) -> Answer:
    tables = ask("ec2", "describe_route_tables", RouteTableIds=[args["routeTableId"]])["RouteTables"]
    routes = []
    for route in _only(tables, "route table")["Routes"]:
        target = {name: route.get(member, "") for name, member in _TARGETS.items()}
        if target["gatewayId"].startswith("vpce-"):  # EC2 tells an endpoint as a gateway, the provider apart
            target |= {"gatewayId": "", "vpcEndpointId": route["GatewayId"]}
        routes.append({"vpcEndpointId": "", **target, "cidrBlock": route.get("DestinationCidrBlock", "")})
    return {"routes": routes}


def _endpoint(ask: Ask, args: Arguments) -> Answer:
    named = {"vpc-id": args["vpcId"], "service-name": args["serviceName"]}
    wanted = [*({"Name": name, "Values": [value]} for name, value in named.items()), *filters(args)]
    found = _only(ask("ec2", "describe_vpc_endpoints", Filters=wanted)["VpcEndpoints"], "VPC endpoint")
    private = bool(found.get("PrivateDnsEnabled"))
    return {"id": found["VpcEndpointId"], "privateDnsEnabled": private, "routeTableIds": found.get("RouteTableIds", [])}


ANSWERS: Mapping[str, Callable[[Ask, Arguments], Answer]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": _caller,
    "aws:index/getAvailabilityZones:getAvailabilityZones": _zones,
    "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": _offerings,
    "aws:ec2/getInstanceType:getInstanceType": _type,
    "aws:servicequotas/getServiceQuota:getServiceQuota": _quota,
    "aws:ebs/getEbsVolumes:getEbsVolumes": _volumes,
    "aws:kms/getAlias:getAlias": _alias,
    "aws:secretsmanager/getSecrets:getSecrets": _secrets,
    "aws:route53/getZone:getZone": _zone,
    "aws:wafv2/getManagedRuleGroup:getManagedRuleGroup": _rule_group,
    "aws:ec2/getVpc:getVpc": _vpc,
    "aws:ec2/getSubnet:getSubnet": _subnet,
    "aws:ec2/getRouteTables:getRouteTables": _tables,
    "aws:ec2/getRouteTable:getRouteTable": _table,
    "aws:ec2/getVpcEndpoint:getVpcEndpoint": _endpoint,
}
