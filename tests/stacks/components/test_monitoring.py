"""Alarms that say what to do, logs that are kept and found, metrics that are counted."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from stackgraph.log_patterns import matches
from stackgraph.recorder import ROOT, Graph
from testgen.contract import Metric


def groups(graph: Graph) -> dict[str, Any]:
    return {entry.inputs["name"]: entry for entry in graph.of("cloudwatch/logGroup:LogGroup")}


@pytest.mark.parametrize("name", ["/aws/ecs/fastapi-app", "/aws/ecs/ollama-server", "/aws/loadbalancer/app"])
def test_the_three_groups_are_named_as_people_search_for_them(stack: Graph, name: str) -> None:
    assert name in groups(stack)


def test_groups_are_prefixed_where_both_stacks_share_an_account(variant: Callable[[str], Graph]) -> None:
    assert {"/testgen-mvp/aws/ecs/fastapi-app", "/testgen-mvp/aws/loadbalancer/app"} <= set(
        groups(variant("shared-account"))
    )


def test_every_group_has_a_retention_and_the_key(any_stack: Graph) -> None:
    key = any_stack.one("kms/key:Key").outputs["arn"]
    for group in groups(any_stack).values():
        assert group.inputs["retentionInDays"] == 30
        assert group.inputs["kmsKeyId"] == key


def test_access_and_health_check_logs_go_straight_to_their_group(stack: Graph) -> None:
    sources = stack.of("cloudwatch/logDeliverySource:LogDeliverySource")
    assert {entry.inputs["logType"] for entry in sources} == {"ALB_ACCESS_LOGS", "ALB_HEALTH_CHECK_LOGS"}
    assert {entry.inputs["resourceArn"] for entry in sources} == {
        stack.one("lb/loadBalancer:LoadBalancer").outputs["arn"]
    }
    destination = stack.one("cloudwatch/logDeliveryDestination:LogDeliveryDestination").inputs
    found = destination["deliveryDestinationConfiguration"]["destinationResourceArn"]
    assert found == groups(stack)["/aws/loadbalancer/app"].outputs["arn"]
    policy = json.loads(stack.one("cloudwatch/logResourcePolicy:LogResourcePolicy").inputs["policyDocument"])
    [statement] = policy["Statement"]
    assert statement["Principal"] == {"Service": ["delivery.logs.amazonaws.com"]}
    assert statement["Resource"] == [f"{found}:*"]


def test_flows_of_the_vpc_are_logged(stack: Graph) -> None:
    flow = stack.one("ec2/flowLog:FlowLog").inputs
    assert flow["trafficType"] == "ALL"
    assert flow["logDestination"] == groups(stack)[f"/aws/vpc/testgen-{stack.stack}"].outputs["arn"]


def alarms(graph: Graph) -> dict[str, dict[str, Any]]:
    prefix = f"testgen-{graph.stack}-"
    return {
        entry.inputs["name"].removeprefix(prefix): dict(entry.inputs)
        for entry in graph.of("cloudwatch/metricAlarm:MetricAlarm")
        if not entry.inputs["name"].startswith(f"{prefix}deployment-")  # for ECS: test_deployments.py
    }


def test_each_alarm_tells_people_and_links_to_what_to_do(any_stack: Graph) -> None:
    headings = re.findall(r"^#+ (.+)$", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    topic = any_stack.one("sns/topic:Topic").outputs["arn"]
    for name, alarm in alarms(any_stack).items():
        assert alarm["alarmDescription"].split(" Query ")[0] == f"What to do: docs/operations.md#{name}"
        assert name in anchors
        assert alarm["alarmActions"] == alarm["okActions"] == [topic]


@pytest.mark.parametrize(
    ("metric", "missing"),
    [
        ("HTTPCode_Target_5XX_Count", "notBreaching"),
        ("HealthyHostCount", "breaching"),
        ("TargetResponseTime", "notBreaching"),
        ("Queued", "notBreaching"),
        ("RunningTaskCount", "breaching"),
        ("DiskUsedPercent", "notBreaching"),
        ("GpuMemoryUsedPercent", "notBreaching"),
    ],
)
def test_what_users_would_notice_is_watched(stack: Graph, metric: str, missing: str) -> None:
    [alarm] = [alarm for alarm in alarms(stack).values() if alarm.get("metricName") == metric]
    assert alarm["treatMissingData"] == missing


def test_a_sum_in_five_minutes_is_taken_over_five_minutes(any_stack: Graph) -> None:
    """Twenty bad keys, four a minute, are twenty: a minute's sum would never say so."""
    for name, alarm in alarms(any_stack).items():
        if "metricQueries" in alarm:
            continue
        watched_s = alarm["period"] * alarm["evaluationPeriods"]
        assert watched_s == 300, name
        assert alarm["datapointsToAlarm"] == alarm["evaluationPeriods"], name
        assert (alarm["period"] == 300) is (alarm.get("statistic") == "Sum"), name


def test_a_rule_group_about_to_expire_is_watched(mvp: Graph, phase2: Graph) -> None:
    alarm = alarms(phase2)["move-to-newer-rule-groups"]
    watched = [query["metric"] for query in alarm["metricQueries"] if "metric" in query]
    assert {(entry["namespace"], entry["metricName"], entry["stat"]) for entry in watched} == {
        ("AWS/WAFV2", "DaysToExpiry", "Minimum")
    }
    assert {(entry["dimensions"]["ManagedRuleGroup"], entry["dimensions"]["Version"]) for entry in watched} == {
        (group["name"], group["version"])
        for rule in phase2.one("wafv2/webAcl:WebAcl").inputs["rules"]
        if (group := rule["statement"].get("managedRuleGroupStatement")) and group.get("version")
    }
    assert all(entry["dimensions"]["Vendor"] == "AWS" for entry in watched)
    assert all(entry["dimensions"]["Region"] == "ap-northeast-1" for entry in watched)
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("LessThanOrEqualToThreshold", 30)
    assert [query["expression"] for query in alarm["metricQueries"] if query.get("returnData")] == ["MIN(METRICS())"]
    assert "move-to-newer-rule-groups" not in alarms(mvp)


def test_a_task_that_waits_for_an_instance_is_noticed_after_15_minutes(any_stack: Graph) -> None:
    alarm = alarms(any_stack)["find-capacity-for-a-waiting-task"]
    assert alarm["evaluationPeriods"] == alarm["datapointsToAlarm"] == 15
    metrics = {query["id"]: query["metric"]["metricName"] for query in alarm["metricQueries"] if "metric" in query}
    assert metrics == {"wanted": "DesiredTaskCount", "found": "RunningTaskCount"}


def test_what_the_web_acl_blocks_is_watched_where_there_is_one(mvp: Graph, phase2: Graph) -> None:
    alarm = alarms(phase2)["look-into-blocked-requests"]
    assert (alarm["namespace"], alarm["metricName"]) == ("AWS/WAFV2", "BlockedRequests")
    acl = phase2.one("wafv2/webAcl:WebAcl").inputs
    assert alarm["dimensions"]["WebACL"] == acl["visibilityConfig"]["metricName"]
    assert "look-into-blocked-requests" not in alarms(mvp)


def test_phase2_is_stricter(mvp: Graph, phase2: Graph) -> None:
    for name in ("make-answers-faster", "add-tasks-for-the-queue", "find-the-cause-of-5xx-answers"):
        assert alarms(phase2)[name]["threshold"] < alarms(mvp)[name]["threshold"]


def test_nobody_is_woken_because_the_service_sleeps(variant: Callable[[str], Graph]) -> None:
    found = alarms(variant("sleeping"))
    for name in ("bring-back-a-healthy-target", "start-a-task"):
        [expression] = [query["expression"] for query in found[name]["metricQueries"] if query.get("expression")]
        assert expression == "IF(FILL(wanted, 1) > 0, FILL(found, 0), 1)"
        assert found[name]["comparisonOperator"] == "LessThanThreshold"


def filters(graph: Graph) -> list[dict[str, Any]]:
    return [dict(entry.inputs) for entry in graph.of("cloudwatch/logMetricFilter:LogMetricFilter")]


LINES = [
    ("AuthFailures", {"level": "warning", "event": "auth_failed", "stack": "mvp"}, True),
    ("AuthFailures", {"level": "info", "event": "request", "stack": "mvp"}, False),
    ("Errors", {"level": "error", "event": "internal_error", "stack": "mvp"}, True),
    ("Errors", {"level": "critical", "event": "x", "stack": "mvp"}, True),
    ("Errors", {"level": "warning", "event": "engine_error", "stack": "mvp"}, False),
]


@pytest.mark.parametrize(("metric", "line", "counted"), LINES)
def test_errors_and_rejected_keys_are_counted_from_the_log(
    mvp: Graph, metric: str, line: dict[str, str], counted: bool
) -> None:
    found = [entry for entry in filters(mvp) if entry["metricTransformation"]["name"] == metric]
    assert found
    for entry in found:
        assert matches(entry["pattern"], line) is counted
        assert entry["metricTransformation"]["dimensions"] == {"Stack": "$.stack"}


def test_the_dashboard_shows_what_is_reported_or_counted(stack: Graph) -> None:
    body = json.loads(stack.one("cloudwatch/dashboard:Dashboard").inputs["dashboardBody"])
    shown = {
        metric[1]
        for widget in body["widgets"]
        for metric in widget["properties"].get("metrics", [])
        if metric[0] == "testgen"
    }
    assert shown <= {*Metric, *(entry["metricTransformation"]["name"] for entry in filters(stack))}
    suffix = stack.one("lb/loadBalancer:LoadBalancer").outputs["arnSuffix"]
    assert f'"LoadBalancer", "{suffix}"' in stack.one("cloudwatch/dashboard:Dashboard").inputs["dashboardBody"]


def test_people_and_budget_are_optional(mvp: Graph, variant: Callable[[str], Graph]) -> None:
    assert not mvp.of("sns/topicSubscription:TopicSubscription") + mvp.of("budgets/budget:Budget")
    graph = variant("watched")
    assert [entry.inputs["endpoint"] for entry in graph.of("sns/topicSubscription:TopicSubscription")] == [
        "qa@example.com"
    ]
    budget = graph.one("budgets/budget:Budget").inputs
    assert budget["limitAmount"] == "500"
    assert budget["costFilters"] == [{"name": "TagKeyValue", "values": ["user:Stack$mvp"]}]


def test_the_topic_is_encrypted(stack: Graph) -> None:
    assert stack.one("sns/topic:Topic").inputs["kmsMasterKeyId"] == stack.one("kms/key:Key").outputs["arn"]
