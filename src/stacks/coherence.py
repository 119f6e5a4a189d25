"""Rules between the sections of a configuration. Each one says what is wrong and gives the remedy."""

import ipaddress
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from stacks.defaults import SERVICE_DEFAULTS, SPOT_STOP_TIMEOUT_S

if TYPE_CHECKING:
    from stacks.config import StackConfig

TAGS = ("Project", "Stack", "ManagedBy", "CostCenter")
SPOT_NOTICE_S = 120  # "Spot Instance interruption notices" (Amazon EC2)
SPOT_MARGIN_S = 10  # until the agent has seen the notice and ECS has been told
MOST_TAGS = 40
FEWEST_BALANCER_SUBNETS = 2
MARGIN_S = 60  # each layer waits this much longer than the one it calls
LONGEST_ALB_IDLE_S = 4000  # the load balancer's own limit (Elastic Load Balancing API, idle_timeout.timeout_seconds)


def _tags_complete(config: "StackConfig") -> None:
    missing = [tag for tag in TAGS if not config.tags.get(tag)]
    if missing:
        raise ValueError(f"aws:defaultTags: {', '.join(missing)} missing: add them under tags, with a value")
    if config.tags["Stack"] != config.stack:
        raise ValueError(
            f"aws:defaultTags: tag Stack is {config.tags['Stack']!r}: write {config.stack!r}, policies depend on it"
        )


def _way_in(config: "StackConfig") -> None:
    if config.phase == "mvp":
        if config.corporate_network is None:
            raise ValueError("corporate_network: is missing: mvp is reached from these ranges only, list them")
        if config.firewall is not None:
            raise ValueError("firewall: mvp has no web ACL: remove the section, or use phase: phase2")
        if config.edge.domain_name or config.edge.certificate_arn or config.edge.oidc:
            raise ValueError(
                "edge: mvp serves HTTP: remove domain_name, certificate_arn and oidc, or use phase: phase2"
            )
        return
    if config.corporate_network is not None:
        raise ValueError("corporate_network: phase2 is reached over the internet: remove the section")
    if not config.edge.domain_name:
        raise ValueError("edge.domain_name: is missing: phase2 serves HTTPS under a name, e.g. testgen.your.company")
    if not (config.edge.certificate_arn or config.edge.hosted_zone_id):
        raise ValueError(
            "edge: give certificate_arn of an issued certificate, or hosted_zone_id to have one issued and validated"
        )
    if not config.service.require_api_key:
        raise ValueError("service.require_api_key: phase2 serves the internet: set it to true, or leave it out")


def _tags_allowed(config: "StackConfig") -> None:
    """What AWS takes as a tag ("Tag your Amazon EC2 resources": 50 a resource, of which Auto Scaling, ECS and this program
    have their own)."""
    if len(config.tags) > MOST_TAGS:
        raise ValueError(
            f"aws:defaultTags: {len(config.tags)} tags, and {MOST_TAGS} fit beside those of AWS: remove some"
        )
    for key, value in config.tags.items():
        if key.lower().startswith("aws:") or key.startswith("testgen:") or key in ("Name", "AmazonECSManaged"):
            raise ValueError(f"aws:defaultTags: tag {key} is AWS's own or this program's: choose another key")
        if not re.fullmatch(r"[\w .:/=+@-]{1,128}", key) or not re.fullmatch(r"[\w .:/=+@-]{0,256}", value):
            raise ValueError(
                f"aws:defaultTags: tag {key} = {value!r} is none for AWS: letters, digits, blanks and . : / = + - @ _ only, "
                "at most 128 in the key and 256 in the value"
            )


def _existing_network(config: "StackConfig") -> None:
    network, corporate = config.network, config.corporate_network
    if not network.vpc_id:
        return
    if corporate and (corporate.transit_gateway_id or corporate.vpn_gateway_id):
        raise ValueError(
            "corporate_network: transit_gateway_id and vpn_gateway_id are for a new VPC; that of network.vpc_id has its routes "
            "to your network already: remove the id"
        )
    if not config.internal and not network.public_subnet_ids:
        raise ValueError(
            "network.public_subnet_ids: is missing: phase2's load balancer stands on the internet, name its subnets"
        )
    if 0 < len(network.public_subnet_ids) < FEWEST_BALANCER_SUBNETS:
        raise ValueError("network.public_subnet_ids: names 1 subnet: a load balancer wants subnets in two zones")


def _vpc_outside_corporate_ranges(config: "StackConfig") -> None:
    if config.network.cidr is None:  # a network that exists has a place among the company's: its routes are asked
        return
    vpc = ipaddress.ip_network(config.network.cidr)
    for text in config.corporate_network.ranges if config.corporate_network else ():
        if vpc.overlaps(ipaddress.ip_network(text)):
            raise ValueError(
                f"network.cidr: {config.network.cidr} overlaps the corporate range {text}, so answers would never "
                "leave the VPC: choose a range outside, e.g. 172.28.0.0/16"
            )


def _timeouts_nest(config: "StackConfig") -> None:
    longest = config.service.request_timeout_s
    if config.compute.spot:
        _stop_within_the_notice(config)
    elif config.compute.stop_timeout_s < longest:
        raise ValueError(
            f"compute.stop_timeout_s: {config.compute.stop_timeout_s} is under service.request_timeout_s ({longest:g}), "
            "so a deployment would cut requests off: raise it"
        )
    if config.alb_idle_s > LONGEST_ALB_IDLE_S:
        raise ValueError(
            f"service.request_timeout_s: {longest:g} is over {LONGEST_ALB_IDLE_S - MARGIN_S}, the longest that a "
            "load balancer waits: lower it"
        )


def _stop_within_the_notice(config: "StackConfig") -> None:
    most = SPOT_NOTICE_S - SPOT_MARGIN_S - config.draining_s
    if config.compute.stop_timeout_s > most:
        raise ValueError(
            f"compute.stop_timeout_s: {config.compute.stop_timeout_s} is over {most}, which a Spot instance's two minutes leave "
            f"after {config.draining_s} s of draining: lower it, or leave it out ({SPOT_STOP_TIMEOUT_S})"
        )
    if config.compute.spot and config.compute.spot.on_demand_base >= config.group_size:
        raise ValueError(
            f"compute.spot.on_demand_base: {config.compute.spot.on_demand_base} of at most {config.group_size} instances a zone "
            "leaves none for Spot: lower it, or remove spot"
        )


def _service_fits_the_task(config: "StackConfig") -> None:
    for name, wanted in SERVICE_DEFAULTS.items():
        value = getattr(config.service, name)
        if value != wanted:
            raise ValueError(
                f"service.{name}: {value!r} does not fit: the task's own Ollama writes, and the health check wants "
                f"the model loaded; leave it out ({wanted})"
            )


def _zones_have_tasks(config: "StackConfig") -> None:
    if config.compute.zones > config.network.zones_wanted:
        count = "network.zone_count" if config.network.vpc_id is None else "the number of network.private_subnet_ids"
        raise ValueError(f"compute.zones: {config.compute.zones} is more than {count} ({config.network.zones_wanted})")
    if config.scaling.max_tasks < config.compute.zones:
        raise ValueError(
            f"scaling.max_tasks: {config.scaling.max_tasks} is under compute.zones ({config.compute.zones}): raise it"
        )


def _deployment_combines(config: "StackConfig") -> None:
    if config.scaling.sleep and config.scaling.smoke_test:
        raise ValueError(
            "scaling.smoke_test: a service that sleeps by schedule has nobody to answer it, and deployments at night would fail: remove "
            "it or scaling.sleep"
        )
    if config.scaling.deployment != "blue_green":
        return
    others = {
        "scaling.sleep": config.scaling.sleep,
        "compute.spot": config.compute.spot,
        "edge.oidc": config.edge.oidc,
    }
    for name, given in others.items():
        if given:
            raise ValueError(
                f"scaling.deployment: blue_green has not been thought through with {name}: use rolling, or remove {name}"
            )


def _certificates_are_in_images_built_here(config: "StackConfig") -> None:
    given = config.images.api_uri or config.images.ollama_uri
    if config.proxy and config.proxy.extra_ca and given:
        raise ValueError(
            f"proxy.extra_ca: {given} is given, and certificates are put into images when these are built: leave "
            "images.api_uri and ollama_uri out"
        )


RULES: tuple[Callable[["StackConfig"], None], ...] = (
    _tags_complete,
    _way_in,
    _tags_allowed,
    _existing_network,
    _vpc_outside_corporate_ranges,
    _timeouts_nest,
    _service_fits_the_task,
    _zones_have_tasks,
    _deployment_combines,
    _certificates_are_in_images_built_here,
)
