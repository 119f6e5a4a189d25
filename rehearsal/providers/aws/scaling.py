"""The scaling of the service: its target, policies and scheduled actions."""

from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State, changed_by_creating
from rehearsal.providers.aws.network import without
from rehearsal.providers.aws.shapes import parameters


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


KINDS = {
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
