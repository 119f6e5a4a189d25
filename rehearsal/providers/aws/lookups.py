"""The functions that the program calls, answered by moto. An unknown one is an error: nothing is made up in silence."""

from collections.abc import Mapping
from typing import Any

from rehearsal.providers.aws.given import GIVEN
from rehearsal.providers.aws.kind import Account

# Service Quotas of EC2 are not in moto: what a fresh account with GPUs granted has.
QUOTA_VCPUS = {"L-DB2E81BA": 64.0, "L-417A185B": 0.0}


def look_up(account: Account, token: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a function.

    Raises:
        LookupError: there is no such function here.
    """
    return GIVEN[token](account, args) if token in GIVEN else _account(account, token, args)


def _account(account: Account, token: str, args: Mapping[str, Any]) -> dict[str, Any]:
    ec2 = account.client("ec2")
    match token:
        case "aws:index/getCallerIdentity:getCallerIdentity":
            found = account.client("sts").get_caller_identity()
            return {
                "accountId": found["Account"],
                "arn": found["Arn"],
                "id": found["Account"],
                "userId": found["UserId"],
            }
        case "aws:index/getAvailabilityZones:getAvailabilityZones":
            zones = ec2.describe_availability_zones(Filters=[{"Name": "state", "Values": [args["state"]]}])
            return {"names": [zone["ZoneName"] for zone in zones["AvailabilityZones"]], "id": account.region}
        case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
            found = ec2.describe_instance_type_offerings(LocationType=args["locationType"], Filters=_filters(args))
            return {"locations": [entry["Location"] for entry in found["InstanceTypeOfferings"]], "id": account.region}
        case "aws:ec2/getInstanceType:getInstanceType":
            [found] = ec2.describe_instance_types(InstanceTypes=[args["instanceType"]])["InstanceTypes"]
            gpus = [{"count": gpu["Count"], "name": gpu["Name"]} for gpu in found.get("GpuInfo", {}).get("Gpus", [])]
            size = {"defaultVcpus": found["VCpuInfo"]["DefaultVCpus"], "memorySize": found["MemoryInfo"]["SizeInMiB"]}
            return {**size, "gpuses": gpus, "id": args["instanceType"], **args}
        case "aws:servicequotas/getServiceQuota:getServiceQuota":
            return {"value": QUOTA_VCPUS[args["quotaCode"]], "id": args["quotaCode"], **args}
        case "aws:ebs/getEbsVolumes:getEbsVolumes":
            found = ec2.describe_volumes(Filters=_filters(args))
            return {"ids": [volume["VolumeId"] for volume in found["Volumes"]], "id": account.region}
        case "aws:kms/getAlias:getAlias":
            found = account.client("kms").describe_key(KeyId=args["name"])["KeyMetadata"]
            return {"targetKeyArn": found["Arn"], "targetKeyId": found["KeyId"], "id": args["name"], **args}
        case "aws:secretsmanager/getSecrets:getSecrets":
            wanted = [{"Key": entry["name"], "Values": entry["values"]} for entry in args["filters"]]
            found = account.client("secretsmanager").list_secrets(Filters=wanted)["SecretList"]
            names, arns = [entry["Name"] for entry in found], [entry["ARN"] for entry in found]
            return {"names": names, "arns": arns, "id": account.region}
    raise LookupError(f"{token} has no stand-in: add it to rehearsal/providers/aws/lookups.py")


def _filters(args: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"Name": entry["name"], "Values": entry["values"]} for entry in args.get("filters", [])]
