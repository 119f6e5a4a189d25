"""The HTTP service as a process of its own, as its user starts it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from support.real_ollama import free_port, wait_for

COMMAND = str(Path(sys.executable).parent / "testgen")


@dataclass
class Service:
    """A service that runs: where it answers, its process, and what it has logged."""

    url: str
    port: int
    process: "subprocess.Popen[bytes]"
    output: Path

    def lines(self) -> list[dict[str, Any]]:
        """The log so far."""
        return [json.loads(line) for line in self.output.read_text(encoding="utf-8").splitlines() if line]

    def events(self, name: str) -> list[dict[str, Any]]:
        """The lines of one event."""
        return [line for line in self.lines() if line["event"] == name]


@contextmanager
def serving(*, host: str = "127.0.0.1", descriptors: int | None = None, **variables: str) -> Iterator[Service]:
    """`testgen serve` with these variables, and so many files that it may open. Ends it as `docker stop` does, if it runs."""
    port = free_port()
    environment = {"TESTGEN_ENGINE": "outline", **variables}
    bounded = ["/bin/sh", "-c", 'ulimit -n "$0" && exec "$@"', str(descriptors)] if descriptors else []
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "log"
        with output.open("wb") as log:
            process = subprocess.Popen(
                [*bounded, COMMAND, "serve", "--host", host, "--port", str(port)],
                env={**os.environ, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        service = Service(f"http://127.0.0.1:{port}", port, process, output)
        try:
            wait_for(lambda: process.poll() is not None or _alive(service), "the service")
            assert process.poll() is None, output.read_text()
            yield service
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def _alive(service: Service) -> bool:
    return httpx.get(f"{service.url}/healthz", timeout=5).status_code == 200
