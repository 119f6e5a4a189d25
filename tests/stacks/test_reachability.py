"""Who reaches whom, on which port, and how the answers get back."""

from collections.abc import Callable

import pytest

from stackgraph.reachability import group_names, may_connect, rules, way_out
from stackgraph.recorder import Graph
from stacks.components.network import INTERFACE_ENDPOINTS


def balancer_subnets(graph: Graph) -> list[str]:
    subnets: list[str] = graph.one("lb/loadBalancer:LoadBalancer").inputs["subnets"]
    return subnets


@pytest.mark.parametrize(
    ("address", "allowed"), [("10.20.30.40", True), ("192.168.1.1", True), ("172.16.0.1", False), ("8.8.8.8", False)]
)
def test_mvp_admits_the_corporate_ranges_on_port_80_only(mvp: Graph, address: str, allowed: bool) -> None:
    assert may_connect(mvp, address, "alb", 80) is allowed
    assert not may_connect(mvp, address, "alb", 443)


def test_phase2_admits_everybody_on_port_443_only(phase2: Graph) -> None:
    assert may_connect(phase2, "8.8.8.8", "alb", 443)
    assert not may_connect(phase2, "8.8.8.8", "alb", 80)
    assert phase2.one("lb/loadBalancer:LoadBalancer").inputs["internal"] is False
    assert all(way_out(phase2, subnet, "8.8.8.8") == "internet" for subnet in balancer_subnets(phase2))


def test_only_the_load_balancer_reaches_the_api_and_nobody_ollama(any_stack: Graph) -> None:
    groups = [name for name in group_names(any_stack).values() if name != "endpoints"]
    reached = {
        (source, target) for source in groups for target in groups if may_connect(any_stack, source, target, 8000)
    }
    assert reached == {("alb", "tasks")}
    for address in ("10.0.0.1", "192.168.0.1", "8.8.8.8"):
        assert not may_connect(any_stack, address, "tasks", 8000)
    assert not [rule for rule in rules(any_stack) if rule.ingress and rule.admits(11434)]


def test_nobody_connects_to_an_instance(any_stack: Graph) -> None:
    assert not [rule for rule in rules(any_stack) if rule.ingress and rule.group == "instances"]


def test_tasks_and_instances_speak_https_to_the_outside_and_nothing_else(any_stack: Graph) -> None:
    outward = {(rule.group, rule.peer, rule.first, rule.last) for rule in rules(any_stack) if not rule.ingress}
    assert outward == {
        ("alb", "tasks", 8000, 8000),
        ("tasks", "0.0.0.0/0", 443, 443),
        ("instances", "0.0.0.0/0", 443, 443),
    }


def test_the_default_security_group_lets_nothing_through(any_stack: Graph) -> None:
    group = any_stack.one("ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert not group.inputs.get("ingress")
    assert not group.inputs.get("egress")


def test_tasks_and_instances_live_in_private_subnets_behind_nat(stack: Graph) -> None:
    service = stack.one("ecs/service:Service").inputs["networkConfiguration"]
    assert service.get("assignPublicIp", False) is False
    groups = [subnet for group in stack.of("autoscaling/group:Group") for subnet in group.inputs["vpcZoneIdentifiers"]]
    for subnet in [*service["subnets"], *groups]:
        assert way_out(stack, subnet, "8.8.8.8") == "nat"


def test_one_nat_gateway_in_mvp_and_one_a_zone_in_phase2(mvp: Graph, phase2: Graph) -> None:
    assert len(mvp.of("ec2/natGateway:NatGateway")) == 1
    assert len(phase2.of("ec2/natGateway:NatGateway")) == 2


@pytest.mark.parametrize(("name", "gateway"), [("transit-gateway", "transit gateway"), ("vpn-gateway", "vpn gateway")])
def test_answers_to_the_corporate_network_go_back_through_its_gateway(
    variant: Callable[[str], Graph], name: str, gateway: str
) -> None:
    graph = variant(name)
    private = graph.one("ecs/service:Service").inputs["networkConfiguration"]["subnets"]
    for subnet in [*balancer_subnets(graph), *private]:
        assert way_out(graph, subnet, "10.1.2.3") == gateway
        assert way_out(graph, subnet, "8.8.8.8") != gateway


def test_the_gateway_is_attached_before_anything_is_routed_to_it(variant: Callable[[str], Graph]) -> None:
    graph = variant("transit-gateway")
    attachment = graph.one("ec2transitgateway/vpcAttachment:VpcAttachment")
    routes = [route for route in graph.of("ec2/route:Route") if route.inputs.get("transitGatewayId")]
    assert len(routes) == 2 * 4, "two ranges, from two public and two private tables"
    assert all(attachment.urn in route.dependencies for route in routes)


def test_s3_is_reached_without_nat_from_every_table(stack: Graph) -> None:
    endpoint = next(
        entry for entry in stack.of("ec2/vpcEndpoint:VpcEndpoint") if entry.inputs["serviceName"].endswith(".s3")
    )
    assert endpoint.inputs["vpcEndpointType"] == "Gateway"
    assert set(endpoint.inputs["routeTableIds"]) == {table.id for table in stack.of("ec2/routeTable:RouteTable")}


def test_interface_endpoints_admit_the_vpc_only(variant: Callable[[str], Graph]) -> None:
    graph = variant("endpoints")
    interfaces = [
        entry for entry in graph.of("ec2/vpcEndpoint:VpcEndpoint") if entry.inputs["vpcEndpointType"] == "Interface"
    ]
    assert len(interfaces) == len(INTERFACE_ENDPOINTS)
    assert may_connect(graph, "172.28.1.1", "endpoints", 443)
    assert not may_connect(graph, "10.0.0.1", "endpoints", 443)


def test_interface_endpoints_are_off_by_default(mvp: Graph) -> None:
    assert [entry.inputs["vpcEndpointType"] for entry in mvp.of("ec2/vpcEndpoint:VpcEndpoint")] == ["Gateway"]


def test_mvp_has_nothing_of_the_internet_and_phase2_no_port_80(mvp: Graph, phase2: Graph) -> None:
    assert mvp.one("lb/loadBalancer:LoadBalancer").inputs["internal"] is True
    assert [listener.inputs["port"] for listener in mvp.of("lb/listener:Listener")] == [80]
    for kind in ("WebAcl", "Certificate", "Record", "WebAclAssociation"):
        assert not [entry for entry in mvp.resources if entry.kind.endswith(f":{kind}")]
    listener = phase2.one("lb/listener:Listener").inputs
    assert (listener["port"], listener["protocol"]) == (443, "HTTPS")
    assert listener["sslPolicy"].startswith("ELBSecurityPolicy-TLS13-1-2")
