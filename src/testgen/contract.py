"""Names, paths and ports that service and stacks share in addition to the settings. Both import them from here.

The scripts and Dockerfiles of the containers cannot do so; tests/stacks/test_contract.py compares them.
"""

from enum import StrEnum

PROJECT = "testgen"

# Environment variables. The `api` container gets REGION and the ways to its settings; a person may set any field too.
ENVIRONMENT_PREFIX = "TESTGEN_"
CONFIG_PATH, SECRET_ID, API_KEYS = "TESTGEN_CONFIG_PATH", "TESTGEN_SECRET_ID", "TESTGEN_API_KEYS"
REGION = "AWS_REGION"
# Those of a service's clients.
SERVER, API_KEY = "TESTGEN_SERVER", "TESTGEN_API_KEY"

API_PORT, OLLAMA_PORT = 8000, 11434
OLLAMA_URL = f"http://127.0.0.1:{OLLAMA_PORT}"  # in one task, as on one laptop
ALIVE_PATH, READY_PATH = "/healthz", "/readyz"
API_PREFIX = "/v1"  # below it a body is somebody's text, and may hold anything
MCP_PATH = "/mcp"  # the tools for assistants; what holds below `API_PREFIX` holds here
API_KEY_HEADER = "X-API-Key"
IDEMPOTENCY_KEY_HEADER = (
    "Idempotency-Key"  # the same key with the same request: the same answer, and no second generation
)
KEY_HEADERS = "Authorization", API_KEY_HEADER  # no log may hold them

METRIC_NAMESPACE, METRIC_DIMENSION = "testgen", "Stack"
STACK_FIELD = "stack"  # in every log line; metrics counted from lines take their dimension from it
AUTH_FAILED = "auth_failed"  # the log event that is counted as a security event


def is_guarded(path: str) -> bool:
    """Whether the path accepts texts and therefore requires a key if keys are required."""
    return path == MCP_PATH or path.startswith(f"{API_PREFIX}/")


class Metric(StrEnum):
    """The metrics that log lines carry in Embedded Metric Format; the last two come from the `ollama` container."""

    REQUEST_LATENCY = "RequestLatency"
    FIRST_STEP_LATENCY = "FirstStepLatency"
    OUTPUT_TOKENS_PER_SECOND = "OutputTokensPerSecond"
    QUEUED = "Queued"
    IN_FLIGHT = "InFlight"
    FINDINGS = "Findings"
    REPAIR_ATTEMPTS = "RepairAttempts"
    ENGINE_ERRORS = "EngineErrors"
    GPU_MEMORY_USED_PERCENT = "GpuMemoryUsedPercent"
    DISK_USED_PERCENT = "DiskUsedPercent"


def settings_path(stack: str) -> str:
    """The path of a stack's settings in Parameter Store, with one parameter per field."""
    return f"/{PROJECT}/{stack}/config"


def secret_name(stack: str) -> str:
    """The name of a stack's secret."""
    return f"{PROJECT}/{stack}/service"


def stack_of(path: str) -> str:
    """The stack with that `settings_path`; `local` if it is no stack's path."""
    project, _, rest = path.strip("/").partition("/")
    return rest.split("/")[0] if project == PROJECT and rest else "local"
