"""Which role may do what on which ARN."""

from collections.abc import Callable

import pytest

from stackgraph.permissions import allowed, role_of, statements
from stackgraph.recorder import Graph
from stacks.policies import ANY_RESOURCE, allow, allow_any

ACCOUNT = "ap-northeast-1:123456789012"


def test_elsewhere_any_resource_means_the_key_itself(any_stack: Graph) -> None:
    """In a key's own policy `*` is that key (AWS KMS, "Key policies"); no other resource policy may say it."""
    for holder, statement in statements(any_stack):
        if "*" in statement.resources and not holder.kind.endswith(":RolePolicy"):
            assert holder.kind == "aws:kms/key:Key"


def test_each_reason_for_any_resource_is_in_use(any_stack: Graph) -> None:
    """A reason that nothing needs is a door left open for the next edit."""
    used = {
        action
        for _, statement in statements(any_stack, "iam/rolePolicy:RolePolicy")
        if "*" in statement.resources
        for action in statement.actions
    }
    only_where_wanted = {"ecr:GetAuthorizationToken", "ec2:DescribeNetworkInterfaces"}  # images in ECR, smoke test
    of_blue_green = {action for action in ANY_RESOURCE if action.startswith("elasticloadbalancing:")}
    assert set(ANY_RESOURCE) - used <= only_where_wanted | of_blue_green


def test_the_variants_use_all_of_them(variant: Callable[[str], Graph]) -> None:
    used = {
        action for _, entry in statements(variant("blue-green")) if "*" in entry.resources for action in entry.actions
    }
    assert set(ANY_RESOURCE) <= used


def test_a_call_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="no reason is given in ANY_RESOURCE for ssm:GetParameter"):
        allow_any("ssm:GetParameter")
    with pytest.raises(ValueError, match="use allow_any"):
        allow(["ssm:GetParameter"], ["*"])


def test_volumes_and_instances_carry_the_tag_that_the_condition_asks_for(stack: Graph) -> None:
    assert stack.default_tags["Stack"] == stack.stack
    template = stack.one("ec2/launchTemplate:LaunchTemplate").inputs
    tagged = {entry["resourceType"]: entry["tags"] for entry in template["tagSpecifications"]}
    assert tagged["instance"]["Stack"] == stack.stack
    assert set(tagged) == {"instance", "volume", "network-interface"}


@pytest.mark.parametrize(
    ("part", "service"),
    [
        ("execution", "ecs-tasks"),
        ("task", "ecs-tasks"),
        ("instance", "ec2"),
        ("snapshots", "dlm"),
        ("flows", "vpc-flow-logs"),
    ],
)
def test_each_role_is_taken_by_one_service_for_this_account(stack: Graph, part: str, service: str) -> None:
    role = role_of(stack, part)
    [trust] = [entry for holder, entry in statements(stack, "iam/role:Role") if holder is role]
    assert trust.principals == (f"{service}.amazonaws.com",)
    if service != "ec2":
        assert trust.conditions["StringEquals"]["aws:SourceAccount"] == "123456789012"


def test_the_key_admits_logs_of_this_account_and_alarms(stack: Graph) -> None:
    by_principal = {entry.principals[0]: entry for _, entry in statements(stack, "kms/key:Key")}
    logs = by_principal["logs.ap-northeast-1.amazonaws.com"]
    assert logs.conditions["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].endswith(f"{ACCOUNT}:log-group:*")
    alarms = by_principal["cloudwatch.amazonaws.com"]
    assert set(alarms.actions) == {"kms:Decrypt", "kms:GenerateDataKey*"}
    assert stack.one("kms/key:Key").inputs["enableKeyRotation"] is True


def test_alarms_may_publish_and_nobody_else(stack: Graph) -> None:
    [statement] = [entry for _, entry in statements(stack, "sns/topicPolicy:TopicPolicy")]
    assert statement.actions == ("sns:Publish",)
    assert "cloudwatch.amazonaws.com" in statement.principals
    assert statement.conditions["StringEquals"]["aws:SourceAccount"] == "123456789012"


def test_given_images_are_pulled_from_the_repository_that_they_are_in(variant: Callable[[str], Graph]) -> None:
    graph = variant("given-images")
    assert graph.of("ecr/repository:Repository") == []
    role = role_of(graph, "execution")
    assert allowed(graph, role, "ecr:BatchGetImage", "arn:aws:ecr:ap-northeast-1:111122223333:repository/qa/api")
    assert not allowed(graph, role, "ecr:BatchGetImage", f"arn:aws:ecr:{ACCOUNT}:repository/testgen-mvp-api")
