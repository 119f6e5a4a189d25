"""Pulumi's inputs as the parameters of an AWS operation, led by botocore's own model of it: an input without a parameter fails."""

import re
from collections.abc import Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

Inputs = Mapping[str, Any]


class UnknownInputError(ValueError):
    """An input has no parameter in the operation, or the other way round."""


def parameters(client: Any, operation: str, inputs: Inputs, **renamed: str) -> dict[str, Any]:
    """The keyword arguments for `client.operation`. `renamed`: Pulumi's name -> the operation's.

    Raises:
        UnknownInputError: an input that the operation does not take.
    """
    model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
    return structure(model.input_shape, {renamed.get(key, key): value for key, value in inputs.items()}, operation)


def structure(shape: StructureShape, value: Inputs, where: str) -> dict[str, Any]:
    """A structure of botocore's, from camelCase."""
    names = {_fold(name): name for name in shape.members}
    made = {}
    for key, entry in value.items():
        name = next((names[form] for form in _forms(key) if form in names), None)
        if name is None:
            raise UnknownInputError(f"{where} takes no {key}: it has {', '.join(sorted(shape.members))}")
        made[name] = converted(shape.members[name], entry, f"{where}.{name}")
    return made


def converted(shape: Shape, value: Any, where: str) -> Any:
    """A value of the type in the shape; Pulumi writes numbers as floats, and one structure where AWS has a list."""
    match shape:
        case StructureShape():
            return structure(shape, value[0] if isinstance(value, list) and len(value) == 1 else value, where)
        case ListShape():
            return [converted(shape.member, entry, where) for entry in (value if isinstance(value, list) else [value])]
        case MapShape():
            return {key: converted(shape.value, entry, where) for key, entry in value.items()}
    match shape.type_name:
        case "integer" | "long":
            return int(value)
        case "boolean":
            return value in (True, "true")
        case "blob":
            return value if isinstance(value, bytes) else str(value).encode()
        case "string":
            return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    return value


def _fold(name: str) -> str:
    return name.replace("_", "").lower()


def _forms(key: str) -> list[str]:
    """A name, and its singular and plural: `settings` for `Setting`."""
    plain = _fold(key)
    return [plain, plain + "s", plain.removesuffix("s"), re.sub("ies$", "y", plain), re.sub("y$", "ies", plain)]
