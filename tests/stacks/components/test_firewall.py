"""The web ACL, evaluated as written: a test case about cross-site scripting passes, an attack on a page does not."""

from typing import Any

import pulumi
import pytest
from support.stacks import configuration

from stackgraph.answers import AccountFacts
from stackgraph.recorder import Graph, record
from stackgraph.web_acl import MANAGED, Request, decide, labels_matched

BODY_RULES = [rule for rules in MANAGED.values() for rule in rules if rule.endswith("_BODY")]


@pytest.fixture
def acl(phase2: Graph) -> dict[str, Any]:
    inputs: dict[str, Any] = phase2.one("wafv2/webAcl:WebAcl").inputs
    return inputs


@pytest.mark.parametrize("path", ["/v1/procedures", "/v1/batches", "/mcp"])
@pytest.mark.parametrize("rule", BODY_RULES)
def test_a_body_may_hold_anything_in_the_text_api(acl: dict[str, Any], path: str, rule: str) -> None:
    assert decide(acl, Request(path, frozenset({rule}))) == "allow"


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/v1", "/V1/procedures", "/x/v1/", "/mcp/x"])
@pytest.mark.parametrize("rule", BODY_RULES)
def test_elsewhere_such_a_body_is_blocked(acl: dict[str, Any], path: str, rule: str) -> None:
    assert decide(acl, Request(path, frozenset({rule}))) == "block"


@pytest.mark.parametrize("path", ["/v1/procedures", "/docs"])
@pytest.mark.parametrize(
    "rule",
    ["Log4JRCE_HEADER", "SQLi_QUERYARGUMENTS", "CrossSiteScripting_QUERYARGUMENTS", "AWSManagedIPReputationList"],
)
def test_what_is_not_a_body_is_blocked_everywhere(acl: dict[str, Any], path: str, rule: str) -> None:
    assert decide(acl, Request(path, frozenset({rule}))) == "block"


def test_ordinary_requests_pass_and_floods_do_not(acl: dict[str, Any]) -> None:
    assert decide(acl, Request("/v1/procedures")) == "allow"
    assert decide(acl, Request("/docs")) == "allow"
    assert decide(acl, Request("/v1/procedures", too_often=True)) == "block"


def test_every_label_that_a_rule_matches_is_one_that_an_earlier_rule_can_set(acl: dict[str, Any]) -> None:
    settable: set[str] = set()
    asked: set[str] = set()
    for rule in sorted(acl["rules"], key=lambda entry: entry["priority"]):
        wanted = labels_matched(rule["statement"])
        assert wanted <= settable
        asked |= wanted
        if group := rule["statement"].get("managedRuleGroupStatement"):
            settable |= set(MANAGED[group["name"]].values())
    assert len(asked) == len(BODY_RULES)


def test_priorities_and_metric_names_are_distinct(acl: dict[str, Any]) -> None:
    for values in (
        [rule["priority"] for rule in acl["rules"]],
        [rule["visibilityConfig"]["metricName"] for rule in acl["rules"]],
    ):
        assert len(values) == len(set(values))


def test_its_log_holds_no_key(phase2: Graph) -> None:
    logging = phase2.one("wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs
    assert {entry["singleHeader"]["name"] for entry in logging["redactedFields"]} == {"authorization", "x-api-key"}
    [destination] = logging["logDestinationConfigs"]
    assert destination.endswith(":log-group:aws-waf-logs-testgen-phase2")


def test_it_stands_before_the_load_balancer(phase2: Graph) -> None:
    association = phase2.one("wafv2/webAclAssociation:WebAclAssociation").inputs
    assert association["resourceArn"] == phase2.one("lb/loadBalancer:LoadBalancer").outputs["arn"]
    assert association["webAclArn"] == phase2.one("wafv2/webAcl:WebAcl").outputs["arn"]


# "Baseline rule groups" and "Use-case specific rule groups" of the developer guide, for the versions that are pinned.
PINNED = {
    "AWSManagedRulesCommonRuleSet": (
        "Version_1.19",
        {
            "SizeRestrictions_BODY",
            "EC2MetaDataSSRF_BODY",
            "GenericLFI_BODY",
            "GenericRFI_BODY",
            "CrossSiteScripting_BODY",
        },
    ),
    "AWSManagedRulesKnownBadInputsRuleSet": (
        "Version_1.24",
        {"JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"},
    ),
    "AWSManagedRulesSQLiRuleSet": ("Version_2.3", {"SQLi_BODY", "SQLiExtendedPatterns_BODY"}),
    "AWSManagedRulesAmazonIpReputationList": (None, set()),  # has no versions
}


def test_every_group_is_of_a_pinned_version_and_all_its_body_rules_count(acl: dict[str, Any]) -> None:
    found = {}
    for rule in acl["rules"]:
        if group := rule["statement"].get("managedRuleGroupStatement"):
            counted = {entry["name"] for entry in group.get("ruleActionOverrides", [])}
            found[group["name"]] = (group.get("version"), counted)
    assert found == PINNED


@pytest.mark.parametrize(
    ("facts", "found", "remedy"),
    [
        (AccountFacts(rules_more=("NextRCE_BODY",)), "differ by NextRCE_BODY", "choose another version"),
        (AccountFacts(rules_gone=("Log4JRCE_BODY",)), "differ by Log4JRCE_BODY", "correct BODY_RULES"),
        (
            AccountFacts(version_expired="Version_1.24"),
            "known_bad_inputs_version: Version_1.24",
            "`aws wafv2 list-avail",
        ),
    ],
)
def test_a_version_with_other_body_rules_is_told_at_preview(facts: AccountFacts, found: str, remedy: str) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record("phase2", configuration("phase2"), facts)
    assert "testgen:firewall." in str(refused.value)
    assert found in str(refused.value)
    assert remedy in str(refused.value)
