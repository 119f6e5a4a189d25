"""The actions of IAM that a stack needs, by the types of its resources: `actions.yaml`, and which parts of it a configuration has."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import yaml

from stacks.config import StackConfig

Types = Mapping[str, frozenset[str]]  # resource type -> actions

# The parts of actions.yaml that not every stack has.
OPTIONAL: Mapping[str, Callable[[StackConfig], bool]] = {
    "new VPC": lambda config: config.network.vpc_id is None,
    "permissions boundary": lambda config: config.identity.permissions_boundary is not None,
    "existing VPC": lambda config: config.network.vpc_id is not None,
    "built images": lambda config: not (config.images.api_uri and config.images.ollama_uri),
    "firewall": lambda config: config.firewall is not None,
    "certificate": lambda config: bool(config.edge.hosted_zone_id and not config.edge.certificate_arn),
    "zone": lambda config: config.edge.hosted_zone_id is not None,
    "transit gateway": lambda config: bool(config.corporate_network and config.corporate_network.transit_gateway_id),
    "VPN gateway": lambda config: bool(config.corporate_network and config.corporate_network.vpn_gateway_id),
    "smoke test": lambda config: config.scaling.smoke_test is not None,
    "smoke test by Pulumi": lambda config: config.scaling.smoke_test is not None and not _blue_green(config),
    "rules of the listener": lambda config: config.edge.oidc is not None or _blue_green(config),
    "sleep": lambda config: config.scaling.sleep is not None,
    "people": lambda config: bool(config.monitoring.emails),
    "budget": lambda config: config.monitoring.monthly_budget_usd is not None,
}


def _blue_green(config: StackConfig) -> bool:
    return config.scaling.deployment == "blue_green"


def by_type(config: StackConfig) -> Types:
    """What each type that a stack with this configuration makes needs."""
    found: dict[str, frozenset[str]] = {}
    for name, types in parts().items():
        if name not in OPTIONAL or OPTIONAL[name](config):
            found |= types
    return found


def actions(config: StackConfig) -> frozenset[str]:
    """All of them, such as `ecs:CreateCluster`."""
    return frozenset[str]().union(*by_type(config).values())


@cache
def parts() -> Mapping[str, Types]:
    """The whole list, by part."""
    read = yaml.safe_load(Path(__file__).with_name("actions.yaml").read_text(encoding="utf-8"))
    return {part: {kind: _actions(services) for kind, services in types.items()} for part, types in read.items()}


def _actions(services: Mapping[str, str]) -> frozenset[str]:
    return frozenset(f"{service}:{name}" for service, names in services.items() for name in names.split())
