"""The VPC and the ways out of it: NAT, the S3 gateway, the corporate gateway; flows are logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_network

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from stacks.account import Account
from stacks.existing_network import ExistingNetwork
from stacks.policies import allow, trust
from stacks.roles import Roles
from stacks.sections import CorporateNetworkConfig, NetworkConfig

# What instances and tasks call, where private addresses are wanted (AWS PrivateLink service names).
INTERFACE_ENDPOINTS = (
    "ecs",
    "ecs-agent",
    "ecs-telemetry",
    "ecr.api",
    "ecr.dkr",
    "logs",
    "ssm",
    "ssmmessages",
    "secretsmanager",
)
# One public and one private subnet per zone, each with its own route table (awsx's layout).
ZONE_BITS = 2  # a quarter of the range for each zone
TABLES_PER_ZONE = 2


@dataclass(frozen=True)
class NetworkArgs:
    """`flow_log_group` receives the flow logs; None for an existing network, whose owner keeps them."""

    account: Account
    roles: Roles
    network: NetworkConfig
    corporate: CorporateNetworkConfig | None
    flow_log_group: aws.cloudwatch.LogGroup | None


class Network(pulumi.ComponentResource):
    """A VPC with a public and a private subnet in each zone; or the given one, in which nothing is made or changed."""

    vpc_id: pulumi.Output[str]
    public_subnet_ids: pulumi.Output[Sequence[str]]  # the load balancer's
    private_subnet_ids: pulumi.Output[Sequence[str]]

    def __init__(self, name: str, args: NetworkArgs) -> None:
        super().__init__("testgen:network:Network", name)
        self._options = pulumi.ResourceOptions(parent=self)
        if args.account.network:
            self._take(args.account.network)
        else:
            self._make(name, args)
        self.register_outputs({"vpc_id": self.vpc_id})

    def _take(self, network: ExistingNetwork) -> None:
        self.vpc_id = pulumi.Output.from_input(network.vpc_id)
        self.public_subnet_ids = pulumi.Output.from_input([subnet.id for subnet in network.balancer])
        self.private_subnet_ids = pulumi.Output.from_input([subnet.id for subnet in network.private])

    def _make(self, name: str, args: NetworkArgs) -> None:
        one = args.network.nat_gateways == "one"
        strategy = awsx.ec2.NatGatewayStrategy.SINGLE if one else awsx.ec2.NatGatewayStrategy.ONE_PER_AZ
        vpc = awsx.ec2.Vpc(
            f"{name}-vpc",
            awsx.ec2.VpcArgs(
                cidr_block=args.network.cidr,
                availability_zone_names=list(args.account.zones),
                # A fixed share: awsx divides the range by the number of zones otherwise, and a third zone would replace all subnets.
                availability_zone_cidr_mask=ip_network(str(args.network.cidr)).prefixlen + ZONE_BITS,
                enable_dns_hostnames=True,
                enable_dns_support=True,
                nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(strategy=strategy),
                subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
                subnet_specs=[
                    awsx.ec2.SubnetSpecArgs(type=awsx.ec2.SubnetType.PUBLIC, name="public"),
                    awsx.ec2.SubnetSpecArgs(type=awsx.ec2.SubnetType.PRIVATE, name="private"),
                ],
            ),
            opts=self._options,
        )
        self.vpc_id = vpc.vpc_id
        self.public_subnet_ids = vpc.public_subnet_ids
        self.private_subnet_ids = vpc.private_subnet_ids
        count = TABLES_PER_ZONE * len(args.account.zones)
        self._tables = [vpc.route_tables[index].id for index in range(count)]
        # EC2.2: the group that everything without one would get lets nothing through.
        aws.ec2.DefaultSecurityGroup(f"{name}-default", vpc_id=self.vpc_id, opts=self._options)
        aws.ec2.VpcEndpoint(
            f"{name}-s3",
            vpc_id=self.vpc_id,
            service_name=f"com.amazonaws.{args.account.region}.s3",
            vpc_endpoint_type="Gateway",
            route_table_ids=self._tables,
            opts=self._options,
        )
        if args.flow_log_group:
            self._log_flows(name, args, args.flow_log_group)
        if args.network.interface_endpoints:
            self._interface_endpoints(name, args)
        if args.corporate:
            self._corporate_gateway(name, args.corporate)

    def _log_flows(self, name: str, args: NetworkArgs, group: aws.cloudwatch.LogGroup) -> None:
        write = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
        role, policy = args.roles.make(
            f"{name}-flows",
            trust("vpc-flow-logs.amazonaws.com", args.account.id),
            [allow(write, [group.arn.apply(lambda arn: f"{arn}:*")])],
            self,
        )
        aws.ec2.FlowLog(
            f"{name}-flows",
            vpc_id=self.vpc_id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )

    def _interface_endpoints(self, name: str, args: NetworkArgs) -> None:
        group = aws.ec2.SecurityGroup(
            f"{name}-endpoints",
            vpc_id=self.vpc_id,
            description="Interface endpoints: HTTPS from the VPC",
            opts=self._options,
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-endpoints-https",
            security_group_id=group.id,
            description="HTTPS from the VPC",
            cidr_ipv4=args.network.cidr,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            opts=self._options,
        )
        for service in INTERFACE_ENDPOINTS:
            aws.ec2.VpcEndpoint(
                f"{name}-{service.replace('.', '-')}",
                vpc_id=self.vpc_id,
                service_name=f"com.amazonaws.{args.account.region}.{service}",
                vpc_endpoint_type="Interface",
                private_dns_enabled=True,
                subnet_ids=self.private_subnet_ids,
                security_group_ids=[group.id],
                opts=self._options,
            )

    def _corporate_gateway(self, name: str, corporate: CorporateNetworkConfig) -> None:
        """Attaches the given gateway; the ranges are routed to it from the public (load balancer) and private tables."""
        if corporate.transit_gateway_id:
            attachment: pulumi.Resource = aws.ec2transitgateway.VpcAttachment(
                f"{name}-tgw",
                vpc_id=self.vpc_id,
                subnet_ids=self.private_subnet_ids,
                transit_gateway_id=corporate.transit_gateway_id,
                opts=self._options,
            )
        elif corporate.vpn_gateway_id:
            attachment = aws.ec2.VpnGatewayAttachment(
                f"{name}-vgw", vpc_id=self.vpc_id, vpn_gateway_id=corporate.vpn_gateway_id, opts=self._options
            )
        else:
            return
        for number, cidr in enumerate(corporate.ranges):
            for index, table in enumerate(self._tables):
                aws.ec2.Route(
                    f"{name}-corporate-{number}-{index}",
                    route_table_id=table,
                    destination_cidr_block=cidr,
                    transit_gateway_id=corporate.transit_gateway_id,
                    gateway_id=corporate.vpn_gateway_id,
                    opts=pulumi.ResourceOptions(parent=self, depends_on=[attachment]),
                )
