"""Writes docs/stack-config.md from the models that check a stack's configuration."""

from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from stacks import sections
from stacks.config import StackConfig
from stacks.defaults import PHASE_DEFAULTS
from tools.page import write_or_check

HEAD = """# Configuration of a stack

<!-- Written by `make docs` from src/stacks/sections.py. Do not edit. -->

All settings of `Pulumi.<stack>.yaml`, section by section. `pulumi config set --path 'testgen:scaling.max_tasks' 3` sets one value.
`testgen:phase` (`mvp` or `phase2`) selects the defaults; a value in the stack file overrides them. `pulumi preview` refuses
invalid values and names the key and the remedy. For API keys, see [operations.md](operations.md#rotate-a-key).
"""


def document() -> str:
    """The whole page."""
    return HEAD + "\n".join(_section(name) for name in StackConfig.model_fields if _model(name))


def _model(name: str) -> type[BaseModel] | None:
    """The model of a section, whether or not it is optional."""
    found = getattr(sections, "".join(part.capitalize() for part in name.split("_")) + "Config", None)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _section(name: str) -> str:
    model = _model(name)
    assert model
    lines = [
        f"\n## {name}\n",
        model.__doc__ or "",
        "",
        "| Key | Default mvp | Default phase2 | Meaning |",
        "|---|---|---|---|",
    ]
    for key, field in model.model_fields.items():
        defaults = [_default(phase, name, key, field) for phase in ("mvp", "phase2")]
        lines.append(f"| `{key}` | {defaults[0]} | {defaults[1]} | {field.description or ''} |")
        for part, inner in (_inner(field) or {}).items():
            value = _default("mvp", "", part, inner)
            lines.append(f"| `{key}.{part}` | {value} | {value} | {inner.description or ''} |")
    return "\n".join(lines) + "\n"


def _inner(field: FieldInfo) -> dict[str, FieldInfo] | None:
    """The fields of a part that may be left out as a whole, such as `sleep`."""
    parts = [part for part in get_args(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)]
    return parts[0].model_fields if parts else None


def _default(phase: str, section: str, key: str, field: FieldInfo) -> str:
    value: Any = PHASE_DEFAULTS[phase].get(section, {}).get(key, field.get_default(call_default_factory=True))
    if value is PydanticUndefined:
        return "required"
    return "" if value in (None, ()) else f"`{', '.join(value) if isinstance(value, tuple) else value}`"


if __name__ == "__main__":
    write_or_check("stack-config.md", document())
