"""Commands as forks of one process that has loaded what they load: to load it anew takes a second of the processor for each of
hundreds. What Python itself reads when it starts, such as PYTHONIOENCODING, needs a process of its own. Run as a script, this
is the process that they are forked from."""

import atexit
import functools
import gc
import importlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

COMMAND = str(Path(sys.executable).parent / "testgen")
NUMBER = struct.Struct("!q")
LOADED = (
    "testgen.cli",
    "testgen.preload",
    "testgen.bootstrap",
    "testgen.api.server",
    "testgen.cli.progress",
    "boto3",
    "httpx",
)


class Fork:
    """A command that runs, as far as `subprocess.Popen` is needed here."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], standard: tuple[int, int, int]
    ) -> None:
        self.args = [COMMAND, *arguments]
        self.returncode: int | None = None
        self._channel, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(_control(), [b"+"], [theirs.fileno(), *standard])
        asked = {"arguments": self.args, "folder": str(folder), "environment": dict(environment)}
        self._channel.sendall(json.dumps(asked).encode() + b"\n")
        self.pid = self._told()

    def poll(self) -> int | None:
        """The exit status, if it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0.001)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, once it has ended."""
        if self.returncode is None:
            self._channel.settimeout(timeout)
            try:
                self.returncode = self._told()
            except TimeoutError:
                raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
            self._channel.close()
        return self.returncode

    def _told(self) -> int:
        """Its process id, and its exit status later."""
        return NUMBER.unpack(self._channel.recv(NUMBER.size, socket.MSG_WAITALL))[0]

    def send_signal(self, number: int) -> None:
        """Sends a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends it at once."""
        self.send_signal(signal.SIGKILL)


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], timeout: float
) -> "subprocess.CompletedProcess[str]":
    """Runs a command to its end, as `subprocess.run` does."""
    with ExitStack() as stack:
        nothing = stack.enter_context(open(os.devnull, "rb"))
        pipes = [os.pipe() for _ in range(2)]
        readers = [stack.enter_context(open(ours, encoding="utf-8")) for ours, _ in pipes]
        fork = Fork(arguments, folder, environment, (nothing.fileno(), pipes[0][1], pipes[1][1]))
        for _, theirs in pipes:
            os.close(theirs)
        said = stack.enter_context(ThreadPoolExecutor(2)).map(lambda reader: reader.read(), readers)
        try:
            status = fork.wait(timeout)
        except subprocess.TimeoutExpired:
            fork.kill()
            fork.wait()
            raise
        return subprocess.CompletedProcess(fork.args, status, *said)


@functools.cache
def _control() -> socket.socket:
    """The socket of the process that is forked from, which ends when this one does."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-P", __file__, str(theirs.fileno())]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env={**os.environ, "LANG": "C.UTF-8"}
        )
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def serve(control: socket.socket) -> None:
    """Forks for each message, and ends with the socket; returns in a fork, which is the command then."""
    for module in LOADED:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()  # a collection in a fork would copy the pages of all that
    while True:
        message, given, _, _ = socket.recv_fds(control, 1, 4)
        if not message:
            sys.exit()
        if os.fork() == 0:
            control.close()
            return _become(socket.socket(fileno=given[0]), given[1:])
        for descriptor in given:
            os.close(descriptor)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _become(channel: socket.socket, standard: list[int]) -> None:
    """This process waits for the command and says how it ended; its fork is the command."""
    with channel, channel.makefile() as asking:
        asked = json.loads(asking.readline())
        if number := os.fork():
            for descriptor in standard:
                os.close(descriptor)
            channel.sendall(NUMBER.pack(number))
            channel.sendall(NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])))
            os._exit(0)
    for number, descriptor in enumerate(standard):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]
    sys.argv = asked["arguments"]
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    main = importlib.import_module("testgen.cli").main
    main()
