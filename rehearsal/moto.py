"""AWS on 127.0.0.1: a moto server in its own process, patched to refuse what AWS refuses, with answers for what it does not know."""

import importlib
import json
import secrets
import sys
import threading
from typing import Any

from moto import settings
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_block_store import EBSBackend
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.iam.models import Role
from moto.iam.responses import IamResponse
from moto.route53 import models as route53_models
from moto.server import main
from moto.servicequotas.models import ServiceQuotasBackend
from moto.wafv2.responses import WAFV2Response

from stackgraph.web_acl import MANAGED

_LOCK, _ATTACH, _QUOTA = threading.Lock(), EBSBackend.attach_volume, ServiceQuotasBackend.get_service_quota
# What a fresh account with GPUs granted has.
QUOTAS = {"L-DB2E81BA": 64.0, "L-3819A6DF": 64.0, "L-417A185B": 0.0, "L-0263D0A3": 5.0}


def attach_as_aws_does(
    backend: Any, volume_id: str, instance_id: str, device_path: str, delete_on_termination: bool = False
) -> Any:
    """moto lets two instances have one volume, in any zone; EC2 refuses both (AttachVolume: VolumeInUse, InvalidVolume)."""
    with _LOCK:
        volume, instance = backend.get_volume(volume_id), backend.get_instance(instance_id)
        if volume.attachment is not None:
            raise EC2ClientError("VolumeInUse", f"{volume_id} is already attached to an instance")
        if volume.zone.name != instance.placement.zone:
            raise EC2ClientError("InvalidVolume.ZoneMismatch", f"{volume_id} is not in the zone of {instance_id}")
        return _ATTACH(backend, volume_id, instance_id, device_path, delete_on_termination)


def zone_id(resource_identifier: Any, existing_ids: Any = None, tags: Any = None) -> str:
    """Route 53's begin with Z."""
    return "Z" + "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") for _ in range(20))


def quota(backend: Any, service_code: str, quota_code: str) -> dict[str, Any]:
    """moto knows the quotas of VPCs only."""
    if quota_code in QUOTAS:
        return {"ServiceCode": service_code, "QuotaCode": quota_code, "Value": QUOTAS[quota_code]}
    return _QUOTA(backend, service_code, quota_code)


def describe_managed_rule_group(response: Any) -> Any:
    """AWS's managed rule groups, which are not in moto; every version has the same rules."""
    asked = json.loads(response.body)
    rules = [{"Name": name, "Action": {"Block": {}}} for name in MANAGED[asked["Name"]]]
    return 200, {}, json.dumps({"VersionName": asked.get("VersionName"), "Rules": rules})


def simulate_principal_policy(response: Any) -> Any:
    """IAM's policy simulator, by the policies of a role and moto's own evaluation of them."""
    resources = response._get_param("ResourceArns") or ["*"]
    role = response.backend.get_role_by_arn(response._get_param("PolicySourceArn"))
    policies = [IAMPolicy(document) for document in _documents(response.backend, role)]
    results = []
    for action in response._get_param("ActionNames"):
        found = {policy.is_action_permitted(action, resource) for policy in policies for resource in resources}
        denied, permitted = PermissionResult.DENIED in found, PermissionResult.PERMITTED in found
        decision = "explicitDeny" if denied else "allowed" if permitted else "implicitDeny"
        results.append({"EvalActionName": action, "EvalResourceName": resources[0], "EvalDecision": decision})
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def _documents(backend: Any, role: Role) -> list[Any]:
    inline = [json.dumps(entry) if isinstance(entry, dict) else entry for entry in role.policies.values()]
    return [*inline, *role.managed_policies.values()]


def mend() -> None:
    """Puts the above into moto, and reads its settings again: a fork has those that its first process was started with."""
    importlib.reload(settings)
    route53_models.create_route53_zone_id = zone_id
    changed: list[tuple[Any, Any, str]] = [
        (EBSBackend, attach_as_aws_does, "attach_volume"),
        (ServiceQuotasBackend, quota, "get_service_quota"),
        (WAFV2Response, describe_managed_rule_group, "describe_managed_rule_group"),
        (IamResponse, simulate_principal_policy, "simulate_principal_policy"),
    ]
    for owner, function, name in changed:
        setattr(owner, name, function)


if __name__ == "__main__":
    mend()
    main(sys.argv[1:])
