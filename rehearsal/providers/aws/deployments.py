"""What takes part in a deployment: rules of the listener, and the function of the smoke test, which is checked and not run."""

from typing import Any

from botocore.validate import validate_parameters

from rehearsal.providers.aws.balancing import actions
from rehearsal.providers.aws.kind import Account, Kind, Request, State, changed_by_creating
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import parameters, structure

# The fields of a condition (Elastic Load Balancing API, RuleCondition).
_FIELDS = {"pathPattern": "path-pattern", "httpHeader": "http-header", "hostHeader": "host-header"}


def _rule_parameters(request: Request) -> dict[str, Any]:
    elb, inputs = request.client("elbv2"), request.inputs
    conditions = [
        {"field": _FIELDS[kind], f"{kind}Config": value}
        for entry in inputs["conditions"]
        for kind, value in entry.items()
    ]
    given = {"listenerArn": inputs["listenerArn"], "conditions": conditions, "actions": actions(inputs["actions"])}
    return parameters(elb, "create_rule", {**given, "priority": inputs["priority"]})


def _rule(request: Request) -> tuple[str, State]:
    made = request.client("elbv2").create_rule(**_rule_parameters(request), Tags=request.account.pairs(request.inputs))
    arn = made["Rules"][0]["RuleArn"]
    return arn, {"arn": arn}


def _changed_rule(request: Request, identifier: str, state: State) -> State:
    given = without(_rule_parameters(request), "ListenerArn", "Priority")
    request.client("elbv2").modify_rule(RuleArn=identifier, **given)
    return {}


def _no_rule(account: Account, identifier: str, state: State) -> None:
    account.client("elbv2").delete_rule(RuleArn=identifier)


def _function(request: Request) -> tuple[str, State]:
    """moto would need Docker to run it; its security groups must exist."""
    shape = request.client("lambda").meta.service_model.operation_model("CreateFunction").input_shape
    inputs = {**without(request.inputs, "name", "code", "tags"), "functionName": request.inputs["name"]}
    validate_parameters(structure(shape, {**inputs, "code": {"zipFile": b""}}, "create_function"), shape)
    if "vpcConfig" in inputs:
        request.client("ec2").describe_security_groups(GroupIds=inputs["vpcConfig"]["securityGroupIds"])
    name = inputs["functionName"]
    return name, {"arn": f"arn:aws:lambda:{request.account.region}:{request.account.id}:function:{name}"}


def _invocation(request: Request) -> tuple[str, State]:
    return f"{request.inputs['functionName']}-invoked", {"result": "{}"}


KINDS = {
    "aws:lb/listenerRule:ListenerRule": Kind(
        _rule, _no_rule, _changed_rule, replaces=frozenset({"listenerArn", "priority"})
    ),
    "aws:lambda/function:Function": Kind(
        _function, update=changed_by_creating(_function), replaces=frozenset({"name"})
    ),
    "aws:lambda/invocation:Invocation": Kind(_invocation, replaces=EVERY),
}
