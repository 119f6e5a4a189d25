"""Serves docker-build:index:Image, the child of awsx's Image."""

import hashlib
import json
from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State
from rehearsal.providers.aws.network import EVERY
from rehearsal.providers.aws.plugin import main

_MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def _built(request: Request) -> tuple[str, State]:
    """One digest for one Dockerfile and its arguments, whatever the tag: as with a build that finds all layers in its cache."""
    plain = {key: request.inputs.get(key) for key in ("dockerfile", "platforms", "buildArgs")}
    config = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
    layer = {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": f"sha256:{config}", "size": 2}
    manifest = json.dumps({"schemaVersion": 2, "mediaType": _MANIFEST, "config": layer, "layers": []})
    [name] = request.inputs["tags"]
    repository, _, tag = name.partition("/")[2].rpartition(":")
    ecr: Any = request.client("ecr")
    found = ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": tag}])["images"]
    image = (
        found[0] if found else ecr.put_image(repositoryName=repository, imageManifest=manifest, imageTag=tag)["image"]
    )
    digest = image["imageId"]["imageDigest"]
    return f"{repository}@{digest}", {"digest": digest, "ref": f"{name}@{digest}"}


def _deleted(account: Account, identifier: str, state: State) -> None:
    """By digest, as the provider does (pulumi-docker-build#581): every tag of that image goes with it."""
    repository, _, digest = identifier.partition("@")
    account.client("ecr").batch_delete_image(repositoryName=repository, imageIds=[{"imageDigest": digest}])


main({"docker-build:index:Image": Kind(_built, _deleted, replaces=EVERY)})
