"""Pulumi's view: the state of a stack as a graph, which `stackgraph` can check."""

import json
from typing import Any

from rehearsal.cloud import Operator
from stackgraph.graph import Graph, Resource

_KIND, _SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"


def deployed(operator: Operator) -> Graph:
    """The graph of the stack's state, read by `pulumi stack export`."""
    text = operator.run("stack", "export", "--show-secrets", "--stack", operator.stack)
    exported = json.loads(text, object_hook=_open)
    graph = Graph(operator.stack, {})
    for entry in exported["deployment"].get("resources", []):
        kind = entry["type"]
        if kind.startswith("pulumi:providers") or entry.get("delete"):
            continue
        if kind == "pulumi:pulumi:Stack":
            graph.outputs = entry.get("outputs", {})
            continue
        graph.resources.append(_resource(entry))
    return graph


def _open(entry: dict[str, Any]) -> Any:
    """What stands in a secret (pulumi/sdk/go/common/resource/sig)."""
    return json.loads(entry["plaintext"]) if entry.get(_KIND) == _SECRET else entry


def _resource(entry: dict[str, Any]) -> Resource:
    options = {"retain_on_delete": entry.get("retainOnDelete", False), "protect": entry.get("protect", False)}
    return Resource(
        urn=entry["urn"],
        kind=entry["type"],
        name=entry["urn"].rsplit("::", 1)[1],
        id=entry.get("id", ""),
        inputs=entry.get("inputs", {}),
        outputs=entry.get("outputs", {}),
        parent=entry.get("parent", ""),
        dependencies=frozenset(entry.get("dependencies", [])),
        options=options,
        custom=entry.get("custom", False),
    )
