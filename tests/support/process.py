"""The service as its user starts it: a process of its own, on a real socket."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Any

import httpx

from support.forks import COMMAND as TESTGEN
from support.forks import Fork
from support.real_ollama import free_port, wait_for


@dataclass
class Service:
    """A running service and what it printed so far."""

    url: str
    process: "subprocess.Popen[bytes] | Fork"
    log: IO[bytes] | None  # what it prints, unless that goes elsewhere
    lines: list[bytes] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def output(self) -> str:
        return b"".join(self.lines).decode()

    def events(self, name: str, least: int = 1) -> list[dict[str, Any]]:
        """The log's lines of one event, as soon as there are so many: a line may come after the answer that it is about."""
        found: list[dict[str, Any]] = []

        def enough() -> bool:
            found[:] = [entry for entry in map(json.loads, list(self.lines)) if entry["event"] == name]
            return len(found) >= least

        wait_for(enough, f"{least} lines of {name}", 20)
        return found

    def post(self, path: str, timeout: float = 60, **what: object) -> httpx.Response:
        return httpx.post(self.url + path, timeout=timeout, **what)  # type: ignore[arg-type]


@contextmanager
def serving(
    *, stdout: IO[bytes] | None = None, host: str = "127.0.0.1", descriptors: int | None = None, **settings: str
) -> Iterator[Service]:
    """Serves until the end of the block, with so many files to open; ends by SIGTERM, and says so where it does not end in
    time."""
    port = free_port()
    arguments = ["serve", "--host", host, "--port", str(port)]
    environment = {**os.environ, "TESTGEN_ENGINE": "outline", **settings}
    measured = "PYTEST_CURRENT_TEST" not in os.environ  # by a bench, for which a fork shares too much
    if measured or descriptors or any(name.startswith("PYTHON") for name in settings):
        process, log = _of_its_own(arguments, environment, stdout, descriptors)
    else:
        process, log = _forked(arguments, environment, stdout)
    service = Service(f"http://127.0.0.1:{port}", process, log)
    reader = threading.Thread(target=_read, args=(service,), daemon=True)
    reader.start()
    try:
        wait_for(lambda: process.poll() is not None or answers(port), "the service", 180)
        assert process.poll() is None, b"".join(service.lines)[-2000:]
        yield service
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        reader.join(5)


def _of_its_own(
    arguments: list[str], environment: dict[str, str], stdout: IO[bytes] | None, descriptors: int | None
) -> "tuple[subprocess.Popen[bytes], IO[bytes] | None]":
    bounded = ["/bin/sh", "-c", 'ulimit -n "$0" && exec "$@"', str(descriptors)] if descriptors else []
    process = subprocess.Popen(
        [*bounded, TESTGEN, *arguments], env=environment, stdout=stdout or subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return process, process.stdout


def _forked(
    arguments: list[str], environment: dict[str, str], stdout: IO[bytes] | None
) -> tuple[Fork, IO[bytes] | None]:
    ours, theirs = (None, os.dup(stdout.fileno())) if stdout else os.pipe()
    with open(os.devnull, "rb") as nothing:
        process = Fork(arguments, Path.cwd(), environment, (nothing.fileno(), theirs, theirs))
    os.close(theirs)
    return process, None if ours is None else open(ours, "rb")


def _read(service: Service) -> None:
    if service.log:
        with service.log as output:
            for line in output:
                service.lines.append(line)


def answers(port: int) -> bool:
    """Whether a service is alive there; asked often, so without the cost of a client with certificates."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


class Health:
    """Asks for the health of a service all the time; `slowest` is the longest wait for an answer in seconds."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self.waits: list[float] = []
        self.failed: list[str] = []

    def __enter__(self) -> "Health":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(60)

    def _ask(self) -> None:
        with httpx.Client(timeout=30) as client:
            while not self._stop.is_set():
                started = time.monotonic()
                try:
                    if client.get(f"{self._url}/healthz").status_code != 200:
                        self.failed.append("not 200")
                except httpx.HTTPError as error:
                    self.failed.append(type(error).__name__)
                self.waits.append(time.monotonic() - started)
                time.sleep(0.01)

    @property
    def slowest(self) -> float:
        return max(self.waits, default=0.0)

    def percentile(self, share: float) -> float:
        return sorted(self.waits)[int(share * (len(self.waits) - 1))]
