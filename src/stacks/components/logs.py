"""The log groups, by the names that people search for; encrypted, with a retention."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.naming import Names


@dataclass(frozen=True)
class LogsArgs:
    """`flows` and `firewall` add the groups that the VPC's flows and the web ACL are written to."""

    names: Names
    retention_days: int
    key_arn: pulumi.Input[str]
    flows: bool
    firewall: bool


class Logs(pulumi.ComponentResource):
    """One group per source: API, Ollama, load balancer, and our own VPC flows and web ACL."""

    api: aws.cloudwatch.LogGroup
    ollama: aws.cloudwatch.LogGroup
    load_balancer: aws.cloudwatch.LogGroup
    flows: aws.cloudwatch.LogGroup | None
    firewall: aws.cloudwatch.LogGroup | None

    def __init__(self, name: str, args: LogsArgs) -> None:
        super().__init__("testgen:logs:Logs", name)
        names = args.names

        def group(part: str, physical: str) -> aws.cloudwatch.LogGroup:
            return aws.cloudwatch.LogGroup(
                f"{name}-{part}",
                name=physical,
                retention_in_days=args.retention_days,
                kms_key_id=args.key_arn,
                opts=pulumi.ResourceOptions(parent=self),
            )

        api, ollama, balancer = names.log_groups
        self.api = group("fastapi-app", api)
        self.ollama = group("ollama-server", ollama)
        self.load_balancer = group("loadbalancer", balancer)
        self.flows = group("flows", f"/aws/vpc/{names.prefix}") if args.flows else None
        self.firewall = group("waf", names.waf_log_group) if args.firewall else None
        self.register_outputs({"api": self.api.name, "ollama": self.ollama.name})

    @property
    def groups(self) -> list[pulumi.Output[str]]:
        """The names of all groups."""
        every = (self.api, self.ollama, self.load_balancer, self.flows, self.firewall)
        return [group.name for group in every if group]
