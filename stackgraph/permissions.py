"""Who may do what on which resource, computed from the policy documents of a recorded graph."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from operator import eq
from typing import Any

from stackgraph.recorder import Graph, Resource


@dataclass(frozen=True)
class Statement:
    """One statement of one document: `owner` is the role, key, topic… that the document belongs to."""

    owner: str
    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: Mapping[str, Mapping[str, Any]]
    principals: tuple[str, ...] = ()


# The input of each type that has the document, and the one that names its owner.
_DOCUMENTS = {
    "iam/rolePolicy:RolePolicy": ("policy", "role"),
    "iam/role:Role": ("assumeRolePolicy", "name"),
    "kms/key:Key": ("policy", "description"),
    "sns/topicPolicy:TopicPolicy": ("policy", "arn"),
    "cloudwatch/logResourcePolicy:LogResourcePolicy": ("policyDocument", "policyName"),
}


def statements(graph: Graph, kind: str | None = None) -> Iterator[tuple[Resource, Statement]]:
    """Every statement of every policy document, with the resource that holds it."""
    for resource in graph.resources:
        short = resource.kind.split(":", 1)[1]
        if short not in _DOCUMENTS or (kind and short != kind):
            continue
        key, owner = _DOCUMENTS[short]
        for entry in _list(json.loads(resource.inputs[key])["Statement"]):
            name = resource.outputs.get(owner) or resource.name
            principal = entry.get("Principal", {})
            yield (
                resource,
                Statement(
                    owner=str(name),
                    effect=entry["Effect"],
                    actions=tuple(_list(entry["Action"])),
                    resources=tuple(_list(entry.get("Resource", []))),
                    conditions=entry.get("Condition", {}),
                    principals=tuple(value for values in principal.values() for value in _list(values)),
                ),
            )


def role_of(graph: Graph, part: str) -> Resource:
    """The role of that logical name, such as `execution`."""
    return next(role for role in graph.of("iam/role:Role") if role.name.endswith(f"-{part}"))


def allowed(graph: Graph, role: Resource, action: str, resource: str, context: Mapping[str, str] | None = None) -> bool:
    """Whether a role's policies allow an action on a resource, under the condition keys of a request."""
    return any(
        statement.effect == "Allow"
        and any(fnmatchcase(action.lower(), pattern.lower()) for pattern in statement.actions)
        and any(fnmatchcase(resource, pattern) for pattern in statement.resources)
        and _holds(statement.conditions, context or {})
        for holder, statement in statements(graph, "iam/rolePolicy:RolePolicy")
        if holder.inputs["role"] == role.id
    )


def managed_policies(graph: Graph) -> list[str]:
    """Managed policies attached anywhere: each would have to be expanded before one can say who may do what."""
    attached = [str(entry.inputs["policyArn"]) for entry in graph.of("iam/rolePolicyAttachment:RolePolicyAttachment")]
    return attached + [arn for role in graph.of("iam/role:Role") for arn in role.inputs.get("managedPolicyArns", [])]


def _holds(conditions: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    tests: dict[str, Callable[[str, str], bool]] = {
        "StringEquals": eq,
        "ArnLike": fnmatchcase,
        "StringLike": fnmatchcase,
    }
    return all(
        key in context and any(tests[operator](context[key], wanted) for wanted in _list(values))
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
