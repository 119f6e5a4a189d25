"""Checks recorded inputs against pulumi_aws's own type hints: mocks take any nested key, AWS's provider drops it."""

import importlib
import keyword
import typing
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any

from pulumi import _types

from stackgraph.graph import Graph


def problems(graph: Graph) -> list[str]:
    """Every input, at any depth, that the type of its resource does not have."""
    return [
        f"{resource.name}: {problem}"
        for resource in graph.resources
        if resource.kind.startswith("aws:")
        for problem in unknown_inputs(resource.kind, resource.inputs)
    ]


def unknown_inputs(kind: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    """The same for the inputs of one resource type."""
    return _unknown(inputs, _args(kind), "")


def _args(kind: str) -> type:
    """The class of a resource's arguments, such as `pulumi_aws.ecs.ServiceArgs`."""
    _, module, name = kind.split(":")
    found: type = getattr(importlib.import_module(f"pulumi_aws.{_module(module.split('/')[0])}"), f"{name}Args")
    return found


def _module(name: str) -> str:
    """As Python can import it."""
    return f"{name}_" if keyword.iskeyword(name) else name


def _unknown(value: Any, hint: Any, path: str) -> Iterator[str]:
    kind = _input_class(hint)
    if isinstance(value, Mapping) and kind is not None:
        hints = _types.input_type_types(kind)
        for key, entry in value.items():
            where = f"{path}.{key}" if path else key
            if key not in hints:
                yield f"{where} is unknown"
            else:
                yield from _unknown(entry, hints[key], where)
    elif isinstance(value, list):
        for entry in value:
            yield from _unknown(entry, hint, path)


def _input_class(hint: Any) -> type | None:
    """The input class inside a hint of unions, outputs and lists; None where plain values are wanted."""
    if isinstance(hint, type) and getattr(hint, "_pulumi_input_type", False):
        return hint
    if typing.get_origin(hint) in (Mapping, dict):
        return None
    for inner in typing.get_args(hint) if not isinstance(hint, UnionType) else hint.__args__:
        found = _input_class(inner)
        if found is not None:
            return found
    return None
