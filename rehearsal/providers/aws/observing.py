"""Alarms, the dashboard, the topic that tells people, the budget."""

import json
from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State, changed_by_creating
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import parameters


def _alarm(request: Request) -> tuple[str, State]:
    cloudwatch, inputs = request.client("cloudwatch"), request.inputs
    given = without(inputs, "tags", "dimensions", "metricQueries")
    if "dimensions" in inputs:
        given["dimensions"] = [{"name": key, "value": value} for key, value in inputs["dimensions"].items()]
    if "metricQueries" in inputs:
        given["metrics"] = [_query(entry) for entry in inputs["metricQueries"]]
    cloudwatch.put_metric_alarm(
        **parameters(cloudwatch, "put_metric_alarm", given, name="alarmName", okActions="OKActions"),
        Tags=request.account.pairs(inputs),
    )
    name = inputs["name"]
    return name, {"arn": f"arn:aws:cloudwatch:{request.account.region}:{request.account.id}:alarm:{name}"}


def _query(query: Any) -> dict[str, Any]:
    if "metric" not in query:
        return dict(query)
    metric = query["metric"]
    dimensions = [{"name": key, "value": value} for key, value in metric["dimensions"].items()]
    named = {"namespace": metric["namespace"], "metricName": metric["metricName"], "dimensions": dimensions}
    stat = {"metric": named, "period": metric["period"], "stat": metric["stat"]}
    return {"id": query["id"], "returnData": False, "metricStat": stat}


def _no_alarm(account: Account, identifier: str, state: State) -> None:
    account.client("cloudwatch").delete_alarms(AlarmNames=[identifier])


def _dashboard(request: Request) -> tuple[str, State]:
    inputs = request.inputs
    json.loads(inputs["dashboardBody"])
    request.client("cloudwatch").put_dashboard(
        DashboardName=inputs["dashboardName"], DashboardBody=inputs["dashboardBody"]
    )
    return inputs["dashboardName"], {}


def _no_dashboard(account: Account, identifier: str, state: State) -> None:
    account.client("cloudwatch").delete_dashboards(DashboardNames=[identifier])


def _topic(request: Request) -> tuple[str, State]:
    request.client("kms").describe_key(KeyId=request.inputs["kmsMasterKeyId"])
    made = request.client("sns").create_topic(
        Name=request.inputs["name"],
        Attributes={"KmsMasterKeyId": request.inputs["kmsMasterKeyId"]},
        Tags=request.account.pairs(request.inputs),
    )
    return made["TopicArn"], {"arn": made["TopicArn"]}


def _no_topic(account: Account, identifier: str, state: State) -> None:
    account.client("sns").delete_topic(TopicArn=identifier)


def _topic_policy(request: Request) -> tuple[str, State]:
    inputs = request.inputs
    request.client("sns").set_topic_attributes(
        TopicArn=inputs["arn"], AttributeName="Policy", AttributeValue=inputs["policy"]
    )
    return inputs["arn"], {}


def _subscription(request: Request) -> tuple[str, State]:
    sns = request.client("sns")
    made = sns.subscribe(**parameters(sns, "subscribe", request.inputs, topic="topicArn"), ReturnSubscriptionArn=True)
    return made["SubscriptionArn"], {}


def _no_subscription(account: Account, identifier: str, state: State) -> None:
    account.client("sns").unsubscribe(SubscriptionArn=identifier)


def _budget(request: Request) -> tuple[str, State]:
    inputs = request.inputs
    budget = {
        "BudgetName": inputs["name"],
        "BudgetLimit": {"Amount": inputs["limitAmount"], "Unit": inputs["limitUnit"]},
        "TimeUnit": inputs["timeUnit"],
        "BudgetType": inputs["budgetType"],
        "CostFilters": {entry["name"]: entry["values"] for entry in inputs.get("costFilters", [])},
    }
    request.client("budgets").create_budget(AccountId=request.account.id, Budget=budget)
    return f"{request.account.id}:{inputs['name']}", {}


def _no_budget(account: Account, identifier: str, state: State) -> None:
    account.client("budgets").delete_budget(AccountId=account.id, BudgetName=state["name"])


KINDS = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": Kind(
        _alarm, _no_alarm, changed_by_creating(_alarm), replaces=frozenset({"name"})
    ),
    "aws:cloudwatch/dashboard:Dashboard": Kind(
        _dashboard, _no_dashboard, changed_by_creating(_dashboard), replaces=frozenset({"dashboardName"})
    ),
    "aws:sns/topic:Topic": Kind(_topic, _no_topic, named="name", replaces=EVERY),
    "aws:sns/topicPolicy:TopicPolicy": Kind(
        _topic_policy, update=changed_by_creating(_topic_policy), replaces=frozenset({"arn"})
    ),
    "aws:sns/topicSubscription:TopicSubscription": Kind(_subscription, _no_subscription, replaces=EVERY),
    "aws:budgets/budget:Budget": Kind(_budget, _no_budget, named="name", replaces=EVERY),
}
