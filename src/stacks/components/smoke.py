"""The smoke test: a function in the VPC that has two procedures written through the load balancer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from stacks.account import Account
from stacks.components.edge import TEST_HEADER, TEST_VALUE, Edge
from stacks.components.network import Network
from stacks.components.security import Security
from stacks.config import StackConfig
from stacks.naming import Names
from stacks.policies import Statement, allow, allow_any, trust
from stacks.roles import Roles

CODE = Path(__file__).resolve().parents[1] / "boot" / "smoke.py"
HTTPS = 443
NONE_YET = "none"


@dataclass(frozen=True)
class SmokeTestArgs:
    """`key` is the API key for its requests, None if none is required."""

    config: StackConfig
    names: Names
    account: Account
    roles: Roles
    network: Network
    security: Security
    edge: Edge
    key_arn: pulumi.Input[str]
    key: "pulumi.Output[str] | None"
    timeout_s: int


class SmokeTest(pulumi.ComponentResource):
    """The function, its log group, role, security group, and the secret with its key."""

    function: aws.lambda_.Function
    ready: list[pulumi.Resource]

    def __init__(self, name: str, args: SmokeTestArgs) -> None:
        super().__init__("testgen:smoke:SmokeTest", name)
        self._options = pulumi.ResourceOptions(parent=self)
        logs = aws.cloudwatch.LogGroup(
            f"{name}-smoke",
            name=f"/aws/lambda/{args.names.of('smoke')}",
            retention_in_days=args.config.logs.retention_days,
            kms_key_id=args.key_arn,
            opts=self._options,
        )
        group, rules = self._group(name, args)
        secret, written = self._secret(name, args)
        role, policy = args.roles.make(
            f"{name}-smoke", trust("lambda.amazonaws.com", args.account.id), smoke_statements(args, logs, secret), self
        )
        passed = self._passed(name, args)
        self.function = aws.lambda_.Function(
            f"{name}-smoke",
            name=args.names.of("smoke"),
            description="Has two procedures written after a deployment, and fails where one is none",
            runtime="python3.13",
            handler="smoke.handler",
            code=pulumi.AssetArchive({"smoke.py": pulumi.StringAsset(CODE.read_text(encoding="utf-8"))}),
            role=role.arn,
            timeout=min(args.timeout_s + 30, 900),
            memory_size=256,
            environment=aws.lambda_.FunctionEnvironmentArgs(variables=_variables(args, secret)),
            vpc_config=aws.lambda_.FunctionVpcConfigArgs(
                subnet_ids=args.network.private_subnet_ids, security_group_ids=[group.id]
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, logs]),
        )
        self.ready = [self.function, policy, *rules, *written, *passed]
        self.register_outputs({})

    def run_after(self, name: str, service: aws.ecs.Service) -> None:
        """Runs it when a deployment is up; if it fails, the service goes back, and `pulumi up` fails."""
        aws.lambda_.Invocation(
            f"{name}-smoke",
            function_name=self.function.name,
            input=pulumi.Output.json_dumps({"task_definition": service.task_definition}),
            triggers={"task_definition": service.task_definition.apply(str)},
            opts=pulumi.ResourceOptions(parent=self, depends_on=[service, *self.ready]),
        )

    def _group(self, name: str, args: SmokeTestArgs) -> tuple[aws.ec2.SecurityGroup, Sequence[pulumi.Resource]]:
        """HTTPS for AWS and a public load balancer; an internal one by its own group."""
        group = aws.ec2.SecurityGroup(
            f"{name}-smoke",
            vpc_id=args.network.vpc_id,
            description="The smoke test",
            revoke_rules_on_delete=True,
            opts=self._options,
        )
        rules: list[pulumi.Resource] = [
            aws.vpc.SecurityGroupEgressRule(
                f"{name}-smoke-out",
                security_group_id=group.id,
                description="HTTPS: AWS, and the service where it is public",
                cidr_ipv4="0.0.0.0/0",
                ip_protocol="tcp",
                from_port=HTTPS,
                to_port=HTTPS,
                opts=self._options,
            )
        ]
        if args.config.internal:
            rules += [
                aws.vpc.SecurityGroupEgressRule(
                    f"{name}-smoke-alb",
                    security_group_id=group.id,
                    description="The load balancer",
                    referenced_security_group_id=args.security.load_balancer_id,
                    ip_protocol="tcp",
                    from_port=80,
                    to_port=80,
                    opts=self._options,
                ),
                aws.vpc.SecurityGroupIngressRule(
                    f"{name}-alb-in-smoke",
                    security_group_id=args.security.load_balancer_id,
                    description="The smoke test",
                    referenced_security_group_id=group.id,
                    ip_protocol="tcp",
                    from_port=80,
                    to_port=80,
                    opts=self._options,
                ),
            ]
        return group, rules

    def _passed(self, name: str, args: SmokeTestArgs) -> Sequence[pulumi.Resource]:
        """Where the function notes the task definition that passed last, to which it goes back; ECS does that in blue/green deployments."""
        if args.edge.green:
            return ()
        return [
            aws.ssm.Parameter(
                f"{name}-smoke-passed",
                name=args.names.passed,
                description="The task definition that passed the smoke test last",
                type="String",
                value=NONE_YET,
                opts=pulumi.ResourceOptions(parent=self, ignore_changes=["value"]),
            )
        ]

    def _secret(
        self, name: str, args: SmokeTestArgs
    ) -> tuple[aws.secretsmanager.Secret | None, Sequence[pulumi.Resource]]:
        if args.key is None:
            return None, ()
        secret = aws.secretsmanager.Secret(
            f"{name}-smoke",
            name=f"{args.names.secret}-smoke",
            description="The API key of the smoke test",
            kms_key_id=args.key_arn,
            recovery_window_in_days=0,  # it can be made again
            opts=self._options,
        )
        version = aws.secretsmanager.SecretVersion(
            f"{name}-smoke", secret_id=secret.id, secret_string=args.key, opts=self._options
        )
        return secret, [version]


def _variables(args: SmokeTestArgs, secret: aws.secretsmanager.Secret | None) -> dict[str, pulumi.Input[str]]:
    prefix = args.names.prefix
    if args.edge.green:
        deployment = {"TEST_HEADER": TEST_HEADER, "TEST_VALUE": TEST_VALUE}
    else:
        deployment = {"CLUSTER": prefix, "SERVICE": prefix, "PASSED": args.names.passed}
    return {
        "URL": args.edge.url,
        "TIMEOUT_S": str(args.timeout_s),
        **deployment,
        **({"SECRET_ID": secret.arn} if secret else {}),
    }


def smoke_statements(
    args: SmokeTestArgs, logs: aws.cloudwatch.LogGroup, secret: aws.secretsmanager.Secret | None
) -> list[Statement]:
    """Write its log, read its key, take a deployment back, and have a network interface ("Giving Lambda functions access to
    resources in a VPC")."""
    account, prefix = args.account, args.names.prefix
    interfaces = [f"arn:aws:ec2:{account.region}:{account.id}:{kind}/*" for kind in _INTERFACE_PARTS]
    statements = [
        allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logs.arn.apply(lambda arn: f"{arn}:*")]),
        allow(["ec2:CreateNetworkInterface"], interfaces),
        allow(["ec2:DeleteNetworkInterface"], interfaces[:1]),
        allow_any("ec2:DescribeNetworkInterfaces"),
    ]
    if secret:
        through = {"StringEquals": {"kms:ViaService": f"secretsmanager.{account.region}.amazonaws.com"}}
        statements += [
            allow(["secretsmanager:GetSecretValue"], [secret.arn]),
            allow(["kms:Decrypt"], [args.key_arn], through),
        ]
    if not args.edge.green:
        here = f"{account.region}:{account.id}"
        service, parameter = (
            f"arn:aws:ecs:{here}:service/{prefix}/{prefix}",
            f"arn:aws:ssm:{here}:parameter{args.names.passed}",
        )
        statements += [
            allow(["ecs:DescribeServices", "ecs:UpdateService"], [service]),
            allow(["ssm:GetParameter", "ssm:PutParameter"], [parameter]),
        ]
    return statements


_INTERFACE_PARTS = ("network-interface", "subnet", "security-group")
