"""Look-ups of what is given to a stack rather than made by it: the zone of its name."""

from collections.abc import Callable, Mapping
from typing import Any

from stackgraph.facts import AccountFacts

Answer = Callable[[AccountFacts, Mapping[str, Any]], dict[str, Any]]


class NotThereError(Exception):
    """AWS would refuse the look-up; the program hears it as a failure, as from the provider."""


def _zone(facts: AccountFacts, args: Mapping[str, Any]) -> dict[str, Any]:
    if facts.hosted_zone is None:
        raise NotThereError(f"no Route 53 Hosted Zone {args['zoneId']}")
    return {"name": facts.hosted_zone, "privateZone": facts.private_zone, "id": args["zoneId"], **args}


GIVEN: Mapping[str, Answer] = {"aws:route53/getZone:getZone": _zone}
