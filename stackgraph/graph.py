"""A recorded resource graph, and how to ask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml


@dataclass(frozen=True)
class Resource:
    """One registration. `inputs` have Pulumi's own camelCase names; `dependencies` are URNs, explicit ones included."""

    urn: str
    kind: str
    name: str
    id: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    parent: str = ""
    dependencies: frozenset[str] = frozenset()
    options: Mapping[str, Any] = field(default_factory=dict)
    secret_inputs: frozenset[str] = frozenset()
    custom: bool = True


@dataclass
class Graph:
    """All that a program registered, in order."""

    stack: str
    config: Mapping[str, str]
    resources: list[Resource] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    given: list[Resource] = field(default_factory=list)  # of a network that exists: looked up, not made

    def of(self, kind: str) -> list[Resource]:
        """Resources of a type, by the last part of its token, such as `ecs/service:Service` or `Service`; in the order of their
        names, since Pulumi registers them in any."""
        found = [entry for entry in self.resources if kind in (entry.kind, entry.kind.split(":", 1)[1])]
        return sorted(found, key=lambda entry: entry.urn)

    def known(self, kind: str) -> list[Resource]:
        """The same with what was looked up."""
        return self.of(kind) + [entry for entry in self.given if kind == entry.kind.split(":", 1)[1]]

    def one(self, kind: str) -> Resource:
        """The only resource of a type."""
        found = self.of(kind)
        if len(found) != 1:
            raise LookupError(f"{len(found)} resources of type {kind}: {[resource.name for resource in found]}")
        return found[0]

    @property
    def default_tags(self) -> dict[str, str]:
        """The tags that the provider puts on everything that can have some."""
        tags: dict[str, str] = yaml.safe_load(self.config.get("aws:defaultTags", "{}")).get("tags", {})
        return tags

    def by_urn(self, urn: str) -> Resource:
        """The resource of that URN."""
        return next(resource for resource in self.resources if resource.urn == urn)

    def reaches(self, start: Resource) -> set[str]:
        """URNs of everything that must exist before `start`: dependencies of dependencies too."""
        known = {resource.urn: resource for resource in self.resources}
        seen: set[str] = set()
        todo = list(start.dependencies)
        while todo:
            urn = todo.pop()
            if urn not in seen and urn in known:
                seen.add(urn)
                todo += known[urn].dependencies
        return seen
