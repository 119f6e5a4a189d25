"""The key for logs, the secret and the topic. Volumes use `aws/ebs`, for which Auto Scaling needs no grant."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.policies import admit, document


@dataclass(frozen=True)
class EncryptionArgs:
    """`keep` leaves the key in the account on destroy: a secret in its recovery window cannot be restored without it."""

    account_id: str
    region: str
    keep: bool


class Encryption(pulumi.ComponentResource):
    """A customer-managed key with yearly rotation."""

    key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: EncryptionArgs) -> None:
        super().__init__("testgen:encryption:Encryption", name)
        key = aws.kms.Key(
            f"{name}-key",
            description=f"{name}: logs, secret and alarm topic",
            enable_key_rotation=True,
            deletion_window_in_days=30,
            policy=key_policy(args.account_id, args.region),
            opts=pulumi.ResourceOptions(parent=self, retain_on_delete=args.keep),
        )
        aws.kms.Alias(
            f"{name}-alias",
            name=f"alias/{name}",
            target_key_id=key.key_id,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.key_arn = key.arn
        self.register_outputs({"key_arn": self.key_arn})


def key_policy(account_id: str, region: str) -> pulumi.Output[str]:
    """The account decides by IAM; CloudWatch Logs and CloudWatch alarms need the key itself to admit them."""
    root = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account_id}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    data_keys = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    groups = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:{region}:{account_id}:log-group:*"}}
    alarms = {"StringEquals": {"aws:SourceAccount": account_id}}
    return document(
        root,
        admit([f"logs.{region}.amazonaws.com"], data_keys, ["*"], groups),
        admit(["cloudwatch.amazonaws.com"], ["kms:Decrypt", "kms:GenerateDataKey*"], ["*"], alarms),
        admit(["budgets.amazonaws.com"], ["kms:Decrypt", "kms:GenerateDataKey*"], ["*"], alarms),
    )
