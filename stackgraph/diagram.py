"""Writes docs/architecture.md from the recorded graphs: for each stack a picture, a diagram of every resource, and tables of who may
reach whom and who may do what."""

from collections import Counter
from collections.abc import Iterable, Iterator

from stackgraph.permissions import statements
from stackgraph.reachability import rules
from stackgraph.recorder import Graph, Resource, record
from tools.page import write_or_check

STACKS = ("mvp", "phase2")
GROUPS = ("Network", "Security", "Compute", "Storage", "Logs and monitoring", "IAM")

# Type -> group and label; a type that is not here is an error, so that nothing is left out of the picture in silence.
NODES: dict[str, tuple[str, str]] = {
    "ec2/vpc:Vpc": ("Network", "VPC"),
    "ec2/subnet:Subnet": ("Network", "subnet"),
    "ec2/internetGateway:InternetGateway": ("Network", "internet gateway"),
    "ec2/natGateway:NatGateway": ("Network", "NAT gateway"),
    "ec2/routeTable:RouteTable": ("Network", "route table"),
    "ec2/vpcEndpoint:VpcEndpoint": ("Network", "VPC endpoint"),
    "ec2transitgateway/vpcAttachment:VpcAttachment": ("Network", "transit gateway attachment"),
    "ec2/vpnGatewayAttachment:VpnGatewayAttachment": ("Network", "VPN gateway attachment"),
    "lb/loadBalancer:LoadBalancer": ("Network", "Application Load Balancer"),
    "lb/listener:Listener": ("Network", "listener"),
    "lb/targetGroup:TargetGroup": ("Network", "target group"),
    "lambda/function:Function": ("Compute", "function: smoke test"),
    "route53/record:Record": ("Network", "Route 53 record"),
    "acm/certificate:Certificate": ("Security", "ACM certificate"),
    "wafv2/webAcl:WebAcl": ("Security", "web ACL"),
    "ec2/securityGroup:SecurityGroup": ("Security", "security group"),
    "ec2/defaultSecurityGroup:DefaultSecurityGroup": ("Security", "default security group, closed"),
    "kms/key:Key": ("Security", "KMS key"),
    "secretsmanager/secret:Secret": ("Security", "secret: API keys' hashes"),
    "ssm/parameter:Parameter": ("Security", "SSM parameter: settings"),
    "ecs/cluster:Cluster": ("Compute", "ECS cluster"),
    "ecs/service:Service": ("Compute", "ECS service"),
    "ecs/taskDefinition:TaskDefinition": ("Compute", "task: api + ollama"),
    "ecs/capacityProvider:CapacityProvider": ("Compute", "capacity provider"),
    "autoscaling/group:Group": ("Compute", "Auto Scaling group"),
    "ec2/launchTemplate:LaunchTemplate": ("Compute", "launch template: GPU instance"),
    "appautoscaling/target:Target": ("Compute", "task scaling"),
    "ecr/repository:Repository": ("Compute", "ECR repository"),
    "awsx:ecr:Image": ("Compute", "image"),
    "ebs/volume:Volume": ("Storage", "EBS data volume: models"),
    "dlm/lifecyclePolicy:LifecyclePolicy": ("Storage", "daily snapshots"),
    "cloudwatch/logGroup:LogGroup": ("Logs and monitoring", "log group"),
    "cloudwatch/logDelivery:LogDelivery": ("Logs and monitoring", "ALB log delivery"),
    "ec2/flowLog:FlowLog": ("Logs and monitoring", "VPC flow log"),
    "cloudwatch/metricAlarm:MetricAlarm": ("Logs and monitoring", "alarm"),
    "cloudwatch/logMetricFilter:LogMetricFilter": ("Logs and monitoring", "metric filter"),
    "cloudwatch/queryDefinition:QueryDefinition": ("Logs and monitoring", "saved query"),
    "cloudwatch/dashboard:Dashboard": ("Logs and monitoring", "dashboard"),
    "sns/topic:Topic": ("Logs and monitoring", "alarm topic"),
    "budgets/budget:Budget": ("Logs and monitoring", "budget"),
    "iam/role:Role": ("IAM", "role"),
}
# Parts of another resource, drawn as that resource.
PARTS: dict[str, str] = {
    "acm/certificateValidation:CertificateValidation": "acm/certificate:Certificate",
    "appautoscaling/policy:Policy": "appautoscaling/target:Target",
    "appautoscaling/scheduledAction:ScheduledAction": "appautoscaling/target:Target",
    "cloudwatch/logDeliveryDestination:LogDeliveryDestination": "cloudwatch/logDelivery:LogDelivery",
    "cloudwatch/logDeliverySource:LogDeliverySource": "cloudwatch/logDelivery:LogDelivery",
    "cloudwatch/logResourcePolicy:LogResourcePolicy": "cloudwatch/logDelivery:LogDelivery",
    "ec2/eip:Eip": "ec2/natGateway:NatGateway",
    "ec2/route:Route": "ec2/routeTable:RouteTable",
    "ec2/routeTableAssociation:RouteTableAssociation": "ec2/routeTable:RouteTable",
    "ecr/lifecyclePolicy:LifecyclePolicy": "ecr/repository:Repository",
    "ecs/clusterCapacityProviders:ClusterCapacityProviders": "ecs/capacityProvider:CapacityProvider",
    "iam/instanceProfile:InstanceProfile": "iam/role:Role",
    "iam/rolePolicy:RolePolicy": "iam/role:Role",
    "lambda/invocation:Invocation": "lambda/function:Function",
    "lb/listenerRule:ListenerRule": "lb/listener:Listener",
    "kms/alias:Alias": "kms/key:Key",
    "secretsmanager/secretVersion:SecretVersion": "secretsmanager/secret:Secret",
    "sns/topicPolicy:TopicPolicy": "sns/topic:Topic",
    "sns/topicSubscription:TopicSubscription": "sns/topic:Topic",
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": "ec2/securityGroup:SecurityGroup",
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": "ec2/securityGroup:SecurityGroup",
    "wafv2/webAclAssociation:WebAclAssociation": "wafv2/webAcl:WebAcl",
    "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "wafv2/webAcl:WebAcl",
}
# Types whose members each get their own box, labelled with the last part of the name.
SEPARATE = {
    "ec2/securityGroup:SecurityGroup",
    "cloudwatch/logGroup:LogGroup",
    "iam/role:Role",
    "ecr/repository:Repository",
}


def short(kind: str) -> str:
    """A type without its provider, but for awsx's components."""
    return kind if kind.startswith("awsx:") else kind.split(":", 1)[1]


def node_of(graph: Graph, resource: Resource) -> str | None:
    """The box that a resource is drawn in; None for components, which are the frames.

    Raises:
        LookupError: the type has no place in the picture yet.
    """
    kind = short(resource.kind)
    if resource.kind.startswith("testgen:") or kind == "awsx:ec2:Vpc":
        return None
    if kind in PARTS:
        owner = _owner(graph, resource, PARTS[kind])
        return node_of(graph, owner) if owner else _key(PARTS[kind])
    if kind not in NODES:
        raise LookupError(f"{kind} ({resource.name}) has no place in the diagram: add it to NODES or PARTS")
    return f"{_key(kind)}_{_last(graph, resource)}" if kind in SEPARATE else _key(kind)


def _owner(graph: Graph, part: Resource, kind: str) -> Resource | None:
    """The resource that a part belongs to, if each of its type has its own box."""
    if kind not in SEPARATE:
        return None
    owners = [entry for entry in graph.of(kind) if entry.urn in part.dependencies]
    named = part.inputs.get("securityGroupId")
    return next((entry for entry in owners if named in (None, entry.id)), None)


def _key(kind: str) -> str:
    return kind.rsplit(":", 1)[1] if not kind.startswith("awsx:") else "Image"


def _last(graph: Graph, resource: Resource) -> str:
    return resource.name.removeprefix(f"testgen-{graph.stack}-").replace("-", "_")


def edges(graph: Graph) -> list[tuple[str, str]]:
    """`a` needs `b`, between boxes; an edge that others imply is left out."""
    boxes = {resource.urn: node_of(graph, resource) for resource in graph.resources}
    boxes |= {vpc.urn: _key("ec2/vpc:Vpc") for vpc in graph.of("awsx:ec2:Vpc")}
    found: dict[str, set[str]] = {}
    for resource in graph.resources:
        for urn in resource.dependencies:
            source, target = boxes[resource.urn], boxes.get(urn)
            if source and target and source != target:
                found.setdefault(source, set()).add(target)
    direct = {
        (source, target)
        for source, targets in found.items()
        for target in targets
        if not any(target in _beyond(found, other, source) for other in targets - {target})
    }
    return sorted(direct)


def _beyond(found: dict[str, set[str]], start: str, without: str) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        for target in found.get(todo.pop(), ()):
            if target not in seen and target != without:
                seen.add(target)
                todo.append(target)
    return seen


def mermaid(graph: Graph) -> Iterator[str]:
    """The lines of a flowchart: one frame per group, one box per kind of resource with its count, users outside."""
    counts = Counter(node_of(graph, resource) for resource in graph.resources if short(resource.kind) in NODES)
    labels = {}
    for resource in graph.resources:
        kind = short(resource.kind)
        if kind in NODES:
            group, label = NODES[kind]
            extra = f": {resource.inputs.get('name') or _last(graph, resource)}" if kind in SEPARATE else ""
            labels[node_of(graph, resource)] = (group, label + extra)
    yield "flowchart LR"
    for group in GROUPS:
        yield f'  subgraph {group.split()[0]}["{group}"]'
        for box in sorted(filter(None, labels)):
            found, label = labels[box]
            if found == group:
                count = f" x {counts[box]}" if counts[box] > 1 else ""
                yield f'    {box}["{label}{count}"]'
        yield "  end"
    sources = sorted({rule.peer for rule in rules(graph) if rule.ingress and rule.group == "alb"})
    yield f'  users(["{"users in " + ", ".join(sources) if sources != ["0.0.0.0/0"] else "users on the internet"}"]) --> Listener'
    for source, target in edges(graph):
        yield f"  {source} --> {target}"


def reach_table(graph: Graph) -> Iterator[str]:
    """Every rule of the security groups as a row."""
    yield "| Group | Direction | Peer | Port |"
    yield "|---|---|---|---|"
    for rule in sorted(rules(graph), key=lambda entry: (entry.group, not entry.ingress, entry.peer)):
        yield f"| {rule.group} | {'in from' if rule.ingress else 'out to'} | {rule.peer} | {rule.first} |"


def permission_table(graph: Graph) -> Iterator[str]:
    """Every statement of the roles as a row."""
    yield "| Role | May | On | If |"
    yield "|---|---|---|---|"
    prefix = f"testgen-{graph.stack}-"
    for holder, statement in sorted(statements(graph, "iam/rolePolicy:RolePolicy"), key=lambda entry: entry[0].name):
        conditions = "; ".join(
            f"{key} = {value}" for test in statement.conditions.values() for key, value in test.items()
        )
        actions, resources = "<br>".join(statement.actions), "<br>".join(f"`{entry}`" for entry in statement.resources)
        yield f"| {holder.name.removeprefix(prefix)} | {actions} | {resources} | {conditions} |"


def document(graphs: Iterable[Graph]) -> str:
    """The whole page."""
    parts = [_HEAD]
    for graph in graphs:
        parts.append(f"\n## Stack `{graph.stack}`\n")
        parts += ["### Who reaches whom\n", *reach_table(graph), "", "### Who may do what\n", *permission_table(graph)]
        parts += ["", "### Every resource\n", _FOLDED, "```mermaid", *mermaid(graph), "```", "", "</details>"]
    return "\n".join(parts) + "\n"


_ALT = {
    "mvp": "The company network reaches an internal load balancer over HTTP; a task on a GPU instance holds api and ollama",
    "phase2": "The internet reaches a load balancer over HTTPS, behind a web ACL; tasks on GPU instances hold api and ollama",
}
_FOLDED = '<details markdown="1"><summary>A diagram; an arrow points to what a resource needs</summary>\n'
_HEAD = f"""# Architecture

<!-- Written by `make docs` from the resource graph that the Pulumi program registers. Do not edit. -->

testgen runs on ECS. A load balancer passes requests to tasks. Each task holds two containers on one GPU instance: `api` (port 8000),
and `ollama`, which only `api` can reach (127.0.0.1:11434).

**`mvp` serves a company network:**

![{_ALT["mvp"]}](images/stack-mvp.svg)

**`phase2` serves the internet:**

![{_ALT["phase2"]}](images/stack-phase2.svg)

The system differs from its first design in three ways:

- The data volume is attached to the instance, not to the task. ECS deletes the volumes that it manages for a service together with
  the task, and models must outlive tasks. The role of the instance may attach a volume; the task may not touch any.
- Requests and responses are logged as metadata: who, which case (id and hash), which model, how long, how it ended. Texts
  are logged only with `service.log_prompts`.
- The load balancer of mvp is internal, because addresses of the corporate ranges can only arrive over private connections. Company users
  of phase2 use the public load balancer like everybody else, with an API key."""


def main() -> None:
    """Writes page and pictures; with `--check` exits if one of them is stale."""
    from stackgraph import picture  # needs the group `docs`, which the graph's other users do without

    graphs = [record(name) for name in STACKS]
    for graph in graphs:
        picture.write_or_check(graph)
    write_or_check("architecture.md", document(graphs))


if __name__ == "__main__":
    main()
