"""Log groups, metric filters, and the deliveries of the load balancer's logs."""

import json
from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State, changed_by_creating
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import parameters

# CloudWatch Logs API, PutRetentionPolicy: the only values that it takes; moto takes any. Written once more on purpose: the
# program's own list is what is rehearsed.
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


def _query(request: Request) -> tuple[str, State]:
    """The groups that are asked must be there, or Logs Insights answers with an error."""
    logs = request.client("logs")
    for name in request.inputs["logGroupNames"]:
        found = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        if name not in [group["logGroupName"] for group in found]:
            raise ValueError(f"log group {name} is not there")
    return f"query-{request.name}", {"queryDefinitionId": f"query-{request.name}"}


_saved = checked_only("logs", "put_query_definition", _query)

KINDS = {
    "aws:cloudwatch/logGroup:LogGroup": Kind(_group, _no_group, _changed_group, replaces=frozenset({"name"})),
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
    "aws:cloudwatch/queryDefinition:QueryDefinition": Kind(_saved, update=changed_by_creating(_saved)),
    "aws:cloudwatch/logDelivery:LogDelivery": Kind(checked_only("logs", "create_delivery", _delivery), replaces=EVERY),
}
