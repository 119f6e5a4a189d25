"""The task as ECS would start it: the Ollama sidecar, then the API, with the environment, command and ports of the registered
task definition; their output goes where `awslogs` would bring it."""

import contextlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import boto3
import httpx

from rehearsal.cloud import REGION, ROOT, RehearsalError
from rehearsal.gate import Gate
from testgen.contract import API_PORT, OLLAMA_PORT

# For the small model: two threads that wait for each other on a busy machine take ten times the processor's time of one.
SMALL_MACHINE = {"LLAMA_ARG_THREADS": "1"}
ENTRYPOINT = ROOT / "containers/ollama-entrypoint.sh"


@dataclass
class Container:
    """One container at work: its definition and the lines that it has printed."""

    definition: dict[str, Any]
    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The container's name in the task."""
        return str(self.definition["name"])

    @property
    def log_group(self) -> str:
        """Where its output goes."""
        return str(self.definition["logConfiguration"]["options"]["awslogs-group"])


@dataclass(frozen=True)
class Tools:
    """The folder with the programs of the images: `bin/ollama`, and the small model in place of the configured one."""

    ollama: Path

    @property
    def model_file(self) -> Path:
        """The small model."""
        return self.ollama / "model.gguf"


def environment_of(definition: dict[str, Any]) -> dict[str, str]:
    """The variables that the task definition sets."""
    return {entry["name"]: entry["value"] for entry in definition.get("environment", [])}


def image_settings(dockerfile: str) -> tuple[dict[str, str], list[str]]:
    """The environment and the command that an image brings along, read from its Dockerfile."""
    text = (ROOT / dockerfile).read_text(encoding="utf-8").replace("\\\n", " ")
    last = text.rsplit("\nFROM ", 1)[1]
    pairs = [pair for line in re.findall(r"^ENV (.+)$", last, re.MULTILINE) for pair in shlex.split(line)]
    command = [
        part
        for name in ("ENTRYPOINT", "CMD")
        for part in json.loads(re.findall(rf"^{name} (\[.+\])$", last, re.MULTILINE)[-1])
    ]
    return dict(pair.split("=", 1) for pair in pairs if not pair.startswith("PATH=")), command


class Runner(Protocol):
    """How a container becomes a process: from this checkout, or from an image."""

    def start(self, definition: dict[str, Any], gate: Gate, volume: Path | None) -> tuple[list[str], dict[str, str]]:
        """Command and environment of the container."""

    def check(self, definition: dict[str, Any], volume: Path | None) -> tuple[list[str], dict[str, str]]:
        """Command and environment of its health check."""


@dataclass(frozen=True)
class FromCheckout:
    """What the images would run, from this checkout."""

    tools: Tools

    def start(self, definition: dict[str, Any], gate: Gate, volume: Path | None) -> tuple[list[str], dict[str, str]]:
        """The entrypoint of the sidecar, or `testgen serve`, with the environment that the image and the definition set."""
        if definition["name"] == "ollama":
            settings, (_, *arguments) = image_settings("Dockerfile.ollama")
            environment = {**settings, **self._machine(volume), **environment_of(definition)}
            return [str(ENTRYPOINT), *arguments], environment
        settings, command = image_settings("Dockerfile.api")
        keys = {"AWS_ACCESS_KEY_ID": "task", "AWS_SECRET_ACCESS_KEY": "task", "AWS_ENDPOINT_URL": gate.url}
        path = f"{Path(sys.prefix) / 'bin'}:{os.environ['PATH']}"
        return command, {**settings, **keys, "PATH": path, **environment_of(definition)}

    def check(self, definition: dict[str, Any], volume: Path | None) -> tuple[list[str], dict[str, str]]:
        """The same command, at the places of this checkout."""
        places = {"/usr/local/bin/ollama-entrypoint.sh": str(ENTRYPOINT), "python3": sys.executable}
        words = [places.get(word, word) for word in definition["healthCheck"]["command"][1:]]
        settings = image_settings("Dockerfile.ollama")[0]
        return words, {**settings, **self._machine(volume), **environment_of(definition)}

    def _machine(self, volume: Path | None) -> dict[str, str]:
        home = str(volume or Path("/nowhere"))
        path = f"{self.tools.ollama / 'bin'}:{os.environ['PATH']}"
        return {"PATH": path, "HOME": home, "OLLAMA_HOME": home, **SMALL_MACHINE}


@contextmanager
def running(
    definitions: list[dict[str, Any]], gate: Gate, volume: Path, runner: Runner, limit_s: float = 90
) -> Iterator[dict[str, Container]]:
    """Starts the containers in the order of `dependsOn`; a container that never becomes healthy is an error."""
    _require_free(API_PORT, OLLAMA_PORT)
    with ExitStack() as stack:
        started: dict[str, Container] = {}
        for definition in _in_order(definitions):
            mounts = [mount["containerPath"] for mount in definition.get("mountPoints", [])]
            place = volume if "/root/.ollama" in mounts else None
            container = stack.enter_context(_started(definition, runner.start(definition, gate, place)))
            started[container.name] = container
            if "healthCheck" in definition:
                _wait_until_healthy(container, runner.check(definition, place), limit_s)
        yield started


def _in_order(definitions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(definitions, key=lambda entry: len(entry.get("dependsOn", [])))


def _require_free(*ports: int) -> None:
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise RehearsalError(f"port {port} of this machine is taken: stop what listens there") from None


@contextmanager
def _started(definition: dict[str, Any], what: tuple[list[str], dict[str, str]]) -> Iterator[Container]:
    command, environment = what
    process = subprocess.Popen(
        command,
        env=environment,
        cwd="/tmp",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    container = Container(definition, process)
    reader = threading.Thread(target=_collect, args=(container,), daemon=True)
    reader.start()
    try:
        yield container
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        with contextlib.suppress(ProcessLookupError):  # processes that it started and left, which keep its output open
            os.killpg(process.pid, signal.SIGKILL)
        reader.join(5)
        if process.stdout:
            process.stdout.close()


def _collect(container: Container) -> None:
    assert container.process.stdout
    for line in container.process.stdout:
        container.lines.append(line.rstrip("\n"))


def _wait_until_healthy(container: Container, check: tuple[list[str], dict[str, str]], limit_s: float) -> None:
    """Runs the container's own health check until it passes, as the ECS agent does; before its ports are open it would fail."""
    command, environment = check
    ports = [mapping["containerPort"] for mapping in container.definition.get("portMappings", [])]
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if container.process.poll() is not None:
            said = "\n".join(container.lines[-5:])
            raise RehearsalError(f"container {container.name} ended with {container.process.returncode}: {said}")
        opened = all(map(_open, ports))
        if opened and subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.3)
    asked = " ".join(container.definition["healthCheck"]["command"])
    raise RehearsalError(f"container {container.name} did not pass its health check {asked} in {limit_s:g} s")


def _open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def put_on_volume(model: str, volume: Path, tools: Tools) -> None:
    """Does what the first pull of the model does, from the small model's file: no registry is reached here. A later pull finds it."""
    name, _, tag = model.partition(":")
    if (volume / "models/manifests/registry.ollama.ai/library" / name / (tag or "latest")).exists():
        return
    _require_free(OLLAMA_PORT)
    environment = {"PATH": os.environ["PATH"], "HOME": str(volume), "OLLAMA_MODELS": str(volume / "models")}
    server = subprocess.Popen(
        [str(tools.ollama / "bin/ollama"), "serve"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                httpx.get(f"http://127.0.0.1:{OLLAMA_PORT}/api/version")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        (volume / "Modelfile").write_text(f"FROM {tools.model_file}\n")
        create = [str(tools.ollama / "bin/ollama"), "create", model, "-f", str(volume / "Modelfile")]
        subprocess.run(create, env=environment, check=True, capture_output=True)
    finally:
        server.terminate()
        server.wait(20)


class LogDriver:
    """Brings lines to CloudWatch Logs with the execution role, as `awslogs` does."""

    def __init__(self, gate: Gate) -> None:
        self._logs = boto3.client(
            "logs",
            region_name=REGION,
            endpoint_url=gate.url,
            aws_access_key_id="execution",
            aws_secret_access_key="execution",
        )
        self._sent: dict[str, int] = {}

    def deliver(self, container: Container) -> None:
        """Sends what is new."""
        options = container.definition["logConfiguration"]["options"]
        where = {
            "logGroupName": options["awslogs-group"],
            "logStreamName": f"{options['awslogs-stream-prefix']}/{container.name}/rehearsal",
        }
        try:
            if container.name not in self._sent:
                self._logs.create_log_stream(**where)
            new = container.lines[self._sent.get(container.name, 0) :]
            if new:
                now = int(time.time() * 1000)
                self._logs.put_log_events(
                    **where, logEvents=[{"timestamp": now, "message": line} for line in new if line]
                )
        except self._logs.exceptions.ClientError as error:
            raise RehearsalError(
                f"the lines of {container.name} do not reach {where['logGroupName']}: {error}"
            ) from None
        self._sent[container.name] = len(container.lines)
