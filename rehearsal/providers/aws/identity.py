"""Roles and policies, the key, the settings and the secret."""

import json
import secrets

from rehearsal.providers.aws.kind import Account, Kind, Request, State, changed_by_creating
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import parameters


def _role(request: Request) -> tuple[str, State]:
    made = request.client("iam").create_role(
        RoleName=request.inputs["name"],
        AssumeRolePolicyDocument=request.inputs["assumeRolePolicy"],
        Tags=request.account.pairs(request.inputs),
    )["Role"]
    return made["RoleName"], {"arn": made["Arn"]}


def _changed_role(request: Request, identifier: str, state: State) -> State:
    request.client("iam").update_assume_role_policy(
        RoleName=identifier, PolicyDocument=request.inputs["assumeRolePolicy"]
    )
    return {}


def _no_role(account: Account, identifier: str, state: State) -> None:
    account.client("iam").delete_role(RoleName=identifier)


def _policy(request: Request) -> tuple[str, State]:
    inputs = request.inputs
    json.loads(inputs["policy"])
    request.client("iam").put_role_policy(
        RoleName=inputs["role"], PolicyName=inputs["name"], PolicyDocument=inputs["policy"]
    )
    return f"{inputs['role']}:{inputs['name']}", {}


def _no_policy(account: Account, identifier: str, state: State) -> None:
    account.client("iam").delete_role_policy(RoleName=state["role"], PolicyName=state["name"])


def _profile(request: Request) -> tuple[str, State]:
    iam, name = request.client("iam"), request.inputs["name"]
    made = iam.create_instance_profile(InstanceProfileName=name, Tags=request.account.pairs(request.inputs))
    iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=request.inputs["role"])
    return name, {"arn": made["InstanceProfile"]["Arn"]}


def _no_profile(account: Account, identifier: str, state: State) -> None:
    iam = account.client("iam")
    iam.remove_role_from_instance_profile(InstanceProfileName=identifier, RoleName=state["role"])
    iam.delete_instance_profile(InstanceProfileName=identifier)


def _key(request: Request) -> tuple[str, State]:
    kms = request.client("kms")
    made = kms.create_key(
        Description=request.inputs["description"],
        Policy=request.inputs["policy"],
        Tags=request.account.pairs(request.inputs, "TagKey", "TagValue"),
    )["KeyMetadata"]
    if request.inputs.get("enableKeyRotation"):
        kms.enable_key_rotation(KeyId=made["KeyId"])
    return made["KeyId"], {"keyId": made["KeyId"], "arn": made["Arn"]}


def _changed_key(request: Request, identifier: str, state: State) -> State:
    request.client("kms").put_key_policy(KeyId=identifier, PolicyName="default", Policy=request.inputs["policy"])
    return {}


def _no_key(account: Account, identifier: str, state: State) -> None:
    days = int(state.get("deletionWindowInDays", 30))
    account.client("kms").schedule_key_deletion(KeyId=identifier, PendingWindowInDays=days)


def _alias(request: Request) -> tuple[str, State]:
    name = request.inputs["name"]
    request.client("kms").create_alias(AliasName=name, TargetKeyId=request.inputs["targetKeyId"])
    return name, {}


def _changed_alias(request: Request, identifier: str, state: State) -> State:
    request.client("kms").update_alias(AliasName=identifier, TargetKeyId=request.inputs["targetKeyId"])
    return {}


def _no_alias(account: Account, identifier: str, state: State) -> None:
    account.client("kms").delete_alias(AliasName=identifier)


def _parameter(request: Request) -> tuple[str, State]:
    ssm, name = request.client("ssm"), request.inputs["name"]
    given = parameters(ssm, "put_parameter", without(request.inputs, "tags"))
    ssm.put_parameter(**given, Tags=request.account.pairs(request.inputs))
    return name, {"arn": f"arn:aws:ssm:{request.account.region}:{request.account.id}:parameter{name}"}


def _changed_parameter(request: Request, identifier: str, state: State) -> State:
    ssm = request.client("ssm")
    ssm.put_parameter(**parameters(ssm, "put_parameter", without(request.inputs, "tags")), Overwrite=True)
    return {}


def _no_parameter(account: Account, identifier: str, state: State) -> None:
    account.client("ssm").delete_parameter(Name=identifier)


def _secret(request: Request) -> tuple[str, State]:
    manager = request.client("secretsmanager")
    request.client("kms").describe_key(KeyId=request.inputs["kmsKeyId"])
    made = manager.create_secret(
        **parameters(manager, "create_secret", without(request.inputs, "tags", "recoveryWindowInDays")),
        Tags=request.account.pairs(request.inputs),
    )
    return made["ARN"], {"arn": made["ARN"]}


def _changed_secret(request: Request, identifier: str, state: State) -> State:
    request.client("secretsmanager").update_secret(
        SecretId=identifier, Description=request.inputs["description"], KmsKeyId=request.inputs["kmsKeyId"]
    )
    return {}


def _read_secret(account: Account, identifier: str) -> tuple[State, State]:
    """What a program would have written for a secret that is there."""
    found = account.client("secretsmanager").describe_secret(SecretId=identifier)
    inputs = {"name": found["Name"], "kmsKeyId": found["KmsKeyId"], "description": found.get("Description", "")}
    return {**inputs, "recoveryWindowInDays": 30.0}, {"arn": found["ARN"]}


def _no_secret(account: Account, identifier: str, state: State) -> None:
    days = int(state.get("recoveryWindowInDays", 30))
    window = {"RecoveryWindowInDays": days} if days else {"ForceDeleteWithoutRecovery": True}
    account.client("secretsmanager").delete_secret(SecretId=identifier, **window)


def _secret_version(request: Request) -> tuple[str, State]:
    manager = request.client("secretsmanager")
    secret = request.inputs["secretId"]
    made = manager.put_secret_value(
        SecretId=secret, SecretString=request.inputs["secretString"], ClientRequestToken=secrets.token_hex(16)
    )
    return f"{secret}|{made['VersionId']}", {"versionId": made["VersionId"], "arn": secret}


KINDS = {
    "aws:iam/role:Role": Kind(_role, _no_role, _changed_role, named="name", replaces=frozenset({"name"})),
    "aws:iam/rolePolicy:RolePolicy": Kind(
        _policy, _no_policy, changed_by_creating(_policy), named="name", replaces=frozenset({"name", "role"})
    ),
    "aws:iam/instanceProfile:InstanceProfile": Kind(_profile, _no_profile, named="name", replaces=EVERY),
    "aws:kms/key:Key": Kind(_key, _no_key, _changed_key, replaces=frozenset({"keyUsage", "customerMasterKeySpec"})),
    "aws:kms/alias:Alias": Kind(_alias, _no_alias, _changed_alias, replaces=frozenset({"name"})),
    "aws:ssm/parameter:Parameter": Kind(
        _parameter, _no_parameter, _changed_parameter, replaces=frozenset({"name", "type"})
    ),
    "aws:secretsmanager/secret:Secret": Kind(
        _secret, _no_secret, _changed_secret, _read_secret, replaces=frozenset({"name"})
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": Kind(_secret_version, replaces=EVERY),
}
