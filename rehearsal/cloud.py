"""What the operator has: a project folder, the Pulumi CLI with its state, and an AWS account, which is moto's."""

import fcntl
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import httpx

from rehearsal.providers.aws.kind import CALLS

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-IS", str(ROOT / "rehearsal/forked.py"), sys.executable)
REGION = "ap-northeast-1"
PASSPHRASE = "rehearsal"
# What `pulumi up` needs of the project; copied, since the CLI writes into the stack's file.
PROJECT = ("src", "rehearsal", "stackgraph", "containers", "Pulumi.yaml", "Pulumi.mvp.yaml", "Pulumi.phase2.yaml",
           "Dockerfile.api", "Dockerfile.ollama", "pyproject.toml", "uv.lock", "README.md")  # fmt: skip


class RehearsalError(Exception):
    """The rehearsal failed; the text names what is wrong."""


@contextmanager
def alone(say: Callable[[str], None]) -> Iterator[None]:
    """Waits for another rehearsal on this machine: a task's ports are fixed."""
    with (Path(tempfile.gettempdir()) / "testgen-rehearsal.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another rehearsal has the ports 8000 and 11434: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def account(folder: Path) -> Iterator[str]:
    """A fresh AWS account; yields the address of its API."""
    port = free_port()
    log = (folder / "moto.log").open("wb")
    command = [*PYTHON, "-W", "ignore", "-m", "rehearsal.moto", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=_safe_environment(), stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, folder / "moto.log")
        yield url
    finally:
        process.kill()  # there is nothing to be kept
        process.wait(60)
        log.close()


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        with suppress(httpx.HTTPError):
            httpx.get(f"{url}/moto-api/")
            return
        time.sleep(0.1)
    raise RehearsalError(f"the moto server does not answer: {log.read_text()[-500:]}")


def _safe_environment() -> dict[str, str]:
    """Without anybody's real account or state."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PULUMI_", "TESTGEN_"))}
    keys = {"AWS_ACCESS_KEY_ID": "rehearsal", "AWS_SECRET_ACCESS_KEY": "rehearsal", "AWS_DEFAULT_REGION": REGION}
    return {**kept, **keys, "AWS_EC2_METADATA_DISABLED": "true"}


def copy_project(target: Path) -> None:
    """Makes a project folder out of this checkout."""
    target.mkdir()
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)  # with bytecode, which would be stale after a change of the source
        else:
            shutil.copy2(source, target / name)
    _virtual_environment(target / ".venv")


def _virtual_environment(folder: Path) -> None:
    """That of this checkout, but for its `python`."""
    ours = Path(sys.prefix)
    (folder / "bin").mkdir(parents=True)
    for entry in (*ours.iterdir(), *(ours / "bin").iterdir()):
        if entry.name != "bin" and not entry.name.startswith("python"):
            (folder / entry.relative_to(ours)).symlink_to(entry)
    for name in ("python", "python3"):
        python = folder / "bin" / name
        python.write_text(f'#!/bin/sh\nexec {shlex.join(PYTHON)} "$@"\n')
        python.chmod(0o755)


@dataclass
class Operator:
    """Types commands of the real Pulumi CLI in a copy of the project, against an account at `endpoint`."""

    stack: str
    folder: Path
    endpoint: str
    pulumi: Path
    project: Path = field(init=False)

    def __post_init__(self) -> None:
        self.project = self.folder / "project"
        if not self.project.exists():
            copy_project(self.project)
        (self.folder / "state").mkdir(exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """Of the CLI, and by way of it of the program and the providers."""
        path = [
            str(ROOT / "rehearsal/providers/bin"),
            str(self.project / ".venv/bin"),
            str(self.pulumi),
            os.environ["PATH"],
        ]
        return {
            **_safe_environment(),
            "PATH": os.pathsep.join(path),
            "AWS_ENDPOINT_URL": self.endpoint,
            "PYTHONPATH": os.pathsep.join((str(self.project), str(self.project / "src"))),
            "PYTHONWARNINGS": "ignore",
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_ERROR_OUTPUT_STRING": "true",
            CALLS: str(self.calls),
        }

    @property
    def calls(self) -> Path:
        """The actions that the stand-ins for the providers have called, one per line."""
        return self.folder / "calls"

    def run(self, *arguments: str, secret_input: str | None = None) -> str:
        """One command; returns what it printed.

        Raises:
            RehearsalError: it failed; with the lines that say why.
        """
        command = ["pulumi", *arguments, "--non-interactive"]
        done = subprocess.run(
            command,
            cwd=self.project,
            env=self.environment,
            input=secret_input,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise RehearsalError(f"pulumi {' '.join(arguments)}: {_why(done.stdout + done.stderr)}")
        return done.stdout

    @property
    def account_id(self) -> str:
        """The number of the account."""
        return str(self.client("sts").get_caller_identity()["Account"])

    def client(self, service: str) -> Any:
        """An AWS client of the operator's; made once, since it reads the service's whole description."""
        return _client(service, self.endpoint)


@cache
def _client(service: str, endpoint: str) -> Any:
    make: Callable[..., Any] = boto3.client  # its types want the service as a literal
    keys = {"aws_access_key_id": "rehearsal", "aws_secret_access_key": "rehearsal"}
    return make(service, region_name=REGION, endpoint_url=endpoint, **keys)


def _why(output: str) -> str:
    """The lines with errors, without the plugins' warnings."""
    lines = [line.strip() for line in output.splitlines()]
    told = [line for line in lines if "error:" in line.lower() or "Error" in line]
    return "\n".join(dict.fromkeys(told)) or "\n".join(lines[-25:])
