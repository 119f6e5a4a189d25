"""VPC, subnets, routes, gateways, endpoints, security groups and their rules, flow logs."""

from typing import Any

from rehearsal.providers.aws.kind import Account, Inputs, Kind, Request, State
from rehearsal.providers.aws.shapes import parameters

EVERY = frozenset({"*"})


def _ec2(request: Request) -> Any:
    return request.client("ec2")


def tagged(request: Request, kind: str) -> list[dict[str, Any]]:
    """The tags as EC2's Create operations take them."""
    return [{"ResourceType": kind, "Tags": request.account.pairs(request.inputs)}]


def without(inputs: Inputs, *names: str) -> dict[str, Any]:
    """The inputs but those that another call takes."""
    return {key: value for key, value in inputs.items() if key not in names}


def _vpc(request: Request) -> tuple[str, State]:
    given = without(request.inputs, "tags", "enableDnsHostnames", "enableDnsSupport")
    made = _ec2(request).create_vpc(
        **parameters(_ec2(request), "create_vpc", given), TagSpecifications=tagged(request, "vpc")
    )["Vpc"]
    for name, member in (("enableDnsSupport", "EnableDnsSupport"), ("enableDnsHostnames", "EnableDnsHostnames")):
        _ec2(request).modify_vpc_attribute(VpcId=made["VpcId"], **{member: {"Value": request.inputs[name]}})
    groups = _ec2(request).describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [made["VpcId"]]}])
    return made["VpcId"], {"defaultSecurityGroupId": groups["SecurityGroups"][0]["GroupId"]}


def _default_group(request: Request) -> tuple[str, State]:
    """The group that a VPC is made with; declared without rules it loses those it has."""
    filters = [{"Name": "vpc-id", "Values": [request.inputs["vpcId"]]}, {"Name": "group-name", "Values": ["default"]}]
    [group] = _ec2(request).describe_security_groups(Filters=filters)["SecurityGroups"]
    for permissions, revoke in (
        (group["IpPermissions"], _ec2(request).revoke_security_group_ingress),
        (group["IpPermissionsEgress"], _ec2(request).revoke_security_group_egress),
    ):
        if permissions:
            revoke(GroupId=group["GroupId"], IpPermissions=permissions)
    return group["GroupId"], {}


def _gateway(request: Request) -> tuple[str, State]:
    made = _ec2(request).create_internet_gateway(TagSpecifications=tagged(request, "internet-gateway"))
    identifier = made["InternetGateway"]["InternetGatewayId"]
    _ec2(request).attach_internet_gateway(InternetGatewayId=identifier, VpcId=request.inputs["vpcId"])
    return identifier, {}


def _no_gateway(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").detach_internet_gateway(InternetGatewayId=identifier, VpcId=state["vpcId"])
    account.client("ec2").delete_internet_gateway(InternetGatewayId=identifier)


def _subnet(request: Request) -> tuple[str, State]:
    given = without(request.inputs, "tags", "mapPublicIpOnLaunch")
    made = _ec2(request).create_subnet(
        **parameters(_ec2(request), "create_subnet", given), TagSpecifications=tagged(request, "subnet")
    )["Subnet"]
    public = bool(request.inputs.get("mapPublicIpOnLaunch"))
    _ec2(request).modify_subnet_attribute(SubnetId=made["SubnetId"], MapPublicIpOnLaunch={"Value": public})
    return made["SubnetId"], {}


def _table(request: Request) -> tuple[str, State]:
    made = _ec2(request).create_route_table(
        VpcId=request.inputs["vpcId"], TagSpecifications=tagged(request, "route-table")
    )
    return made["RouteTable"]["RouteTableId"], {}


def _association(request: Request) -> tuple[str, State]:
    made = _ec2(request).associate_route_table(**parameters(_ec2(request), "associate_route_table", request.inputs))
    return made["AssociationId"], {}


def _route(request: Request) -> tuple[str, State]:
    _ec2(request).create_route(**parameters(_ec2(request), "create_route", request.inputs))
    return f"r-{request.inputs['routeTableId']}-{request.inputs['destinationCidrBlock']}", {}


def _no_route(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").delete_route(
        RouteTableId=state["routeTableId"], DestinationCidrBlock=state["destinationCidrBlock"]
    )


def _eip(request: Request) -> tuple[str, State]:
    made = _ec2(request).allocate_address(Domain=request.inputs["domain"])
    return made["AllocationId"], {"publicIp": made["PublicIp"]}


def _nat(request: Request) -> tuple[str, State]:
    made = _ec2(request).create_nat_gateway(
        **parameters(_ec2(request), "create_nat_gateway", without(request.inputs, "tags")),
        TagSpecifications=tagged(request, "natgateway"),
    )
    return made["NatGateway"]["NatGatewayId"], {}


def _endpoint(request: Request) -> tuple[str, State]:
    made = _ec2(request).create_vpc_endpoint(
        **parameters(_ec2(request), "create_vpc_endpoint", without(request.inputs, "tags")),
        TagSpecifications=tagged(request, "vpc-endpoint"),
    )
    return made["VpcEndpoint"]["VpcEndpointId"], {}


def _flow_log(request: Request) -> tuple[str, State]:
    given = {
        **without(request.inputs, "vpcId", "tags"),
        "resourceIds": [request.inputs["vpcId"]],
        "resourceType": "VPC",
    }
    made = _ec2(request).create_flow_logs(
        **parameters(_ec2(request), "create_flow_logs", given, iamRoleArn="DeliverLogsPermissionArn")
    )
    if made.get("Unsuccessful"):
        raise ValueError(made["Unsuccessful"][0]["Error"]["Message"])
    return made["FlowLogIds"][0], {}


def _group(request: Request) -> tuple[str, State]:
    given = without(request.inputs, "tags", "revokeRulesOnDelete", "name")
    made = _ec2(request).create_security_group(
        GroupName=request.inputs["name"],
        **parameters(_ec2(request), "create_security_group", given),
        TagSpecifications=tagged(request, "security-group"),
    )
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]  # the provider takes EC2's default away
    _ec2(request).revoke_security_group_egress(GroupId=made["GroupId"], IpPermissions=everything)
    return made["GroupId"], {}


def _no_group(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").delete_security_group(GroupId=identifier)


def _permission(inputs: Inputs) -> list[dict[str, Any]]:
    permission: dict[str, Any] = {"IpProtocol": inputs["ipProtocol"]}
    for key, member in (("fromPort", "FromPort"), ("toPort", "ToPort")):
        if key in inputs:
            permission[member] = int(inputs[key])
    if "cidrIpv4" in inputs:
        permission["IpRanges"] = [{"CidrIp": inputs["cidrIpv4"], "Description": inputs.get("description", "")}]
    if "referencedSecurityGroupId" in inputs:
        permission["UserIdGroupPairs"] = [{"GroupId": inputs["referencedSecurityGroupId"]}]
    return [permission]


def _rule(direction: str) -> Kind:
    def create(request: Request) -> tuple[str, State]:
        authorize = getattr(_ec2(request), f"authorize_security_group_{direction}")
        made = authorize(GroupId=request.inputs["securityGroupId"], IpPermissions=_permission(request.inputs))
        rule: str = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return rule, {"securityGroupRuleId": rule}

    def delete(account: Account, identifier: str, state: State) -> None:
        revoke = getattr(account.client("ec2"), f"revoke_security_group_{direction}")
        revoke(GroupId=state["securityGroupId"], IpPermissions=_permission(state))

    return Kind(create, delete, replaces=EVERY)


def _deleted(operation: str, parameter: str) -> Any:
    def delete(account: Account, identifier: str, state: State) -> None:
        getattr(account.client("ec2"), operation)(**{parameter: identifier})

    return delete


def _no_flow_log(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").delete_flow_logs(FlowLogIds=[identifier])


def _no_endpoint(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").delete_vpc_endpoints(VpcEndpointIds=[identifier])


def _transit_attachment(request: Request) -> tuple[str, State]:
    given = without(request.inputs, "tags")
    made = _ec2(request).create_transit_gateway_vpc_attachment(
        **parameters(_ec2(request), "create_transit_gateway_vpc_attachment", given)
    )
    return made["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"], {}


def _vpn_attachment(request: Request) -> tuple[str, State]:
    inputs = request.inputs
    _ec2(request).attach_vpn_gateway(VpnGatewayId=inputs["vpnGatewayId"], VpcId=inputs["vpcId"])
    return f"vpn-attachment-{inputs['vpnGatewayId']}", {}


def _no_vpn_attachment(account: Account, identifier: str, state: State) -> None:
    account.client("ec2").detach_vpn_gateway(VpnGatewayId=state["vpnGatewayId"], VpcId=state["vpcId"])


KINDS = {
    "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": Kind(_vpn_attachment, _no_vpn_attachment, replaces=EVERY),
    "aws:ec2/vpc:Vpc": Kind(_vpc, _deleted("delete_vpc", "VpcId"), replaces=EVERY),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": Kind(_default_group, replaces=EVERY),
    "aws:ec2/internetGateway:InternetGateway": Kind(_gateway, _no_gateway, replaces=EVERY),
    "aws:ec2/subnet:Subnet": Kind(_subnet, _deleted("delete_subnet", "SubnetId"), replaces=EVERY),
    "aws:ec2/routeTable:RouteTable": Kind(_table, _deleted("delete_route_table", "RouteTableId"), replaces=EVERY),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Kind(
        _association, _deleted("disassociate_route_table", "AssociationId"), replaces=EVERY
    ),
    "aws:ec2/route:Route": Kind(_route, _no_route, replaces=EVERY),
    "aws:ec2/eip:Eip": Kind(_eip, _deleted("release_address", "AllocationId"), replaces=EVERY),
    "aws:ec2/natGateway:NatGateway": Kind(_nat, _deleted("delete_nat_gateway", "NatGatewayId"), replaces=EVERY),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Kind(_endpoint, _no_endpoint, replaces=EVERY),
    "aws:ec2/flowLog:FlowLog": Kind(_flow_log, _no_flow_log, replaces=EVERY),
    "aws:ec2/securityGroup:SecurityGroup": Kind(_group, _no_group, named="name", replaces=EVERY),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule("ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule("egress"),
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": Kind(
        _transit_attachment,
        _deleted("delete_transit_gateway_vpc_attachment", "TransitGatewayAttachmentId"),
        replaces=EVERY,
    ),
}
