"""Who gets in, who reaches whom, and which way leads out."""

from collections.abc import Iterator

from stackgraph.graph import Graph
from stackgraph.reachability import may_connect, rules, way_out
from testgen.contract import API_PORT, OLLAMA_PORT

HTTPS = 443
CORPORATE, STRANGER, EVERYWHERE = "10.20.30.40", "8.8.8.8", "0.0.0.0/0"


def users_get_in_by_the_listener_and_nobody_else(graph: Graph) -> Iterator[str]:
    """Inside the company by HTTP, on the internet by HTTPS."""
    internal = graph.one("lb/loadBalancer:LoadBalancer").inputs["internal"]
    port = int(graph.one("lb/listener:Listener").inputs["port"])
    if port != (80 if internal else HTTPS):
        yield f"the listener is on port {port}, not on {80 if internal else HTTPS}"
    if not may_connect(graph, CORPORATE, "alb", port):
        yield f"security group alb does not admit the company network ({CORPORATE}) on port {port}"
    if may_connect(graph, STRANGER, "alb", port) is internal:
        yield f"security group alb {'admits' if internal else 'does not admit'} the internet ({STRANGER}) on port {port}"
    for rule in rules(graph):
        if rule.ingress and rule.group == "alb" and (rule.first, rule.last) != (port, port):
            yield f"security group alb admits port {rule.first}, where no listener is"


def only_the_load_balancer_reaches_the_api_and_nobody_anything_else(graph: Graph) -> Iterator[str]:
    """Neither the model server nor an instance can be reached."""
    if not may_connect(graph, "alb", "tasks", API_PORT):
        yield f"the load balancer cannot reach the tasks on port {API_PORT}: no security group rule lets it"
    for rule in rules(graph):
        if not rule.ingress:
            continue
        if rule.admits(OLLAMA_PORT):
            yield f"a hole in security group {rule.group}: {rule.peer} may connect to Ollama's port {OLLAMA_PORT}"
        if (rule.group == "tasks" and rule.peer != "alb") or rule.group == "instances":
            yield f"a hole in security group {rule.group}: {rule.peer} may connect to ports {rule.first}-{rule.last}"


def only_https_goes_out(graph: Graph) -> Iterator[str]:
    """Tasks and instances speak to AWS and the model registry; the load balancer to the API."""
    tested = bool(graph.of("lambda/function:Function"))
    needed = {(group, EVERYWHERE, HTTPS, HTTPS) for group in ("tasks", "instances", *(["smoke"] if tested else []))}
    found = {(rule.group, rule.peer, rule.first, rule.last) for rule in rules(graph) if not rule.ingress}
    for group, *_ in sorted(needed - found):
        yield f"security group {group} lets no HTTPS out: neither AWS nor the model registry can be reached"
    if any(
        action["type"] == "authenticate-oidc" for action in graph.one("lb/listener:Listener").inputs["defaultActions"]
    ):
        needed.add(("alb", EVERYWHERE, HTTPS, HTTPS))  # to the identity provider
    for rule in graph.of("vpc/securityGroupEgressRule:SecurityGroupEgressRule"):
        if rule.name.endswith("-proxy"):  # the company's, if there is one
            peer, port = str(rule.inputs["cidrIpv4"]), int(rule.inputs["fromPort"])
            needed |= {(group, peer, port, port) for group in ("tasks", "instances")}
    inside = {("alb", "tasks", API_PORT, API_PORT), *({("smoke", "alb", 80, 80)} if tested else ())}
    for group, peer, first, last in sorted(found - needed - inside):
        yield f"security group {group} lets out what nobody needs: to {peer} on ports {first}-{last}"


def each_subnet_has_the_routes_that_its_guests_need(graph: Graph) -> Iterator[str]:
    """Only the load balancer is in public subnets, and the S3 endpoint serves all of them. In an existing network,
    an internal load balancer may be in private ones, and internet access may be the company's."""
    balancer, ours = graph.one("lb/loadBalancer:LoadBalancer").inputs, not graph.given
    for subnet in balancer["subnets"]:
        if not ours and balancer["internal"]:
            if way_out(graph, subnet, CORPORATE) in (None, "internet", "inside"):
                yield f"the load balancer stands in {subnet}, from which nothing leads to the company network"
        elif way_out(graph, subnet, STRANGER) != "internet":
            yield f"the load balancer stands in {subnet}, which is no public subnet"
    network = graph.one("ecs/service:Service").inputs["networkConfiguration"]
    hosts = [subnet for group in graph.of("autoscaling/group:Group") for subnet in group.inputs["vpcZoneIdentifiers"]]
    for subnet in dict.fromkeys([*network["subnets"], *hosts]):
        if way_out(graph, subnet, STRANGER) not in (("nat",) if ours else ("nat", "transit gateway", "vpn gateway")):
            yield f"tasks or instances stand in {subnet}, which has no way out through NAT"
    if network.get("assignPublicIp"):
        yield "tasks get a public address"
    endpoints = [entry.inputs for entry in graph.of("ec2/vpcEndpoint:VpcEndpoint")]
    gateways = [entry for entry in endpoints if entry["vpcEndpointType"] == "Gateway"]
    served = {table for entry in gateways if entry["serviceName"].endswith(".s3") for table in entry["routeTableIds"]}
    for table in graph.of("ec2/routeTable:RouteTable"):
        if table.id not in served:
            yield f"the S3 endpoint is not routed from {table.name}"
