"""Look-ups of what is given to a stack rather than made by it, answered by moto where it can: the zone of its name, rule groups."""

from collections.abc import Callable, Mapping
from typing import Any

from rehearsal.providers.aws.kind import Account
from stackgraph.web_acl import MANAGED

Answer = Callable[[Account, Mapping[str, Any]], dict[str, Any]]


def _zone(account: Account, args: Mapping[str, Any]) -> dict[str, Any]:
    found = account.client("route53").get_hosted_zone(Id=args["zoneId"])["HostedZone"]
    zone = {"name": found["Name"].rstrip("."), "privateZone": found["Config"]["PrivateZone"]}
    return {**zone, "id": args["zoneId"], **args}


def _rule_group(account: Account, args: Mapping[str, Any]) -> dict[str, Any]:
    """The managed groups are not in moto."""
    return {**args, "rules": [{"name": name} for name in MANAGED[args["name"]]], "id": args["name"]}


GIVEN: Mapping[str, Answer] = {
    "aws:route53/getZone:getZone": _zone,
    "aws:wafv2/getManagedRuleGroup:getManagedRuleGroup": _rule_group,
}
