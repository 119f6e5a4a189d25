"""Roles with the company's permissions boundary and prefix, each with one policy."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.policies import Statement, document
from stacks.sections import IdentityConfig


@dataclass(frozen=True)
class Roles:
    """Makes every role of the stack."""

    identity: IdentityConfig

    def make(
        self, name: str, trusted: pulumi.Output[str], statements: Sequence[Statement], parent: pulumi.Resource
    ) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        """A role and what it may do. With a prefix its name is exact, so that policies of the company find it."""
        role = aws.iam.Role(
            name,
            name=self.named(name),
            assume_role_policy=trusted,
            permissions_boundary=self.identity.permissions_boundary,
            opts=self.options(parent),
        )
        policy = aws.iam.RolePolicy(
            name, role=role.id, policy=document(*statements), opts=pulumi.ResourceOptions(parent=parent)
        )
        return role, policy

    def named(self, name: str) -> str | None:
        """The physical name with the company's prefix; None: Pulumi makes one from the logical name."""
        prefix = self.identity.role_prefix
        return f"{prefix}{name}" if prefix else None

    def options(self, parent: pulumi.Resource) -> pulumi.ResourceOptions:
        """Of two roles of one exact name the old one goes first."""
        return pulumi.ResourceOptions(parent=parent, delete_before_replace=True if self.identity.role_prefix else None)
