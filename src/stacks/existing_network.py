"""A network that exists, asked at preview: subnets, free addresses and routes must be such that a task can start there."""

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pulumi_aws as aws

from stacks.config import ConfigRefusedError, StackConfig

# A load balancer grows by addresses (Elastic Load Balancing, "Subnets for your load balancer": at least eight free ones).
BALANCER_ADDRESSES = 8
ADDRESSES_AN_INSTANCE = 2  # its own and that of its task (awsvpc)
EVERYWHERE = "0.0.0.0/0"
# What instances and tasks call without internet access (AWS PrivateLink service names); the last three are
# the boot script's.
NEEDED_ENDPOINTS = (
    *("ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "secretsmanager"),
    *("ec2", "autoscaling", "s3"),
)
# Targets of a route by which a private address gets out.
_WAYS_OUT = ("nat_gateway_id", "transit_gateway_id", "vpc_endpoint_id", "network_interface_id", "core_network_arn")


@dataclass(frozen=True)
class Route:
    """Where a range leads: the id of a gateway, an interface or an endpoint."""

    cidr: str
    target: str
    leads_out: bool

    @property
    def to_the_internet(self) -> bool:
        """Whether it needs public addresses."""
        return self.target.startswith("igw-")


@dataclass(frozen=True)
class Subnet:
    """A subnet of the given VPC."""

    id: str
    zone: str
    free: int
    table: str
    routes: tuple[Route, ...]

    def way_to(self, cidr: str) -> Route | None:
        """The most specific route that covers the whole range."""
        wanted = ipaddress.ip_network(cidr)
        covering = [route for route in self.routes if wanted.subnet_of(ipaddress.ip_network(route.cidr))]  # type: ignore[arg-type]
        return max(covering, key=lambda route: ipaddress.ip_network(route.cidr).prefixlen, default=None)


@dataclass(frozen=True)
class ExistingNetwork:
    """The given VPC; subnets are in the order of their zones. `balancer` are the load balancer's."""

    vpc_id: str
    balancer: tuple[Subnet, ...]
    private: tuple[Subnet, ...]

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones of the private subnets."""
        return tuple(subnet.zone for subnet in self.private)


def look_at(config: StackConfig) -> ExistingNetwork | None:
    """Looks up the given network in AWS; None if a new one is created.

    Raises:
        ConfigRefusedError: a subnet is not of this VPC, two are of one zone, addresses are few, or a route is missing.
    """
    network = config.network
    if not network.vpc_id:
        return None
    _require_names(network.vpc_id)
    private = _subnets("private_subnet_ids", network.vpc_id, network.private_subnet_ids)
    balancer = _subnets("public_subnet_ids", network.vpc_id, network.public_subnet_ids) or private
    found = ExistingNetwork(network.vpc_id, balancer, private)
    _require_addresses(config, found)
    _require_way_to_users(config, balancer)
    _require_way_out(config, found)
    return found


def _refused(key: str, message: str) -> ConfigRefusedError:
    return ConfigRefusedError(f"testgen:network.{key}: {message}")


def _unreadable(key: str, name: str, error: Exception) -> ConfigRefusedError:
    return _refused(key, f"{name} cannot be read ({' '.join(str(error).split())}): name one of this account and region")


def _require_names(vpc_id: str) -> None:
    try:
        vpc = aws.ec2.get_vpc(id=vpc_id)
    except Exception as error:  # Pulumi's own kind for whatever a look-up met
        raise _unreadable("vpc_id", vpc_id, error) from None
    if not vpc.enable_dns_support:
        raise _refused("vpc_id", f"{vpc_id} resolves no names, and tasks find AWS by name: turn its DNS support on")


def _subnets(key: str, vpc_id: str, ids: Sequence[str]) -> tuple[Subnet, ...]:
    found: dict[str, Subnet] = {}
    for subnet_id in ids:
        try:
            subnet = aws.ec2.get_subnet(id=subnet_id)
        except Exception as error:
            raise _unreadable(key, subnet_id, error) from None
        if subnet.vpc_id != vpc_id:
            raise _refused(key, f"{subnet_id} is a subnet of {subnet.vpc_id}, not of {vpc_id}: name one of this VPC")
        zone = subnet.availability_zone
        if zone in found:
            raise _refused(key, f"{found[zone].id} and {subnet_id} both lie in {zone}: name one a zone")
        table = _table(vpc_id, subnet_id)
        found[zone] = Subnet(subnet_id, zone, subnet.available_ip_address_count, table, tuple(_routes(table)))
    return tuple(found[zone] for zone in sorted(found))


def _table(vpc_id: str, subnet_id: str) -> str:
    """The route table of a subnet: its own, otherwise the main one of the VPC."""
    for name, value in (("association.subnet-id", subnet_id), ("association.main", "true")):
        filters = [aws.ec2.GetRouteTablesFilterArgs(name=name, values=[value])]
        if ids := aws.ec2.get_route_tables(vpc_id=vpc_id, filters=filters).ids:
            return ids[0]
    raise _refused("vpc_id", f"{vpc_id} has no main route table, and {subnet_id} none of its own: give it one")


def _routes(table: str) -> Iterator[Route]:
    for route in aws.ec2.get_route_table(route_table_id=table).routes:
        out = next((str(value) for name in _WAYS_OUT if (value := getattr(route, name))), "")
        target = out or route.gateway_id or route.vpc_peering_connection_id or route.local_gateway_id
        if route.cidr_block and target and target != "local":
            yield Route(route.cidr_block, str(target), bool(out) or str(target).startswith("vgw-"))


def _require_addresses(config: StackConfig, network: ExistingNetwork) -> None:
    for subnet in network.balancer:
        shared = subnet in network.private
        needed = BALANCER_ADDRESSES + (config.group_size * ADDRESSES_AN_INSTANCE if shared else 0)
        if subnet.free < needed:
            key = "private_subnet_ids" if shared else "public_subnet_ids"
            raise _refused(key, _few(subnet, needed, "the load balancer"))
    for subnet in network.private:
        needed = config.group_size * ADDRESSES_AN_INSTANCE
        if subnet.free < needed:
            raise _refused("private_subnet_ids", _few(subnet, needed, f"{config.group_size} instances and their tasks"))


def _few(subnet: Subnet, needed: int, what: str) -> str:
    return f"{subnet.id} has {subnet.free} free addresses, and {what} may need {needed}: choose a larger subnet"


def _require_way_to_users(config: StackConfig, subnets: Sequence[Subnet]) -> None:
    """Answers of the load balancer must find their way back."""
    if config.corporate_network is None:
        for subnet in subnets:
            way = subnet.way_to(EVERYWHERE)
            if not (way and way.to_the_internet):
                raise _refused(
                    "public_subnet_ids",
                    f"{subnet.id} has no route to an internet gateway: name subnets that the internet reaches",
                )
        return
    for subnet in subnets:
        for cidr in config.corporate_network.ranges:
            way = subnet.way_to(cidr)
            inside = [route for route in subnet.routes if _within(route.cidr, cidr) and not route.to_the_internet]
            if not inside and not (way and not way.to_the_internet):
                raise ConfigRefusedError(
                    f"testgen:corporate_network.ranges: {subnet.id} has no route to {cidr}, so users there would get no answer: "
                    "have one made to your gateway, or name only ranges that are routed"
                )


def _within(inner: str, outer: str) -> bool:
    return ipaddress.ip_network(inner).subnet_of(ipaddress.ip_network(outer))  # type: ignore[arg-type]


def _require_way_out(config: StackConfig, network: ExistingNetwork) -> None:
    """Tasks reach AWS and the model registry through NAT, a gateway or a firewall, otherwise only AWS through endpoints."""
    for subnet in network.private:
        way = subnet.way_to(EVERYWHERE)
        if way and way.to_the_internet:
            raise _refused(
                "private_subnet_ids",
                f"{subnet.id} leads to {way.target}, which serves public addresses only, and tasks have none: name subnets "
                "with a route to a NAT gateway, a transit gateway or a firewall",
            )
        proxy = config.proxy.range if config.proxy else None
        if (way and way.leads_out) or (proxy and subnet.way_to(proxy)):
            continue
        _require_endpoints(config, network.vpc_id, subnet)


def _require_endpoints(config: StackConfig, vpc_id: str, subnet: Subnet) -> None:
    missing = [name for name in NEEDED_ENDPOINTS if not _has_endpoint(config.region, vpc_id, subnet, name)]
    if missing:
        raise _refused(
            "private_subnet_ids",
            f"{subnet.id} has no way out, and {vpc_id} no endpoints (with private DNS) for {', '.join(missing)}: have a route to "
            "a NAT or transit gateway made, or these endpoints",
        )
    if not config.compute.model_file:
        raise ConfigRefusedError(
            f"testgen:compute.model_file: is missing: {subnet.id} has no way to a model registry; put a GGUF file on the "
            "volumes (storage.snapshot_id) and name it"
        )
    for key, uri in (("api_uri", config.images.api_uri), ("ollama_uri", config.images.ollama_uri)):
        if uri and ".dkr.ecr." not in uri:
            raise ConfigRefusedError(
                f"testgen:images.{key}: {subnet.id} has no way to {uri.split('/')[0]}: copy the image to ECR, or leave it out"
            )


def _has_endpoint(region: str, vpc_id: str, subnet: Subnet, name: str) -> bool:
    """S3 may have a gateway endpoint, which counts if the subnet's table routes to it."""
    for kind in ("Gateway", "Interface") if name == "s3" else ("Interface",):
        try:
            endpoint = aws.ec2.get_vpc_endpoint(
                vpc_id=vpc_id,
                service_name=f"com.amazonaws.{region}.{name}",
                state="available",
                filters=[aws.ec2.GetVpcEndpointFilterArgs(name="vpc-endpoint-type", values=[kind])],
            )
        except Exception:  # noqa: S112 - how the look-up says that there is none
            continue
        if endpoint.private_dns_enabled if kind == "Interface" else subnet.table in endpoint.route_table_ids:
            return True
    return False
