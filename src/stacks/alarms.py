"""The alarms as data: what each watches, and in its name what to do. docs/operations.md has a paragraph for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stacks.sections import MonitoringConfig
from testgen.contract import AUTH_FAILED, METRIC_NAMESPACE, Metric

SERVICE, ALB, INSIGHTS, WAF = METRIC_NAMESPACE, "AWS/ApplicationELB", "ECS/ContainerInsights", "AWS/WAFV2"
MINUTE_S = 60
ERRORS, AUTH_FAILURES = "Errors", "AuthFailures"  # counted from log lines


@dataclass(frozen=True)
class Alarm:
    """One metric and its threshold. `scope` names the dimensions: load_balancer, target_group, web_acl, stack or service.

    A sum is over all of `minutes`; any other statistic passes its threshold in each of them before there is an alarm.
    """

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
    minus: str = ""  # another metric of the same scope, subtracted

    @property
    def period_s(self) -> int:
        """Seconds that one figure of the statistic is taken over."""
        return self.minutes * MINUTE_S if self.statistic == "Sum" else MINUTE_S

    @property
    def periods(self) -> int:
        """How many such figures in a row, all of them, make an alarm."""
        return self.minutes * MINUTE_S // self.period_s


def alarms(monitoring: MonitoringConfig, *, behind_a_firewall: bool) -> list[Alarm]:
    """All alarms of a stack."""
    errors, latency = monitoring.errors_5xx, monitoring.latency_p95_s
    disk, gpu = monitoring.disk_percent, monitoring.gpu_memory_percent
    blocked = Alarm("look-into-blocked-requests", WAF, "BlockedRequests", "Sum", monitoring.blocked, "web_acl")
    return [
        *([blocked] if behind_a_firewall else []),
        Alarm("find-the-cause-of-5xx-answers", ALB, "HTTPCode_Target_5XX_Count", "Sum", errors, "target_group"),
        Alarm("find-why-the-load-balancer-fails", ALB, "HTTPCode_ELB_5XX_Count", "Sum", errors, "load_balancer"),
        _none_left("bring-back-a-healthy-target", ALB, "HealthyHostCount", "target_group"),
        Alarm("make-answers-faster", ALB, "TargetResponseTime", "p95", latency, "target_group"),
        Alarm("add-tasks-for-the-queue", SERVICE, Metric.QUEUED, "Average", monitoring.queued, "stack"),
        _none_left("start-a-task", INSIGHTS, "RunningTaskCount", "service"),
        Alarm(
            "find-capacity-for-a-waiting-task",
            INSIGHTS,
            "DesiredTaskCount",
            "Maximum",
            1,
            "service",
            minutes=15,
            minus="RunningTaskCount",
        ),
        Alarm("grow-or-clear-the-data-volume", SERVICE, Metric.DISK_USED_PERCENT, "Maximum", disk, "stack"),
        Alarm("use-a-smaller-model", SERVICE, Metric.GPU_MEMORY_USED_PERCENT, "Maximum", gpu, "stack"),
        Alarm("read-the-error-log", SERVICE, ERRORS, "Sum", 1, "stack"),
        Alarm("look-into-rejected-keys", SERVICE, AUTH_FAILURES, "Sum", monitoring.auth_failures, "stack"),
    ]


def _none_left(action: str, namespace: str, metric: str, scope: str) -> Alarm:
    """There must be one at least, and somebody who counts it."""
    return Alarm(
        action,
        namespace,
        metric,
        "Minimum",
        1,
        scope,
        comparison="LessThanThreshold",
        missing="breaching",
        needs_a_task=True,
    )


@dataclass(frozen=True)
class LogMetric:
    """A metric counted from log lines. `pattern` is CloudWatch Logs' filter syntax for JSON lines."""

    metric: str
    pattern: str
    groups: tuple[str, ...] = field(default=("api", "ollama"))
    by: Mapping[str, str] = field(default_factory=dict)  # further dimensions, of fields of the line


LOG_METRICS = (
    LogMetric(ERRORS, '{ $.level = "error" || $.level = "critical" }'),
    LogMetric(AUTH_FAILURES, f'{{ $.event = "{AUTH_FAILED}" }}', ("api",)),
)


# Where keys are required: how many procedures each key's holder has had written. Period 1 day, statistic Sum: the usage a day.
USAGE = LogMetric("Procedures", '{ $.event = "procedure" && $.key = "*" }', ("api",), {"Key": "$.key"})


Line = tuple[str, str, str, str]  # namespace, metric, scope, statistic


def _ours(statistic: str, *metrics: str) -> list[Line]:
    return [(SERVICE, metric, "stack", statistic) for metric in metrics]


# Title and lines: one look tells whether users are served.
CHARTS: Sequence[tuple[str, Sequence[Line]]] = (
    (
        "Requests",
        [
            (ALB, "RequestCount", "load_balancer", "Sum"),
            (ALB, "HTTPCode_Target_5XX_Count", "target_group", "Sum"),
            (ALB, "HTTPCode_ELB_5XX_Count", "load_balancer", "Sum"),
        ],
    ),
    ("Answer time (s)", [(ALB, "TargetResponseTime", "target_group", statistic) for statistic in ("p50", "p95")]),
    ("At work and waiting, a task", _ours("Average", Metric.IN_FLIGHT, Metric.QUEUED)),
    ("First step (ms)", [*_ours("p50", Metric.FIRST_STEP_LATENCY), *_ours("p95", Metric.FIRST_STEP_LATENCY)]),
    ("Tokens a second", _ours("Average", Metric.OUTPUT_TOKENS_PER_SECOND)),
    ("Findings and repairs", _ours("Average", Metric.FINDINGS, Metric.REPAIR_ATTEMPTS)),
    ("Errors and rejected keys", _ours("Sum", ERRORS, Metric.ENGINE_ERRORS, AUTH_FAILURES)),
    ("GPU memory and disk (%)", _ours("Maximum", Metric.GPU_MEMORY_USED_PERCENT, Metric.DISK_USED_PERCENT)),
    (
        "Tasks",
        [
            *[(INSIGHTS, metric, "service", "Maximum") for metric in ("RunningTaskCount", "DesiredTaskCount")],
            (ALB, "HealthyHostCount", "target_group", "Minimum"),
        ],
    ),
)


A_ROW, WIDTH, HEIGHT = 3, 8, 6
CHARTS_END = HEIGHT * -(-len(CHARTS) // A_ROW)


def dashboard(
    region: str, dimensions: Mapping[str, Mapping[str, str]], below: Sequence[Mapping[str, object]] = ()
) -> dict[str, object]:
    """The body of the dashboard: three charts a row, and what is shown below them, from the row CHARTS_END on."""

    def line(namespace: str, metric: str, scope: str, statistic: str) -> list[object]:
        pairs = [part for pair in dimensions[scope].items() for part in pair]
        return [namespace, metric, *pairs, {"stat": statistic}]

    widgets = []
    for number, (title, lines) in enumerate(CHARTS):
        metrics = [line(*entry) for entry in lines]
        properties = {"title": title, "region": region, "view": "timeSeries", "period": 60, "metrics": metrics}
        place = {"x": WIDTH * (number % A_ROW), "y": HEIGHT * (number // A_ROW), "width": WIDTH, "height": HEIGHT}
        widgets.append({"type": "metric", **place, "properties": properties})
    return {"widgets": [*widgets, *below]}
