"""A recorded graph as Terraform (HCL), so that checkov can read it. The bridge is the Terraform provider itself: names map back."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from stackgraph.recorder import Graph, Resource

# Pulumi's token -> Terraform's type, where it is not `aws_` and the snake-case name.
TYPES = {
    "acm/certificate:Certificate": "aws_acm_certificate",
    "acm/certificateValidation:CertificateValidation": "aws_acm_certificate_validation",
    "appautoscaling/policy:Policy": "aws_appautoscaling_policy",
    "appautoscaling/scheduledAction:ScheduledAction": "aws_appautoscaling_scheduled_action",
    "appautoscaling/target:Target": "aws_appautoscaling_target",
    "autoscaling/group:Group": "aws_autoscaling_group",
    "budgets/budget:Budget": "aws_budgets_budget",
    "cloudwatch/dashboard:Dashboard": "aws_cloudwatch_dashboard",
    "cloudwatch/logDelivery:LogDelivery": "aws_cloudwatch_log_delivery",
    "cloudwatch/logDeliveryDestination:LogDeliveryDestination": "aws_cloudwatch_log_delivery_destination",
    "cloudwatch/logDeliverySource:LogDeliverySource": "aws_cloudwatch_log_delivery_source",
    "cloudwatch/logGroup:LogGroup": "aws_cloudwatch_log_group",
    "cloudwatch/logMetricFilter:LogMetricFilter": "aws_cloudwatch_log_metric_filter",
    "cloudwatch/logResourcePolicy:LogResourcePolicy": "aws_cloudwatch_log_resource_policy",
    "cloudwatch/metricAlarm:MetricAlarm": "aws_cloudwatch_metric_alarm",
    "dlm/lifecyclePolicy:LifecyclePolicy": "aws_dlm_lifecycle_policy",
    "ebs/volume:Volume": "aws_ebs_volume",
    "ec2/defaultSecurityGroup:DefaultSecurityGroup": "aws_default_security_group",
    "ec2/eip:Eip": "aws_eip",
    "ec2/flowLog:FlowLog": "aws_flow_log",
    "ec2/internetGateway:InternetGateway": "aws_internet_gateway",
    "ec2/launchTemplate:LaunchTemplate": "aws_launch_template",
    "ec2/natGateway:NatGateway": "aws_nat_gateway",
    "ec2/route:Route": "aws_route",
    "ec2/routeTable:RouteTable": "aws_route_table",
    "ec2/routeTableAssociation:RouteTableAssociation": "aws_route_table_association",
    "ec2/securityGroup:SecurityGroup": "aws_security_group",
    "ec2/subnet:Subnet": "aws_subnet",
    "ec2/vpc:Vpc": "aws_vpc",
    "ec2/vpcEndpoint:VpcEndpoint": "aws_vpc_endpoint",
    "ec2transitgateway/vpcAttachment:VpcAttachment": "aws_ec2_transit_gateway_vpc_attachment",
    "ecr/lifecyclePolicy:LifecyclePolicy": "aws_ecr_lifecycle_policy",
    "ecr/repository:Repository": "aws_ecr_repository",
    "ecs/capacityProvider:CapacityProvider": "aws_ecs_capacity_provider",
    "ecs/cluster:Cluster": "aws_ecs_cluster",
    "ecs/clusterCapacityProviders:ClusterCapacityProviders": "aws_ecs_cluster_capacity_providers",
    "ecs/service:Service": "aws_ecs_service",
    "ecs/taskDefinition:TaskDefinition": "aws_ecs_task_definition",
    "iam/instanceProfile:InstanceProfile": "aws_iam_instance_profile",
    "iam/role:Role": "aws_iam_role",
    "iam/rolePolicy:RolePolicy": "aws_iam_role_policy",
    "kms/alias:Alias": "aws_kms_alias",
    "kms/key:Key": "aws_kms_key",
    "lb/listener:Listener": "aws_lb_listener",
    "lb/loadBalancer:LoadBalancer": "aws_lb",
    "lb/targetGroup:TargetGroup": "aws_lb_target_group",
    "route53/record:Record": "aws_route53_record",
    "secretsmanager/secret:Secret": "aws_secretsmanager_secret",
    "secretsmanager/secretVersion:SecretVersion": "aws_secretsmanager_secret_version",
    "sns/topic:Topic": "aws_sns_topic",
    "sns/topicPolicy:TopicPolicy": "aws_sns_topic_policy",
    "sns/topicSubscription:TopicSubscription": "aws_sns_topic_subscription",
    "ssm/parameter:Parameter": "aws_ssm_parameter",
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": "aws_vpc_security_group_egress_rule",
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": "aws_vpc_security_group_ingress_rule",
    "wafv2/webAcl:WebAcl": "aws_wafv2_web_acl",
    "wafv2/webAclAssociation:WebAclAssociation": "aws_wafv2_web_acl_association",
    "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "aws_wafv2_web_acl_logging_configuration",
}
# Pulumi names lists of blocks in the plural, Terraform in the singular.
SINGULAR = {
    "aliases": "alias",
    "capacity_provider_strategies": "capacity_provider_strategy",
    "cost_filters": "cost_filter",
    "default_actions": "default_action",
    "default_capacity_provider_strategies": "default_capacity_provider_strategy",
    "load_balancers": "load_balancer",
    "metric_queries": "metric_query",
    "notifications": "notification",
    "overrides": "override",
    "redacted_fields": "redacted_fields",
    "rule_action_overrides": "rule_action_override",
    "rules": "rule",
    "schedules": "schedule",
    "settings": "setting",
    "statements": "statement",
    "tags": "tag",
    "text_transformations": "text_transformation",
    "volumes": "volume",
    "vpc_zone_identifiers": "vpc_zone_identifier",
}
# Objects that are maps in Terraform, not blocks.
MAPS = {"tags", "dimensions", "target_tags"}


def hcl(graph: Graph) -> tuple[str, int]:
    """The graph as HCL, and how many resources it has.

    Raises:
        LookupError: a type is not in `TYPES` yet.
    """
    resources = [entry for entry in graph.resources if entry.kind.startswith("aws:")]
    names = {entry.urn: f"{_type(entry)}.{_label(entry)}" for entry in resources}
    values = _references(resources, names)
    return "\n".join(block for entry in resources for block in _resource(entry, values)), len(resources)


def _type(resource: Resource) -> str:
    short = resource.kind.split(":", 1)[1]
    if short not in TYPES:
        raise LookupError(f"{short} has no Terraform type in tests/support/terraform.py")
    return TYPES[short]


def _label(resource: Resource) -> str:
    return re.sub(r"\W", "_", resource.name)


def _references(resources: list[Resource], names: Mapping[str, str]) -> dict[str, str]:
    """Ids and ARNs of resources as expressions: checkov follows them to find what belongs together."""
    found: dict[str, str] = {}
    for entry in resources:
        found.setdefault(str(entry.outputs.get("arn")), f"{names[entry.urn]}.arn")
        if entry.id and not entry.kind.endswith((":SecretVersion", ":Record")):
            found.setdefault(entry.id, f"{names[entry.urn]}.id")
        if "dnsName" in entry.outputs:
            found.setdefault(str(entry.outputs["dnsName"]), f"{names[entry.urn]}.dns_name")
    return found


def _resource(resource: Resource, references: Mapping[str, str]) -> Iterator[str]:
    yield f'resource "{_type(resource)}" "{_label(resource)}" {{'
    yield from _body(resource.inputs, references, 1)
    yield "}"


def _body(inputs: Mapping[str, Any], references: Mapping[str, str], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, value in inputs.items():
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", key).lower()
        blocks = (
            value
            if isinstance(value, list) and value and isinstance(value[0], Mapping)
            else [value]
            if isinstance(value, Mapping)
            else []
        )
        if blocks and not (name in MAPS and isinstance(value, Mapping)):
            for block in blocks:
                yield f"{indent}{SINGULAR.get(name, name)} {{"
                yield from _body(block, references, depth + 1)
                yield f"{indent}}}"
        else:
            yield f"{indent}{SINGULAR.get(name, name) if isinstance(value, list) else name} = {_expression(value, references)}"


def _expression(value: Any, references: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return references.get(value) or json.dumps(value, ensure_ascii=False).replace("${", "$${")
    if isinstance(value, list):
        return "[" + ", ".join(_expression(entry, references) for entry in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f'"{key}" = {_expression(entry, references)}' for key, entry in value.items()) + " }"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value)
