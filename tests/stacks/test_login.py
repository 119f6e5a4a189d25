"""Who comes in where people log in at the load balancer: its rules, evaluated as Elastic Load Balancing documents them."""

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

import pulumi
import pytest
from support.stacks import OIDC, OWN_NAME, configuration

from stackgraph.log_patterns import matches
from stackgraph.reachability import may_connect
from stackgraph.recorder import Graph, record


def met(condition: Mapping[str, Any], path: str, headers: Mapping[str, str]) -> bool:
    if "pathPattern" in condition:
        return any(fnmatchcase(path, pattern) for pattern in condition["pathPattern"]["values"])
    wanted = condition["httpHeader"]
    given = {name.lower(): value for name, value in headers.items()}.get(wanted["httpHeaderName"].lower())
    return given is not None and any(fnmatchcase(given.lower(), value.lower()) for value in wanted["values"])


def outcome(graph: Graph, path: str, **headers: str) -> str:
    """What becomes of a request without a session: `forward`, `authenticate` or `deny`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    rules = sorted(graph.of("lb/listenerRule:ListenerRule"), key=lambda rule: float(rule.inputs["priority"]))
    actions = graph.one("lb/listener:Listener").inputs["defaultActions"]
    for rule in rules:
        if all(met(condition, path, named) for condition in rule.inputs["conditions"]):
            actions = rule.inputs["actions"]
            break
    first = min(actions, key=lambda action: action.get("order", 1))
    return str(first.get("authenticateOidc", {}).get("onUnauthenticatedRequest", "forward"))


@pytest.mark.parametrize(
    ("path", "headers", "wanted"),
    [
        ("/", {}, "authenticate"),
        ("/docs", {}, "authenticate"),
        ("/v1/procedures", {}, "deny"),
        ("/v1/procedures", {"X_API_Key": "k"}, "forward"),
        ("/v1/procedures", {"Authorization": "Bearer k"}, "forward"),
        ("/v1/procedures", {"Authorization": "Basic k"}, "deny"),
        ("/v1/procedures", {"x_amzn_oidc_identity": "somebody"}, "deny"),
    ],
)
def test_people_log_in_and_programs_bring_a_key(
    variant: Callable[[str], Graph], path: str, headers: dict[str, str], wanted: str
) -> None:
    assert outcome(variant("login"), path, **headers) == wanted


def test_a_key_is_still_the_services_to_judge(variant: Callable[[str], Graph]) -> None:
    """The load balancer lets any key pass, so the service requires one that it knows."""
    [written] = [
        entry.inputs["value"]
        for entry in variant("login").of("ssm/parameter:Parameter")
        if entry.inputs["name"].endswith("/require_api_key")
    ]
    assert written == "true"


def test_every_login_is_the_providers(variant: Callable[[str], Graph]) -> None:
    graph = variant("login")
    rules = [entry.inputs["actions"] for entry in graph.of("lb/listenerRule:ListenerRule")]
    actions = [
        action for found in (*rules, graph.one("lb/listener:Listener").inputs["defaultActions"]) for action in found
    ]
    logins = [action["authenticateOidc"] for action in actions if action["type"] == "authenticate-oidc"]
    assert len(logins) == 2
    for login in logins:
        assert (login["issuer"], login["userInfoEndpoint"]) == (OIDC["issuer"], OIDC["user_info_endpoint"])
        assert (login["clientId"], login["scope"], login["sessionTimeout"]) == ("testgen", "openid", 8 * 3600)


def test_the_load_balancer_reaches_the_provider_where_there_is_one(
    variant: Callable[[str], Graph], phase2: Graph
) -> None:
    rules = [entry.name for entry in variant("login").of("vpc/securityGroupEgressRule:SecurityGroupEgressRule")]
    assert "testgen-phase2-login-out" in rules
    assert len(rules) == 1 + len(phase2.of("vpc/securityGroupEgressRule:SecurityGroupEgressRule"))
    assert may_connect(variant("login"), "alb", "tasks", 8000)


def test_nobody_logs_in_as_shipped(phase2: Graph) -> None:
    assert not phase2.of("lb/listenerRule:ListenerRule")
    assert [action["type"] for action in phase2.one("lb/listener:Listener").inputs["defaultActions"]] == ["forward"]


@pytest.mark.parametrize(
    ("stack_name", "changes", "key", "remedy"),
    [
        (
            "phase2",
            {"edge": {**OWN_NAME, "oidc": OIDC}},
            "testgen:oidc_client_secret: is missing",
            "config set --secret",
        ),
        ("mvp", {"edge": {"oidc": OIDC}}, "testgen:edge", "use phase: phase2"),
        ("phase2", {"edge": {**OWN_NAME, "oidc": {"issuer": "x"}}}, "edge.oidc.client_id: is missing", "add it"),
        (
            "phase2",
            {"edge": {**OWN_NAME, "oidc": {**OIDC, "token_endpoint": "http://login.example.jp/token"}}},
            "edge.oidc.token_endpoint ('http://",
            "https",
        ),
        (
            "phase2",
            {"edge": {**OWN_NAME, "oidc": OIDC}, "scaling": {"deployment": "blue_green"}},
            "with edge.oidc",
            "use rolling",
        ),
    ],
)
def test_what_cannot_log_anybody_in_is_told_at_preview(
    stack_name: str, changes: dict[str, Any], key: str, remedy: str
) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record(stack_name, configuration(stack_name, **changes))
    assert key in str(refused.value)
    assert remedy in str(refused.value)


def test_procedures_are_counted_by_the_holder_of_the_key(mvp: Graph, phase2: Graph) -> None:
    def usage(graph: Graph) -> list[dict[str, Any]]:
        found = [dict(entry.inputs) for entry in graph.of("cloudwatch/logMetricFilter:LogMetricFilter")]
        return [entry for entry in found if entry["metricTransformation"]["name"] == "Procedures"]

    [counted] = usage(phase2)
    assert counted["metricTransformation"]["dimensions"] == {"Stack": "$.stack", "Key": "$.key"}
    assert matches(counted["pattern"], {"event": "procedure", "key": "ci"})
    assert not matches(counted["pattern"], {"event": "procedure"})
    assert not matches(counted["pattern"], {"event": "request", "key": "ci"})
    assert usage(mvp) == [], "nobody has a key there"
