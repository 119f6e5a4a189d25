"""A recorded graph as Terraform (HCL), so that checkov can read it. The bridge is the Terraform provider itself: names map back."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi

from stackgraph.recorder import Graph, Resource

# Terraform's type is the module and the name of Pulumi's token (`ecs/service:Service`), but for EC2's own and these.
TYPES = {
    "lb/loadBalancer:LoadBalancer": "aws_lb",
    "ec2transitgateway/vpcAttachment:VpcAttachment": "aws_ec2_transit_gateway_vpc_attachment",
}
# Pulumi names lists of blocks in the plural, Terraform in the singular.
SINGULAR = {
    "actions": "action",
    "aliases": "alias",
    "conditions": "condition",
    "lifecycle_hooks": "lifecycle_hook",
    "capacity_provider_strategies": "capacity_provider_strategy",
    "cost_filters": "cost_filter",
    "default_actions": "default_action",
    "default_capacity_provider_strategies": "default_capacity_provider_strategy",
    "load_balancers": "load_balancer",
    "metric_queries": "metric_query",
    "notifications": "notification",
    "overrides": "override",
    "redacted_fields": "redacted_fields",
    "rule_action_overrides": "rule_action_override",
    "rules": "rule",
    "schedules": "schedule",
    "settings": "setting",
    "statements": "statement",
    "tags": "tag",
    "text_transformations": "text_transformation",
    "volumes": "volume",
    "vpc_zone_identifiers": "vpc_zone_identifier",
}
# Objects that are maps in Terraform, not blocks.
MAPS = {"tags", "dimensions", "target_tags", "triggers", "variables"}


def hcl(graph: Graph) -> tuple[str, int]:
    """The graph as HCL, and how many resources it has."""
    resources = [entry for entry in graph.resources if entry.kind.startswith("aws:")]
    names = {entry.urn: f"{_type(entry)}.{_label(entry)}" for entry in resources}
    values = _references(resources, names)
    return "\n".join(block for entry in resources for block in _resource(entry, values)), len(resources)


def _type(resource: Resource) -> str:
    short = resource.kind.split(":", 1)[1]
    module, name = short.split(":")[0].split("/")
    return TYPES.get(short) or f"aws_{_snake(name) if module == 'ec2' else f'{module}_{_snake(name)}'}"


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _label(resource: Resource) -> str:
    return re.sub(r"\W", "_", resource.name)


def _references(resources: list[Resource], names: Mapping[str, str]) -> dict[str, str]:
    """Ids and ARNs of resources as expressions: checkov follows them to find what belongs together."""
    found: dict[str, str] = {}
    for entry in resources:
        found.setdefault(str(entry.outputs.get("arn")), f"{names[entry.urn]}.arn")
        if entry.id and not entry.kind.endswith((":SecretVersion", ":Record")):
            found.setdefault(entry.id, f"{names[entry.urn]}.id")
        if "dnsName" in entry.outputs:
            found.setdefault(str(entry.outputs["dnsName"]), f"{names[entry.urn]}.dns_name")
    return found


def _resource(resource: Resource, references: Mapping[str, str]) -> Iterator[str]:
    yield f'resource "{_type(resource)}" "{_label(resource)}" {{'
    yield from _body(resource.inputs, references, 1)
    yield "}"


def _body(inputs: Mapping[str, Any], references: Mapping[str, str], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, value in inputs.items():
        name = _snake(key)
        blocks = (
            value
            if isinstance(value, list) and value and isinstance(value[0], Mapping)
            else [value]
            if isinstance(value, Mapping)
            else []
        )
        if blocks and not (name in MAPS and isinstance(value, Mapping)):
            for block in blocks:
                yield f"{indent}{SINGULAR.get(name, name)} {{"
                yield from _body(block, references, depth + 1)
                yield f"{indent}}}"
        else:
            yield f"{indent}{SINGULAR.get(name, name) if isinstance(value, list) else name} = {_expression(value, references)}"


def _expression(value: Any, references: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return references.get(value) or json.dumps(value, ensure_ascii=False).replace("${", "$${")
    if isinstance(value, list):
        return "[" + ", ".join(_expression(entry, references) for entry in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f'"{key}" = {_expression(entry, references)}' for key, entry in value.items()) + " }"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value) if not isinstance(value, pulumi.Archive) else '"code.zip"'
