"""Both images, built from their Dockerfiles with buildah and run as ECS would: a root that is read-only, a tmpfs at /tmp, the image's
user, the data volume at its place. Needs root; no registry and no Docker are reached."""

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearsal.cloud import ROOT, RehearsalError
from rehearsal.gate import Gate
from rehearsal.task import SMALL_MACHINE

CA_BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
MODELS = "/root/.ollama"
API, OLLAMA = "localhost/testgen-api:test", "localhost/testgen-ollama:test"


def run(*command: str) -> str:
    """A command's output.

    Raises:
        RehearsalError: it failed; with the end of what it said.
    """
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RehearsalError(f"{shlex.join(command[:3])} … failed: {done.stderr[-3000:]}")
    return done.stdout.strip()


def missing() -> str:
    """What is missing for container builds on this machine; empty if nothing is."""
    absent = [name for name in ("buildah", "debootstrap") if not shutil.which(name)]
    if absent or os.geteuid() != 0:
        return f"container builds need root and {' and '.join(absent) or 'buildah'} (Debian: apt-get install buildah debootstrap)"
    return ""


def base_image() -> str:
    """A small Debian, made here."""
    return run("tools/container-base.sh")


def build(dockerfile: str, base: str, name: str, folder: Path = ROOT) -> None:
    """Builds an image on another base; the certificates of a company's proxy are handed in, and are not in the image. The image that had
    the name before is removed, which would be half a gigabyte at each build otherwise."""
    before = _id_of(name)
    secrets = [f"--secret=id=extra_ca,src={path}" for path in CA_BUNDLES if os.path.exists(path)][:1]
    run("buildah", "bud", "--quiet", "--format", "docker", "--isolation", "chroot", "--network", "host", *secrets,
        "--build-arg", f"BASE_IMAGE={base}", "-f", str(folder / dockerfile), "-t", name, str(folder))  # fmt: skip
    if before and before != _id_of(name):
        with suppress(RehearsalError):  # another run has a container of it
            run("buildah", "rmi", before)


def _id_of(name: str) -> str:
    """Of an image; empty where there is none of that name."""
    try:
        return run("buildah", "images", "--quiet", "--no-trunc", name)
    except RehearsalError:
        return ""


def build_both(tools: Path, folder: Path) -> None:
    """The images `API` and `OLLAMA`; `folder` is empty, for what lies between.

    Raises:
        RehearsalError: container builds cannot be made here.
    """
    if reason := missing():
        raise RehearsalError(reason)
    base = base_image()
    build("Dockerfile.api", base, API)
    _build_ollama(base, tools, folder)


def _build_ollama(base: str, tools: Path, folder: Path) -> None:
    """Dockerfile.ollama on a base image with the real server, like the pinned public base."""
    shutil.copytree(tools / "lib", folder / "lib", symlinks=True)
    shutil.copytree(tools / "bin", folder / "bin")
    (folder / "Dockerfile").write_text(
        "ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nCOPY lib /usr/local/lib\nCOPY bin /usr/local/bin\n"
    )
    build("Dockerfile", base, "localhost/testgen-ollama-base:test", folder)
    build("Dockerfile.ollama", "localhost/testgen-ollama-base:test", OLLAMA)


@dataclass(frozen=True)
class Image:
    """A container's file system, mounted, and the image's own settings."""

    root: Path
    config: Mapping[str, Any]

    def command(
        self, words: Sequence[str], environment: Mapping[str, str], user: str, volume: Path | None
    ) -> list[str]:
        """A process inside: its mounts end with it."""
        own = dict(pair.split("=", 1) for pair in self.config.get("Env") or [])
        variables = [f"{key}={value}" for key, value in {**own, **environment}.items()]
        inside = shlex.join(["env", "-i", *variables, *words])
        script = [
            f'mount --bind "{self.root}" "{self.root}"',
            f'mount --rbind /dev "{self.root}/dev"',
            f'mount -t proc proc "{self.root}/proc"',
            *([f'mkdir -p "{self.root}{MODELS}"', f'mount --bind "{volume}" "{self.root}{MODELS}"'] if volume else []),
            f'mount -o remount,bind,ro "{self.root}"',
            f'mount -t tmpfs tmpfs "{self.root}/tmp"',
            f'chmod 1777 "{self.root}/tmp"',
            f"exec chroot --userspec={user} {shlex.quote(str(self.root))} /bin/sh -c {shlex.quote('cd /tmp && exec ' + inside)}",
        ]
        return ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", " && ".join(script)]


@contextmanager
def mounted(image: str) -> Iterator[Image]:
    """A container of an image, made and removed."""
    name = run("buildah", "from", image)
    try:
        config = json.loads(run("buildah", "inspect", name))["Docker"]["config"]
        yield Image(Path(run("buildah", "mount", name)), config)
    finally:
        run("buildah", "umount", name)
        run("buildah", "rm", name)


@dataclass(frozen=True)
class FromImages:
    """Runs the containers of a task from the images that were built."""

    images: Mapping[str, Image]

    def start(self, definition: dict[str, Any], gate: Gate, volume: Path | None) -> tuple[list[str], dict[str, str]]:
        """The image's own command, with the environment and the user of the definition."""
        image = self.images[definition["name"]]
        words = [*(image.config.get("Entrypoint") or []), *(image.config.get("Cmd") or [])]
        keys = (
            {}
            if volume
            else {"AWS_ACCESS_KEY_ID": "task", "AWS_SECRET_ACCESS_KEY": "task", "AWS_ENDPOINT_URL": gate.url}
        )
        return self._inside(definition, words, keys, volume)

    def check(self, definition: dict[str, Any], volume: Path | None) -> tuple[list[str], dict[str, str]]:
        """The health check of the definition, inside."""
        return self._inside(definition, definition["healthCheck"]["command"][1:], {}, volume)

    def _inside(
        self, definition: dict[str, Any], words: Sequence[str], more: Mapping[str, str], volume: Path | None
    ) -> tuple[list[str], dict[str, str]]:
        given = {entry["name"]: entry["value"] for entry in definition.get("environment", [])}
        image = self.images[definition["name"]]
        user = definition.get("user") or image.config.get("User") or "0:0"
        home = {"HOME": "/root", **SMALL_MACHINE} if volume else {}
        return image.command(words, {**home, **more, **given}, user, volume), dict(os.environ)


@contextmanager
def both() -> Iterator[FromImages]:
    """A container of each image that was built."""
    with mounted(API) as api, mounted(OLLAMA) as ollama:
        yield FromImages({"api": api, "ollama": ollama})
