"""The alarms as data: what each watches, and in its name what to do. docs/operations.md has a paragraph for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    below = {"comparison": "LessThanThreshold", "missing": "breaching", "needs_a_task": True}
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
        Alarm("bring-back-a-healthy-target", ALB, "HealthyHostCount", "Minimum", 1, "target_group", **below),  # type: ignore[arg-type]
        Alarm("make-answers-faster", ALB, "TargetResponseTime", "p95", monitoring.latency_p95_s, "target_group"),
        Alarm("add-tasks-for-the-queue", SERVICE, "Queued", "Average", monitoring.queued, "stack"),
        Alarm("start-a-task", INSIGHTS, "RunningTaskCount", "Minimum", 1, "service", **below),  # type: ignore[arg-type]
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


def dashboard(region: str, dimensions: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """The body of the dashboard: traffic, waiting, model, instances; one look tells whether users are served."""

    def line(namespace: str, metric: str, scope: str, statistic: str) -> list[object]:
        pairs = [part for pair in dimensions[scope].items() for part in pair]
        return [namespace, metric, *pairs, {"stat": statistic}]

    charts = [
        (
            "Requests and errors",
            [
                line(ALB, "RequestCount", "load_balancer", "Sum"),
                line(ALB, "HTTPCode_Target_5XX_Count", "target_group", "Sum"),
            ],
        ),
        (
            "Answer time (s)",
            [
                line(ALB, "TargetResponseTime", "target_group", "p50"),
                line(ALB, "TargetResponseTime", "target_group", "p95"),
            ],
        ),
        (
            "At work and waiting, a task",
            [line(SERVICE, "InFlight", "stack", "Average"), line(SERVICE, "Queued", "stack", "Average")],
        ),
        (
            "First step (ms)",
            [line(SERVICE, "FirstStepLatency", "stack", "p50"), line(SERVICE, "FirstStepLatency", "stack", "p95")],
        ),
        ("Tokens a second", [line(SERVICE, "OutputTokensPerSecond", "stack", "Average")]),
        (
            "Findings and repairs",
            [line(SERVICE, "Findings", "stack", "Average"), line(SERVICE, "RepairAttempts", "stack", "Sum")],
        ),
        (
            "Engine errors and rejected keys",
            [line(SERVICE, "EngineErrors", "stack", "Sum"), line(SERVICE, "AuthFailures", "stack", "Sum")],
        ),
        (
            "GPU memory and disk (%)",
            [
                line(SERVICE, "GpuMemoryUsedPercent", "stack", "Maximum"),
                line(SERVICE, "DiskUsedPercent", "stack", "Maximum"),
            ],
        ),
        (
            "Tasks",
            [
                line(INSIGHTS, "RunningTaskCount", "service", "Minimum"),
                line(INSIGHTS, "DesiredTaskCount", "service", "Maximum"),
            ],
        ),
    ]
    widgets = [
        {
            "type": "metric",
            "x": 8 * (number % 3),
            "y": 6 * (number // 3),
            "width": 8,
            "height": 6,
            "properties": {"title": title, "region": region, "view": "timeSeries", "period": 60, "metrics": metrics},
        }
        for number, (title, metrics) in enumerate(charts)
    ]
    return {"widgets": widgets}
