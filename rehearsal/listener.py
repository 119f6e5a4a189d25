"""The load balancer's listener: its rules in moto, in their order, for a request of somebody who is not logged in."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlencode

import httpx


def leads_to(elb: Any, listener: str, host: str, path: str, headers: Mapping[str, str]) -> str | httpx.Response:
    """The target group that gets the request, or the load balancer's own answer to it ("Listener rules", Application Load Balancers)."""
    rules = elb.describe_rules(ListenerArn=listener)["Rules"]
    rules.sort(key=lambda rule: float("inf") if rule["IsDefault"] else int(rule["Priority"]))
    lower = {name.lower(): value.lower() for name, value in headers.items()}
    rule = next(rule for rule in rules if all(_met(condition, path, lower) for condition in rule["Conditions"]))
    action = min(rule["Actions"], key=lambda action: action.get("Order", 1))
    if action["Type"] == "authenticate-oidc":
        return _login(action["AuthenticateOidcConfig"], host)
    return str(action["TargetGroupArn"])


def targets_of(elb: Any, group: str) -> list[Mapping[str, Any]]:
    """What is registered."""
    return [entry["Target"] for entry in elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]]


def _met(condition: Mapping[str, Any], path: str, headers: Mapping[str, str]) -> bool:
    if condition["Field"] == "path-pattern":
        return any(fnmatchcase(path, pattern) for pattern in condition["PathPatternConfig"]["Values"])
    wanted = condition["HttpHeaderConfig"]
    given = headers.get(wanted["HttpHeaderName"].lower())
    return given is not None and any(fnmatchcase(given, value.lower()) for value in wanted["Values"])


def _login(config: Mapping[str, Any], host: str) -> httpx.Response:
    """To the login, or 401 ("Authenticate users using an Application Load Balancer")."""
    if config.get("OnUnauthenticatedRequest") == "deny":
        return httpx.Response(401)
    asked = {
        "client_id": config["ClientId"],
        "redirect_uri": f"https://{host}/oauth2/idpresponse",
        "response_type": "code",
    }
    return httpx.Response(302, headers={"Location": f"{config['AuthorizationEndpoint']}?{urlencode(asked)}"})
