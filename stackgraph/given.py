"""Look-ups of what is given to a stack rather than made by it: the zone of its name, managed rule groups."""

from collections.abc import Callable, Mapping
from typing import Any

from stackgraph.facts import AccountFacts
from stackgraph.web_acl import MANAGED

Answer = Callable[[AccountFacts, Mapping[str, Any]], dict[str, Any]]


class NotThereError(Exception):
    """AWS would refuse the look-up; the program hears it as a failure, as from the provider."""


def _zone(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    if facts.hosted_zone is None:
        raise NotThereError(f"no Route 53 Hosted Zone {args['zoneId']}")
    return {"name": facts.hosted_zone, "privateZone": facts.private_zone, "id": args["zoneId"], **args}


def _rule_group(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    if args["versionName"] == facts.version_expired:
        raise NotThereError("WAFExpiredManagedRuleGroupVersionException: the version has expired")
    names = [name for name in MANAGED[args["name"]] if name not in facts.rules_gone]
    return {**args, "rules": [{"name": name} for name in (*names, *facts.rules_more)], "id": args["name"]}


GIVEN: Mapping[str, Answer] = {
    "aws:route53/getZone:getZone": _zone,
    "aws:wafv2/getManagedRuleGroup:getManagedRuleGroup": _rule_group,
}
