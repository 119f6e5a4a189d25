"""The sections of a stack's configuration: what an operator may set, with the limits that AWS or good sense give."""

import ipaddress
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

WIDEST_CORPORATE_PREFIX = 8
# Retention periods that CloudWatch Logs knows (PutRetentionPolicy).
RETENTION_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,
    731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip
# Families with an NVIDIA GPU that the ECS GPU image drives (EC2 accelerated computing instances).
_GPU_FAMILY = re.compile(r"(g4dn|g5|g6|g6e|gr6|p3|p3dn|p4d|p4de|p5|p5e|p5en|g7e)\.[a-z0-9]+")

# Reserved for documentation and tests (RFC 2606).
_NOBODYS = (".example.com", ".example.net", ".example.org", ".example", ".test", ".invalid", ".localhost")

_VERSION = r"^Version_\d+\.\d+$"  # static versions of AWS's managed rule groups


def _cidr(value: str) -> str:
    try:
        ipaddress.IPv4Network(value)
    except ValueError as error:
        raise ValueError(f"is not an IPv4 range such as 172.28.0.0/16: {error}") from None
    return value


def _corporate_range(value: str) -> str:
    if ipaddress.ip_network(_cidr(value)).prefixlen < WIDEST_CORPORATE_PREFIX:
        raise ValueError(
            f"is wider than /{WIDEST_CORPORATE_PREFIX}, more than a company owns: name the ranges themselves"
        )
    return value


def _vpc_range(value: str) -> str:
    if not 16 <= ipaddress.ip_network(_cidr(value)).prefixlen <= 22:
        raise ValueError("a VPC of two or more zones wants a range from /16 to /22")
    return value


def _gpu_type(value: str) -> str:
    if not _GPU_FAMILY.fullmatch(value):
        raise ValueError("has no NVIDIA GPU that the ECS image drives: choose e.g. g4dn.xlarge, g5.xlarge or g6.xlarge")
    return value


def _own_name(value: str) -> str:
    if value.endswith(_NOBODYS) or value in (name.lstrip(".") for name in _NOBODYS):
        raise ValueError("is the stack file's placeholder, a name that nobody can have: write your own")
    return value


def _retention(value: int) -> int:
    if value not in RETENTION_DAYS:
        raise ValueError(
            f"CloudWatch Logs keeps for one of {', '.join(map(str, RETENTION_DAYS))} days: choose one of them"
        )
    return value


def _identifier(prefix: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(prefix + r"-[0-9a-f]{8,17}", value):
            raise ValueError(f"is not an id such as {prefix}-0123456789abcdef0")
        return value

    return AfterValidator(check)


def _arn(service: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(rf"arn:aws[a-z-]*:{service}:[a-z0-9-]+:\d{{12}}:.+", value):
            raise ValueError(f"is not an ARN such as arn:aws:{service}:ap-northeast-1:123456789012:…")
        return value

    return AfterValidator(check)


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NetworkConfig(_Section):
    """The VPC."""

    cidr: Annotated[str, AfterValidator(_vpc_range)] = Field(
        description="Range of the VPC, outside the corporate ranges."
    )
    zone_count: int = Field(2, ge=2, le=3, description="Availability Zones; a load balancer wants two.")
    zones: tuple[str, ...] = Field(
        (),
        description="Names of the zones, e.g. [ap-northeast-1a, ap-northeast-1c]; empty: chosen by what offers the GPU.",
    )
    nat_gateways: Literal["one", "one_per_zone"] = Field("one", description="What the tasks reach registries through.")
    interface_endpoints: bool = Field(
        False, description="AWS APIs by private addresses too (about 184 USD a month in Tokyo)."
    )

    @model_validator(mode="after")
    def _zones_counted(self) -> Self:
        if self.zones and len(self.zones) != self.zone_count:
            raise ValueError(f"zones names {len(self.zones)}, zone_count is {self.zone_count}: make them agree")
        return self


class CorporateNetworkConfig(_Section):
    """Who may come in over private connectivity, and by which gateway their answers go back."""

    ranges: Annotated[
        tuple[Annotated[str, AfterValidator(_corporate_range)], ...], Field(min_length=1, max_length=20)
    ] = Field(description="IPv4 ranges that may connect, none wider than /8.")
    transit_gateway_id: Annotated[str, _identifier("tgw")] | None = Field(
        None, description="Attach this transit gateway."
    )
    vpn_gateway_id: Annotated[str, _identifier("vgw")] | None = Field(
        None, description="Attach this virtual private gateway."
    )

    @model_validator(mode="after")
    def _one_gateway(self) -> Self:
        if self.transit_gateway_id and self.vpn_gateway_id:
            raise ValueError("give transit_gateway_id or vpn_gateway_id, not both: the ranges have one way back")
        return self


class EdgeConfig(_Section):
    """Name and certificate of the load balancer."""

    domain_name: (
        Annotated[
            str,
            Field(pattern=r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$", max_length=64),
            AfterValidator(_own_name),
        ]
        | None
    ) = Field(None, description="Name that the service is reached under.")
    hosted_zone_id: Annotated[str, Field(pattern=r"^Z[A-Z0-9]{5,31}$")] | None = Field(
        None, description="Route 53 zone for the alias record and the certificate's validation."
    )
    certificate_arn: Annotated[str, _arn("acm")] | None = Field(
        None, description="An issued certificate to use instead."
    )
    deletion_protection: bool = Field(False, description="Refuse to delete the load balancer.")


class FirewallConfig(_Section):
    """The web ACL."""

    requests_per_5_minutes: int = Field(1000, ge=10, le=2_000_000_000, description="An address over it is blocked.")
    # AWS Managed Rules changelog: 1.19 of 14 August 2025; 1.24 has the rule for CVE-2025-55182; 2.3.
    core_version: str = Field("Version_1.19", pattern=_VERSION, description="Version of the core rule set.")
    known_bad_inputs_version: str = Field(
        "Version_1.24", pattern=_VERSION, description="Version of the known bad inputs."
    )
    sqli_version: str = Field("Version_2.3", pattern=_VERSION, description="Version of the SQL database rules.")


class ComputeConfig(_Section):
    """The GPU instances and the task on each of them."""

    instance_types: Annotated[
        tuple[Annotated[str, AfterValidator(_gpu_type)], ...], Field(min_length=1, max_length=20)
    ] = Field(
        ("g4dn.xlarge", "g6.xlarge", "g5.xlarge"),
        description="In order of preference: where a zone has none of the first, the next is taken. The task must fit all.",
    )
    zones: int = Field(1, ge=1, le=3, description="Zones that run instances, each with a group of its own.")
    leaving_zones: tuple[str, ...] = Field(
        (),
        description="Zones that run no task any more; their groups stay until one `pulumi up` has moved the tasks (docs/operations.md).",
    )
    root_volume_gb: int = Field(60, ge=30, le=16_384, description="System and images of an instance, in GiB.")
    ami_parameter: str = Field(
        "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id",
        pattern=r"^/[\w./-]+$",
        description="SSM parameter that names the machine image.",
    )
    task_cpu: int = Field(3584, ge=1024, le=196_608, description="CPU units of the task; 1024 are one vCPU.")
    ollama_memory_mib: int = Field(12_288, ge=4096, le=4_194_304, description="Memory of the Ollama container in MiB.")
    api_memory_mib: int = Field(1024, ge=512, le=65_536, description="Memory of the API container in MiB.")
    stop_timeout_s: int = Field(330, ge=30, le=4000, description="From SIGTERM to SIGKILL, in seconds.")
    model_start_timeout_s: int = Field(
        3600, ge=300, le=7200, description="Longest wait for the model on a first start, its pull included, in seconds."
    )
    model_file: str | None = Field(
        None, pattern=r"^/root/\.ollama/[\w./-]+\.gguf$", description="GGUF file on the volume."
    )


class SleepConfig(_Section):
    """Hours in which no task runs."""

    start: str = Field(pattern=r"^cron\(.+\)$", description="When the last task stops, e.g. cron(0 20 ? * MON-FRI *).")
    end: str = Field(pattern=r"^cron\(.+\)$", description="When the first task starts again.")
    timezone: str = Field("Asia/Tokyo", pattern=r"^[A-Za-z_]+(/[A-Za-z_+-]+)*$", description="Zone of both times.")


class ScalingConfig(_Section):
    """How many tasks, and when more."""

    min_tasks: int = Field(ge=1, le=50, description="Tasks that always run.")
    max_tasks: int = Field(ge=1, le=50, description="Most tasks; groups, volumes and quota follow from it.")
    deployment: Literal["rolling", "in_place"] = Field(
        "rolling",
        description="in_place stops the old task first: for accounts with quota for one GPU, with an interruption.",
    )
    cpu_percent: int = Field(70, ge=10, le=100, description="More tasks over this average CPU use.")
    requests_per_task: int = Field(60, ge=1, description="More tasks over this many requests a minute and task.")
    queued_per_task: float = Field(2.0, gt=0, description="More tasks over this many waiting requests a task.")
    sleep: SleepConfig | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max_tasks < self.min_tasks:
            raise ValueError(
                f"max_tasks ({self.max_tasks}) is under min_tasks ({self.min_tasks}): raise one or lower the other"
            )
        return self


class StorageConfig(_Section):
    """The data volumes, one an instance slot; they hold the models and outlive every instance."""

    size_gb: int = Field(100, ge=100, le=16_384, description="GiB a volume.")
    iops: int = Field(3000, ge=3000, le=16_000, description="Operations a second; 3000 come with the volume.")
    throughput: int = Field(250, ge=125, le=1000, description="MiB/s a volume; a model is read once a start.")
    snapshot_id: Annotated[str, _identifier("snap")] | None = Field(
        None, description="Make new volumes from this snapshot."
    )
    snapshots_kept: int = Field(7, ge=1, le=1000, description="Daily snapshots kept.")


class SecretsConfig(_Section):
    """The secret with the hashes of the API keys."""

    recovery_days: int = Field(
        0, description="Days in which a deleted secret can be restored; 0 frees its name at once."
    )

    @model_validator(mode="after")
    def _known_to_aws(self) -> Self:
        if self.recovery_days != 0 and not 7 <= self.recovery_days <= 30:
            raise ValueError(f"recovery_days ({self.recovery_days}) must be 0 or from 7 to 30")
        return self


class LogsConfig(_Section):
    """The log groups."""

    retention_days: Annotated[int, AfterValidator(_retention)] = Field(30, description="Days that logs are kept.")
    shared_account: bool = Field(False, description="Prefix the groups, so that both stacks can live in one account.")
    alb_s3_bucket: str | None = Field(
        None,
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        description="Also keep the access logs in this bucket of yours.",
    )


class ImagesConfig(_Section):
    """The container images: built here, or given."""

    api_uri: str | None = Field(None, description="Image by digest (…@sha256:…) instead of building Dockerfile.api.")
    ollama_uri: str | None = Field(None, description="Image by digest instead of building Dockerfile.ollama.")
    api_base: str | None = Field(None, description="Base image of Dockerfile.api.")
    ollama_base: str | None = Field(None, description="Base image of Dockerfile.ollama.")

    @model_validator(mode="after")
    def _by_digest(self) -> Self:
        for name, uri in (("api_uri", self.api_uri), ("ollama_uri", self.ollama_uri)):
            if uri and not re.fullmatch(r"[\w.:/-]+@sha256:[0-9a-f]{64}", uri):
                raise ValueError(f"{name} ({uri!r}) is not by digest: write repository@sha256:…, a tag can move")
        return self


class MonitoringConfig(_Section):
    """Alarms and who hears of them."""

    emails: tuple[Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")], ...] = Field(
        (), description="Who hears of alarms; each confirms the subscription once."
    )
    errors_5xx: int = Field(5, ge=1, description="Answers 5xx in 5 minutes.")
    latency_p95_s: float = Field(150, gt=0, description="95th percentile of the answer time, in seconds.")
    queued: float = Field(5, gt=0, description="Waiting requests a task for 5 minutes.")
    disk_percent: int = Field(85, ge=10, le=99, description="Use of the data volume.")
    gpu_memory_percent: int = Field(97, ge=10, le=100, description="Use of the GPU's memory.")
    auth_failures: int = Field(20, ge=1, description="Requests without a valid key in 5 minutes.")
    blocked: int = Field(100, ge=1, description="Requests that the web ACL blocks in 5 minutes.")
    rule_group_days: int = Field(
        30, ge=1, le=365, description="Days before a version of the web ACL's rule groups expires."
    )
    monthly_budget_usd: int | None = Field(
        None, ge=1, description="Warn at 80 % of it; tag Stack must be activated for cost allocation."
    )
