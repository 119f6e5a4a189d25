"""Who reaches whom, on which port, and how the answers get back."""

from collections.abc import Callable

import pytest

from stackgraph.reachability import may_connect, way_out
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


def test_the_default_security_group_lets_nothing_through(stack: Graph) -> None:
    group = stack.one("ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert not group.inputs.get("ingress")
    assert not group.inputs.get("egress")


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
