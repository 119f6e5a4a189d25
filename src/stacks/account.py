"""What the account and the region offer, asked at preview, so that a stack that cannot start is refused before it is built."""

from dataclasses import dataclass

import pulumi_aws as aws

from stacks.config import ConfigRefusedError, StackConfig

# Service Quotas, EC2: vCPUs of running On-Demand instances by family. New accounts often have 0 for them.
_QUOTAS = {
    "g": ("L-DB2E81BA", "Running On-Demand G and VT instances"),
    "p": ("L-417A185B", "Running On-Demand P instances"),
}
# An instance registers less memory with ECS than it has: kernel, agent and GPU driver take their part.
_MEMORY_LEFT = 0.9


@dataclass(frozen=True)
class Account:
    """Where the stack is built: `zones` are the VPC's, `compute_zones` those of them that run instances."""

    id: str
    region: str
    zones: tuple[str, ...]
    compute_zones: tuple[str, ...]


def survey(config: StackConfig) -> Account:
    """Asks AWS and refuses what could not start.

    Raises:
        ConfigRefusedError: no zone offers the instance type, the quota is too small, or the task does not fit the type.
    """
    _require_quota(config)
    _require_room_for_the_task(config)
    zones = _zones(config)
    offering = _offering(config)
    compute = tuple(zone for zone in zones if zone in offering)[: config.compute.zones]
    if len(compute) < config.compute.zones:
        raise ConfigRefusedError(
            f"testgen:network.zones: of {', '.join(zones)} only {', '.join(compute) or 'none'} offers "
            f"{' or '.join(config.compute.instance_types)}, and compute.zones is {config.compute.zones}: "
            f"choose from {', '.join(sorted(offering)) or 'another region'}, or other compute.instance_types"
        )
    return Account(aws.get_caller_identity().account_id, config.region, zones, compute)


def _zones(config: StackConfig) -> tuple[str, ...]:
    """The zones given, else those that offer the GPU before the others, by name."""
    filters = [aws.GetAvailabilityZonesFilterArgs(name="opt-in-status", values=["opt-in-not-required"])]
    available = sorted(aws.get_availability_zones(state="available", filters=filters).names)
    given = config.network.zones
    unknown = [zone for zone in given if zone not in available]
    if unknown:
        raise ConfigRefusedError(
            f"testgen:network.zones: {', '.join(unknown)} is not in {config.region}: choose from {', '.join(available)}"
        )
    if given:
        return given
    offering = _offering(config)
    chosen = sorted(available, key=lambda zone: (zone not in offering, zone))[: config.network.zone_count]
    if len(chosen) < config.network.zone_count:
        raise ConfigRefusedError(
            f"testgen:network.zone_count: {config.region} has {len(available)} zones for this account: choose another region"
        )
    return tuple(sorted(chosen))


def _offering(config: StackConfig) -> set[str]:
    filters = [
        aws.ec2.GetInstanceTypeOfferingsFilterArgs(name="instance-type", values=list(config.compute.instance_types))
    ]
    return set(aws.ec2.get_instance_type_offerings(location_type="availability-zone", filters=filters).locations)


def _require_quota(config: StackConfig) -> None:
    instances = config.group_size * config.compute.zones
    for family, (code, title) in _QUOTAS.items():
        types = [name for name in config.compute.instance_types if name.startswith(family)]
        if not types:
            continue
        needed = instances * max(aws.ec2.get_instance_type(instance_type=name).default_vcpus for name in types)
        quota = aws.servicequotas.get_service_quota(service_code="ec2", quota_code=code).value
        if quota < needed:
            raise ConfigRefusedError(
                f"testgen:scaling.max_tasks: {instances} instances ({needed} vCPUs) may run, the account's quota "
                f"'{title}' ({code}) is {quota:g} vCPUs: ask for more in Service Quotas, or lower scaling.max_tasks, or "
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
