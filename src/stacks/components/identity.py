"""Who the agent, the tasks and the instances are, and the little that each may do."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.account import Account
from stacks.naming import Names
from stacks.policies import Statement, allow, allow_any, trust, trust_instances
from stacks.roles import Roles


@dataclass(frozen=True)
class IdentityArgs:
    """What the roles are allowed to touch."""

    names: Names
    account: Account
    roles: Roles
    repository_arns: Sequence[pulumi.Input[str]]
    log_group_arns: Sequence[pulumi.Input[str]]
    secret_arn: pulumi.Input[str]
    key_arn: pulumi.Input[str]


class Identity(pulumi.ComponentResource):
    """Three roles: `execution` pulls images and writes logs, `task` is the API, `instance` is the machine."""

    execution_role_arn: pulumi.Output[str]
    task_role_arn: pulumi.Output[str]
    instance_profile_arn: pulumi.Output[str]
    policies: list[pulumi.Resource]
    instance_policy: pulumi.Resource

    def __init__(self, name: str, args: IdentityArgs) -> None:
        super().__init__("testgen:identity:Identity", name)
        account, make = args.account, args.roles.make
        tasks = trust("ecs-tasks.amazonaws.com", account.id, f"arn:aws:ecs:{account.region}:{account.id}:*")
        execution, may_execute = make(f"{name}-execution", tasks, execution_statements(args), self)
        task, may_read = make(f"{name}-task", tasks, task_statements(args), self)
        instance, may_join = make(f"{name}-instance", trust_instances(), instance_statements(args), self)
        profile = aws.iam.InstanceProfile(
            f"{name}-instance",
            name=args.roles.named(f"{name}-instance"),
            role=instance.name,
            opts=args.roles.options(self),
        )
        self.execution_role_arn = execution.arn
        self.task_role_arn = task.arn
        self.instance_profile_arn = profile.arn
        self.policies = [may_execute, may_read, may_join]
        self.instance_policy = may_join
        self.register_outputs({"task_role_arn": self.task_role_arn})


def execution_statements(args: IdentityArgs) -> list[Statement]:
    """Pull these images, write these log groups."""
    statements = [
        allow(["logs:CreateLogStream", "logs:PutLogEvents"], [_streams(arn) for arn in args.log_group_arns]),
    ]
    if args.repository_arns:
        pull = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
        statements += [allow_any("ecr:GetAuthorizationToken"), allow(pull, args.repository_arns)]
    return statements


def task_statements(args: IdentityArgs) -> list[Statement]:
    """Read the settings below this path and this secret; the key only by way of Secrets Manager."""
    account = args.account
    path = f"arn:aws:ssm:{account.region}:{account.id}:parameter{args.names.config_path}"
    through = {"StringEquals": {"kms:ViaService": f"secretsmanager.{account.region}.amazonaws.com"}}
    return [
        allow(["ssm:GetParametersByPath"], [path, f"{path}/*"]),
        allow(["secretsmanager:GetSecretValue"], [args.secret_arn]),
        allow(["kms:Decrypt"], [args.key_arn], through),
    ]


def instance_statements(args: IdentityArgs) -> list[Statement]:
    """Join this cluster, attach a data volume of this stack to an instance of it, be reached by Session Manager."""
    account, cluster = args.account, args.names.prefix
    ecs = f"arn:aws:ecs:{account.region}:{account.id}"
    ec2 = f"arn:aws:ec2:{account.region}:{account.id}"
    groups = f"arn:aws:autoscaling:{account.region}:{account.id}:autoScalingGroup:*:autoScalingGroupName/{cluster}-*"
    of_this_stack = {"StringEquals": {"aws:ResourceTag/Stack": args.names.stack}}
    return [
        allow_any("ecs:DiscoverPollEndpoint"),
        allow(
            [
                "ecs:RegisterContainerInstance",
                "ecs:DeregisterContainerInstance",
                "ecs:SubmitAttachmentStateChanges",
                "ecs:SubmitContainerStateChange",
                "ecs:SubmitTaskStateChange",
            ],
            [f"{ecs}:cluster/{cluster}"],
        ),
        allow(
            ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
            [f"{ecs}:container-instance/{cluster}/*"],
        ),
        allow_any("ec2:DescribeVolumes"),
        allow(["ec2:AttachVolume"], [f"{ec2}:volume/*", f"{ec2}:instance/*"], of_this_stack),
        allow(["autoscaling:SetInstanceHealth"], [groups], of_this_stack),
        allow(["ssm:UpdateInstanceInformation"], [f"{ec2}:instance/*"], of_this_stack),
        allow_any(
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ),
    ]


def _streams(group_arn: pulumi.Input[str]) -> pulumi.Output[str]:
    return pulumi.Output.from_input(group_arn).apply(lambda arn: f"{arn}:*")
