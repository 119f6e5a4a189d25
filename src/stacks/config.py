"""What a human writes in `Pulumi.<stack>.yaml`, checked before anything is built. The only reader of Pulumi's config."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

import pulumi
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_validator

from stacks.coherence import MARGIN_S, RULES
from stacks.defaults import PHASE_DEFAULTS, SERVICE_DEFAULTS, SPOT_DRAINING_S, SPOT_STOP_TIMEOUT_S
from stacks.sections import (
    ComputeConfig,
    CorporateNetworkConfig,
    EdgeConfig,
    FirewallConfig,
    IdentityConfig,
    ImagesConfig,
    LogsConfig,
    MonitoringConfig,
    NetworkConfig,
    ProxyConfig,
    ScalingConfig,
    SecretsConfig,
    StorageConfig,
)
from testgen.config import ServiceConfig, ServiceSecrets

Phase = Literal["mvp", "phase2"]


class ConfigRefusedError(pulumi.RunError):
    """The configuration makes no sense. Pulumi prints a RunError's message alone, without a traceback."""


def _stack_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,10}[a-z0-9]", value):
        raise ValueError("use 2 to 12 lower-case letters, digits and hyphens: AWS limits the names made from it")
    return value


class StackConfig(BaseModel):
    """A whole stack, one section per area. A section that is None does not exist in this phase."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stack: Annotated[str, AfterValidator(_stack_name)]
    phase: Phase
    region: str
    tags: dict[str, str]
    network: NetworkConfig
    corporate_network: CorporateNetworkConfig | None = None
    proxy: ProxyConfig | None = None
    edge: EdgeConfig = EdgeConfig()
    firewall: FirewallConfig | None = None
    compute: ComputeConfig = ComputeConfig()
    scaling: ScalingConfig
    storage: StorageConfig = StorageConfig()
    secrets: SecretsConfig = SecretsConfig()
    identity: IdentityConfig = IdentityConfig()
    logs: LogsConfig = LogsConfig()
    images: ImagesConfig = ImagesConfig()
    monitoring: MonitoringConfig = MonitoringConfig()
    service: ServiceConfig

    @property
    def internal(self) -> bool:
        """Whether the load balancer is reached over the corporate network only."""
        return self.corporate_network is not None

    @property
    def alb_idle_s(self) -> int:
        """The load balancer outlasts the longest request."""
        return int(self.service.request_timeout_s) + MARGIN_S

    @property
    def draining_s(self) -> int:
        """A target that leaves finishes what it has begun; on a Spot instance what two minutes leave room for."""
        if self.compute.spot:
            return SPOT_DRAINING_S
        return int(self.service.request_timeout_s) + MARGIN_S // 2

    @property
    def group_size(self) -> int:
        """Most instances of one zone: its share of the tasks, and one more for the new task of a rolling deployment; twice its
        share if all new tasks start beside the old ones."""
        share = -(-self.scaling.max_tasks // self.compute.zones)
        if self.scaling.deployment == "blue_green":
            return 2 * share
        return share if self.scaling.deployment == "in_place" else share + 1

    @property
    def healthy_percent(self) -> tuple[int, int]:
        """Minimum and maximum tasks of a deployment. With one GPU per instance, the new task needs a free instance, or
        the old one's (operations.md).

        ECS drains an instance by the same figures: at 100 it would stop no task before another is healthy, and the two minutes
        of a Spot instance would pass (awsdocs/amazon-ecs-developer-guide#222). So there one task may be missing.
        """
        if self.scaling.deployment == "in_place":
            return 0, 100
        if self.compute.spot:
            return 100 * (self.scaling.min_tasks - 1) // self.scaling.min_tasks, 200
        return 100, 200

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        for rule in RULES:
            rule(self)
        return self


def parse(stack: str, region: str, tags: Mapping[str, str], sections: Mapping[str, Any]) -> StackConfig:
    """Builds the config from plain data, with the defaults of its phase underneath.

    Raises:
        ConfigRefusedError: something is invalid; one line per problem, with the key and the remedy.
    """
    phase = sections.get("phase")
    if phase not in PHASE_DEFAULTS:
        raise ConfigRefusedError(f"testgen:phase: {phase!r} is not a phase: write mvp or phase2")
    data: dict[str, Any] = {"stack": stack, "region": region, "tags": dict(tags), **sections}
    for name, defaults in PHASE_DEFAULTS[phase].items():
        given = data.get(name, {})
        if not isinstance(given, Mapping):
            continue
        new = name != "network" or not given.get("vpc_id")  # a network that exists takes no default of a new one
        data[name] = {**defaults, **given} if new else given
    if isinstance(data["service"], Mapping):
        data["service"] = {**SERVICE_DEFAULTS, **data["service"]}
    compute = data.get("compute")
    if isinstance(compute, Mapping) and compute.get("spot") is not None:
        data["compute"] = {"stop_timeout_s": SPOT_STOP_TIMEOUT_S, **compute}
    try:
        return StackConfig.model_validate(data)
    except ValidationError as error:
        raise ConfigRefusedError("\n".join(_problems(error))) from None


def _problems(error: ValidationError) -> list[str]:
    """One line per problem; that a list is too short is not reported if its entries were refused."""
    details = error.errors(include_url=False)
    refused = {detail["loc"][:-1] for detail in details if detail["loc"]}
    return [_problem(detail) for detail in details if detail["type"] != "too_short" or detail["loc"] not in refused]


def _problem(detail: Any) -> str:
    """One of pydantic's findings in our words: the key as the stack file has it, the value, and what to do."""
    key = ".".join(str(part) for part in detail["loc"])
    message = str(detail["msg"]).removeprefix("Value error, ")
    value = detail.get("input")
    shown = f" ({value!r})" if isinstance(value, str | int | float) and detail["loc"] else ""
    match detail["type"]:
        case "extra_forbidden":
            message = "there is no such key: correct its spelling or remove it"
        case "missing":
            message, shown = "is missing: add it", ""
    return f"testgen:{key}{shown}: {message}" if key else f"testgen:{message}".replace("testgen:aws:", "aws:")


def load() -> StackConfig:
    """The config of the stack that Pulumi is running.

    Raises:
        ConfigRefusedError: see `parse`.
    """
    own, provider = pulumi.Config(), pulumi.Config("aws")
    region = provider.get("region")
    if not region:
        raise ConfigRefusedError("aws:region: is missing: run `pulumi config set aws:region ap-northeast-1`")
    tags = _plain(provider, "aws:defaultTags", "defaultTags") or {}
    sections = {
        name: _plain(own, f"testgen:{name}", name)
        for name in StackConfig.model_fields
        if name not in ("stack", "region", "tags") and own.get(name) not in (None, "{}")  # Pulumi.yaml's default is {}
    }
    return parse(pulumi.get_stack(), region, tags.get("tags", {}), sections)


def _plain(config: pulumi.Config, key: str, name: str) -> Any:
    """A section as data; text that is not JSON is itself."""
    text = config.get(name)
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        if text.lstrip().startswith(("{", "[")):
            raise ConfigRefusedError(f"{key}: is not JSON or YAML: correct it in the stack file") from None
        return text


def load_smoke_key(config: StackConfig) -> "pulumi.Output[str] | None":
    """The API key that the smoke test comes in with, from the encrypted key `testgen:smoke_key`.

    Raises:
        ConfigRefusedError: the service requires a key, and the smoke test has none.
    """
    wanted = bool(config.scaling.smoke_test)
    how = (
        "the service requires keys: make one with `testgen api-key smoke`, run the line that it prints, and "
        "`pulumi config set --secret smoke_key` with the key itself; or remove scaling.smoke_test"
    )
    return _encrypted("smoke_key", wanted=wanted, required=config.service.require_api_key, how=how)


def load_oidc_secret(config: StackConfig) -> "pulumi.Output[str] | None":
    """The client's secret at the identity provider, from the encrypted key `testgen:oidc_client_secret`.

    Raises:
        ConfigRefusedError: people must log in, and there is no client secret.
    """
    how = "edge.oidc wants one: `pulumi config set --secret oidc_client_secret`, with what the identity provider has given you"
    return _encrypted("oidc_client_secret", wanted=bool(config.edge.oidc), required=True, how=how)


def _encrypted(key: str, *, wanted: bool, required: bool, how: str) -> "pulumi.Output[str] | None":
    value = pulumi.Config().get_secret(key) if wanted else None
    if wanted and required and value is None:
        raise ConfigRefusedError(f"testgen:{key}: is missing, and {how}")
    return value


def load_secrets(service: ServiceConfig) -> "pulumi.Output[ServiceSecrets]":
    """The hashes of the API keys, from the encrypted key `testgen:api_keys`; none if it is not set, with a warning if
    the service requires them.

    Raises:
        ConfigRefusedError: not names with SHA-256 hashes; the message never shows a value.
    """
    text = pulumi.Config().get("api_keys") or "{}"
    try:
        keys = ServiceSecrets(api_keys=json.loads(text))
    except ValueError:  # pydantic's and json's own errors both quote the value, so neither is passed on
        raise ConfigRefusedError(
            "testgen:api_keys: is not names with SHA-256 hashes: make a key with `testgen api-key NAME` and run the "
            "`pulumi config set --secret` line that it prints"
        ) from None
    if service.require_api_key and not keys.api_keys:
        pulumi.log.warn(
            "testgen:api_keys: is empty, and the service requires keys: it will not start. Make one with "
            "`testgen api-key NAME` and run the `pulumi config set --secret` line that it prints"
        )
    return pulumi.Output.secret(keys)
