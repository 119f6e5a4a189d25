"""What AWS would answer: ids and computed attributes of new resources, and the look-ups of an account."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from stackgraph.facts import AccountFacts
from stackgraph.given import GIVEN

__all__ = ["ACCOUNT_ID", "REGION", "AccountFacts", "arn", "attributes", "hexadecimal", "look_up", "size_of"]

ACCOUNT_ID, REGION = "123456789012", "ap-northeast-1"
# vCPUs and MiB of the sizes of the families g4dn, g5 and g6, as AWS lists them.
SIZES = {"xlarge": (4, 16_384), "2xlarge": (8, 32_768), "4xlarge": (16, 65_536), "8xlarge": (32, 131_072)}


def size_of(instance_type: str) -> tuple[int, int]:
    """vCPUs and MiB of memory."""
    return SIZES[instance_type.split(".")[1]]


def look_up(facts: AccountFacts, token: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """The result of an invoke. An unknown one is an error, so that nothing is silently invented."""
    return GIVEN[token](facts, args) if token in GIVEN else _account(facts, token, args)


def _account(facts: AccountFacts, token: str, args: Mapping[str, Any]) -> dict[str, Any]:
    match token:
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return {"accountId": ACCOUNT_ID, "arn": f"arn:aws:iam::{ACCOUNT_ID}:user/operator", "id": ACCOUNT_ID}
        case "aws:index/getAvailabilityZones:getAvailabilityZones":
            return {"names": list(facts.zones), "id": REGION}
        case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
            [name] = args["filters"][0]["values"]
            return {"locations": list(facts.offering if name not in facts.nowhere else ()), "id": REGION}
        case "aws:ec2/getInstanceType:getInstanceType":
            gpus = [{"count": 1, "manufacturer": "NVIDIA", "memorySize": 16_384, "name": "T4"}]
            vcpus, memory = size_of(args["instanceType"])
            size = {"defaultVcpus": facts.vcpus or vcpus, "memorySize": facts.memory_mib or memory}
            return {**size, "gpuses": gpus, **args}
        case "aws:servicequotas/getServiceQuota:getServiceQuota":
            spot = args["quotaCode"] == "L-3819A6DF"
            return {"value": facts.spot_quota_vcpus if spot else facts.quota_vcpus, **args}
        case "aws:ebs/getEbsVolumes:getEbsVolumes":
            wanted = {entry["name"]: entry["values"][0] for entry in args["filters"]}
            found = [
                volume
                for slot, volumes in facts.kept_volumes.items()
                for volume in volumes
                if slot == wanted.get("tag:testgen:slot", slot) and wanted.get("availability-zone", "") in slot
            ]
            return {"ids": found, "id": REGION}
        case "aws:kms/getAlias:getAlias":
            key = arn("kms", f"key/{hexadecimal(args['name'], length=32)}")
            return {"targetKeyArn": key, "targetKeyId": key.rpartition("/")[2], "id": args["name"], **args}
        case "aws:secretsmanager/getSecrets:getSecrets":
            [names] = [entry["values"] for entry in args["filters"] if entry["name"] == "name"]
            found = [name for name in facts.secrets if name.startswith(names[0])]  # AWS matches beginnings
            arns = [arn("secretsmanager", f"secret:{name}-{hexadecimal(name, length=6)}") for name in found]
            return {"names": found, "arns": arns, "id": REGION}
    raise LookupError(f"the program asked for {token}, which these tests do not know")


def hexadecimal(*parts: str, length: int = 17) -> str:
    """A stable stand-in for AWS's random identifiers."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:length]


def arn(service: str, resource: str, *, region: str = REGION, account: str = ACCOUNT_ID) -> str:
    """An Amazon Resource Name."""
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def attributes(kind: str, name: str, inputs: Mapping[str, Any], import_id: str = "") -> tuple[str, dict[str, Any]]:
    """The physical id and the state of a new resource: its inputs and what AWS computes."""
    physical = str(inputs.get("name") or f"{name}-{hexadecimal(kind, name, length=7)}")
    make = _COMPUTED.get(kind, _plain)
    identifier, computed = make(physical, name, inputs)
    state = {"name": physical, "arn": arn("test", f"{kind}/{physical}"), **inputs, **computed}
    return import_id or identifier, state


def _plain(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return physical, {}


def _numbered(prefix: str, **more: Any) -> Any:
    def make(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        identifier = f"{prefix}-{hexadecimal(prefix, name)}"
        return identifier, {"id": identifier, "arn": arn("ec2", f"{prefix}/{identifier}"), **more}

    return make


def _load_balancer(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    suffix = f"app/{physical}/{hexadecimal(name, length=16)}"
    found = arn("elasticloadbalancing", f"loadbalancer/{suffix}")
    dns_name = f"{'internal-' if inputs.get('internal') else ''}{physical}-1234567890.{REGION}.elb.amazonaws.com"
    return found, {"arn": found, "arnSuffix": suffix, "dnsName": dns_name, "zoneId": "Z14GRHDCWA56QT"}


def _target_group(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    suffix = f"targetgroup/{physical}/{hexadecimal(name, length=16)}"
    found = arn("elasticloadbalancing", suffix)
    return found, {"arn": found, "arnSuffix": suffix}


def _by_arn(service: str, path: str, **more: Any) -> Any:
    def make(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        found = arn(service, path.format(physical))
        return found, {"arn": found, **more}

    return make


def _by_name(service: str, path: str, *, is_global: bool = False) -> Any:
    def make(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        return physical, {"arn": arn(service, path.format(physical), region="" if is_global else REGION)}

    return make


def _repository(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    url = f"{ACCOUNT_ID}.dkr.ecr.{REGION}.amazonaws.com/{physical}"
    return physical, {"arn": arn("ecr", f"repository/{physical}"), "repositoryUrl": url, "registryId": ACCOUNT_ID}


def _key(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    identifier = hexadecimal(name, length=32)
    return identifier, {"keyId": identifier, "arn": arn("kms", f"key/{identifier}")}


def _secret(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    found = arn("secretsmanager", f"secret:{physical}-AbCdEf")
    return found, {"arn": found}


def _secret_version(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A new value makes a new version."""
    version = hexadecimal(str(inputs.get("secretString")), length=32)
    return f"{inputs['secretId']}|{version}", {"versionId": version, "arn": inputs["secretId"]}


def _task_definition(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    revision = arn("ecs", f"task-definition/{inputs['family']}:1")
    return str(inputs["family"]), {"arn": revision, "revision": 1}


def _certificate(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    domain = inputs["domainName"]
    record = {
        "domainName": domain,
        "resourceRecordName": f"_check.{domain}",
        "resourceRecordType": "CNAME",
        "resourceRecordValue": "_token.acm-validations.aws",
    }
    found = arn("acm", f"certificate/{hexadecimal(name, length=12)}")
    return found, {"arn": found, "domainValidationOptions": [record]}


def _validation(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return physical, {"certificateArn": inputs["certificateArn"]}


def _record(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return f"{inputs['zoneId']}_{inputs['name']}", {"fqdn": inputs["name"]}


def _invocation(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return physical, {"result": '{"hookStatus": "SUCCEEDED"}'}


def _image(physical: str, name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    digest = hexadecimal(json.dumps(dict(inputs), sort_keys=True, default=str), length=64)
    return "", {"imageUri": f"{inputs['repositoryUrl']}@sha256:{digest}"}


_COMPUTED: Mapping[str, Any] = {
    "aws:ec2/securityGroup:SecurityGroup": _numbered("sg"),
    "aws:ec2/vpc:Vpc": _numbered("vpc"),
    "aws:ec2/subnet:Subnet": _numbered("subnet"),
    "aws:ec2/routeTable:RouteTable": _numbered("rtb"),
    "aws:ec2/internetGateway:InternetGateway": _numbered("igw"),
    "aws:ec2/natGateway:NatGateway": _numbered("nat"),
    "aws:ec2/eip:Eip": _numbered("eipalloc"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": _numbered("vpce"),
    "aws:ec2/launchTemplate:LaunchTemplate": _numbered("lt", latestVersion=1, defaultVersion=1),
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": _numbered("tgw-attach"),
    "aws:ebs/volume:Volume": _numbered("vol"),
    "aws:lb/loadBalancer:LoadBalancer": _load_balancer,
    "aws:lb/targetGroup:TargetGroup": _target_group,
    "aws:lb/listenerRule:ListenerRule": _by_arn("elasticloadbalancing", "listener-rule/app/{}"),
    "aws:lambda/function:Function": _by_arn("lambda", "function:{}"),
    "aws:lambda/invocation:Invocation": _invocation,
    "aws:lb/listener:Listener": _by_arn("elasticloadbalancing", "listener/app/{}"),
    "aws:ecs/cluster:Cluster": _by_arn("ecs", "cluster/{}"),
    "aws:ecs/capacityProvider:CapacityProvider": _by_arn("ecs", "capacity-provider/{}"),
    "aws:ecs/service:Service": _by_arn("ecs", "service/{}"),
    "aws:ecs/taskDefinition:TaskDefinition": _task_definition,
    "aws:autoscaling/group:Group": _by_name("autoscaling", "autoScalingGroup:0:autoScalingGroupName/{}"),
    "aws:cloudwatch/logGroup:LogGroup": _by_name("logs", "log-group:{}"),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": _by_name("logs", "delivery-destination:{}"),
    "aws:ecr/repository:Repository": _repository,
    "aws:iam/role:Role": _by_name("iam", "role/{}", is_global=True),
    "aws:iam/instanceProfile:InstanceProfile": _by_name("iam", "instance-profile/{}", is_global=True),
    "aws:kms/key:Key": _key,
    "aws:secretsmanager/secret:Secret": _secret,
    "aws:secretsmanager/secretVersion:SecretVersion": _secret_version,
    "aws:sns/topic:Topic": _by_arn("sns", "{}"),
    "aws:wafv2/webAcl:WebAcl": _by_arn("wafv2", "regional/webacl/{}/0"),
    "aws:acm/certificate:Certificate": _certificate,
    "aws:acm/certificateValidation:CertificateValidation": _validation,
    "aws:route53/record:Record": _record,
    "awsx:ecr:Image": _image,
}
