"""Forks of one Python process that has loaded the SDKs. Every `pulumi up` starts a program and three providers, which would load them anew:
most of the processor's time of a rehearsal. What is rehearsed is loaded by each fork itself."""

import gc
import importlib
import json
import os
import runpy
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rehearsal.forked import PLACE

# An account is needed before anything else.
_ACCOUNT = (
    "acm", "applicationautoscaling", "autoscaling", "cloudwatch", "ec2", "ecr", "ecs", "elbv2", "events", "iam", "kms", "logs",
    "route53", "secretsmanager", "servicequotas", "sns", "ssm", "sts", "wafv2",
)  # fmt: skip
OF_ACCOUNTS = ("moto.server", *(f"moto.{service}.responses" for service in _ACCOUNT))
# The SDK loads parts of its modules late, and those are what takes the time.
_PROGRAM = (
    "acm", "appautoscaling", "autoscaling", "budgets", "cloudwatch", "dlm", "ebs", "ec2", "ecr", "ecs", "iam", "kms", "lambda_",
    "lb", "route53", "secretsmanager", "servicequotas", "sns", "ssm", "vpc", "wafv2",
)  # fmt: skip
OF_PROGRAMS = (
    *("boto3", "pydantic", "pulumi_awsx.ec2", "pulumi_awsx.ecr", "grpc", "google.protobuf.json_format"),
    "pip._internal.cli.main",  # the language host asks for the list of packages each time
    *(f"pulumi_aws.{service}.{part}" for service in _PROGRAM for part in ("_inputs", "outputs")),
)


@contextmanager
def forks() -> Iterator[None]:
    """Serves forks to this process and all that it starts; where there is a server already, that one does."""
    if PLACE in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="testgen-forks-") as folder:
        place = str(Path(folder) / "socket")
        server = _started(place)
        os.environ[PLACE] = place
        try:
            yield
        finally:
            del os.environ[PLACE]
            server.communicate()  # closes its input, by which it ends


def _started(place: str) -> "subprocess.Popen[bytes]":
    """The server; who connects before it has loaded everything waits."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place)
        listening.listen(64)
        command = [sys.executable, "-W", "ignore", "-m", "rehearsal.forks", str(listening.fileno())]
        return subprocess.Popen(
            command,
            cwd=Path(__file__).parents[1],
            env=environment,
            stdin=subprocess.PIPE,
            pass_fds=[listening.fileno()],
        )


def serve(listening: socket.socket) -> None:
    """Loads what there is to load, and forks for each connection, until the input ends."""
    _load(OF_ACCOUNTS)
    while select.select([listening], [], [], 0)[0]:
        _fork(listening)
    _load(OF_PROGRAMS)
    while sys.stdin not in (ready := select.select([listening, sys.stdin], [], [])[0]):
        if ready:
            _fork(listening)
        _reap()
    for _ in range(50):  # they end with their clients
        if not _reap():
            break
        time.sleep(0.1)


def _reap() -> bool:
    """Takes note of the forks that have ended, so that their time is counted; whether there are others."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        return True
    return False


def _load(modules: tuple[str, ...]) -> None:
    for module in modules:
        with suppress(ImportError):  # not every service has both parts
            importlib.import_module(module)
    gc.collect()
    gc.freeze()  # a collection in a fork would copy the pages of all that


def _fork(listening: socket.socket) -> None:
    client, _ = listening.accept()
    with client:
        if os.fork() == 0:
            listening.close()
            _run(client)


def _run(client: socket.socket) -> None:
    """Becomes what the client asked for; ends with it, or when the client is killed."""
    _, descriptors, _, _ = socket.recv_fds(client, 1, 3)
    asked = json.loads(client.makefile().readline())
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    threading.Thread(target=_end_with, args=(client,), daemon=True).start()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    status = 1
    try:
        status = _status(asked["run"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        client.sendall(f"{status}\n".encode())
        os._exit(status)


def _end_with(client: socket.socket) -> None:
    client.recv(1)
    os._exit(1)


def _status(run: list[str]) -> int:
    """Runs a module or a script as Python does, and returns its exit status."""
    given = os.environ.get("PYTHONPATH", "")
    as_module = run[0] == "-m"
    sys.argv = run[1:] if as_module else run
    first = os.getcwd() if as_module else str(Path(run[0]).resolve().parent)
    sys.path[:1] = [first, *given.split(os.pathsep)] if given else [first]
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    try:
        if as_module:
            for name in [name for name in sys.modules if name.partition(".")[0] == "rehearsal"]:
                del sys.modules[name]  # the server's own
            runpy.run_module(run[1], run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(run[0], run_name="__main__")
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return 1
        return ended.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
