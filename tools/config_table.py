"""Writes docs/configuration.md from the model of the settings; `tests/test_readme.py` fails if the page is stale."""

from testgen.config import ServiceConfig
from testgen.contract import ENVIRONMENT_PREFIX
from tools.page import write_or_check

HEAD = """# Settings of the service

<!-- Written by `make docs` from src/testgen/config.py. Do not edit. -->

A setting comes from the first of these places that has it:

1. the environment variable,
2. on AWS, Parameter Store under `TESTGEN_CONFIG_PATH`; the API keys come from the secret `TESTGEN_SECRET_ID`,
3. the default.

`testgen doctor` says where the settings came from, and names variables that match no setting.
`TESTGEN_API_KEYS` may hold `{"name": "SHA-256 of the key"}` instead of the secret. The settings of a deployment on AWS are in
[stack-config.md](stack-config.md).

"""


def table() -> str:
    """Markdown rows: variable, default, meaning."""
    lines = ["| Environment variable | Default | Meaning |", "|---|---|---|"]
    for name, field in ServiceConfig.model_fields.items():
        default = ServiceConfig().to_parameters()[name]
        lines.append(f"| `{ENVIRONMENT_PREFIX}{name.upper()}` | `{default}` | {field.description} |")
    return "\n".join(lines)


def document() -> str:
    """The whole page."""
    return HEAD + table() + "\n"


if __name__ == "__main__":
    write_or_check("configuration.md", document())
