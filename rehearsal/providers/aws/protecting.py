"""The web ACL, and the daily snapshots of Data Lifecycle Manager."""

from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State
from rehearsal.providers.aws.logs import checked_only
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import converted, parameters


def _acl_parameters(request: Request, operation: str) -> dict[str, Any]:
    return parameters(request.client("wafv2"), operation, without(request.inputs, "tags"))


def _acl(request: Request) -> tuple[str, State]:
    made = request.client("wafv2").create_web_acl(
        **_acl_parameters(request, "create_web_acl"), Tags=request.account.pairs(request.inputs)
    )["Summary"]
    return made["Id"], {"arn": made["ARN"], "lockToken": made["LockToken"]}


def _lock(account: Account, identifier: str, state: State) -> dict[str, str]:
    named = {"Name": state["name"], "Scope": state["scope"], "Id": identifier}
    return {**named, "LockToken": account.client("wafv2").get_web_acl(**named)["LockToken"]}


def _changed_acl(request: Request, identifier: str, state: State) -> State:
    given = without(_acl_parameters(request, "create_web_acl"), "Name", "Scope")
    request.client("wafv2").update_web_acl(**given, **_lock(request.account, identifier, state))
    return {}


def _no_acl(account: Account, identifier: str, state: State) -> None:
    account.client("wafv2").delete_web_acl(**_lock(account, identifier, state))


def _association(request: Request) -> tuple[str, State]:
    inputs = request.inputs
    request.client("elbv2").describe_load_balancers(LoadBalancerArns=[inputs["resourceArn"]])
    request.client("wafv2").associate_web_acl(WebACLArn=inputs["webAclArn"], ResourceArn=inputs["resourceArn"])
    return f"{inputs['webAclArn']},{inputs['resourceArn']}", {}


def _no_association(account: Account, identifier: str, state: State) -> None:
    account.client("wafv2").disassociate_web_acl(ResourceArn=state["resourceArn"])


def _logging(request: Request) -> tuple[str, State]:
    waf = request.client("wafv2")
    for destination in request.inputs["logDestinationConfigs"]:
        if not destination.rpartition(":")[2].startswith("aws-waf-logs-"):
            raise ValueError(f"the destination {destination} does not begin with aws-waf-logs-, as WAF wants")
    shape = waf.meta.service_model.operation_model("PutLoggingConfiguration").input_shape
    configuration = converted(shape.members["LoggingConfiguration"], request.inputs, "LoggingConfiguration")
    waf.put_logging_configuration(LoggingConfiguration=configuration)
    return request.inputs["resourceArn"], {}


def _no_logging(account: Account, identifier: str, state: State) -> None:
    account.client("wafv2").delete_logging_configuration(ResourceArn=identifier)


def _lifecycle(request: Request) -> tuple[str, State]:
    """moto has no Data Lifecycle Manager; the role must be there."""
    role = request.inputs["executionRoleArn"].rpartition("/")[2]
    request.client("iam").get_role(RoleName=role)
    return f"policy-{request.name}", {
        "arn": f"arn:aws:dlm:{request.account.region}:{request.account.id}:policy/{request.name}"
    }


def _lifecycle_create() -> Any:
    """Target tags are a list in the API and a map in the provider; times likewise."""
    check = checked_only("dlm", "create_lifecycle_policy", _lifecycle)

    def create(request: Request) -> tuple[str, State]:
        details = request.inputs["policyDetails"]
        tags = [{"key": key, "value": value} for key, value in details["targetTags"].items()]
        inputs = {**request.inputs, "policyDetails": {**details, "targetTags": tags}}
        result: tuple[str, State] = check(Request(request.account, request.name, inputs))
        return result

    return create


KINDS = {
    "aws:wafv2/webAcl:WebAcl": Kind(_acl, _no_acl, _changed_acl, named="name", replaces=frozenset({"name", "scope"})),
    "aws:wafv2/webAclAssociation:WebAclAssociation": Kind(_association, _no_association, replaces=EVERY),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": Kind(_logging, _no_logging, replaces=EVERY),
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": Kind(_lifecycle_create(), replaces=EVERY),
}
