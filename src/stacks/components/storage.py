"""The data volumes, one per instance slot. They hold the models and outlive instances, tasks and the stack itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.config import ConfigRefusedError
from stacks.naming import DATA_TAG, SLOT_TAG, Names
from stacks.sections import StorageConfig


@dataclass(frozen=True)
class StorageArgs:
    """`slots` volumes in each zone, as many as its group can have instances, encrypted with the key named."""

    names: Names
    storage: StorageConfig
    zones: Sequence[str]
    slots: int
    key_arn: str


class Storage(pulumi.ComponentResource):
    """Encrypted gp3 volumes. A volume that an earlier stack has kept is adopted instead of made."""

    volumes: list[aws.ebs.Volume]

    def __init__(self, name: str, args: StorageArgs) -> None:
        super().__init__("testgen:storage:Storage", name)
        self.volumes = []
        for zone in args.zones:
            for number in range(1, args.slots + 1):
                self.volumes.append(self._volume(f"{name}-data-{zone}-{number}", zone, args))
        self.register_outputs({"volume_ids": [volume.id for volume in self.volumes]})

    def _volume(self, slot: str, zone: str, args: StorageArgs) -> aws.ebs.Volume:
        storage = args.storage
        return aws.ebs.Volume(
            slot,
            availability_zone=zone,
            size=storage.size_gb,
            type="gp3",
            iops=storage.iops,
            throughput=storage.throughput,
            encrypted=True,
            kms_key_id=args.key_arn,
            snapshot_id=storage.snapshot_id,
            tags={"Name": slot, SLOT_TAG: slot, DATA_TAG: args.names.stack},
            opts=pulumi.ResourceOptions(
                parent=self,
                retain_on_delete=True,
                import_=kept_volume(slot),
                # Snapshot and key of a new volume: changing them later must not replace the models.
                ignore_changes=["snapshot_id", "kms_key_id"],
            ),
        )


def kept_volume(slot: str) -> str | None:
    """The id of the volume that has this slot's tag, None if there is none. Pulumi ignores the id of its own volume.

    Raises:
        ConfigRefusedError: there are several, and only a person can say which one has the models.
    """
    filters = [
        aws.ebs.GetEbsVolumesFilterArgs(name=f"tag:{SLOT_TAG}", values=[slot]),
        aws.ebs.GetEbsVolumesFilterArgs(name="status", values=["creating", "available", "in-use"]),
    ]
    found = sorted(aws.ebs.get_ebs_volumes(filters=filters).ids)
    if len(found) > 1:
        raise ConfigRefusedError(
            f"storage: {', '.join(found)} all have the tag {SLOT_TAG}={slot}: remove the tag from all but the one to use"
        )
    return found[0] if found else None
