"""docs/architecture.md is made from the graph, and the graph holds what the system must have."""

import subprocess
import sys
from dataclasses import replace

import pytest

from stackgraph.diagram import edges, mermaid, node_of
from stackgraph.recorder import ROOT, Graph
from stacks.alarms import LOG_METRICS, alarms
from stacks.sections import MonitoringConfig
from testgen.config import ServiceConfig

SETTINGS, ALARMS = len(ServiceConfig.model_fields), len(alarms(MonitoringConfig(), behind_a_firewall=False))
OF_DEPLOYMENTS = 3
FILTERS = sum(len(metric.groups) for metric in LOG_METRICS)

# What the system must have, by type, and how many in each stack.
MUST_HAVE = {
    "ec2/vpc:Vpc": (1, 1),
    "ec2/subnet:Subnet": (4, 4),
    "ec2/natGateway:NatGateway": (1, 2),
    "ec2/vpcEndpoint:VpcEndpoint": (1, 1),
    "ec2/flowLog:FlowLog": (1, 1),
    "ec2/securityGroup:SecurityGroup": (3, 3),
    "lb/loadBalancer:LoadBalancer": (1, 1),
    "lb/listener:Listener": (1, 1),
    "lb/targetGroup:TargetGroup": (1, 1),
    "acm/certificate:Certificate": (0, 1),
    "route53/record:Record": (0, 2),
    "wafv2/webAcl:WebAcl": (0, 1),
    "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": (0, 1),
    "ecs/cluster:Cluster": (1, 1),
    "ecs/capacityProvider:CapacityProvider": (1, 2),
    "autoscaling/group:Group": (1, 2),
    "ec2/launchTemplate:LaunchTemplate": (1, 1),
    "ecs/taskDefinition:TaskDefinition": (1, 1),
    "ecs/service:Service": (1, 1),
    "appautoscaling/target:Target": (1, 1),
    "appautoscaling/policy:Policy": (3, 3),
    "ebs/volume:Volume": (3, 6),
    "dlm/lifecyclePolicy:LifecyclePolicy": (1, 1),
    "ecr/repository:Repository": (2, 2),
    "awsx:ecr:Image": (2, 2),
    "cloudwatch/logGroup:LogGroup": (4, 5),
    "cloudwatch/logDelivery:LogDelivery": (2, 2),
    "kms/key:Key": (1, 1),
    "ssm/parameter:Parameter": (SETTINGS, SETTINGS),
    "secretsmanager/secret:Secret": (1, 1),
    "iam/role:Role": (5, 5),
    "cloudwatch/metricAlarm:MetricAlarm": (ALARMS + OF_DEPLOYMENTS, ALARMS + 2 + OF_DEPLOYMENTS),
    "cloudwatch/logMetricFilter:LogMetricFilter": (FILTERS, FILTERS + 1),
    "cloudwatch/dashboard:Dashboard": (1, 1),
    "sns/topic:Topic": (1, 1),
}


@pytest.mark.parametrize("kind", MUST_HAVE)
def test_the_system_has(mvp: Graph, phase2: Graph, kind: str) -> None:
    assert (len(mvp.of(kind)), len(phase2.of(kind))) == MUST_HAVE[kind]


@pytest.mark.parametrize(
    "module", ["stackgraph.diagram", "tools.stack_config", "tools.review_catalog", "tools.format_table"]
)
def test_the_pages_are_what_make_docs_writes(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_resource_has_a_place_in_the_picture(any_stack: Graph) -> None:
    boxes = {node_of(any_stack, resource) for resource in any_stack.resources} - {None}
    drawn = "\n".join(mermaid(any_stack))
    for box in boxes:
        assert f'    {box}["' in drawn


def test_a_type_without_a_place_is_an_error(mvp: Graph) -> None:
    unknown = replace(mvp.resources[0], kind="aws:sqs/queue:Queue")
    with pytest.raises(LookupError, match=r"sqs/queue:Queue .* has no place in the diagram"):
        node_of(mvp, unknown)


def test_arrows_tell_what_needs_what(stack: Graph) -> None:
    found = set(edges(stack))
    assert {
        ("Service", "Listener"),
        ("Listener", "TargetGroup"),
        ("Group", "Volume"),
        ("TaskDefinition", "Image"),
    } <= found
    assert all(source != target for source, target in found)


def test_every_group_of_the_picture_is_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for group in ("Network", "Security", "Compute", "Storage", "Logs and monitoring", "IAM"):
        assert page.count(f'["{group}"]') == 2
