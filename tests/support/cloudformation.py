"""A recorded graph as a CloudFormation template, so that cfn-lint can check enums, keys, policies and relations."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from stackgraph.recorder import Graph, Resource

Properties = dict[str, Any]


def template(graph: Graph) -> tuple[dict[str, Any], list[str]]:
    """The template, and the types that CloudFormation has no counterpart for.

    Raises:
        LookupError: a type is in neither list yet.
    """
    resources: dict[str, Any] = {}
    left_out = []
    for entry in graph.resources:
        if not entry.kind.startswith("aws:"):
            continue
        short = entry.kind.split(":", 1)[1]
        if short in NO_COUNTERPART:
            left_out.append(short)
            continue
        if short not in TYPES:
            raise LookupError(f"{short} has no CloudFormation type in tests/support/cloudformation.py")
        kind, convert = TYPES[short]
        name = "".join(
            part.capitalize() for part in f"{short.rsplit(':')[1]}-{entry.name}".replace("_", "-").split("-")
        )
        resources[name] = {"Type": kind, "Properties": _tagged(convert(pascal(entry.inputs), entry), short)}
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}, left_out


# Pulumi's helper types and waits; CloudFormation does these things inside another resource, or not at all.
NO_COUNTERPART = {
    "acm/certificateValidation:CertificateValidation",
    "appautoscaling/scheduledAction:ScheduledAction",  # a property of the scalable target there
    "ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "ecr/lifecyclePolicy:LifecyclePolicy",  # a property of the repository there
    "lambda/invocation:Invocation",
    "secretsmanager/secretVersion:SecretVersion",
}


def pascal(value: Any) -> Any:
    """camelCase keys as CloudFormation's PascalCase, at every depth; whole floats as integers."""
    if isinstance(value, Mapping):
        return {key[0].upper() + key[1:]: pascal(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [pascal(entry) for entry in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def rename(**names: str) -> Callable[[Properties, Resource], Properties]:
    """A conversion that renames keys; `None`-like "" drops one."""

    def convert(properties: Properties, _: Resource) -> Properties:
        renamed = {names.get(key, key): value for key, value in properties.items()}
        renamed.pop("", None)
        return renamed

    return convert


def _tagged(properties: Properties, short: str) -> Properties:
    tags = properties.get("Tags")
    if isinstance(tags, Mapping):
        pairs = [
            {"Key": key[0].lower() + key[1:] if key.startswith("Testgen") else key, "Value": value}
            for key, value in tags.items()
        ]
        properties["Tags"] = pairs
    return properties


def _plain(properties: Properties, _: Resource) -> Properties:
    return properties


def _json(*keys: str, **names: str) -> Callable[[Properties, Resource], Properties]:
    """Keys that hold JSON text in Pulumi and an object in CloudFormation."""

    def convert(properties: Properties, resource: Resource) -> Properties:
        for key in keys:
            if key in properties:
                properties[key] = json.loads(properties[key])
        return rename(**names)(properties, resource)

    return convert


def _task(properties: Properties, _: Resource) -> Properties:
    """Container definitions are JSON text with AWS's own camelCase names."""
    properties["ContainerDefinitions"] = pascal(json.loads(properties["ContainerDefinitions"]))
    for definition in properties["ContainerDefinitions"]:
        options = definition["LogConfiguration"]["Options"]
        definition["LogConfiguration"]["Options"] = {key[0].lower() + key[1:]: value for key, value in options.items()}
        labels = definition.get("DockerLabels")
        if labels:
            definition["DockerLabels"] = {key[0].lower() + key[1:]: value for key, value in labels.items()}
    properties["Volumes"] = [
        {"Name": entry["Name"], "Host": {"SourcePath": entry["HostPath"]}} for entry in properties["Volumes"]
    ]
    properties.pop("SkipDestroy")
    return properties


def _service(properties: Properties, _: Resource) -> Properties:
    strategy = properties.pop("CapacityProviderStrategies")
    network = properties.pop("NetworkConfiguration")
    assign = "ENABLED" if network.pop("AssignPublicIp", False) else "DISABLED"
    configuration = {
        "MaximumPercent": properties.pop("DeploymentMaximumPercent"),
        "MinimumHealthyPercent": properties.pop("DeploymentMinimumHealthyPercent"),
        "DeploymentCircuitBreaker": properties.pop("DeploymentCircuitBreaker"),
    }
    if alarms := properties.pop("Alarms", None):
        configuration["Alarms"] = alarms
    if strategy_of := properties.pop("DeploymentConfiguration", None):
        hooks = [_hook(entry) for entry in strategy_of.get("LifecycleHooks", [])]
        configuration |= {
            "Strategy": strategy_of["Strategy"],
            "BakeTimeInMinutes": int(strategy_of["BakeTimeInMinutes"]),
            **({"LifecycleHooks": hooks} if hooks else {}),
        }
    for key in ("WaitForSteadyState", "ForceNewDeployment"):
        properties.pop(key)
    properties["EnableECSManagedTags"] = properties.pop("EnableEcsManagedTags")
    properties["ServiceName"] = properties.pop("Name")
    return {
        **properties,
        "CapacityProviderStrategy": strategy,
        "NetworkConfiguration": {"AwsvpcConfiguration": {**network, "AssignPublicIp": assign}},
        "DeploymentConfiguration": configuration,
    }


def _hook(hook: Properties) -> Properties:
    return {key: hook[key] for key in ("HookTargetArn", "RoleArn", "LifecycleStages")}


def _function(properties: Properties, _: Resource) -> Properties:
    """The code itself is no JSON; a file of the template stands for it."""
    properties["FunctionName"] = properties.pop("Name")
    properties["Code"] = {"ZipFile": "def handler(event, context): ..."}
    properties["Environment"]["Variables"] = {
        re.sub(r"[A-Z0-9]+", lambda word: word[0].upper(), key): value
        for key, value in properties["Environment"]["Variables"].items()
    }
    return properties


def _listener_rule(properties: Properties, _: Resource) -> Properties:
    _logins(properties["Actions"])
    for condition in properties["Conditions"]:
        for key, field in (("PathPattern", "path-pattern"), ("HttpHeader", "http-header")):
            if key in condition:
                condition[f"{key}Config"] = condition.pop(key)
                condition["Field"] = field
    return properties


def _group(properties: Properties, _: Resource) -> Properties:
    """CloudFormation keeps the refresh in an update policy, and takes sizes as text."""
    for key in ("ForceDelete", "WaitForCapacityTimeout", "InstanceRefresh"):
        properties.pop(key, None)
    metrics = properties.pop("EnabledMetrics")
    mixed = properties["MixedInstancesPolicy"]["LaunchTemplate"]
    mixed["LaunchTemplateSpecification"] = {
        "LaunchTemplateId": mixed["LaunchTemplateSpecification"]["LaunchTemplateId"],
        "Version": mixed["LaunchTemplateSpecification"]["Version"],
    }
    properties["VPCZoneIdentifier"] = properties.pop("VpcZoneIdentifiers")
    properties["NewInstancesProtectedFromScaleIn"] = properties.pop("ProtectFromScaleIn")
    properties["MinSize"], properties["MaxSize"] = str(properties["MinSize"]), str(properties["MaxSize"])
    return {**properties, "MetricsCollection": [{"Granularity": "1Minute", "Metrics": metrics}]}


def _launch_template(properties: Properties, _: Resource) -> Properties:
    properties.pop("UpdateDefaultVersion")
    properties["SecurityGroupIds"] = properties.pop("VpcSecurityGroupIds")
    properties["EbsOptimized"] = properties["EbsOptimized"] == "true"
    for mapping in properties["BlockDeviceMappings"]:
        for key in ("Encrypted", "DeleteOnTermination"):
            mapping["Ebs"][key] = mapping["Ebs"][key] == "true"
    for specification in properties["TagSpecifications"]:
        _tagged(specification, "")
    return {"LaunchTemplateData": properties}


def _balancer(properties: Properties, _: Resource) -> Properties:
    attributes = {
        "idle_timeout.timeout_seconds": properties.pop("IdleTimeout"),
        "routing.http.drop_invalid_header_fields.enabled": properties.pop("DropInvalidHeaderFields"),
        "routing.http.desync_mitigation_mode": properties.pop("DesyncMitigationMode"),
        "deletion_protection.enabled": properties.pop("EnableDeletionProtection"),
    }
    scheme = "internal" if properties.pop("Internal") else "internet-facing"
    kind = properties.pop("LoadBalancerType")
    return {**properties, "Type": kind, "Scheme": scheme, "LoadBalancerAttributes": _attributes(attributes)}


def _target_group(properties: Properties, _: Resource) -> Properties:
    check = properties.pop("HealthCheck")
    attributes = {
        "deregistration_delay.timeout_seconds": properties.pop("DeregistrationDelay"),
        "load_balancing.algorithm.type": properties.pop("LoadBalancingAlgorithmType"),
    }
    return {
        **properties,
        "HealthCheckPath": check["Path"],
        "HealthCheckProtocol": check["Protocol"],
        "HealthCheckIntervalSeconds": check["Interval"],
        "HealthCheckTimeoutSeconds": check["Timeout"],
        "HealthyThresholdCount": check["HealthyThreshold"],
        "UnhealthyThresholdCount": check["UnhealthyThreshold"],
        "Matcher": {"HttpCode": check["Matcher"]},
        "TargetGroupAttributes": _attributes(attributes),
    }


def _attributes(values: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"Key": key, "Value": str(value).lower() if isinstance(value, bool) else str(value)}
        for key, value in values.items()
    ]


def _logins(actions: list[Properties]) -> None:
    for action in actions:
        if "AuthenticateOidc" in action:
            login = action["AuthenticateOidcConfig"] = action.pop("AuthenticateOidc")
            login["SessionTimeout"] = str(login["SessionTimeout"])


def _listener(properties: Properties, _: Resource) -> Properties:
    _logins(properties["DefaultActions"])
    if "CertificateArn" in properties:
        properties["Certificates"] = [{"CertificateArn": properties.pop("CertificateArn")}]
    return properties


def _repository(properties: Properties, _: Resource) -> Properties:
    properties.pop("ForceDelete")
    properties["RepositoryName"] = properties.pop("Name")
    return properties


def _rule(properties: Properties, resource: Resource) -> Properties:
    other = "SourceSecurityGroupId" if resource.kind.endswith("IngressRule") else "DestinationSecurityGroupId"
    return rename(SecurityGroupId="GroupId", ReferencedSecurityGroupId=other, CidrIpv4="CidrIp")(properties, resource)


def _alarm(properties: Properties, _: Resource) -> Properties:
    properties["AlarmName"] = properties.pop("Name")
    if "OkActions" in properties:
        properties["OKActions"] = properties.pop("OkActions")
    if "Dimensions" in properties:
        properties["Dimensions"] = _dimensions(properties["Dimensions"])
    if "MetricQueries" in properties:
        properties["Metrics"] = [_query(entry) for entry in properties.pop("MetricQueries")]
    return properties


def _dimensions(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Name": key, "Value": value} for key, value in values.items()]


def _query(query: Properties) -> Properties:
    if "Metric" not in query:
        return query
    metric = query["Metric"]
    named = {
        "Namespace": metric["Namespace"],
        "MetricName": metric["MetricName"],
        "Dimensions": _dimensions(metric["Dimensions"]),
    }
    return {
        "Id": query["Id"],
        "ReturnData": False,
        "MetricStat": {"Metric": named, "Period": metric["Period"], "Stat": metric["Stat"]},
    }


def _filter(properties: Properties, _: Resource) -> Properties:
    change = properties.pop("MetricTransformation")
    dimensions = [{"Key": key, "Value": value} for key, value in change.pop("Dimensions").items()]
    transformation = {
        "MetricName": change["Name"],
        "MetricNamespace": change["Namespace"],
        "MetricValue": change["Value"],
    }
    return {
        "LogGroupName": properties["LogGroupName"],
        "FilterPattern": properties["Pattern"],
        "MetricTransformations": [{**transformation, "Dimensions": dimensions}],
    }


def _dlm(properties: Properties, _: Resource) -> Properties:
    details = properties["PolicyDetails"]
    details["TargetTags"] = [{"Key": "testgen:data-volume", "Value": value} for value in details["TargetTags"].values()]
    for schedule in details["Schedules"]:
        times = schedule["CreateRule"].get("Times")
        schedule["CreateRule"]["Times"] = [times] if isinstance(times, str) else times
    return properties


def _web_acl(properties: Properties, _: Resource) -> Properties:
    """CloudFormation writes one statement of each kind inside another; names differ in case only."""
    properties["Rules"] = _upper(properties["Rules"])
    properties["VisibilityConfig"] = _upper(properties["VisibilityConfig"])
    return properties


def _upper(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            "CloudWatchMetricsEnabled" if key == "CloudwatchMetricsEnabled" else key: _upper(entry)
            for key, entry in value.items()
        }
    return [_upper(entry) for entry in value] if isinstance(value, list) else value


def _record(properties: Properties, _: Resource) -> Properties:
    properties["HostedZoneId"] = properties.pop("ZoneId")
    if aliases := properties.pop("Aliases", None):
        [alias] = aliases
        properties["AliasTarget"] = {
            "DNSName": alias["Name"],
            "HostedZoneId": alias["ZoneId"],
            "EvaluateTargetHealth": True,
        }
    properties.pop("AllowOverwrite", None)
    if "Records" in properties:
        properties["ResourceRecords"] = properties.pop("Records")
    if "Ttl" in properties:
        properties["TTL"] = str(properties.pop("Ttl"))
    return properties


def _budget(properties: Properties, _: Resource) -> Properties:
    notifications = [
        {
            "Notification": {
                "NotificationType": entry["NotificationType"],
                "ComparisonOperator": entry["ComparisonOperator"],
                "Threshold": entry["Threshold"],
                "ThresholdType": entry["ThresholdType"],
            },
            "Subscribers": [
                {"SubscriptionType": "SNS", "Address": address} for address in entry["SubscriberSnsTopicArns"]
            ],
        }
        for entry in properties["Notifications"]
    ]
    limit = {"Amount": int(properties["LimitAmount"]), "Unit": properties["LimitUnit"]}
    budget = {"BudgetType": properties["BudgetType"], "TimeUnit": properties["TimeUnit"], "BudgetLimit": limit}
    return {"Budget": budget, "NotificationsWithSubscribers": notifications}


def _flow(properties: Properties, resource: Resource) -> Properties:
    renamed = rename(IamRoleArn="DeliverLogsPermissionArn", VpcId="ResourceId")(properties, resource)
    return {**renamed, "ResourceType": "VPC"}


def _scaling(properties: Properties, _: Resource) -> Properties:
    return {**properties, "PolicyName": "policy"}


TYPES: dict[str, tuple[str, Callable[[Properties, Resource], Properties]]] = {
    "acm/certificate:Certificate": ("AWS::CertificateManager::Certificate", _plain),
    "appautoscaling/policy:Policy": (
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        _scaling,
    ),
    "appautoscaling/target:Target": ("AWS::ApplicationAutoScaling::ScalableTarget", _plain),
    "autoscaling/group:Group": ("AWS::AutoScaling::AutoScalingGroup", _group),
    "budgets/budget:Budget": ("AWS::Budgets::Budget", _budget),
    "cloudwatch/dashboard:Dashboard": ("AWS::CloudWatch::Dashboard", _plain),
    "cloudwatch/logDelivery:LogDelivery": ("AWS::Logs::Delivery", _plain),
    "cloudwatch/logDeliveryDestination:LogDeliveryDestination": (
        "AWS::Logs::DeliveryDestination",
        lambda properties, _: {
            "Name": properties["Name"],
            "OutputFormat": properties["OutputFormat"],
            "DestinationResourceArn": properties["DeliveryDestinationConfiguration"]["DestinationResourceArn"],
        },
    ),
    "cloudwatch/logDeliverySource:LogDeliverySource": ("AWS::Logs::DeliverySource", _plain),
    "cloudwatch/logGroup:LogGroup": ("AWS::Logs::LogGroup", rename(Name="LogGroupName")),
    "cloudwatch/logMetricFilter:LogMetricFilter": ("AWS::Logs::MetricFilter", _filter),
    "cloudwatch/logResourcePolicy:LogResourcePolicy": ("AWS::Logs::ResourcePolicy", _plain),
    "cloudwatch/metricAlarm:MetricAlarm": ("AWS::CloudWatch::Alarm", _alarm),
    "cloudwatch/queryDefinition:QueryDefinition": ("AWS::Logs::QueryDefinition", _plain),
    "dlm/lifecyclePolicy:LifecyclePolicy": ("AWS::DLM::LifecyclePolicy", _dlm),
    "ebs/volume:Volume": ("AWS::EC2::Volume", rename(Type="VolumeType")),
    "ec2/eip:Eip": ("AWS::EC2::EIP", _plain),
    "ec2/flowLog:FlowLog": ("AWS::EC2::FlowLog", _flow),
    "ec2/internetGateway:InternetGateway": ("AWS::EC2::InternetGateway", rename(VpcId="")),
    "ec2/launchTemplate:LaunchTemplate": ("AWS::EC2::LaunchTemplate", _launch_template),
    "ec2/natGateway:NatGateway": ("AWS::EC2::NatGateway", _plain),
    "ec2/route:Route": ("AWS::EC2::Route", _plain),
    "ec2/routeTable:RouteTable": ("AWS::EC2::RouteTable", _plain),
    "ec2/routeTableAssociation:RouteTableAssociation": ("AWS::EC2::SubnetRouteTableAssociation", _plain),
    "ec2/securityGroup:SecurityGroup": (
        "AWS::EC2::SecurityGroup",
        rename(Description="GroupDescription", RevokeRulesOnDelete=""),
    ),
    "ec2/subnet:Subnet": ("AWS::EC2::Subnet", _plain),
    "ec2/vpc:Vpc": ("AWS::EC2::VPC", _plain),
    "ec2/vpcEndpoint:VpcEndpoint": ("AWS::EC2::VPCEndpoint", _plain),
    "ec2/vpnGatewayAttachment:VpnGatewayAttachment": ("AWS::EC2::VPCGatewayAttachment", _plain),
    "ec2transitgateway/vpcAttachment:VpcAttachment": ("AWS::EC2::TransitGatewayAttachment", _plain),
    "ecr/repository:Repository": ("AWS::ECR::Repository", _repository),
    "ecs/capacityProvider:CapacityProvider": ("AWS::ECS::CapacityProvider", _plain),
    "ecs/cluster:Cluster": ("AWS::ECS::Cluster", rename(Name="ClusterName", Settings="ClusterSettings")),
    "ecs/clusterCapacityProviders:ClusterCapacityProviders": (
        "AWS::ECS::ClusterCapacityProviderAssociations",
        rename(ClusterName="Cluster", DefaultCapacityProviderStrategies="DefaultCapacityProviderStrategy"),
    ),
    "ecs/service:Service": ("AWS::ECS::Service", _service),
    "ecs/taskDefinition:TaskDefinition": ("AWS::ECS::TaskDefinition", _task),
    "iam/instanceProfile:InstanceProfile": (
        "AWS::IAM::InstanceProfile",
        lambda properties, _: {"Roles": [properties["Role"]]},
    ),
    "iam/role:Role": (
        "AWS::IAM::Role",
        _json("AssumeRolePolicy", AssumeRolePolicy="AssumeRolePolicyDocument", Name="RoleName"),
    ),
    "iam/rolePolicy:RolePolicy": (
        "AWS::IAM::RolePolicy",
        lambda properties, resource: {
            "RoleName": properties["Role"],
            "PolicyName": resource.name,
            "PolicyDocument": json.loads(properties["Policy"]),
        },
    ),
    "kms/alias:Alias": ("AWS::KMS::Alias", rename(Name="AliasName")),
    "kms/key:Key": ("AWS::KMS::Key", _json("Policy", Policy="KeyPolicy", DeletionWindowInDays="PendingWindowInDays")),
    "lambda/function:Function": ("AWS::Lambda::Function", _function),
    "lb/listenerRule:ListenerRule": ("AWS::ElasticLoadBalancingV2::ListenerRule", _listener_rule),
    "lb/listener:Listener": ("AWS::ElasticLoadBalancingV2::Listener", _listener),
    "lb/loadBalancer:LoadBalancer": ("AWS::ElasticLoadBalancingV2::LoadBalancer", _balancer),
    "lb/targetGroup:TargetGroup": ("AWS::ElasticLoadBalancingV2::TargetGroup", _target_group),
    "route53/record:Record": ("AWS::Route53::RecordSet", _record),
    "secretsmanager/secret:Secret": ("AWS::SecretsManager::Secret", rename(RecoveryWindowInDays="")),
    "sns/topic:Topic": ("AWS::SNS::Topic", _plain),
    "sns/topicPolicy:TopicPolicy": (
        "AWS::SNS::TopicPolicy",
        lambda properties, _: {"Topics": [properties["Arn"]], "PolicyDocument": json.loads(properties["Policy"])},
    ),
    "sns/topicSubscription:TopicSubscription": ("AWS::SNS::Subscription", rename(Topic="TopicArn")),
    "ssm/parameter:Parameter": ("AWS::SSM::Parameter", _plain),
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": ("AWS::EC2::SecurityGroupEgress", _rule),
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": ("AWS::EC2::SecurityGroupIngress", _rule),
    "wafv2/webAcl:WebAcl": ("AWS::WAFv2::WebACL", _web_acl),
    "wafv2/webAclAssociation:WebAclAssociation": ("AWS::WAFv2::WebACLAssociation", rename(WebAclArn="WebACLArn")),
    "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ("AWS::WAFv2::LoggingConfiguration", _plain),
}
