"""The two images: built from the Dockerfiles and pushed to repositories of the stack, or given by digest."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from stacks.sections import ImagesConfig, ProxyConfig

ROOT = Path(__file__).resolve().parents[3]
PLATFORM = "linux/amd64"  # of the GPU instances, whatever the operator's own machine is
# What each Dockerfile copies: a change of anything else makes no new image.
API_CONTEXT = ("pyproject.toml", "uv.lock", "README.md", "src/testgen")
OLLAMA_CONTEXT = ("containers",)
KEEP_IMAGES = 10
BUILD = "docker-build:index:Image"  # the child of awsx's Image that builds and pushes


@dataclass(frozen=True)
class ImagesArgs:
    """Which images are given, and the bases of those that are built; the proxy that builds go through, and its certificates."""

    images: ImagesConfig
    proxy: ProxyConfig | None = None
    extra_ca: str | None = None


class Images(pulumi.ComponentResource):
    """Both images by digest, and the repositories that the tasks pull them from."""

    api_uri: pulumi.Output[str]
    ollama_uri: pulumi.Output[str]
    repository_arns: list[pulumi.Input[str]]
    repository_urls: list[pulumi.Output[str]]

    def __init__(self, name: str, args: ImagesArgs) -> None:
        super().__init__("testgen:images:Images", name)
        given = args.images
        self._args = args
        self.repository_arns, self.repository_urls = [], []
        self.api_uri = self._image(f"{name}-api", given.api_uri, "Dockerfile.api", API_CONTEXT, given.api_base)
        self.ollama_uri = self._image(
            f"{name}-ollama", given.ollama_uri, "Dockerfile.ollama", OLLAMA_CONTEXT, given.ollama_base
        )
        self.register_outputs({"api_uri": self.api_uri, "ollama_uri": self.ollama_uri})

    def _image(
        self, name: str, given: str | None, dockerfile: str, context: Sequence[str], base: str | None
    ) -> pulumi.Output[str]:
        if given:
            self.repository_arns += repository_arn(given)
            return pulumi.Output.from_input(given)
        options = pulumi.ResourceOptions(parent=self)
        repository = aws.ecr.Repository(
            name,
            name=name,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            force_delete=True,
            opts=options,
        )
        aws.ecr.LifecyclePolicy(name, repository=repository.name, policy=json.dumps(lifecycle()), opts=options)
        self.repository_arns.append(repository.arn)
        self.repository_urls.append(repository.repository_url)
        arguments = {"BASE_IMAGE": base} if base else {}
        # Docker's own arguments: no Dockerfile declares them, and they are in no image. The certificates are, so they make a tag.
        through = self._args.proxy.environment if self._args.proxy else {}
        extra_ca = self._args.extra_ca
        named = {**arguments, **({"extra_ca": hashlib.sha256(extra_ca.encode()).hexdigest()} if extra_ca else {})}
        image = awsx.ecr.Image(
            name,
            awsx.ecr.ImageArgs(
                repository_url=repository.repository_url,
                context=os.path.relpath(ROOT),
                dockerfile=os.path.relpath(ROOT / dockerfile),
                platform=PLATFORM,
                args={**arguments, **through} or None,
                image_tag=content_tag(ROOT, dockerfile, context, named),
            ),
            opts=pulumi.ResourceOptions(
                parent=self, transforms=[keep_replaced, *([with_certificates(extra_ca)] if extra_ca else [])]
            ),
        )
        return image.image_uri


def keep_replaced(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Leaves replaced images to the repository's lifecycle policy. awsx names the child that builds by the tag, so a new tag is
    a new resource, and the provider deletes the old one by its digest (pulumi-docker-build#581, #606): the image to roll back
    to, or, where only the tag has changed, the one that runs."""
    if args.type_ != BUILD:
        return None
    keep = pulumi.ResourceOptions(retain_on_delete=True)
    return pulumi.ResourceTransformResult(args.props, pulumi.ResourceOptions.merge(args.opts, keep))


def with_certificates(text: str) -> Callable[[pulumi.ResourceTransformArgs], pulumi.ResourceTransformResult | None]:
    """Gives a build the secret `extra_ca`, for which awsx's Image has no argument; the Dockerfiles say what they do with it."""

    def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        if args.type_ != BUILD:
            return None
        given: Any = args.props.get("secrets") or {}
        secrets = {**given, "extra_ca": text}
        return pulumi.ResourceTransformResult({**args.props, "secrets": secrets}, args.opts)

    return transform


def content_tag(root: Path, dockerfile: str, context: Sequence[str], arguments: Mapping[str, str]) -> str:
    """A tag that changes with the contents and modes of what goes into the image. awsx's own is a hash of the paths: the second
    push would be refused."""
    digest = hashlib.sha256(json.dumps([PLATFORM, dict(arguments)], sort_keys=True).encode())
    for path in (root / dockerfile, *_files(root, context)):
        content = path.read_bytes()
        mode = "100755" if path.stat().st_mode & 0o100 else "100644"  # as git has it, whatever the checkout's umask
        digest.update(f"{path.relative_to(root).as_posix()}\0{mode}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def _files(root: Path, context: Sequence[str]) -> Iterator[Path]:
    for entry in context:
        path = root / entry
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and "__pycache__" not in file.parts)


def lifecycle() -> dict[str, object]:
    """Old images go; the last ones stay, for a rollback."""
    selection = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": KEEP_IMAGES}
    rule = {
        "rulePriority": 1,
        "description": f"keep the last {KEEP_IMAGES}",
        "selection": selection,
        "action": {"type": "expire"},
    }
    return {"rules": [rule]}


def repository_arn(uri: str) -> list[str]:
    """The repository of an image in ECR, for the pull permission; none for one in another registry."""
    found = re.match(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^@:]+)", uri)
    return [f"arn:aws:ecr:{found[2]}:{found[1]}:repository/{found[3]}"] if found else []
