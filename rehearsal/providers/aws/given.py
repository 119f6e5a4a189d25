"""Look-ups of what is given to a stack rather than made by it, answered by moto: the zone of its name."""

from collections.abc import Callable, Mapping
from typing import Any

from rehearsal.providers.aws.kind import Account

Answer = Callable[[Account, Mapping[str, Any]], dict[str, Any]]


def _zone(account: Account, args: Mapping[str, Any]) -> dict[str, Any]:
    found = account.client("route53").get_hosted_zone(Id=args["zoneId"])["HostedZone"]
    zone = {"name": found["Name"].rstrip("."), "privateZone": found["Config"]["PrivateZone"]}
    return {**zone, "id": args["zoneId"], **args}


GIVEN: Mapping[str, Answer] = {"aws:route53/getZone:getZone": _zone}
