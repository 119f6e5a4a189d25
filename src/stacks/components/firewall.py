"""The web ACL. A test case about cross-site scripting must pass: rules on bodies count on /v1/ and block elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.rule_groups import BODY_RULES, IP_REPUTATION, versions
from stacks.sections import FirewallConfig
from testgen.contract import API_PREFIX, KEY_HEADERS, MCP_PATH

_AS_ITS_VENDOR_SAYS = aws.wafv2.WebAclRuleOverrideActionNoneArgs()
_WHOLE_PATH = aws.wafv2.WebAclRuleStatementByteMatchStatementFieldToMatchUriPathArgs()


@dataclass(frozen=True)
class FirewallArgs:
    """What it protects, and the group that it logs to."""

    firewall: FirewallConfig
    load_balancer_arn: pulumi.Input[str]
    log_group_arn: pulumi.Input[str]


class Firewall(pulumi.ComponentResource):
    """A regional web ACL on the load balancer; its log never contains a key."""

    acl_arn: pulumi.Output[str]

    def __init__(self, name: str, args: FirewallArgs) -> None:
        super().__init__("testgen:firewall:Firewall", name)
        options = pulumi.ResourceOptions(parent=self)
        acl = aws.wafv2.WebAcl(
            f"{name}-waf",
            scope="REGIONAL",
            default_action=aws.wafv2.WebAclDefaultActionArgs(allow=aws.wafv2.WebAclDefaultActionAllowArgs()),
            rules=rules(args.firewall),
            visibility_config=aws.wafv2.WebAclVisibilityConfigArgs(
                cloudwatch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
            ),
            opts=options,
        )
        aws.wafv2.WebAclAssociation(
            f"{name}-waf", resource_arn=args.load_balancer_arn, web_acl_arn=acl.arn, opts=options
        )
        aws.wafv2.WebAclLoggingConfiguration(
            f"{name}-waf",
            resource_arn=acl.arn,
            log_destination_configs=[args.log_group_arn],
            redacted_fields=[
                aws.wafv2.WebAclLoggingConfigurationRedactedFieldArgs(
                    single_header=aws.wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs(name=header.lower())
                )
                for header in KEY_HEADERS
            ],
            opts=options,
        )
        self.acl_arn = acl.arn
        self.register_outputs({"acl_arn": self.acl_arn})


def rules(firewall: FirewallConfig) -> Sequence[aws.wafv2.WebAclRuleArgs]:
    """All rules in their order: rate, reputation, the managed groups, and last what their labels lead to."""
    pinned = versions(firewall)
    groups = [_managed(IP_REPUTATION, 1, (), None)]
    groups += [
        _managed(group, number, tuple(names), pinned[group])
        for number, (group, names) in enumerate(BODY_RULES.items(), 2)
    ]
    return [_rate_limit(firewall), *groups, _bodies_outside_the_text_api(len(groups) + 1)]


def _rate_limit(firewall: FirewallConfig) -> aws.wafv2.WebAclRuleArgs:
    limit = aws.wafv2.WebAclRuleStatementRateBasedStatementArgs(
        aggregate_key_type="IP", limit=firewall.requests_per_5_minutes, evaluation_window_sec=300
    )
    return aws.wafv2.WebAclRuleArgs(
        name="rate-limit",
        priority=0,
        action=aws.wafv2.WebAclRuleActionArgs(block=aws.wafv2.WebAclRuleActionBlockArgs()),
        statement=aws.wafv2.WebAclRuleStatementArgs(rate_based_statement=limit),
        visibility_config=_visible("rate-limit"),
    )


def _managed(group: str, priority: int, counted: Sequence[str], version: str | None) -> aws.wafv2.WebAclRuleArgs:
    """A managed rule group as its vendor means it, but for the rules that only count."""
    count = aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs(
        count=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs()
    )
    overrides = [
        aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs(name=rule, action_to_use=count)
        for rule in counted
    ]
    statement = aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
        vendor_name="AWS", name=group, version=version, rule_action_overrides=overrides
    )
    return aws.wafv2.WebAclRuleArgs(
        name=group,
        priority=priority,
        override_action=aws.wafv2.WebAclRuleOverrideActionArgs(none=_AS_ITS_VENDOR_SAYS),
        statement=aws.wafv2.WebAclRuleStatementArgs(managed_rule_group_statement=statement),
        visibility_config=_visible(group),
    )


def _bodies_outside_the_text_api(priority: int) -> aws.wafv2.WebAclRuleArgs:
    """Blocks what the body rules have labelled, on paths that expect no body."""
    labels = [label for group in BODY_RULES.values() for label in group.values()]
    any_label = aws.wafv2.WebAclRuleStatementArgs(
        or_statement=aws.wafv2.WebAclRuleStatementOrStatementArgs(
            statements=[
                aws.wafv2.WebAclRuleStatementArgs(
                    label_match_statement=aws.wafv2.WebAclRuleStatementLabelMatchStatementArgs(scope="LABEL", key=label)
                )
                for label in labels
            ]
        )
    )
    in_text_api = aws.wafv2.WebAclRuleStatementArgs(
        or_statement=aws.wafv2.WebAclRuleStatementOrStatementArgs(
            statements=[_path(f"{API_PREFIX}/", "STARTS_WITH"), _path(MCP_PATH, "EXACTLY")]
        )
    )
    elsewhere = aws.wafv2.WebAclRuleStatementArgs(
        not_statement=aws.wafv2.WebAclRuleStatementNotStatementArgs(statement=in_text_api)
    )
    return aws.wafv2.WebAclRuleArgs(
        name="bodies-outside-the-text-api",
        priority=priority,
        action=aws.wafv2.WebAclRuleActionArgs(block=aws.wafv2.WebAclRuleActionBlockArgs()),
        statement=aws.wafv2.WebAclRuleStatementArgs(
            and_statement=aws.wafv2.WebAclRuleStatementAndStatementArgs(statements=[any_label, elsewhere])
        ),
        visibility_config=_visible("bodies-outside-the-text-api"),
    )


def _visible(metric: str) -> aws.wafv2.WebAclRuleVisibilityConfigArgs:
    return aws.wafv2.WebAclRuleVisibilityConfigArgs(
        cloudwatch_metrics_enabled=True, metric_name=metric, sampled_requests_enabled=True
    )


def _path(wanted: str, how: str) -> aws.wafv2.WebAclRuleStatementArgs:
    return aws.wafv2.WebAclRuleStatementArgs(
        byte_match_statement=aws.wafv2.WebAclRuleStatementByteMatchStatementArgs(
            search_string=wanted,
            positional_constraint=how,
            field_to_match=aws.wafv2.WebAclRuleStatementByteMatchStatementFieldToMatchArgs(uri_path=_WHOLE_PATH),
            text_transformations=[
                aws.wafv2.WebAclRuleStatementByteMatchStatementTextTransformationArgs(priority=0, type="NONE")
            ],
        )
    )
