"""Alarms, the topic that tells people, metrics counted from logs, the dashboard, and a budget where wanted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pulumi
import pulumi_aws as aws

from stacks.alarms import CHARTS_END, INSIGHTS, LOG_METRICS, SERVICE, USAGE, WAF, Alarm, LogMetric, alarms, dashboard
from stacks.components.logs import Logs
from stacks.components.questions import Questions, QuestionsArgs
from stacks.components.service import RunningService
from stacks.config import StackConfig
from stacks.naming import Names
from stacks.policies import admit, document
from stacks.rule_groups import versions
from stacks.sections import FirewallConfig
from testgen.contract import METRIC_DIMENSION, STACK_FIELD

RULE_GROUPS_EXPIRE, DAY_S = "move-to-newer-rule-groups", 86_400
OTHER_GROUP = "other_group"
Dimensions = Mapping[str, Mapping[str, pulumi.Input[str]]]


@dataclass(frozen=True)
class MonitoringArgs:
    """What is watched, and with which thresholds."""

    config: StackConfig
    names: Names
    account_id: str
    key_arn: pulumi.Input[str]
    logs: Logs
    running: RunningService


class Monitoring(pulumi.ComponentResource):
    """Everything that tells operators how the service is."""

    topic_arn: pulumi.Output[str]
    dashboard_url: pulumi.Output[str]

    def __init__(self, name: str, args: MonitoringArgs) -> None:
        super().__init__("testgen:monitoring:Monitoring", name)
        self._options = pulumi.ResourceOptions(parent=self)
        self._args = args
        self._questions = Questions(name, QuestionsArgs(args.config.stack, args.config.region, args.logs))
        topic = self._topic(name)
        self.topic_arn = topic.arn
        balancer = {"LoadBalancer": args.running.load_balancer_suffix}
        web_acl = {"WebACL": args.names.prefix, "Rule": "ALL", "Region": args.config.region}
        scopes: Dimensions = {
            "web_acl": web_acl,
            "load_balancer": balancer,
            "target_group": {**balancer, "TargetGroup": args.running.target_group_suffix},
            **_turning(args.running),
            "stack": {METRIC_DIMENSION: args.config.stack},
            "service": {"ClusterName": args.running.cluster_name, "ServiceName": args.running.service_name},
        }
        for metric in (*LOG_METRICS, *([USAGE] if args.config.service.require_api_key else [])):
            self._count(name, metric)
        for alarm in alarms(args.config.monitoring, behind_a_firewall=args.config.firewall is not None):
            self._alarm(name, alarm, scopes)
        if args.config.firewall:
            self._rule_groups_expire(name, args.config.firewall)
        tables = self._questions.widgets(below=CHARTS_END)
        known: pulumi.Output[Any] = pulumi.Output.all(scopes, tables)
        board = aws.cloudwatch.Dashboard(
            f"{name}-dashboard",
            dashboard_name=name,
            dashboard_body=known.apply(lambda found: json.dumps(dashboard(args.config.region, *found))),
            opts=self._options,
        )
        if args.config.monitoring.monthly_budget_usd:
            self._budget(name, args.config.monitoring.monthly_budget_usd)
        region = args.config.region
        self.dashboard_url = pulumi.Output.concat(
            f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#dashboards:name=",
            board.dashboard_name,
        )
        self.register_outputs({"dashboard_url": self.dashboard_url})

    def _topic(self, name: str) -> aws.sns.Topic:
        """Encrypted; the key's policy admits the services that publish."""
        topic = aws.sns.Topic(f"{name}-alarms", kms_master_key_id=self._args.key_arn, opts=self._options)
        ours = {"StringEquals": {"aws:SourceAccount": self._args.account_id}}
        aws.sns.TopicPolicy(
            f"{name}-alarms",
            arn=topic.arn,
            policy=document(
                admit(["cloudwatch.amazonaws.com", "budgets.amazonaws.com"], ["sns:Publish"], [topic.arn], ours)
            ),
            opts=self._options,
        )
        for number, address in enumerate(self._args.config.monitoring.emails):
            aws.sns.TopicSubscription(
                f"{name}-alarms-{number}", topic=topic.arn, protocol="email", endpoint=address, opts=self._options
            )
        return topic

    def _count(self, name: str, metric: LogMetric) -> None:
        """The line's own stack becomes the dimension, to distinguish two stacks in one account."""
        logs = self._args.logs
        for part in metric.groups:
            group = {"api": logs.api, "ollama": logs.ollama}[part]
            aws.cloudwatch.LogMetricFilter(
                f"{name}-{part}-{metric.metric.lower()}",
                log_group_name=group.name,
                pattern=metric.pattern,
                metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                    namespace=SERVICE,
                    name=metric.metric,
                    value="1",
                    dimensions={METRIC_DIMENSION: f"$.{STACK_FIELD}", **metric.by},
                ),
                opts=self._options,
            )

    def _alarm(self, name: str, alarm: Alarm, scopes: Dimensions) -> None:
        """One alarm. If the service sleeps on a schedule, a missing task raises no alarm while no task is desired."""
        asleep = alarm.needs_a_task and self._args.config.scaling.sleep is not None
        watched = aws.cloudwatch.MetricAlarmArgs(
            name=f"{name}-{alarm.action}",
            alarm_description=self._questions.told(alarm.action),
            comparison_operator=alarm.comparison,
            threshold=float(alarm.threshold),
            evaluation_periods=alarm.periods,
            datapoints_to_alarm=alarm.periods,
            treat_missing_data="notBreaching" if asleep else alarm.missing,
            alarm_actions=[self.topic_arn],
            ok_actions=[self.topic_arn],
        )
        if OTHER_GROUP in scopes and alarm.metric == "HealthyHostCount":
            watched.metric_queries = _in_either_group(alarm, scopes)
        elif alarm.minus:
            watched.metric_queries = _difference(alarm, scopes)
        elif asleep:
            watched.metric_queries = _unless_asleep(alarm, scopes)
        else:
            watched.namespace, watched.metric_name = alarm.namespace, alarm.metric
            watched.dimensions, watched.period = scopes[alarm.scope], alarm.period_s
            if alarm.statistic.startswith("p"):
                watched.extended_statistic = alarm.statistic
            else:
                watched.statistic = alarm.statistic
        aws.cloudwatch.MetricAlarm(f"{name}-{alarm.action}", watched, self._options)

    def _rule_groups_expire(self, name: str, firewall: FirewallConfig) -> None:
        """The pinned version that expires first. A version that has expired is replaced by AWS's default, with rules that
        nobody here has looked at, and the web ACL cannot be changed any more."""
        days = [
            aws.cloudwatch.MetricAlarmMetricQueryArgs(
                id=f"group{number}",
                metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                    namespace=WAF,
                    metric_name="DaysToExpiry",
                    dimensions={
                        "ManagedRuleGroup": group,
                        "Vendor": "AWS",
                        "Version": version,
                        "Region": self._args.config.region,
                    },
                    period=DAY_S,
                    stat="Minimum",
                ),
            )
            for number, (group, version) in enumerate(versions(firewall).items())
        ]
        first = aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id="first", expression="MIN(METRICS())", label="DaysToExpiry", return_data=True
        )
        aws.cloudwatch.MetricAlarm(
            f"{name}-{RULE_GROUPS_EXPIRE}",
            name=f"{name}-{RULE_GROUPS_EXPIRE}",
            alarm_description=self._questions.told(RULE_GROUPS_EXPIRE),
            comparison_operator="LessThanOrEqualToThreshold",
            threshold=float(self._args.config.monitoring.rule_group_days),
            evaluation_periods=1,
            datapoints_to_alarm=1,
            treat_missing_data="notBreaching",
            metric_queries=[*days, first],
            alarm_actions=[self.topic_arn],
            ok_actions=[self.topic_arn],
            opts=self._options,
        )

    def _budget(self, name: str, limit_usd: int) -> None:
        aws.budgets.Budget(
            f"{name}-budget",
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(limit_usd),
            limit_unit="USD",
            cost_filters=[
                aws.budgets.BudgetCostFilterArgs(name="TagKeyValue", values=[f"user:Stack${self._args.config.stack}"])
            ],
            notifications=[
                aws.budgets.BudgetNotificationArgs(
                    comparison_operator="GREATER_THAN",
                    notification_type="ACTUAL",
                    threshold=80,
                    threshold_type="PERCENTAGE",
                    subscriber_sns_topic_arns=[self.topic_arn],
                )
            ],
            opts=self._options,
        )


Query = aws.cloudwatch.MetricAlarmMetricQueryArgs


def _query(query_id: str, alarm: Alarm, metric: str, scopes: Dimensions) -> Query:
    """Another metric of an alarm's namespace and scope."""
    return Query(
        id=query_id,
        metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
            namespace=alarm.namespace,
            metric_name=metric,
            dimensions=scopes[alarm.scope],
            period=alarm.period_s,
            stat=alarm.statistic,
        ),
    )


def _turning(running: RunningService) -> Dimensions:
    """Where deployments turn from one target group to the other: figures are the load balancer's, but for healthy targets."""
    if running.other_target_group_suffix is None:
        return {}
    balancer = {"LoadBalancer": running.load_balancer_suffix}
    return {
        "target_group": balancer,
        "this_group": {**balancer, "TargetGroup": running.target_group_suffix},
        OTHER_GROUP: {**balancer, "TargetGroup": running.other_target_group_suffix},
    }


def _in_either_group(alarm: Alarm, scopes: Dimensions) -> list[Query]:
    """Targets of both groups together."""
    return [
        _query("one", replace(alarm, scope="this_group"), alarm.metric, scopes),
        _query("other", replace(alarm, scope=OTHER_GROUP), alarm.metric, scopes),
        Query(id="alarm", expression="FILL(one, 0) + FILL(other, 0)", label=alarm.metric, return_data=True),
    ]


def _difference(alarm: Alarm, scopes: Dimensions) -> list[Query]:
    """How far one metric is over the other; one that nobody reports is 0."""
    return [
        _query("wanted", alarm, alarm.metric, scopes),
        _query("found", alarm, alarm.minus, scopes),
        Query(id="alarm", expression="FILL(wanted, 0) - FILL(found, 0)", label=alarm.action, return_data=True),
    ]


def _unless_asleep(alarm: Alarm, scopes: Dimensions) -> list[Query]:
    """The metric while a task is desired, otherwise the threshold itself, which never raises an alarm."""
    wanted = replace(alarm, namespace=INSIGHTS, scope="service", statistic="Maximum")
    expression = f"IF(FILL(wanted, 1) > 0, FILL(found, 0), {alarm.threshold:g})"
    return [
        _query("found", alarm, alarm.metric, scopes),
        _query("wanted", wanted, "DesiredTaskCount", scopes),
        Query(id="alarm", expression=expression, label=alarm.metric, return_data=True),
    ]
