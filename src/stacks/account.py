"""What the account and the region offer, asked at preview, so that a stack that cannot start is refused before it is built."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi_aws as aws

from stacks.config import ConfigRefusedError, StackConfig
from stacks.existing_network import ExistingNetwork, look_at
from stacks.naming import DATA_TAG

# Service Quotas, EC2: vCPUs of running On-Demand instances by family. New accounts often have 0 for them.
_QUOTAS = {
    "g": ("L-DB2E81BA", "Running On-Demand G and VT instances"),
    "p": ("L-417A185B", "Running On-Demand P instances"),
}
_SPOT_QUOTAS = {"g": ("L-3819A6DF", "All G and VT Spot Instance Requests")}
# AWS's own key, which Auto Scaling and instances may use without a grant; an account's default may be another.
VOLUME_KEY = "alias/aws/ebs"
# An instance registers less memory with ECS than it has: kernel, agent and GPU driver take their part.
_MEMORY_LEFT = 0.9


@dataclass(frozen=True)
class Account:
    """Where the stack is built: `zones` are the VPC's, `compute_zones` those of them that run instances, `leaving_zones` those
    whose instances go; `offers` has the zones of each instance type; `volume_key_arn` is the key of all volumes; `network` is the
    given one."""

    id: str
    region: str
    zones: tuple[str, ...]
    compute_zones: tuple[str, ...]
    leaving_zones: tuple[str, ...]
    offers: Mapping[str, frozenset[str]]
    volume_key_arn: str
    network: ExistingNetwork | None = None

    def types_in(self, zone: str, wanted: Sequence[str]) -> list[str]:
        """Those of the wanted instance types that a zone has."""
        return [name for name in wanted if zone in self.offers[name]]


def survey(config: StackConfig) -> Account:
    """Asks AWS and refuses what could not start.

    Raises:
        ConfigRefusedError: no zone offers the instance type, the quota is too small, the task does not fit the type, the
            stack's volumes are in other zones, or the given network is not suitable.
    """
    require_quota(config)
    _require_room_for_the_task(config)
    offers = {name: _zones_of(name) for name in config.compute.instance_types}
    offering: frozenset[str] = frozenset().union(*offers.values())
    network = look_at(config)
    zones = network.zones if network else _zones(config, offering)
    leaving = config.compute.leaving_zones
    compute = tuple(zone for zone in zones if zone in offering and zone not in leaving)[: config.compute.zones]
    if len(compute) < config.compute.zones:
        key = "network.private_subnet_ids" if network else "network.zones"
        raise ConfigRefusedError(
            f"testgen:{key}: of {', '.join(zones)} only {', '.join(compute) or 'none'} offers "
            f"{' or '.join(config.compute.instance_types)}, and compute.zones is {config.compute.zones}: "
            f"choose from {', '.join(sorted(offering)) or 'another region'}, or other compute.instance_types"
        )
    _require_zones_of_volumes(config, zones, compute)
    account_id = aws.get_caller_identity().account_id
    _require_own_boundary(config, account_id)
    return Account(
        id=account_id,
        region=config.region,
        zones=zones,
        compute_zones=compute,
        leaving_zones=tuple(zone for zone in zones if zone in leaving),
        offers=offers,
        volume_key_arn=aws.kms.get_alias(name=VOLUME_KEY).target_key_arn,
        network=network,
    )


def _require_own_boundary(config: StackConfig, account_id: str) -> None:
    boundary = config.identity.permissions_boundary
    if boundary and boundary.split(":")[4] != account_id:
        raise ConfigRefusedError(
            f"testgen:identity.permissions_boundary: {boundary} is a policy of another account, which IAM takes for no role: "
            f"name one of account {account_id}"
        )


def _available() -> list[str]:
    filters = [aws.GetAvailabilityZonesFilterArgs(name="opt-in-status", values=["opt-in-not-required"])]
    return sorted(aws.get_availability_zones(state="available", filters=filters).names)


def _require_zones_of_volumes(config: StackConfig, zones: Sequence[str], compute: Sequence[str]) -> None:
    """Zones, once used, stay: a volume cannot follow to another zone, and moved subnets take the load balancer with them."""
    for zone in _available():
        if zone in compute or zone in config.compute.leaving_zones:
            continue
        filters = [
            aws.ebs.GetEbsVolumesFilterArgs(name=f"tag:{DATA_TAG}", values=[config.stack]),
            aws.ebs.GetEbsVolumesFilterArgs(name="availability-zone", values=[zone]),
        ]
        if volumes := sorted(aws.ebs.get_ebs_volumes(filters=filters).ids):
            raise ConfigRefusedError(
                f"testgen:network.zones: {', '.join(volumes)} of this stack lie in {zone}, and its instances would now run in "
                f"{', '.join(compute)} (of {', '.join(zones)}): write the zones of `pulumi stack output availability_zones` "
                f"under network.zones; to leave {zone} for good, see 'Leave a zone' in docs/operations.md"
            )


def _zones(config: StackConfig, offering: frozenset[str]) -> tuple[str, ...]:
    """The given zones, otherwise those that offer the GPU first, sorted by name."""
    available = _available()
    given = config.network.zones
    unknown = [zone for zone in given if zone not in available]
    if unknown:
        raise ConfigRefusedError(
            f"testgen:network.zones: {', '.join(unknown)} is not in {config.region}: choose from {', '.join(available)}"
        )
    if given:
        return given
    chosen = sorted(available, key=lambda zone: (zone not in offering, zone))[: config.network.zone_count]
    if len(chosen) < config.network.zone_count:
        raise ConfigRefusedError(
            f"testgen:network.zone_count: {config.region} has {len(available)} zones for this account: choose another region"
        )
    return tuple(sorted(chosen))


def _zones_of(instance_type: str) -> frozenset[str]:
    filters = [aws.ec2.GetInstanceTypeOfferingsFilterArgs(name="instance-type", values=[instance_type])]
    found = aws.ec2.get_instance_type_offerings(location_type="availability-zone", filters=filters)
    return frozenset(found.locations)


def require_quota(config: StackConfig) -> None:
    """Whether all instances that may run fit the account's quotas, On-Demand and Spot.

    Raises:
        ConfigRefusedError: they do not.
    """
    zones, spot = config.compute.zones, config.compute.spot
    on_demand = (spot.on_demand_base if spot else config.group_size) * zones
    for family, quota in _QUOTAS.items():
        _require_vcpus(config, family, on_demand, quota)
    if not spot:
        return
    for name in config.compute.instance_types:
        if name[0] not in _SPOT_QUOTAS:
            raise ConfigRefusedError(
                f"testgen:compute.spot: {name} is of a family whose Spot quotas are not known here: choose types of "
                "the families g4dn, g5 and g6, or remove spot"
            )
    for family, quota in _SPOT_QUOTAS.items():
        _require_vcpus(config, family, config.group_size * zones - on_demand, quota)


def _require_vcpus(config: StackConfig, family: str, instances: int, quota: tuple[str, str]) -> None:
    types = [name for name in config.compute.instance_types if name.startswith(family)]
    if not (types and instances):
        return
    code, title = quota
    needed = instances * max(aws.ec2.get_instance_type(instance_type=name).default_vcpus for name in types)
    found = aws.servicequotas.get_service_quota(service_code="ec2", quota_code=code).value
    if found < needed:
        raise ConfigRefusedError(
            f"testgen:scaling.max_tasks: {instances} instances ({needed} vCPUs) may run, the account's quota "
            f"'{title}' ({code}) is {found:g} vCPUs: ask for more in Service Quotas, or lower scaling.max_tasks, or "
            "set scaling.deployment to in_place"
        )


def _require_room_for_the_task(config: StackConfig) -> None:
    compute = config.compute
    wanted = compute.ollama_memory_mib + compute.api_memory_mib
    for name in compute.instance_types:
        offer = aws.ec2.get_instance_type(instance_type=name)
        if not offer.gpuses:
            raise ConfigRefusedError(f"testgen:compute.instance_types: {name} has no GPU: choose e.g. g4dn.xlarge")
        if wanted > offer.memory_size * _MEMORY_LEFT:
            raise ConfigRefusedError(
                f"testgen:compute.ollama_memory_mib: the task's {wanted} MiB do not fit {name} ({offer.memory_size} MiB, "
                f"of which a task can have {_MEMORY_LEFT:.0%}): lower it, or choose a larger type"
            )
        if compute.task_cpu > offer.default_vcpus * 1024:
            raise ConfigRefusedError(
                f"testgen:compute.task_cpu: {compute.task_cpu} is more than {name} has ({offer.default_vcpus * 1024}): lower it"
            )
