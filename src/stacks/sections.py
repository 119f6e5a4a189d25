"""The sections of a stack's configuration: what an operator may set, with the limits of AWS and of common sense."""

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
    """Spot instances, which AWS may reclaim with two minutes' notice; `{}` uses the defaults."""

    on_demand_base: int = Field(
        0, ge=0, le=50, description="Instances per zone that stay On-Demand; the others are Spot."
    )


class ComputeConfig(Section):
    """The GPU instances and the task on each of them."""

    instance_types: Annotated[
        tuple[Annotated[str, AfterValidator(gpu_type)], ...], Field(min_length=1, max_length=20)
    ] = Field(
        ("g4dn.xlarge", "g6.xlarge", "g5.xlarge"),
        description="In order of preference: if a zone has no capacity for the first type, the next is used. The task must fit all.",
    )
    zones: int = Field(1, ge=1, le=3, description="Number of zones that run instances, each with its own group.")
    leaving_zones: tuple[str, ...] = Field(
        (),
        description="Zones that no longer run tasks; their groups remain until one `pulumi up` has moved the tasks (docs/operations.md).",
    )
    root_volume_gb: int = Field(
        60, ge=30, le=16_384, description="Root volume of an instance (system and images), in GiB."
    )
    ami_parameter: str = Field(
        "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id",
        pattern=r"^/[\w./-]+$",
        description="SSM parameter that contains the id of the machine image.",
    )
    task_cpu: int = Field(3584, ge=1024, le=196_608, description="CPU units of the task; 1024 units are one vCPU.")
    ollama_memory_mib: int = Field(12_288, ge=4096, le=4_194_304, description="Memory of the Ollama container in MiB.")
    api_memory_mib: int = Field(1024, ge=512, le=65_536, description="Memory of the API container in MiB.")
    stop_timeout_s: int = Field(
        330, ge=30, le=4000, description="Time from SIGTERM to SIGKILL, in seconds; 60 with Spot."
    )
    model_start_timeout_s: int = Field(
        3600,
        ge=300,
        le=7200,
        description="Longest wait for the model on a first start, including its download, in seconds.",
    )
    model_file: str | None = Field(
        None,
        pattern=r"^/root/\.ollama/[\w./-]+\.gguf$",
        description="GGUF file on the volume to use instead of pulling a model.",
    )
    spot: SpotConfig | None = Field(None, description="Spot instances instead of On-Demand ones (docs/operations.md).")


class SleepConfig(Section):
    """Hours in which no task runs. Without `end`, a person starts the service: `pulumi stack output wake | sh`."""

    start: str = Field(pattern=r"^cron\(.+\)$", description="When the last task stops, e.g. cron(0 20 ? * MON-FRI *).")
    end: str | None = Field(
        None, pattern=r"^cron\(.+\)$", description="When the first task starts again; empty: when somebody starts it."
    )
    timezone: str = Field("Asia/Tokyo", pattern=r"^[A-Za-z_]+(/[A-Za-z_+-]+)*$", description="Time zone of both times.")


class SmokeTestConfig(Section):
    """A Lambda function in the VPC requests two procedures after each deployment; if one fails, the deployment fails."""

    timeout_s: int = Field(300, ge=30, le=900, description="Longest wait for the answers, in seconds.")


class ScalingConfig(Section):
    """How many tasks run, and when to scale out."""

    min_tasks: int = Field(ge=1, le=50, description="Tasks that always run.")
    max_tasks: int = Field(ge=1, le=50, description="Maximum number of tasks; it determines groups, volumes and quota.")
    deployment: Literal["rolling", "in_place", "blue_green"] = Field(
        "rolling",
        description="in_place stops the old task first, for accounts with quota for one GPU; it interrupts the service. blue_green "
        "starts all new tasks beside the old ones and needs quota and volumes for twice as many.",
    )
    cpu_percent: int = Field(70, ge=10, le=100, description="Scale out above this average CPU utilization.")
    requests_per_task: int = Field(60, ge=1, description="Scale out above this number of requests per minute and task.")
    queued_per_task: float = Field(1.0, gt=0, description="Scale out above this number of waiting requests per task.")
    sleep: SleepConfig | None = Field(None, description="Hours in which no task runs.")
    smoke_test: SmokeTestConfig | None = Field(
        None,
        description="Request two procedures after each deployment; it fails if one of them fails (docs/operations.md).",
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max_tasks < self.min_tasks:
            raise ValueError(
                f"max_tasks ({self.max_tasks}) is under min_tasks ({self.min_tasks}): raise one or lower the other"
            )
        return self


class StorageConfig(Section):
    """The data volumes, one per instance slot; they hold the models and outlive every instance."""

    size_gb: int = Field(100, ge=100, le=16_384, description="Size of each volume, in GiB.")
    iops: int = Field(3000, ge=3000, le=16_000, description="Operations per second; 3000 are included in the price.")
    throughput: int = Field(
        250, ge=125, le=1000, description="Throughput of each volume in MiB/s; a model is read once per start."
    )
    snapshot_id: Annotated[str, identifier("snap")] | None = Field(
        None, description="Create new volumes from this snapshot."
    )
    snapshots_kept: int = Field(7, ge=1, le=1000, description="Number of daily snapshots to keep.")

    @model_validator(mode="after")
    def _throughput_of_operations(self) -> Self:
        """gp3 allows 0.25 MiB/s per operation per second ("Amazon EBS volume types")."""
        if self.throughput * 4 > self.iops:
            raise ValueError(
                f"throughput ({self.throughput}) wants {self.throughput * 4} iops, and iops is {self.iops}: raise iops or lower "
                "throughput"
            )
        return self


class IdentityConfig(Section):
    """The company's rules for IAM roles."""

    permissions_boundary: Annotated[str, AfterValidator(policy_arn)] | None = Field(
        None,
        description="ARN of the permissions boundary of every role; it must allow what docs/architecture.md lists.",
    )
    role_prefix: str | None = Field(
        None, pattern=r"^[\w+=,.@-]{1,32}$", description="Prefix of the names of all roles and instance profiles."
    )


class SecretsConfig(Section):
    """The secret that contains the hashes of the API keys."""

    recovery_days: int = Field(
        0, description="Days in which a deleted secret can be restored; with 0, its name is free at once."
    )

    @model_validator(mode="after")
    def _known_to_aws(self) -> Self:
        if self.recovery_days != 0 and not 7 <= self.recovery_days <= 30:
            raise ValueError(f"recovery_days ({self.recovery_days}) must be 0 or from 7 to 30")
        return self


class LogsConfig(Section):
    """The log groups."""

    retention_days: Annotated[int, AfterValidator(retention)] = Field(30, description="Days to keep logs.")
    shared_account: bool = Field(
        False, description="Add a prefix to the log groups, so that both stacks fit into one account."
    )
    alb_s3_bucket: str | None = Field(
        None,
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        description="Also store the access logs in this bucket, which you own.",
    )


class ImagesConfig(Section):
    """The container images: built from this repository, or existing ones."""

    api_uri: str | None = Field(
        None, description="Existing image by digest (…@sha256:…) instead of building Dockerfile.api."
    )
    ollama_uri: str | None = Field(None, description="Existing image by digest instead of building Dockerfile.ollama.")
    api_base: str | None = Field(None, description="Base image of Dockerfile.api.")
    ollama_base: str | None = Field(None, description="Base image of Dockerfile.ollama.")

    @model_validator(mode="after")
    def _by_digest(self) -> Self:
        for name, uri in (("api_uri", self.api_uri), ("ollama_uri", self.ollama_uri)):
            if uri and not re.fullmatch(r"[\w.:/-]+@sha256:[0-9a-f]{64}", uri):
                raise ValueError(f"{name} ({uri!r}) is not by digest: write repository@sha256:…, a tag can move")
        return self


class MonitoringConfig(Section):
    """Alarms, and who is notified."""

    emails: tuple[Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")], ...] = Field(
        (), description="Recipients of alarms; each confirms the subscription once."
    )
    errors_5xx: int = Field(5, ge=1, description="Alarm above this number of 5xx answers in 5 minutes.")
    latency_p95_s: float = Field(
        150, gt=0, description="Alarm above this 95th percentile of the response time, in seconds."
    )
    queued: float = Field(5, gt=0, description="Alarm above this number of waiting requests per task for 5 minutes.")
    disk_percent: int = Field(85, ge=10, le=99, description="Alarm above this use of the data volume.")
    gpu_memory_percent: int = Field(97, ge=10, le=100, description="Alarm above this use of the GPU's memory.")
    auth_failures: int = Field(
        20, ge=1, description="Alarm above this number of requests without a valid key in 5 minutes."
    )
    blocked: int = Field(
        100, ge=1, description="Alarm above this number of requests blocked by the web ACL in 5 minutes."
    )
    rollback: bool = Field(True, description="Roll a deployment back if its alarms fire (docs/operations.md).")
    rollback_5xx: int = Field(
        10, ge=1, description="Roll a deployment back above this number of 5xx answers in 5 minutes."
    )
    rule_group_days: int = Field(
        30, ge=1, le=365, description="Alarm this many days before a version of the web ACL's rule groups expires."
    )
    monthly_budget_usd: int | None = Field(
        None, ge=1, description="Warn at 80 % of this amount; activate the tag Stack for cost allocation."
    )
