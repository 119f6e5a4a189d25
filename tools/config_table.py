"""Prints the README's table of settings from the model; `tests/test_readme.py` fails where the README's is stale."""

from testgen.config import ServiceConfig
from testgen.contract import ENVIRONMENT_PREFIX


def table() -> str:
    """Markdown rows: variable, default, meaning."""
    lines = ["| Environment variable | Default | Meaning |", "|---|---|---|"]
    for name, field in ServiceConfig.model_fields.items():
        default = ServiceConfig().to_parameters()[name]
        lines.append(f"| `{ENVIRONMENT_PREFIX}{name.upper()}` | `{default}` | {field.description} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
