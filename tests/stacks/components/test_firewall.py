"""The web ACL, evaluated as written: a test case about cross-site scripting passes, an attack on a page does not."""

from typing import Any

import pytest

from stackgraph.recorder import Graph
from stackgraph.web_acl import MANAGED, Request, decide, labels_matched

BODY_RULES = [rule for rules in MANAGED.values() for rule in rules if rule.endswith("_BODY")]


@pytest.fixture
def acl(phase2: Graph) -> dict[str, Any]:
    inputs: dict[str, Any] = phase2.one("wafv2/webAcl:WebAcl").inputs
    return inputs


@pytest.mark.parametrize("path", ["/v1/procedures", "/v1/reviews", "/v1/batches"])
@pytest.mark.parametrize("rule", BODY_RULES)
def test_a_body_may_hold_anything_in_the_text_api(acl: dict[str, Any], path: str, rule: str) -> None:
    assert decide(acl, Request(path, frozenset({rule}))) == "allow"


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/v1", "/V1/procedures", "/x/v1/"])
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
