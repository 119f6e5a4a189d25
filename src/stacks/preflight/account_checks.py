"""What the account and the region must have, asked of AWS."""

from collections.abc import Iterator
from dataclasses import dataclass

from botocore.exceptions import ClientError

from stacks.account import require_quota, survey
from stacks.config import StackConfig
from stacks.dns import require_zone_of_the_name
from stacks.naming import Names
from stacks.preflight.actions import actions
from stacks.preflight.aws import Aws, NoAnswerError
from stacks.preflight.findings import Check, MissingError
from stacks.preflight.permissions import in_short, missing_permissions, principal_of
from stacks.preflight.program import StackFile, asked_directly
from stacks.rule_groups import require_known_body_rules, versions

ECS_ROLE = "AWSServiceRoleForECS"
MOST_RESOURCE_POLICIES = 10  # of CloudWatch Logs in a region; cannot be raised (CloudWatch Logs quotas)
VPCS, ADDRESSES = ("vpc", "L-F678F1CE", "VPCs per Region"), ("ec2", "L-0263D0A3", "EC2-VPC Elastic IPs")


@dataclass(frozen=True)
class AccountChecks:
    """The questions about one stack's account."""

    file: StackFile
    config: StackConfig
    aws: Aws

    def all(self) -> Iterator[Check]:
        """Those that this stack needs, in the order of docs/deploy.md."""
        config = self.config
        yield Check("credentials", self.credentials)
        yield Check("region", self.region)
        yield Check("GPU quota", self.gpu_quota)
        yield Check("instance types and zones", self.zones)
        yield Check("machine image", self.image)
        if config.network.vpc_id is None:
            yield Check("other quotas", self.other_quotas)
        yield Check("service-linked role of ECS", self.ecs_role)
        yield Check("names of log groups", self.log_groups)
        yield Check("secret", self.secret)
        if config.corporate_network and (
            config.corporate_network.transit_gateway_id or config.corporate_network.vpn_gateway_id
        ):
            yield Check("gateway to the company", self.gateway)
        if config.edge.hosted_zone_id:
            yield Check("zone of the name", self.zone)
        if config.edge.certificate_arn:
            yield Check("certificate", self.certificate)
        if config.firewall:
            yield Check("managed rule groups", self.rule_groups)
        yield Check("permissions", self.permissions)

    def credentials(self) -> str:
        """Whose they are, and whether the stack may be built in their account."""
        try:
            caller = self.aws.caller
        except NoAnswerError as error:
            raise MissingError(f"{error}: run `aws sso login`, or set AWS_PROFILE") from None
        account, allowed = caller["Account"], self.file.accounts
        if allowed and account not in allowed:
            raise MissingError(
                f"they are of account {account}, and aws:allowedAccountIds names {', '.join(allowed)}: choose another "
                "AWS_PROFILE, or correct the stack file"
            )
        pinned = "" if allowed else f"; pin it: `pulumi config set --path 'aws:allowedAccountIds[0]' {account}`"
        return f"{caller['Arn']}{pinned}"

    def region(self) -> str:
        """Whether the account has it."""
        name = self.aws.region
        found = self.aws.ask("ec2", "describe_regions", AllRegions=True, RegionNames=[name])["Regions"]
        if found[0].get("OptInStatus") == "not-opted-in":
            raise MissingError(f"{name} is not enabled in this account: enable it under *Account, AWS Regions*")
        return name

    def gpu_quota(self) -> str:
        """The commonest first failure."""
        with asked_directly(self.file, self.aws):
            require_quota(self.config)
        instances = self.config.group_size * self.config.compute.zones
        return f"enough for {instances} instances"

    def zones(self) -> str:
        """Everything else that preview asks of the account."""
        with asked_directly(self.file, self.aws, quotas_granted=True):
            found = survey(self.config)
        offered = ", ".join(
            f"{zone} has {' '.join(found.types_in(zone, self.config.compute.instance_types)) or 'none'}"
            for zone in found.zones
        )
        return f"{offered}; instances run in {', '.join(found.compute_zones)}"

    def image(self) -> str:
        """The parameter by which AWS names it."""
        name = self.config.compute.ami_parameter
        try:
            return str(self.aws.ask("ssm", "get_parameter", Name=name)["Parameter"]["Value"])
        except ClientError as error:
            raise MissingError(
                f"SSM parameter {name} cannot be read ({error.response['Error']['Code']}): correct compute.ami_parameter"
            ) from None

    def other_quotas(self) -> str:
        """A VPC, its addresses, and a resource policy of CloudWatch Logs; none if the stack already has them."""
        if self._ours("describe_vpcs", "Vpcs"):
            return "the stack has its VPC already"
        addresses = len(self.aws.ask("ec2", "describe_addresses")["Addresses"])
        gateways = 1 if self.config.network.nat_gateways == "one" else self.config.network.zone_count
        self._require_room(VPCS, len(self.aws.ask("ec2", "describe_vpcs")["Vpcs"]), 1)
        self._require_room(ADDRESSES, addresses, gateways)
        policies = len(self.aws.ask("logs", "describe_resource_policies")["resourcePolicies"])
        if policies >= MOST_RESOURCE_POLICIES:
            raise MissingError(
                f"CloudWatch Logs has {policies} resource policies here, and a region takes no more: delete one that nothing "
                "uses (`aws logs describe-resource-policies`)"
            )
        return f"room for a VPC and {gateways} more Elastic IP{'s' if gateways > 1 else ''}"

    def _ours(self, operation: str, key: str) -> bool:
        tags = {"Project": self.config.tags["Project"], "Stack": self.config.stack}
        wanted = [{"Name": f"tag:{name}", "Values": [value]} for name, value in tags.items()]
        return bool(self.aws.ask("ec2", operation, Filters=wanted)[key])

    def _require_room(self, quota: tuple[str, str, str], used: int, needed: int) -> None:
        service, code, title = quota
        limit = self.aws.ask("service-quotas", "get_service_quota", ServiceCode=service, QuotaCode=code)
        value = limit["Quota"]["Value"]
        if used + needed > value:
            raise MissingError(
                f"{used} of {value:g} '{title}' ({code}) are in use, and the stack needs {needed} more: ask for more in Service "
                "Quotas, or free some"
            )

    def ecs_role(self) -> str:
        """In an account that never ran ECS it is made with the first cluster, and may come too late."""
        try:
            return str(self.aws.ask("iam", "get_role", RoleName=ECS_ROLE)["Role"]["Arn"])
        except ClientError:
            raise MissingError(
                f"{ECS_ROLE} is not there: `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`"
            ) from None

    def log_groups(self) -> str:
        """They have fixed names, which another stack or program may have taken."""
        names = Names(self.config.stack, self.config.logs.shared_account).log_groups
        taken = [name for name in names if self._taken(name)]
        if taken:
            raise MissingError(
                f"{', '.join(taken)} {'is' if len(taken) == 1 else 'are'} there already and not of this stack: set "
                "testgen:logs.shared_account to true, or delete what nobody uses"
            )
        return ", ".join(names)

    def _taken(self, name: str) -> bool:
        found = self.aws.ask("logs", "describe_log_groups", logGroupNamePrefix=name)["logGroups"]
        arns = [group["arn"].removesuffix(":*") for group in found if group["logGroupName"] == name]
        if not arns:
            return False
        tags = self.aws.ask("logs", "list_tags_for_resource", resourceArn=arns[0])["tags"]
        return bool(tags.get("Stack") != self.config.stack)

    def secret(self) -> str:
        """A deleted one blocks its name until it is restored; and a service that requires keys needs one."""
        name = Names(self.config.stack).secret
        try:
            found = self.aws.ask("secretsmanager", "describe_secret", SecretId=name)
        except ClientError:
            found = {}
        if "DeletedDate" in found:
            raise MissingError(
                f"{name} is waiting to be deleted, which blocks its name: `aws secretsmanager restore-secret --secret-id "
                f"{name}`; `pulumi up` then adopts it"
            )
        holders = self.file.key_holders
        if self.config.service.require_api_key and not holders:
            raise MissingError(
                "the service requires API keys, and the stack file has none: `testgen api-key NAME` makes one and prints the "
                "line that stores its hash"
            )
        return f"{name} {'is there' if found else 'will be made'}; keys of {', '.join(holders) or 'nobody'}"

    def gateway(self) -> str:
        """The one that the configuration names."""
        corporate = self.config.corporate_network
        assert corporate
        if corporate.transit_gateway_id:
            wanted, operation, key = corporate.transit_gateway_id, "describe_transit_gateways", "TransitGateways"
            named = {"TransitGatewayIds": [wanted]}
        else:
            wanted, operation, key = str(corporate.vpn_gateway_id), "describe_vpn_gateways", "VpnGateways"
            named = {"VpnGatewayIds": [wanted]}
        try:
            found = self.aws.ask("ec2", operation, **named)[key]
        except ClientError as error:
            raise MissingError(
                f"{wanted}: {error.response['Error']['Message']}: name one of this account and region"
            ) from None
        if not found or found[0]["State"] != "available":
            raise MissingError(f"{wanted} is {found[0]['State'] if found else 'not there'}: name one that is available")
        return f"{wanted} is available"

    def zone(self) -> str:
        """The zone belongs to this account, is public, and contains the name."""
        with asked_directly(self.file, self.aws):
            require_zone_of_the_name(self.config)
        return f"{self.config.edge.domain_name} lies in {self.config.edge.hosted_zone_id}"

    def certificate(self) -> str:
        """Issued, and for the name."""
        arn, name = str(self.config.edge.certificate_arn), str(self.config.edge.domain_name)
        try:
            found = self.aws.ask("acm", "describe_certificate", CertificateArn=arn)["Certificate"]
        except ClientError as error:
            raise MissingError(
                f"{arn}: {error.response['Error']['Message']}: name one of this account and region"
            ) from None
        if found["Status"] != "ISSUED":
            raise MissingError(f"{arn} is {found['Status']}: wait until it is issued, or name another")
        names = {found["DomainName"], *found.get("SubjectAlternativeNames", [])}
        if not names & {name, f"*.{name.partition('.')[2]}"}:
            raise MissingError(
                f"{arn} is for {', '.join(sorted(names))}, not for {name}: name the certificate of {name}"
            )
        return f"issued for {name}"

    def rule_groups(self) -> str:
        """The pinned versions are offered, and have the body rules that are known."""
        assert self.config.firewall
        with asked_directly(self.file, self.aws):
            require_known_body_rules(self.config.firewall)
        return ", ".join(f"{group} {version}" for group, version in versions(self.config.firewall).items())

    def permissions(self) -> str:
        """What the caller may do, by IAM's own simulation."""
        who = principal_of(self.aws)
        if who is None:
            return "the root user may do everything; use a role instead"
        wanted = actions(self.config)
        if lacking := missing_permissions(self.config, self.aws, who):
            raise MissingError(
                f"{who} may not {in_short(lacking, wanted)}: have them added (a policy that names other resources than "
                f"{Names(self.config.stack).prefix}-* reads as missing too)"
            )
        return f"{who} may do all {len(wanted)} actions that the stack needs"
