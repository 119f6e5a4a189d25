"""Which role may do what on which ARN."""

from collections.abc import Callable

import pytest

from stackgraph.permissions import allowed, managed_policies, role_of, statements
from stackgraph.recorder import Graph, Resource
from stacks.policies import ANY_RESOURCE, allow, allow_any

ACCOUNT = "ap-northeast-1:123456789012"


def execution(graph: Graph) -> Resource:
    return role_of(graph, "execution")


def test_no_managed_policy_is_attached_anywhere(any_stack: Graph) -> None:
    """A managed policy reaches further than it looks: the one for Session Manager reads every SSM parameter."""
    assert managed_policies(any_stack) == []


def test_any_resource_stands_only_where_aws_has_no_resource_level(any_stack: Graph) -> None:
    for _, statement in statements(any_stack, "iam/rolePolicy:RolePolicy"):
        if any(resource == "*" for resource in statement.resources):
            assert set(statement.actions) <= set(ANY_RESOURCE), statement
        assert not [action for action in statement.actions if "*" in action], statement


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
    assert set(ANY_RESOURCE) - used <= {"ecr:GetAuthorizationToken"}, "that one only where images come from ECR"


def test_a_call_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="no reason is given in ANY_RESOURCE for ssm:GetParameter"):
        allow_any("ssm:GetParameter")
    with pytest.raises(ValueError, match="use allow_any"):
        allow(["ssm:GetParameter"], ["*"])


def test_the_execution_role_pulls_these_images_and_writes_these_groups(stack: Graph) -> None:
    role = execution(stack)
    for repository in stack.of("ecr/repository:Repository"):
        assert allowed(stack, role, "ecr:BatchGetImage", repository.outputs["arn"])
    assert not allowed(stack, role, "ecr:BatchGetImage", f"arn:aws:ecr:{ACCOUNT}:repository/another")
    assert not allowed(stack, role, "ecr:PutImage", stack.of("ecr/repository:Repository")[0].outputs["arn"])
    groups = {group.name.rsplit("-", 2)[-2]: group.outputs["arn"] for group in stack.of("cloudwatch/logGroup:LogGroup")}
    for part in ("fastapi", "ollama"):
        assert allowed(stack, role, "logs:PutLogEvents", f"{groups[part]}:log-stream:api/1")
    balancer = next(group for group in stack.of("cloudwatch/logGroup:LogGroup") if group.name.endswith("loadbalancer"))
    assert not allowed(stack, role, "logs:PutLogEvents", f"{balancer.outputs['arn']}:log-stream:x")
    assert not allowed(
        stack, role, "ssm:GetParametersByPath", f"arn:aws:ssm:{ACCOUNT}:parameter/testgen/{stack.stack}/config"
    )


def test_the_task_reads_its_own_path_and_secret(stack: Graph) -> None:
    role, secret = role_of(stack, "task"), stack.one("secretsmanager/secret:Secret").outputs["arn"]
    key = stack.one("kms/key:Key").outputs["arn"]
    other = {"mvp": "phase2", "phase2": "mvp"}[stack.stack]
    path = f"arn:aws:ssm:{ACCOUNT}:parameter/testgen/{{}}/config"
    assert allowed(stack, role, "ssm:GetParametersByPath", path.format(stack.stack))
    assert not allowed(stack, role, "ssm:GetParametersByPath", path.format(other))
    assert not allowed(stack, role, "ssm:PutParameter", path.format(stack.stack) + "/model")
    assert allowed(stack, role, "secretsmanager:GetSecretValue", secret)
    assert not allowed(stack, role, "secretsmanager:GetSecretValue", secret.replace(stack.stack, other))
    through = "secretsmanager.ap-northeast-1.amazonaws.com"
    assert allowed(stack, role, "kms:Decrypt", key, {"kms:ViaService": through})
    assert not allowed(stack, role, "kms:Decrypt", key, {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"})
    assert not allowed(stack, role, "kms:Decrypt", key)


def test_an_instance_attaches_volumes_of_its_own_stack_only(stack: Graph) -> None:
    role = role_of(stack, "instance")
    ours, theirs = {"aws:ResourceTag/Stack": stack.stack}, {"aws:ResourceTag/Stack": "another"}
    for resource in ("volume/vol-1", "instance/i-1"):
        assert allowed(stack, role, "ec2:AttachVolume", f"arn:aws:ec2:{ACCOUNT}:{resource}", ours)
        assert not allowed(stack, role, "ec2:AttachVolume", f"arn:aws:ec2:{ACCOUNT}:{resource}", theirs)
    for action in ("ec2:CreateVolume", "ec2:DetachVolume", "ec2:DeleteVolume", "ec2:CreateTags"):
        assert not allowed(stack, role, action, f"arn:aws:ec2:{ACCOUNT}:volume/vol-1", ours)


def test_volumes_and_instances_carry_the_tag_that_the_condition_asks_for(stack: Graph) -> None:
    assert stack.default_tags["Stack"] == stack.stack
    template = stack.one("ec2/launchTemplate:LaunchTemplate").inputs
    tagged = {entry["resourceType"]: entry["tags"] for entry in template["tagSpecifications"]}
    assert tagged["instance"]["Stack"] == stack.stack
    assert set(tagged) == {"instance", "volume", "network-interface"}


def test_an_instance_joins_its_own_cluster_and_reports_its_own_health(stack: Graph) -> None:
    role, name = role_of(stack, "instance"), f"testgen-{stack.stack}"
    ours = {"aws:ResourceTag/Stack": stack.stack}
    assert allowed(stack, role, "ecs:RegisterContainerInstance", f"arn:aws:ecs:{ACCOUNT}:cluster/{name}")
    assert not allowed(stack, role, "ecs:RegisterContainerInstance", f"arn:aws:ecs:{ACCOUNT}:cluster/default")
    assert allowed(stack, role, "ecs:Poll", f"arn:aws:ecs:{ACCOUNT}:container-instance/{name}/1")
    for group in stack.of("autoscaling/group:Group"):
        arn = f"arn:aws:autoscaling:{ACCOUNT}:autoScalingGroup:1:autoScalingGroupName/{group.outputs['name']}"
        assert allowed(stack, role, "autoscaling:SetInstanceHealth", arn, ours)
    assert not allowed(
        stack, role, "ssm:GetParameter", f"arn:aws:ssm:{ACCOUNT}:parameter/testgen/{stack.stack}/config/model"
    )


def test_snapshots_are_made_and_deleted_of_data_volumes_only(stack: Graph) -> None:
    role = role_of(stack, "snapshots")
    volume, snapshot = f"arn:aws:ec2:{ACCOUNT}:volume/vol-1", "arn:aws:ec2:ap-northeast-1::snapshot/snap-1"
    ours = {"aws:ResourceTag/testgen:data-volume": stack.stack}
    assert allowed(stack, role, "ec2:CreateSnapshot", volume, ours)
    assert not allowed(stack, role, "ec2:CreateSnapshot", volume)
    assert allowed(stack, role, "ec2:DeleteSnapshot", snapshot, ours)
    assert not allowed(stack, role, "ec2:DeleteSnapshot", snapshot)


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
    role = execution(graph)
    assert allowed(graph, role, "ecr:BatchGetImage", "arn:aws:ecr:ap-northeast-1:111122223333:repository/qa/api")
    assert not allowed(graph, role, "ecr:BatchGetImage", f"arn:aws:ecr:{ACCOUNT}:repository/testgen-mvp-api")
