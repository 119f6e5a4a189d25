"""What makes ECS roll a deployment back, in addition to the circuit breaker: alarms on what users would notice."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.alarms import ALB, MINUTE_S
from stacks.config import StackConfig

RUNBOOK = "docs/operations.md#find-out-why-a-deployment-was-rolled-back"
MINUTES = 5


@dataclass(frozen=True)
class RollbackArgs:
    """`load_balancer_suffix` and `target_group_suffix` are the last parts of the ARNs."""

    config: StackConfig
    load_balancer_suffix: pulumi.Input[str]
    target_group_suffix: pulumi.Input[str]


class Rollback(pulumi.ComponentResource):
    """Alarms that the service names. They exist before it, notify nobody, and mean nothing without data: the first
    deployment has none, and must not be rolled back for that."""

    alarm_names: list[pulumi.Output[str]]
    alarms: list[aws.cloudwatch.MetricAlarm]

    def __init__(self, name: str, args: RollbackArgs) -> None:
        super().__init__("testgen:rollback:Rollback", name)
        self._name, watched = name, args.config.monitoring
        self._balancer = {"LoadBalancer": args.load_balancer_suffix}
        group = {**self._balancer, "TargetGroup": args.target_group_suffix}
        self.alarms = [
            self._alarm("5xx", "HTTPCode_Target_5XX_Count", self._balancer, watched.rollback_5xx, statistic="Sum"),
            self._alarm(
                "latency", "TargetResponseTime", self._balancer, watched.latency_p95_s, extended_statistic="p95"
            ),
        ]
        one_stays, one_group = args.config.healthy_percent[0] > 0, args.config.scaling.deployment != "blue_green"
        if one_stays and one_group:  # else a deployment has a time without a target, or the target group changes
            self.alarms.append(self._alarm("targets", "HealthyHostCount", group, 1, statistic="Minimum", below=True))
        self.alarm_names = [alarm.name for alarm in self.alarms]
        self.register_outputs({})

    def _alarm(
        self,
        part: str,
        metric: str,
        dimensions: dict[str, pulumi.Input[str]],
        threshold: float,
        *,
        statistic: str | None = None,
        extended_statistic: str | None = None,
        below: bool = False,
    ) -> aws.cloudwatch.MetricAlarm:
        """A sum is over all of the minutes; anything else passes its threshold in each of them."""
        minutes = 1 if statistic == "Sum" else MINUTES
        return aws.cloudwatch.MetricAlarm(
            f"{self._name}-deployment-{part}",
            name=f"{self._name}-deployment-{part}",
            alarm_description=f"Takes a deployment back: {RUNBOOK}",
            namespace=ALB,
            metric_name=metric,
            dimensions=dimensions,
            statistic=statistic,
            extended_statistic=extended_statistic,
            comparison_operator="LessThanThreshold" if below else "GreaterThanOrEqualToThreshold",
            threshold=float(threshold),
            period=MINUTES * MINUTE_S // minutes,
            evaluation_periods=minutes,
            datapoints_to_alarm=minutes,
            treat_missing_data="notBreaching",
            opts=pulumi.ResourceOptions(parent=self),
        )
