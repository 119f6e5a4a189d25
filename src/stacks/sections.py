"""The sections of a stack's configuration: what an operator may set, with the limits that AWS or good sense give."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from stacks.fields import Section, gpu_type, identifier, policy_arn, retention
from stacks.sections_network import (
    CorporateNetworkConfig,
    EdgeConfig,
    FirewallConfig,
    NetworkConfig,
    OidcConfig,
    ProxyConfig,
)

__all__ = [
    "ComputeConfig",
    "CorporateNetworkConfig",
    "EdgeConfig",
    "FirewallConfig",
    "IdentityConfig",
    "ImagesConfig",
    "LogsConfig",
    "MonitoringConfig",
    "NetworkConfig",
    "OidcConfig",
    "ProxyConfig",
    "ScalingConfig",
    "SecretsConfig",
    "SleepConfig",
    "SmokeTestConfig",
    "SpotConfig",
    "StorageConfig",
]


class SpotConfig(Section):
    """Spot instances, of which AWS takes back any at two minutes' notice; `{}` takes the defaults."""

    on_demand_base: int = Field(
        0, ge=0, le=50, description="Instances a zone that stay On-Demand; the others are Spot."
    )


class ComputeConfig(Section):
    """The GPU instances and the task on each of them."""

    instance_types: Annotated[
        tuple[Annotated[str, AfterValidator(gpu_type)], ...], Field(min_length=1, max_length=20)
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
    stop_timeout_s: int = Field(330, ge=30, le=4000, description="From SIGTERM to SIGKILL, in seconds; 60 with spot.")
    model_start_timeout_s: int = Field(
        3600, ge=300, le=7200, description="Longest wait for the model on a first start, its pull included, in seconds."
    )
    model_file: str | None = Field(
        None, pattern=r"^/root/\.ollama/[\w./-]+\.gguf$", description="GGUF file on the volume."
    )
    spot: SpotConfig | None = Field(None, description="Spot instances instead of On-Demand ones (docs/operations.md).")


class SleepConfig(Section):
    """Hours in which no task runs. Without `end` a person wakes the service: `pulumi stack output wake | sh`."""

    start: str = Field(pattern=r"^cron\(.+\)$", description="When the last task stops, e.g. cron(0 20 ? * MON-FRI *).")
    end: str | None = Field(
        None, pattern=r"^cron\(.+\)$", description="When the first task starts again; empty: when somebody wakes it."
    )
    timezone: str = Field("Asia/Tokyo", pattern=r"^[A-Za-z_]+(/[A-Za-z_+-]+)*$", description="Zone of both times.")


class SmokeTestConfig(Section):
    """Two procedures after each deployment, by a Lambda function in the VPC; a failure fails the deployment."""

    timeout_s: int = Field(300, ge=30, le=900, description="Longest wait for the answers, in seconds.")


class ScalingConfig(Section):
    """How many tasks, and when more."""

    min_tasks: int = Field(ge=1, le=50, description="Tasks that always run.")
    max_tasks: int = Field(ge=1, le=50, description="Most tasks; groups, volumes and quota follow from it.")
    deployment: Literal["rolling", "in_place", "blue_green"] = Field(
        "rolling",
        description="in_place stops the old task first: for accounts with quota for one GPU, with an interruption. blue_green "
        "starts all new tasks beside the old ones: wants quota and volumes for twice as many.",
    )
    cpu_percent: int = Field(70, ge=10, le=100, description="More tasks over this average CPU use.")
    requests_per_task: int = Field(60, ge=1, description="More tasks over this many requests a minute and task.")
    queued_per_task: float = Field(1.0, gt=0, description="More tasks over this many waiting requests a task.")
    sleep: SleepConfig | None = Field(None, description="Hours in which no task runs.")
    smoke_test: SmokeTestConfig | None = Field(
        None, description="Two procedures after each deployment, else it has failed (docs/operations.md)."
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max_tasks < self.min_tasks:
            raise ValueError(
                f"max_tasks ({self.max_tasks}) is under min_tasks ({self.min_tasks}): raise one or lower the other"
            )
        return self


class StorageConfig(Section):
    """The data volumes, one an instance slot; they hold the models and outlive every instance."""

    size_gb: int = Field(100, ge=100, le=16_384, description="GiB a volume.")
    iops: int = Field(3000, ge=3000, le=16_000, description="Operations a second; 3000 come with the volume.")
    throughput: int = Field(250, ge=125, le=1000, description="MiB/s a volume; a model is read once a start.")
    snapshot_id: Annotated[str, identifier("snap")] | None = Field(
        None, description="Make new volumes from this snapshot."
    )
    snapshots_kept: int = Field(7, ge=1, le=1000, description="Daily snapshots kept.")

    @model_validator(mode="after")
    def _throughput_of_operations(self) -> Self:
        """gp3 carries 0.25 MiB/s an operation a second ("Amazon EBS volume types")."""
        if self.throughput * 4 > self.iops:
            raise ValueError(
                f"throughput ({self.throughput}) wants {self.throughput * 4} iops, and iops is {self.iops}: raise iops or lower "
                "throughput"
            )
        return self


class IdentityConfig(Section):
    """How the company wants IAM roles."""

    permissions_boundary: Annotated[str, AfterValidator(policy_arn)] | None = Field(
        None, description="ARN of the policy that bounds every role; it must admit what docs/architecture.md lists."
    )
    role_prefix: str | None = Field(
        None, pattern=r"^[\w+=,.@-]{1,32}$", description="Beginning of the names of all roles and instance profiles."
    )


class SecretsConfig(Section):
    """The secret with the hashes of the API keys."""

    recovery_days: int = Field(
        0, description="Days in which a deleted secret can be restored; 0 frees its name at once."
    )

    @model_validator(mode="after")
    def _known_to_aws(self) -> Self:
        if self.recovery_days != 0 and not 7 <= self.recovery_days <= 30:
            raise ValueError(f"recovery_days ({self.recovery_days}) must be 0 or from 7 to 30")
        return self


class LogsConfig(Section):
    """The log groups."""

    retention_days: Annotated[int, AfterValidator(retention)] = Field(30, description="Days that logs are kept.")
    shared_account: bool = Field(False, description="Prefix the groups, so that both stacks can live in one account.")
    alb_s3_bucket: str | None = Field(
        None,
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        description="Also keep the access logs in this bucket of yours.",
    )


class ImagesConfig(Section):
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


class MonitoringConfig(Section):
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
    rollback: bool = Field(
        True, description="Take a deployment back on the alarms of deployments (docs/operations.md)."
    )
    rollback_5xx: int = Field(10, ge=1, description="Answers 5xx in 5 minutes that take a deployment back.")
    rule_group_days: int = Field(
        30, ge=1, le=365, description="Days before a version of the web ACL's rule groups expires."
    )
    monthly_budget_usd: int | None = Field(
        None, ge=1, description="Warn at 80 % of it; tag Stack must be activated for cost allocation."
    )
