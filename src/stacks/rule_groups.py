"""AWS's managed rule groups, pinned: which versions, which of their rules look into bodies, and whether that is still so."""

from collections.abc import Mapping

import pulumi_aws as aws

from stacks.config import ConfigRefusedError
from stacks.sections import FirewallConfig

CORE, BAD_INPUTS, SQL = (
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
)
# A list of addresses that changes by the hour: AWS gives this group alone no versions.
IP_REPUTATION = "AWSManagedRulesAmazonIpReputationList"
# Rules that inspect bodies, by managed rule group, with the label that each sets ("Baseline rule groups" and "Use-case
# specific rule groups" in the AWS WAF developer guide). Labels end in _Body, rule names in _BODY.
BODY_RULES: Mapping[str, Mapping[str, str]] = {
    CORE: {
        "SizeRestrictions_BODY": "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
        "EC2MetaDataSSRF_BODY": "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_Body",
        "GenericLFI_BODY": "awswaf:managed:aws:core-rule-set:GenericLFI_Body",
        "GenericRFI_BODY": "awswaf:managed:aws:core-rule-set:GenericRFI_Body",
        "CrossSiteScripting_BODY": "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
    },
    BAD_INPUTS: {
        "JavaDeserializationRCE_BODY": "awswaf:managed:aws:known-bad-inputs:JavaDeserializationRCE_Body",
        "Log4JRCE_BODY": "awswaf:managed:aws:known-bad-inputs:Log4JRCE_Body",
        "ReactJSRCE_BODY": "awswaf:managed:aws:known-bad-inputs:ReactJSRCE_Body",
    },
    SQL: {
        "SQLi_BODY": "awswaf:managed:aws:sql-database:SQLi_Body",
        "SQLiExtendedPatterns_BODY": "awswaf:managed:aws:sql-database:SQLiExtendedPatterns_Body",
    },
}
_LIST = "`aws wafv2 list-available-managed-rule-group-versions --scope REGIONAL --vendor-name AWS --name"


def versions(firewall: FirewallConfig) -> Mapping[str, str]:
    """The pinned version of each group that has versions."""
    return {
        CORE: firewall.core_version,
        BAD_INPUTS: firewall.known_bad_inputs_version,
        SQL: firewall.sqli_version,
    }


def require_known_body_rules(firewall: FirewallConfig) -> None:
    """Asks AWS what is in the pinned versions: a body rule that is not in `BODY_RULES` would block test cases on /v1/.

    Raises:
        ConfigRefusedError: AWS does not offer a version, or its body rules are others than those known.
    """
    keys = {CORE: "core_version", BAD_INPUTS: "known_bad_inputs_version", SQL: "sqli_version"}
    for group, version in versions(firewall).items():
        key = f"testgen:firewall.{keys[group]}: {version} of {group}"
        try:
            found = aws.wafv2.get_managed_rule_group(
                name=group, vendor_name="AWS", scope="REGIONAL", version_name=version
            )
        except Exception as error:  # Pulumi's own kind for whatever a look-up met
            raise ConfigRefusedError(
                f"{key} cannot be read ({' '.join(str(error).split())}): choose one that {_LIST} {group}` lists"
            ) from None
        inspected = {rule.name for rule in found.rules if rule.name.endswith("_BODY")}
        if others := sorted(inspected ^ set(BODY_RULES[group])):
            raise ConfigRefusedError(
                f"{key} and BODY_RULES in src/stacks/rule_groups.py differ by {', '.join(others)}, so test cases would be "
                "blocked, or a rule counted that is not there: correct BODY_RULES, or choose another version"
            )
