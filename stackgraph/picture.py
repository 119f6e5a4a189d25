"""Draws docs/images/stack-*.svg: a stack as people draw systems, from the recorded graph, with AWS's icons.

Graphviz's `dot` lays the picture out (Debian: `apt-get install graphviz`). A picture carries the hash of what it was drawn from, so
that a stale one is found without `dot`.
"""

import base64
import hashlib
import io
import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import diagrams
from diagrams import Cluster, Diagram, Edge, Node
from diagrams.aws.compute import EC2ContainerRegistry, ElasticContainerServiceContainer
from diagrams.aws.general import Users
from diagrams.aws.integration import SimpleNotificationServiceSns
from diagrams.aws.management import CloudwatchAlarm, CloudwatchLogs, SystemsManagerParameterStore
from diagrams.aws.network import ElbApplicationLoadBalancer, NATGateway, Route53
from diagrams.aws.security import WAF, CertificateManager, SecretsManager
from diagrams.aws.storage import EBS, ElasticBlockStoreEBSSnapshot
from graphviz import ExecutableNotFound
from PIL import Image

from stackgraph.reachability import rules
from stackgraph.recorder import Graph
from tools.page import DOCS

ICONS = Path(diagrams.__file__).parents[1]  # beside the package, below `resources`
ICON_PIXELS = 96
_MARK = "<!-- Drawn by `make docs` from sha256:"
_LAYOUT = {"splines": "spline", "pad": "0.3", "nodesep": "0.4", "ranksep": "0.55", "fontsize": "16"}
_LINES = {"color": "#546E7A", "penwidth": "1.4", "fontsize": "13"}
_FRAME = {"fontsize": "14", "labeljust": "l", "margin": "14"}
_Frame = partial(Cluster, graph_attr=_FRAME)


def path_of(stack: str) -> Path:
    """The file of a stack's picture."""
    return DOCS / "images" / f"stack-{stack}.svg"


def drawing(graph: Graph) -> Diagram:
    """The picture, not yet laid out: who comes in, the edge, the task with its containers, storage, configuration, logs."""
    picture = Diagram("", filename=graph.stack, direction="TB", show=False, graph_attr=_LAYOUT, edge_attr=_LINES)
    diagrams.setdiagram(picture)
    try:
        _Drawing(graph).draw()
    finally:
        diagrams.setdiagram(None)
    return picture


def source(picture: Diagram) -> str:
    """What `dot` gets, without the paths of this machine."""
    return str(picture.dot.source).replace(f"{ICONS}/", "")


class _Drawing:
    """One stack's facts, and the nodes that they become: users above, then the edge, the task, and what the task uses."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def draw(self) -> None:
        """Everything, from top to bottom."""
        edge = self._edge()
        with _Frame(f"VPC {self.graph.one('ec2/vpc:Vpc').inputs['cidrBlock']}"):
            balancer = self._balancer(edge)
            api, ollama, volume = self._service()
            nat = NATGateway(_times("NAT gateway", len(self.graph.of("ec2/natGateway:NatGateway"))), nodeid="nat")
        balancer >> Edge(xlabel="8000  ", weight="9") >> api
        balancer - Edge(style="invis") - ollama
        self._configuration(api)
        volume >> Edge(style="dashed") >> ElasticBlockStoreEBSSnapshot("Daily snapshots", nodeid="snapshots")
        ollama >> Edge(label=" the model, once", style="dashed") >> nat
        self._logs(balancer, api, ollama)

    def _users(self) -> str:
        ranges = sorted({rule.peer for rule in rules(self.graph) if rule.ingress and rule.group == "alb"})
        internet = ranges == ["0.0.0.0/0"]
        return "People and programs\non the internet" if internet else "Company network\n" + "\n".join(ranges)

    def _edge(self) -> list[tuple[Node, Edge]]:
        """What is between the users and the load balancer, each with the edge that leads on; the path of a request first."""
        graph, listener = self.graph, self.graph.one("lb/listener:Listener").inputs
        users, way = Users(self._users(), nodeid="users"), f" {listener['protocol']} {int(listener['port'])}"
        first: tuple[Node, Edge] = (users, Edge(label=way, weight="9"))
        if graph.of("wafv2/webAcl:WebAcl"):
            waf = WAF("Web ACL", nodeid="waf")
            users >> first[1] >> waf
            first = (waf, Edge(weight="9"))
        beside = []
        if names := [entry for entry in graph.of("route53/record:Record") if entry.inputs["type"] == "A"]:
            beside.append(Route53(f"Route 53\n{names[0].inputs['name']}", nodeid="dns"))
        if graph.of("acm/certificate:Certificate"):
            beside.append(CertificateManager("Certificate", nodeid="certificate"))
        return [first, *((node, Edge(style="dashed")) for node in beside)]

    def _balancer(self, edge: list[tuple[Node, Edge]]) -> Node:
        internal = self.graph.one("lb/loadBalancer:LoadBalancer").inputs["internal"]
        with _Frame("Public subnets"):
            balancer = ElbApplicationLoadBalancer("Load balancer" + ("\n(internal)" if internal else ""), nodeid="alb")
        for node, way in edge:
            node >> way >> balancer
        return balancer

    def _service(self) -> tuple[Node, Node, Node]:
        """The task on its instance, with the volume that holds the models."""
        graph, containers = self.graph, self._containers()
        scaling, service = graph.one("appautoscaling/target:Target").inputs, graph.one("ecs/service:Service").inputs
        volumes = graph.of("ebs/volume:Volume")
        zones = sorted({entry.inputs["availabilityZone"] for entry in volumes})
        types = graph.of("autoscaling/group:Group")[0].inputs["mixedInstancesPolicy"]["launchTemplate"]["overrides"]
        tasks = f"{int(scaling['minCapacity'])} to {int(scaling['maxCapacity'])} tasks"
        with (
            _Frame(f"Private subnets: ECS service {service['name']}, {tasks} in {', '.join(zones)}"),
            _Frame(f"GPU instance ({types[0]['instanceType']})"),
        ):
            with _Frame("Task"):
                port = containers["api"]["portMappings"][0]["containerPort"]
                api = ElasticContainerServiceContainer(f"api\nport {port}", nodeid="api")
                ollama = ElasticContainerServiceContainer("ollama\nwith the GPU", nodeid="ollama")
            volume = EBS(f"Data volume\n{int(volumes[0].inputs['size'])} GiB", nodeid="volume")
        api >> Edge(label="127.0.0.1:11434", constraint="false") >> ollama
        ollama >> Edge(xlabel="models  ") >> volume
        return api, ollama, volume

    def _containers(self) -> dict[str, Any]:
        defined = self.graph.one("ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]
        return {entry["name"]: entry for entry in (json.loads(defined) if isinstance(defined, str) else defined)}

    def _configuration(self, api: Node) -> None:
        """What the task reads when it starts. No counts here or of alarms: a setting more would make every picture stale."""
        with _Frame("Read at the start"):
            images = EC2ContainerRegistry("ECR\nimages", nodeid="images")
            parameters = SystemsManagerParameterStore("Parameter Store\nsettings", nodeid="parameters")
            secret = SecretsManager("Secrets Manager\nhashes of API keys", nodeid="secret")
        for read in (images, parameters, secret):
            api >> Edge(style="dashed") >> read

    def _logs(self, balancer: Node, api: Node, ollama: Node) -> None:
        """Where lines and figures go, and who hears of alarms."""
        graph = self.graph
        groups = [str(entry.inputs["name"]) for entry in graph.of("cloudwatch/logGroup:LogGroup")]
        with Cluster("Logs and monitoring", graph_attr={**_FRAME, "margin": "36"}):
            logs = CloudwatchLogs("CloudWatch Logs\n" + "\n".join(groups), nodeid="logs")
            alarms = CloudwatchAlarm("Alarms", nodeid="alarms")
            topic = SimpleNotificationServiceSns("SNS topic: e-mail", nodeid="topic")
        for writer in (balancer, api, ollama):
            writer >> Edge(style="dotted", penwidth="1.8") >> logs
        logs >> Edge(style="dotted", penwidth="1.8") >> alarms
        alarms >> Edge(style="dotted", constraint="false") >> topic
        logs - Edge(style="invis") - topic


def _times(what: str, count: int) -> str:
    return what if count == 1 else f"{count} {what}s"


def svg(picture: Diagram) -> str:
    """The picture laid out by `dot`, with its icons inside."""
    laid_out = picture.dot.pipe(format="svg", encoding="utf-8", quiet=True)
    drawn = re.sub(r'xlink:href="([^"]+\.png)"', lambda found: f'xlink:href="{_inline(Path(found[1]))}"', laid_out)
    start = drawn.index("<svg")
    return f"{_MARK}{digest(picture)} -->\n{drawn[start:]}"


def _inline(icon: Path) -> str:
    """An icon as it is embedded: small, since it is drawn small."""
    with Image.open(icon) as original:
        small = original.convert("RGBA").resize((ICON_PIXELS, ICON_PIXELS), Image.Resampling.LANCZOS).quantize(64)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()


def digest(picture: Diagram) -> str:
    """What a picture is drawn from, as 64 hexadecimal digits."""
    return hashlib.sha256(source(picture).encode()).hexdigest()


def stale(graph: Graph) -> bool:
    """Whether the existing picture was drawn from something else."""
    lying = path_of(graph.stack)
    return not lying.is_file() or f"{_MARK}{digest(drawing(graph))} -->" not in lying.read_text(encoding="utf-8")


def write_or_check(graph: Graph) -> None:
    """Draws a stale picture again; with `--check` exits instead. Others are left alone, because no two versions of `dot` lay them out
    the same way."""
    name = f"docs/images/{path_of(graph.stack).name}"
    if not stale(graph):
        return
    if "--check" in sys.argv:
        sys.exit(f"{name} is stale: run `make docs`")
    try:
        drawn = svg(drawing(graph))
    except ExecutableNotFound:
        sys.exit(f"{name} is stale, and Graphviz's `dot` is not here to draw it: apt-get install graphviz")
    path_of(graph.stack).write_text(drawn, encoding="utf-8")
