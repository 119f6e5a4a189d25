"""What each role may do, and what it may not."""

from collections.abc import Iterator, Mapping

from stackgraph.graph import Graph
from stackgraph.permissions import allowed, managed_policies, role_of, statements
from stackgraph.promises.task import definitions
from stacks.policies import ANY_RESOURCE
from testgen.contract import settings_path

# An action, the resource, and the condition keys of the request.
Call = tuple[str, str, Mapping[str, str]]
ANYONE: Mapping[str, str] = {}


def any_resource_stands_only_where_aws_has_no_resource_level(graph: Graph) -> Iterator[str]:
    """No `*` in an action, none as a resource without a reason, and no managed policy."""
    for holder, statement in statements(graph, "iam/rolePolicy:RolePolicy"):
        wide = [action for action in statement.actions if "*" in action]
        if wide:
            yield f"policy {holder.name} allows {', '.join(wide)}"
        unfounded = sorted(set(statement.actions) - set(ANY_RESOURCE))
        if "*" in statement.resources and unfounded:
            yield f"policy {holder.name} allows {', '.join(unfounded)} on *"
    for arn in managed_policies(graph):
        yield f"the managed policy {arn} is attached: it reaches further than it looks"


def the_agent_pulls_these_images_and_writes_these_logs(graph: Graph) -> Iterator[str]:
    """The execution role, with which the ECS agent works for the task."""
    images = [repository.outputs["arn"] for repository in graph.of("ecr/repository:Repository")]
    groups = [container["logConfiguration"]["options"]["awslogs-group"] for container in definitions(graph).values()]
    may: list[Call] = [("ecr:BatchGetImage", image, ANYONE) for image in images]
    for group in groups:
        stream = _arn(graph, "logs", f"log-group:{group}:log-stream:x")
        may += [("logs:CreateLogStream", stream, ANYONE), ("logs:PutLogEvents", stream, ANYONE)]
    others = [group.inputs["name"] for group in graph.of("cloudwatch/logGroup:LogGroup")]
    may_not: list[Call] = [
        *(("ecr:PutImage", image, ANYONE) for image in images),
        ("ecr:BatchGetImage", _arn(graph, "ecr", "repository/another"), ANYONE),
        ("ssm:GetParametersByPath", _settings(graph, graph.stack), ANYONE),
        *(
            ("logs:PutLogEvents", _arn(graph, "logs", f"log-group:{group}:log-stream:x"), ANYONE)
            for group in others
            if group not in groups
        ),
    ]
    yield from _rights(graph, "execution", may, may_not)


def the_task_reads_its_own_settings_and_secret(graph: Graph) -> Iterator[str]:
    """What the service calls at its start; the key only by way of Secrets Manager."""
    secret = _secret(graph)
    key = graph.one("kms/key:Key").outputs["arn"]
    region = key.split(":")[3]
    may: list[Call] = [
        ("ssm:GetParametersByPath", _settings(graph, graph.stack), ANYONE),
        ("secretsmanager:GetSecretValue", secret, ANYONE),
        ("kms:Decrypt", key, {"kms:ViaService": f"secretsmanager.{region}.amazonaws.com"}),
    ]
    may_not: list[Call] = [
        ("ssm:GetParametersByPath", _settings(graph, "another"), ANYONE),
        ("ssm:PutParameter", f"{_settings(graph, graph.stack)}/model", ANYONE),
        ("secretsmanager:GetSecretValue", secret.replace(graph.stack, "another"), ANYONE),
        ("kms:Decrypt", key, {"kms:ViaService": f"s3.{region}.amazonaws.com"}),
        ("kms:Decrypt", key, ANYONE),
    ]
    yield from _rights(graph, "task", may, may_not)


def an_instance_joins_its_cluster_and_attaches_volumes_of_its_stack(graph: Graph) -> Iterator[str]:
    """And reports its own health; it reads no settings, and makes, detaches and deletes no volume."""
    ours, theirs = {"aws:ResourceTag/Stack": graph.stack}, {"aws:ResourceTag/Stack": "another"}
    cluster = graph.one("ecs/cluster:Cluster").inputs["name"]
    volume, instance = _arn(graph, "ec2", "volume/vol-1"), _arn(graph, "ec2", "instance/i-1")
    names = [group.outputs["name"] for group in graph.of("autoscaling/group:Group")]
    may: list[Call] = [
        ("ec2:DescribeVolumes", "*", ANYONE),
        ("ec2:AttachVolume", volume, ours),
        ("ec2:AttachVolume", instance, ours),
        ("ecs:RegisterContainerInstance", _arn(graph, "ecs", f"cluster/{cluster}"), ANYONE),
        ("ecs:Poll", _arn(graph, "ecs", f"container-instance/{cluster}/1"), ANYONE),
        *(
            (
                "autoscaling:SetInstanceHealth",
                _arn(graph, "autoscaling", f"autoScalingGroup:1:autoScalingGroupName/{name}"),
                ours,
            )
            for name in names
        ),
    ]
    may_not: list[Call] = [
        ("ec2:AttachVolume", volume, theirs),
        ("ec2:AttachVolume", instance, theirs),
        *((f"ec2:{verb}", volume, ours) for verb in ("CreateVolume", "DetachVolume", "DeleteVolume", "CreateTags")),
        ("ecs:RegisterContainerInstance", _arn(graph, "ecs", "cluster/default"), ANYONE),
        ("ssm:GetParameter", f"{_settings(graph, graph.stack)}/model", ANYONE),
    ]
    yield from _rights(graph, "instance", may, may_not)


def snapshots_are_of_data_volumes_only(graph: Graph) -> Iterator[str]:
    """Made, and deleted when they are old."""
    ours = {"aws:ResourceTag/testgen:data-volume": graph.stack}
    volume = _arn(graph, "ec2", "volume/vol-1")
    snapshot = f"{':'.join(volume.split(':')[:4])}::snapshot/snap-1"
    calls = (("ec2:CreateSnapshot", volume), ("ec2:DeleteSnapshot", snapshot))
    yield from _rights(graph, "snapshots", [(*call, ours) for call in calls], [(*call, ANYONE) for call in calls])


def _rights(graph: Graph, part: str, may: list[Call], may_not: list[Call]) -> Iterator[str]:
    role = role_of(graph, part)
    for action, resource, context in may:
        if not allowed(graph, role, action, resource, context):
            yield f"role {part} may not {action} on {resource}"
    for action, resource, context in may_not:
        if allowed(graph, role, action, resource, context):
            yield f"role {part} may {action} on {resource}{f' with {context}' if context else ''}, which it has no need for"


def _arn(graph: Graph, service: str, resource: str) -> str:
    account = _secret(graph).split(":")
    return f"arn:aws:{service}:{account[3]}:{account[4]}:{resource}"


def _secret(graph: Graph) -> str:
    """The ARN of the service's own secret."""
    found = {entry.name.rsplit("-", 1)[1]: entry for entry in graph.of("secretsmanager/secret:Secret")}
    return str(found["service"].outputs["arn"])


def _settings(graph: Graph, stack: str) -> str:
    return _arn(graph, "ssm", f"parameter{settings_path(stack)}")
