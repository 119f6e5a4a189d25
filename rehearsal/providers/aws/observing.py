"""Log groups, filters and deliveries; alarms, dashboard, topic, budget; the service's scaling."""

import json
from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State, changed_by_creating
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import parameters

# CloudWatch Logs API, PutRetentionPolicy: the only values that it takes. moto takes any.
RETENTION_DAYS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)


def _group(request: Request) -> tuple[str, State]:
    logs, name = request.client("logs"), request.inputs["name"]
    request.client("kms").describe_key(KeyId=request.inputs["kmsKeyId"])
    _require_retention(request)
    logs.create_log_group(
        logGroupName=name, kmsKeyId=request.inputs["kmsKeyId"], tags=request.account.tags(request.inputs)
    )
    _changed_group(request, name, {})
    return name, {"arn": f"arn:aws:logs:{request.account.region}:{request.account.id}:log-group:{name}"}


def _require_retention(request: Request) -> None:
    days = int(request.inputs["retentionInDays"])
    if days not in RETENTION_DAYS:
        raise ValueError(f"retentionInDays {days} is not one of {', '.join(map(str, RETENTION_DAYS))}")


def _changed_group(request: Request, identifier: str, state: State) -> State:
    _require_retention(request)
    request.client("logs").put_retention_policy(
        logGroupName=identifier, retentionInDays=int(request.inputs["retentionInDays"])
    )
    return {}


def _no_group(account: Account, identifier: str, state: State) -> None:
    account.client("logs").delete_log_group(logGroupName=identifier)


def _filter(request: Request) -> tuple[str, State]:
    logs = request.client("logs")
    given = {**without(request.inputs, "metricTransformation", "name"), "filterName": request.inputs["name"]}
    change = request.inputs["metricTransformation"]
    transformation = {
        "metricName": change["name"],
        "metricNamespace": change["namespace"],
        "metricValue": change["value"],
        **({"dimensions": change["dimensions"]} if "dimensions" in change else {}),
    }
    logs.put_metric_filter(
        **parameters(logs, "put_metric_filter", given, pattern="filterPattern"), metricTransformations=[transformation]
    )
    return request.inputs["name"], {}


def _no_filter(account: Account, identifier: str, state: State) -> None:
    account.client("logs").delete_metric_filter(logGroupName=state["logGroupName"], filterName=identifier)


def _resource_policy(request: Request) -> tuple[str, State]:
    logs = request.client("logs")
    json.loads(request.inputs["policyDocument"])
    logs.put_resource_policy(**parameters(logs, "put_resource_policy", request.inputs))
    return request.inputs["policyName"], {}


def _no_resource_policy(account: Account, identifier: str, state: State) -> None:
    account.client("logs").delete_resource_policy(policyName=identifier)


def _destination(request: Request) -> tuple[str, State]:
    logs = request.client("logs")
    made = logs.put_delivery_destination(
        **parameters(logs, "put_delivery_destination", without(request.inputs, "tags"))
    )
    return request.inputs["name"], {"arn": made["deliveryDestination"]["arn"]}


def _no_destination(account: Account, identifier: str, state: State) -> None:
    account.client("logs").delete_delivery_destination(name=identifier)


def checked_only(service: str, operation: str, made: Any, *omit: str, **renamed: str) -> Any:
    """A creator of what moto lacks: botocore checks the request, and Pulumi's state is all that remembers it."""

    def create(request: Request) -> tuple[str, State]:
        client = request.client(service)
        given = parameters(client, operation, without(request.inputs, "tags", *omit), **renamed)
        name = client.meta.method_to_api_mapping[operation]
        shape = client.meta.service_model.operation_model(name).input_shape
        from botocore.validate import validate_parameters

        validate_parameters(given, shape)
        result: tuple[str, State] = made(request)
        return result

    return create


def _source(request: Request) -> tuple[str, State]:
    """moto refuses the ARN of a load balancer; the balancer itself must be there."""
    request.client("elbv2").describe_load_balancers(LoadBalancerArns=[request.inputs["resourceArn"]])
    name = request.inputs["name"]
    return name, {"arn": f"arn:aws:logs:{request.account.region}:{request.account.id}:delivery-source:{name}"}


def _delivery(request: Request) -> tuple[str, State]:
    return f"delivery-{request.inputs['deliverySourceName']}", {}


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


def _target(request: Request) -> tuple[str, State]:
    scaling = request.client("application-autoscaling")
    given = parameters(scaling, "register_scalable_target", without(request.inputs, "tags"))
    _, cluster, service = request.inputs["resourceId"].split("/")
    if not request.client("ecs").describe_services(cluster=cluster, services=[service])["services"]:
        raise ValueError(f"ECS service doesn't exist: {request.inputs['resourceId']}")
    scaling.register_scalable_target(**given)
    return request.inputs["resourceId"], {}


def _of_target(state: Any) -> dict[str, str]:
    return {
        "ServiceNamespace": state["serviceNamespace"],
        "ResourceId": state["resourceId"],
        "ScalableDimension": state["scalableDimension"],
    }


def _no_target(account: Account, identifier: str, state: State) -> None:
    account.client("application-autoscaling").deregister_scalable_target(**_of_target(state))


def _scaling(request: Request) -> tuple[str, State]:
    scaling = request.client("application-autoscaling")
    name = request.inputs["name"]
    made = scaling.put_scaling_policy(
        **parameters(scaling, "put_scaling_policy", without(request.inputs, "name")), PolicyName=name
    )
    return name, {"arn": made["PolicyARN"]}


def _no_scaling(account: Account, identifier: str, state: State) -> None:
    account.client("application-autoscaling").delete_scaling_policy(PolicyName=identifier, **_of_target(state))


def _scheduled(request: Request) -> tuple[str, State]:
    scaling, name = request.client("application-autoscaling"), request.inputs["name"]
    scaling.put_scheduled_action(
        **parameters(scaling, "put_scheduled_action", without(request.inputs, "name")), ScheduledActionName=name
    )
    return name, {}


def _not_scheduled(account: Account, identifier: str, state: State) -> None:
    account.client("application-autoscaling").delete_scheduled_action(
        ScheduledActionName=identifier, **_of_target(state)
    )


NAMED = frozenset({"name"})
KINDS = {
    "aws:cloudwatch/logGroup:LogGroup": Kind(_group, _no_group, _changed_group, replaces=NAMED),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": Kind(
        _filter, _no_filter, changed_by_creating(_filter), named="name", replaces=frozenset({"name", "logGroupName"})
    ),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": Kind(
        _resource_policy, _no_resource_policy, changed_by_creating(_resource_policy), replaces=frozenset({"policyName"})
    ),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": Kind(_destination, _no_destination, replaces=EVERY),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": Kind(
        checked_only("logs", "put_delivery_source", _source), replaces=EVERY
    ),
    "aws:cloudwatch/logDelivery:LogDelivery": Kind(checked_only("logs", "create_delivery", _delivery), replaces=EVERY),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Kind(_alarm, _no_alarm, changed_by_creating(_alarm), replaces=NAMED),
    "aws:cloudwatch/dashboard:Dashboard": Kind(
        _dashboard, _no_dashboard, changed_by_creating(_dashboard), replaces=frozenset({"dashboardName"})
    ),
    "aws:sns/topic:Topic": Kind(_topic, _no_topic, named="name", replaces=EVERY),
    "aws:sns/topicPolicy:TopicPolicy": Kind(
        _topic_policy, update=changed_by_creating(_topic_policy), replaces=frozenset({"arn"})
    ),
    "aws:sns/topicSubscription:TopicSubscription": Kind(_subscription, _no_subscription, replaces=EVERY),
    "aws:budgets/budget:Budget": Kind(_budget, _no_budget, named="name", replaces=EVERY),
    "aws:appautoscaling/target:Target": Kind(
        _target,
        _no_target,
        changed_by_creating(_target),
        replaces=frozenset({"resourceId", "scalableDimension", "serviceNamespace"}),
    ),
    "aws:appautoscaling/policy:Policy": Kind(
        _scaling, _no_scaling, changed_by_creating(_scaling), named="name", replaces=frozenset({"name", "resourceId"})
    ),
    "aws:appautoscaling/scheduledAction:ScheduledAction": Kind(
        _scheduled, _not_scheduled, changed_by_creating(_scheduled), named="name", replaces=frozenset({"name"})
    ),
}
