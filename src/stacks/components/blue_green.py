"""Blue/green deployments by ECS itself: the new tasks start beside the old ones, are tested, and then get all the traffic."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.account import Account
from stacks.components.edge import Edge, Green
from stacks.components.service import Gate
from stacks.components.smoke import SmokeTest
from stacks.policies import Statement, allow, allow_any, trust
from stacks.roles import Roles

BAKE_MINUTES = 5  # as long as the alarms of deployments look back
# After the rule for tests leads to the new tasks, and before users get them ("Lifecycle hooks", Amazon ECS).
TESTED_AT = "POST_TEST_TRAFFIC_SHIFT"


@dataclass(frozen=True)
class BlueGreenArgs:
    """`smoke` tests the new tasks before users get them."""

    account: Account
    roles: Roles
    edge: Edge
    green: Green
    smoke: SmokeTest | None


class BlueGreen(pulumi.ComponentResource):
    """The role with which ECS shifts the traffic, and the settings of the service."""

    gate: Gate

    def __init__(self, name: str, args: BlueGreenArgs) -> None:
        super().__init__("testgen:bluegreen:BlueGreen", name)
        account, smoke = args.account, args.smoke
        role, policy = args.roles.make(
            f"{name}-traffic",
            trust("ecs.amazonaws.com", account.id),
            traffic_statements(args.edge, args.green, smoke),
            self,
        )
        hooks = []
        if smoke:
            hooks.append(
                aws.ecs.ServiceDeploymentConfigurationLifecycleHookArgs(
                    hook_target_arn=smoke.function.arn, role_arn=role.arn, lifecycle_stages=[TESTED_AT]
                )
            )
        self.gate = Gate(
            deployment=aws.ecs.ServiceDeploymentConfigurationArgs(
                strategy="BLUE_GREEN", bake_time_in_minutes=str(BAKE_MINUTES), lifecycle_hooks=hooks
            ),
            traffic=aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs(
                alternate_target_group_arn=args.green.target_group.arn,
                production_listener_rule=args.green.production.arn,
                test_listener_rule=args.green.test.arn,
                role_arn=role.arn,
            ),
            ready=[policy, *(smoke.ready if smoke else ())],
        )
        self.register_outputs({})


def traffic_statements(edge: Edge, green: Green, smoke: SmokeTest | None) -> Sequence[Statement]:
    """What AmazonECSInfrastructureRolePolicyForLoadBalancers allows, for this load balancer only; and the hook."""
    statements = [
        allow_any(
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
        ),
        allow(
            ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
            [edge.target_group.arn, green.target_group.arn],
        ),
        allow(["elasticloadbalancing:ModifyListener"], [edge.listener.arn]),
        allow(["elasticloadbalancing:ModifyRule"], [green.production.arn, green.test.arn]),
    ]
    if smoke:
        statements.append(allow(["lambda:InvokeFunction"], [smoke.function.arn]))
    return statements
