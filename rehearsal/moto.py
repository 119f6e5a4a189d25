"""AWS on 127.0.0.1: a moto server in a process of its own, mended where it takes what AWS refuses."""

import secrets
import sys
import threading
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_block_store import EBSBackend
from moto.route53 import models as route53_models
from moto.server import main

_LOCK, _ATTACH = threading.Lock(), EBSBackend.attach_volume


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


if __name__ == "__main__":
    route53_models.create_route53_zone_id = zone_id
    mended: Any = EBSBackend
    mended.attach_volume = attach_as_aws_does
    main(sys.argv[1:])
