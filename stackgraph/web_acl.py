"""Evaluates a recorded web ACL as AWS WAF documents it: rules by priority, labels for later rules, the first block ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Managed rules and the label each sets ("Baseline rule groups", "Use-case specific rule groups", AWS WAF developer guide).
# Written down here once more on purpose: the program's own table is what is under test.
MANAGED = {
    "AWSManagedRulesCommonRuleSet": {
        "NoUserAgent_HEADER": "awswaf:managed:aws:core-rule-set:NoUserAgent_Header",
        "SizeRestrictions_BODY": "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
        "EC2MetaDataSSRF_BODY": "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_Body",
        "GenericLFI_BODY": "awswaf:managed:aws:core-rule-set:GenericLFI_Body",
        "GenericRFI_BODY": "awswaf:managed:aws:core-rule-set:GenericRFI_Body",
        "CrossSiteScripting_BODY": "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
        "CrossSiteScripting_QUERYARGUMENTS": "awswaf:managed:aws:core-rule-set:CrossSiteScripting_QueryArguments",
    },
    "AWSManagedRulesKnownBadInputsRuleSet": {
        "JavaDeserializationRCE_BODY": "awswaf:managed:aws:known-bad-inputs:JavaDeserializationRCE_Body",
        "Log4JRCE_BODY": "awswaf:managed:aws:known-bad-inputs:Log4JRCE_Body",
        "ReactJSRCE_BODY": "awswaf:managed:aws:known-bad-inputs:ReactJSRCE_Body",
        "Log4JRCE_HEADER": "awswaf:managed:aws:known-bad-inputs:Log4JRCE_Header",
    },
    "AWSManagedRulesSQLiRuleSet": {
        "SQLi_BODY": "awswaf:managed:aws:sql-database:SQLi_Body",
        "SQLiExtendedPatterns_BODY": "awswaf:managed:aws:sql-database:SQLiExtendedPatterns_Body",
        "SQLi_QUERYARGUMENTS": "awswaf:managed:aws:sql-database:SQLi_QueryArguments",
    },
    "AWSManagedRulesAmazonIpReputationList": {
        "AWSManagedIPReputationList": "awswaf:managed:aws:amazon-ip-list:AWSManagedIPReputationList",
    },
}


@dataclass(frozen=True)
class Request:
    """A request as the ACL sees it: its path, the managed rules that its content sets off, and whether it comes too often."""

    path: str
    sets_off: frozenset[str] = frozenset()
    too_often: bool = False


def decide(acl: Mapping[str, Any], request: Request) -> str:
    """`block` or `allow`."""
    labels: set[str] = set()
    for rule in sorted(acl["rules"], key=lambda entry: entry["priority"]):
        statement = rule["statement"]
        if group := statement.get("managedRuleGroupStatement"):
            if _group_blocks(group, rule, request, labels):
                return "block"
        elif _matches(statement, request, labels) and "block" in rule["action"]:
            return "block"
    return str(next(iter(acl["defaultAction"])))


def _group_blocks(group: Mapping[str, Any], rule: Mapping[str, Any], request: Request, labels: set[str]) -> bool:
    assert "none" in rule["overrideAction"], "count would switch the whole group off"
    counted = {entry["name"] for entry in group.get("ruleActionOverrides", []) if "count" in entry["actionToUse"]}
    unknown = counted - set(MANAGED[group["name"]])
    assert not unknown, f"{group['name']} has no rule {unknown}"
    blocks = False
    for name, label in MANAGED[group["name"]].items():
        if name in request.sets_off:
            labels.add(label)
            blocks = blocks or name not in counted
    return blocks


def _matches(statement: Mapping[str, Any], request: Request, labels: set[str]) -> bool:
    [(kind, body)] = [(key, value) for key, value in statement.items() if value is not None]
    match kind:
        case "andStatement":
            return all(_matches(entry, request, labels) for entry in body["statements"])
        case "orStatement":
            return any(_matches(entry, request, labels) for entry in body["statements"])
        case "notStatement":
            return not _matches(_only(body), request, labels)
        case "labelMatchStatement":
            return body["key"] in labels
        case "byteMatchStatement":
            assert "uriPath" in body["fieldToMatch"]
            exactly = {"STARTS_WITH": False, "EXACTLY": True}[body["positionalConstraint"]]
            wanted = body["searchString"]
            return request.path == wanted if exactly else request.path.startswith(wanted)
        case "rateBasedStatement":
            return request.too_often
    raise AssertionError(f"no rule for {kind}")


def _only(body: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = body.get("statement") or body["statements"][0]
    assert isinstance(inner, Mapping)
    return inner


def labels_matched(statement: Any) -> set[str]:
    """Every label that a statement asks for."""
    if isinstance(statement, Mapping):
        own = {statement["key"]} if set(statement) >= {"scope", "key"} else set()
        return own.union(*(labels_matched(value) for value in statement.values()))
    if isinstance(statement, Sequence) and not isinstance(statement, str):
        return set().union(*(labels_matched(value) for value in statement))
    return set()
