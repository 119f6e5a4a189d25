"""A GPU instance of an Auto Scaling group, and its boot: the user data of the launch template, run with the instance role's rights.
Only what touches devices, systemd and the metadata service is replaced."""

import base64
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from rehearsal.cloud import Operator, RehearsalError
from rehearsal.gate import Gate

# Stand-ins for what must not be done here: they write down their arguments; a device is a file, blank while it is empty.
STAND_IN = """#!/bin/bash
name=$(basename "$0")
echo "$name $*" >>"$WORLD/calls"
last=${@: -1}
case $name in
  curl) [ ! -e "$WORLD/no-metadata" ] || exit 7
    case "$*" in *api/token*) echo token ;; *instance-id*) echo "$INSTANCE_ID" ;; *availability-zone*) echo "$INSTANCE_ZONE" ;; esac ;;
  dnf) left=$(cat "$WORLD/mirror-fails" 2>/dev/null || echo 0)
    if [ "$left" -gt 0 ]; then echo $((left - 1)) >"$WORLD/mirror-fails"; exit 1; fi
    ln -s "$AWS_CLI/aws" "$WORLD/bin/aws" ;;
  blkid) [ -s "$last" ] || exit 2; [ "$1" != -s ] || basename "$last" ;;
  mkfs.xfs) echo formatted >>"$last" ;;
  mountpoint) [ -e "$WORLD/mounted" ] ;;
  mount) [ ! -e "$WORLD/unmountable" ] && touch "$WORLD/mounted" ;;
esac
"""
REPLACED = (
    "curl",
    "blkid",
    "mkfs.xfs",
    "mount",
    "mountpoint",
    "xfs_growfs",
    "systemctl",
    "dnf",
    "shutdown",
    "update-ca-trust",
)


def write_stand_ins(folder: Path) -> Path:
    """Puts the stand-ins into a folder for PATH."""
    folder.mkdir(exist_ok=True)
    for name in REPLACED:
        (folder / name).write_text(STAND_IN)
        (folder / name).chmod(0o755)
    return folder


@dataclass(frozen=True)
class Instance:
    """A booted instance: the volume that it mounted, and the path on it that tasks are given."""

    id: str
    zone: str
    volume_id: str
    mount_point: str
    volume: Path


def launch(operator: Operator, group: str) -> tuple[str, str]:
    """What managed scaling does for a task that finds no room: one instance more. Returns its id and zone."""
    scaling = operator.client("autoscaling")
    [before] = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"]
    known = {entry["InstanceId"] for entry in before["Instances"]}
    scaling.set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=len(known) + 1)
    [after] = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"]
    [new] = [entry for entry in after["Instances"] if entry["InstanceId"] not in known]
    return new["InstanceId"], new["AvailabilityZone"]


def terminate(operator: Operator, instance: Instance) -> None:
    """The instance goes, as in a refresh; its volume is free again."""
    operator.client("ec2").detach_volume(VolumeId=instance.volume_id, InstanceId=instance.id)
    operator.client("autoscaling").terminate_instance_in_auto_scaling_group(
        InstanceId=instance.id, ShouldDecrementDesiredCapacity=True
    )


def boot(operator: Operator, gate: Gate, aws_cli: Path, identifier: str, zone: str, template: str) -> Instance:
    """Runs the user data.

    Raises:
        RehearsalError: the instance does not join the cluster.
    """
    world = operator.folder / "instances" / identifier
    (world / "etc").mkdir(parents=True)
    disks, by_id = _disks(operator)
    script, mount_point = _user_data(operator, template, world)
    environment = {
        "PATH": f"{write_stand_ins(operator.folder / 'stand-ins')}:{aws_cli / 'bin'}:/usr/bin:/bin",
        "HOME": str(world), "WORLD": str(world), "ETC": str(world / "etc"), "BY_ID": str(by_id),
        "RETRY_FOR_S": "3", "RETRY_EVERY_S": "1", "INSTANCE_ID": identifier, "INSTANCE_ZONE": zone,
        "AWS_ENDPOINT_URL": gate.url, "AWS_ACCESS_KEY_ID": "instance", "AWS_SECRET_ACCESS_KEY": "instance",
        "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", str(script)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        raise RehearsalError(
            f"the instance in {zone} does not join the cluster: {' '.join((done.stdout + done.stderr).split())[-600:]}"
        )
    volume = _attached(operator, identifier)
    return Instance(identifier, zone, volume, mount_point, disks.parent / "volumes" / volume)


def _disks(operator: Operator) -> tuple[Path, Path]:
    """A device for each data volume, and a folder for its contents."""
    disks, by_id = operator.folder / "disks", operator.folder / "by-id"
    for folder in (disks, by_id, operator.folder / "volumes"):
        folder.mkdir(exist_ok=True)
    for volume in operator.client("ec2").describe_volumes()["Volumes"]:
        name = volume["VolumeId"]
        (operator.folder / "volumes" / name).mkdir(exist_ok=True)
        (disks / name).touch()
        link = by_id / f"nvme-Amazon_Elastic_Block_Store_{name.replace('-', '', 1)}"
        if not link.is_symlink():
            link.symlink_to(disks / name)
    return disks, by_id


def _user_data(operator: Operator, template: str, world: Path) -> tuple[Path, str]:
    """The script of the template's default version, its mount point moved into `world`."""
    versions = operator.client("ec2").describe_launch_template_versions(LaunchTemplateId=template)[
        "LaunchTemplateVersions"
    ]
    latest = max(versions, key=lambda entry: entry["VersionNumber"])
    text = base64.b64decode(latest["LaunchTemplateData"]["UserData"]).decode()
    found = re.search(r"^export MOUNT_POINT=(\S+)$", text, re.MULTILINE)
    if not found:
        raise RehearsalError("the user data names no MOUNT_POINT")
    script = world / "user-data.sh"
    script.write_text(text.replace(found[0], f"export MOUNT_POINT={world / 'mount'}"))
    return script, found[1].strip("'\"")


def _attached(operator: Operator, instance: str) -> str:
    filters = [{"Name": "attachment.instance-id", "Values": [instance]}]
    found = operator.client("ec2").describe_volumes(Filters=filters)["Volumes"]
    data = [
        volume["VolumeId"]
        for volume in found
        if any(tag["Key"] == "testgen:data-volume" for tag in volume.get("Tags", []))
    ]
    if len(data) != 1:
        raise RehearsalError(f"{instance} has {len(data)} data volumes")
    return str(data[0])
