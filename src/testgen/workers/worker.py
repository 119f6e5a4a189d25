"""The service's side of a worker: the socket to it, and the nursery that it comes from."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Self

from testgen.workers.process import HEAD, frame, size_of

PRELOAD = "testgen.preload"  # imports what a worker needs
_NUMBER = 8  # bytes of the answer with a worker's number


class Nursery:
    """The process that workers are forked from; it is started with the first of them, and again if it is gone."""

    def __init__(self, preload: Sequence[str] = (PRELOAD,)) -> None:
        self._preload = preload
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._one_at_a_time = threading.Lock()

    def begin(self) -> Self:
        """Starts the nursery early: its imports take as long as the service's, and run in parallel with them."""
        with self._one_at_a_time:
            self._start()
        return self

    async def fork(self, channel: socket.socket) -> int:
        """The process id of a new worker at the other end of the channel. The first call waits for the imports of the nursery.

        Raises:
            OSError: no process can be started.
        """
        return await asyncio.to_thread(self._fork, channel)

    def _fork(self, channel: socket.socket) -> int:
        with self._one_at_a_time:
            for _ in range(2):
                try:
                    control = self._control or self._start()
                    socket.send_fds(control, [b"+"], [channel.fileno()])
                    if number := int.from_bytes(control.recv(_NUMBER, socket.MSG_WAITALL), "big"):
                        return number
                except ConnectionError:
                    pass
                self.end()
        raise OSError("the process that workers are forked from does not stay alive")

    def _start(self) -> socket.socket:
        self._control, theirs = socket.socketpair()
        with theirs:
            # -P: nothing is imported from the folder that the service happens to be started in.
            command = [sys.executable, "-P", "-m", "testgen.workers.nursery", str(theirs.fileno()), *self._preload]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
        return self._control

    def end(self) -> None:
        """Ends the nursery, which has nothing to lose; workers end when their sockets are closed."""
        if self._control:
            self._control.close()
            self._control = None
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


class Worker:
    """One process at the other end of a socket, and its replacements. `jobs` counts the jobs of the current process."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self.number = self.jobs = 0
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def gone(self) -> bool:
        """Whether the process has ended."""
        return self._reader is None or self._reader.at_eof()

    async def start(self) -> None:
        """Starts a process.

        Raises:
            OSError: no process can be started.
        """
        self.end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._reader, self._writer = await asyncio.open_connection(sock=ours)
            self.number, self.jobs = await self._nursery.fork(theirs), 0

    async def ask(self, request: bytes) -> bytes:
        """Returns the answer to a request.

        Raises:
            EOFError, ConnectionError: the process is gone.
        """
        assert self._reader
        assert self._writer
        self.jobs += 1
        self._writer.write(frame(request))
        await self._writer.drain()
        return await self._reader.readexactly(size_of(await self._reader.readexactly(HEAD)))

    def end(self) -> None:
        """Ends the process, whatever it is doing; the other end of the socket closes by itself."""
        if not self.gone:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.number, signal.SIGKILL)
        if self._writer:
            self._writer.close()
        self._reader = self._writer = None
