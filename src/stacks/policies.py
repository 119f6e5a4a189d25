"""Policy documents, least privilege. `Resource: *` exists only for calls that AWS cannot limit, each with its reason."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

# Source of each: the Service Authorization Reference, "Actions, resources, and condition keys"; no resource type listed.
ANY_RESOURCE: Mapping[str, str] = {
    "ecr:GetAuthorizationToken": "the token is the registry's, not a repository's",
    "ecs:DiscoverPollEndpoint": "asked before the agent knows its cluster",
    "ec2:DescribeVolumes": "EC2 Describe calls take no resource",
    "ec2:DescribeSnapshots": "EC2 Describe calls take no resource",
    "ec2:DescribeInstances": "EC2 Describe calls take no resource",
    "ec2:DescribeNetworkInterfaces": "EC2 Describe calls take no resource",
    "elasticloadbalancing:DescribeListeners": "Describe calls of load balancing take no resource",
    "elasticloadbalancing:DescribeRules": "Describe calls of load balancing take no resource",
    "elasticloadbalancing:DescribeTargetGroups": "Describe calls of load balancing take no resource",
    "elasticloadbalancing:DescribeTargetHealth": "Describe calls of load balancing take no resource",
    "ssmmessages:CreateControlChannel": "Session Manager's channels are no resources",
    "ssmmessages:CreateDataChannel": "Session Manager's channels are no resources",
    "ssmmessages:OpenControlChannel": "Session Manager's channels are no resources",
    "ssmmessages:OpenDataChannel": "Session Manager's channels are no resources",
}

Statement = dict[str, Any]
Texts = Sequence[pulumi.Input[str]]


def allow(actions: Sequence[str], resources: Texts, when: Mapping[str, Mapping[str, Any]] | None = None) -> Statement:
    """Allows actions on named resources, under conditions."""
    if any(resource == "*" for resource in resources):
        raise ValueError("use allow_any for calls without a resource level")
    statement: Statement = {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
    return {**statement, "Condition": when} if when else statement


def allow_any(*actions: str) -> Statement:
    """Allows calls for which AWS has no resource level.

    Raises:
        ValueError: a call without a reason in `ANY_RESOURCE`.
    """
    unexplained = [action for action in actions if action not in ANY_RESOURCE]
    if unexplained:
        raise ValueError(f"no reason is given in ANY_RESOURCE for {', '.join(unexplained)}")
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*"}


def admit(services: Sequence[str], actions: Sequence[str], resources: Texts, when: Mapping[str, Any]) -> Statement:
    """A resource policy's statement: AWS services that may act, and under which conditions."""
    return {
        "Effect": "Allow",
        "Principal": {"Service": list(services)},
        "Action": list(actions),
        "Resource": list(resources),
        "Condition": when,
    }


def document(*statements: Statement) -> pulumi.Output[str]:
    """The JSON text of a policy."""
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(service: str, account_id: str, source_arn: str | None = None) -> pulumi.Output[str]:
    """Who may take a role: one AWS service, on behalf of this account only."""
    condition: dict[str, Any] = {"StringEquals": {"aws:SourceAccount": account_id}}
    if source_arn:
        condition["ArnLike"] = {"aws:SourceArn": source_arn}
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return document(statement)


def trust_instances() -> pulumi.Output[str]:
    """EC2 takes the role for its instances; it sends no source account."""
    return document({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"})
