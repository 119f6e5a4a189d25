"""Daily snapshots of the data volumes by Data Lifecycle Manager, and of nothing else."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.account import Account
from stacks.naming import DATA_TAG, Names
from stacks.policies import allow, allow_any, trust
from stacks.roles import Roles

AT_UTC = "18:00"  # 03:00 in Japan


@dataclass(frozen=True)
class BackupArgs:
    """How many daily snapshots a volume keeps."""

    names: Names
    account: Account
    roles: Roles
    kept: int


class Backup(pulumi.ComponentResource):
    """A lifecycle policy that targets the tag of this stack's data volumes."""

    def __init__(self, name: str, args: BackupArgs) -> None:
        super().__init__("testgen:backup:Backup", name)
        stack, account = args.names.stack, args.account
        ec2 = f"arn:aws:ec2:{account.region}"
        trusted = trust("dlm.amazonaws.com", account.id, f"arn:aws:dlm:{account.region}:{account.id}:policy/*")
        ours = {"StringEquals": {f"aws:ResourceTag/{DATA_TAG}": stack}}
        role, policy = args.roles.make(
            f"{name}-snapshots",
            trusted,
            [
                allow_any("ec2:DescribeInstances", "ec2:DescribeVolumes", "ec2:DescribeSnapshots"),
                allow(["ec2:CreateSnapshot"], [f"{ec2}:{account.id}:volume/*"], ours),
                allow(["ec2:CreateSnapshot"], [f"{ec2}::snapshot/*"]),
                allow(
                    ["ec2:CreateTags"],
                    [f"{ec2}::snapshot/*"],
                    {"StringEquals": {"ec2:CreateAction": "CreateSnapshot"}},
                ),
                allow(["ec2:DeleteSnapshot"], [f"{ec2}::snapshot/*"], ours),
            ],
            self,
        )
        schedule = aws.dlm.LifecyclePolicyPolicyDetailsScheduleArgs(
            name="daily",
            copy_tags=True,
            create_rule=aws.dlm.LifecyclePolicyPolicyDetailsScheduleCreateRuleArgs(
                interval=24, interval_unit="HOURS", times=AT_UTC
            ),
            retain_rule=aws.dlm.LifecyclePolicyPolicyDetailsScheduleRetainRuleArgs(count=args.kept),
        )
        aws.dlm.LifecyclePolicy(
            f"{name}-snapshots",
            description=f"{name} data volumes daily",
            execution_role_arn=role.arn,
            state="ENABLED",
            policy_details=aws.dlm.LifecyclePolicyPolicyDetailsArgs(
                resource_types=["VOLUME"], target_tags={DATA_TAG: stack}, schedules=[schedule]
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self.register_outputs({})
