"""The alarms as data: what each watches, and in its name what to do. docs/operations.md has a paragraph for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from stacks.sections import MonitoringConfig

SERVICE, ALB, INSIGHTS = "testgen", "AWS/ApplicationELB", "ECS/ContainerInsights"


@dataclass(frozen=True)
class Alarm:
    """One metric and its threshold. `scope` names the dimensions: load_balancer, target_group, stack or service."""

    action: str  # the name: what to do, also the anchor in docs/operations.md
    namespace: str
    metric: str
    statistic: str
    threshold: float
    scope: str
    comparison: str = "GreaterThanOrEqualToThreshold"
    minutes: int = 5
    missing: str = "notBreaching"
    needs_a_task: bool = False  # means nothing while the service is asleep by schedule


def alarms(monitoring: MonitoringConfig) -> list[Alarm]:
    """All alarms of a stack."""
    below = partial(Alarm, comparison="LessThanThreshold", missing="breaching", needs_a_task=True)
    return [
        Alarm(
            "find-the-cause-of-5xx-answers",
            ALB,
            "HTTPCode_Target_5XX_Count",
            "Sum",
            monitoring.errors_5xx,
            "target_group",
        ),
        Alarm(
            "find-why-the-load-balancer-fails",
            ALB,
            "HTTPCode_ELB_5XX_Count",
            "Sum",
            monitoring.errors_5xx,
            "load_balancer",
        ),
        below("bring-back-a-healthy-target", ALB, "HealthyHostCount", "Minimum", 1, "target_group"),
        Alarm("make-answers-faster", ALB, "TargetResponseTime", "p95", monitoring.latency_p95_s, "target_group"),
        Alarm("add-tasks-for-the-queue", SERVICE, "Queued", "Average", monitoring.queued, "stack"),
        below("start-a-task", INSIGHTS, "RunningTaskCount", "Minimum", 1, "service"),
        Alarm("grow-or-clear-the-data-volume", SERVICE, "DiskUsedPercent", "Maximum", monitoring.disk_percent, "stack"),
        Alarm(
            "use-a-smaller-model", SERVICE, "GpuMemoryUsedPercent", "Maximum", monitoring.gpu_memory_percent, "stack"
        ),
        Alarm("read-the-error-log", SERVICE, "Errors", "Sum", 1, "stack"),
        Alarm("look-into-rejected-keys", SERVICE, "AuthFailures", "Sum", monitoring.auth_failures, "stack"),
    ]


@dataclass(frozen=True)
class LogMetric:
    """A metric counted from log lines. `pattern` is CloudWatch Logs' filter syntax for JSON lines."""

    metric: str
    pattern: str
    groups: tuple[str, ...] = field(default=("api", "ollama"))


LOG_METRICS = (
    LogMetric("Errors", '{ $.level = "error" || $.level = "critical" }'),
    LogMetric("AuthFailures", '{ $.event = "auth_failed" }', ("api",)),
)


# Title, and (namespace, metric, scope, statistic) of each line: one look tells whether users are served.
CHARTS: Sequence[tuple[str, Sequence[tuple[str, str, str, str]]]] = (
    (
        "Requests",
        [(ALB, "RequestCount", "load_balancer", "Sum"), (ALB, "HTTPCode_Target_5XX_Count", "target_group", "Sum")],
    ),
    ("Answer time (s)", [(ALB, "TargetResponseTime", "target_group", statistic) for statistic in ("p50", "p95")]),
    ("At work and waiting, a task", [(SERVICE, metric, "stack", "Average") for metric in ("InFlight", "Queued")]),
    ("First step (ms)", [(SERVICE, "FirstStepLatency", "stack", statistic) for statistic in ("p50", "p95")]),
    ("Tokens a second", [(SERVICE, "OutputTokensPerSecond", "stack", "Average")]),
    ("Findings and repairs", [(SERVICE, metric, "stack", "Average") for metric in ("Findings", "RepairAttempts")]),
    ("Errors and rejected keys", [(SERVICE, metric, "stack", "Sum") for metric in ("EngineErrors", "AuthFailures")]),
    (
        "GPU memory and disk (%)",
        [(SERVICE, metric, "stack", "Maximum") for metric in ("GpuMemoryUsedPercent", "DiskUsedPercent")],
    ),
    ("Tasks", [(INSIGHTS, metric, "service", "Maximum") for metric in ("RunningTaskCount", "DesiredTaskCount")]),
)


def dashboard(region: str, dimensions: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """The body of the dashboard: three charts a row."""

    def line(namespace: str, metric: str, scope: str, statistic: str) -> list[object]:
        pairs = [part for pair in dimensions[scope].items() for part in pair]
        return [namespace, metric, *pairs, {"stat": statistic}]

    widgets = []
    for number, (title, lines) in enumerate(CHARTS):
        metrics = [line(*entry) for entry in lines]
        properties = {"title": title, "region": region, "view": "timeSeries", "period": 60, "metrics": metrics}
        place = {"x": 8 * (number % 3), "y": 6 * (number // 3), "width": 8, "height": 6}
        widgets.append({"type": "metric", **place, "properties": properties})
    return {"widgets": widgets}
