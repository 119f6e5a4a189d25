"""The process that workers are forked from: `python -m testgen.workers.nursery FD MODULE…`.

It imports the modules once and does nothing else, so it has only one thread and can be forked safely. A fork shares its memory and is
ready within milliseconds. Each message on the socket FD carries the socket of a new worker, and the answer is the process id of the
worker.
"""

import gc
import importlib
import os
import signal
import socket
import struct
import sys
from collections.abc import Sequence

from testgen.workers.process import serve, settle

NUMBER = struct.Struct("!q")
NICENESS = 10  # the service and its health checks come first


def main(arguments: Sequence[str]) -> None:
    """Forks a worker for each message, until the service closes the socket."""
    settle()
    os.nice(NICENESS)
    control = socket.socket(fileno=int(arguments[0]))
    for module in arguments[1:]:
        importlib.import_module(module)
    gc.freeze()  # pages that no collection touches stay shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a worker
    while True:
        message, given, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        number = os.fork()
        if not number:
            control.close()
            serve(socket.socket(fileno=given[0]))
            return
        os.close(given[0])
        control.sendall(NUMBER.pack(number))


if __name__ == "__main__":
    main(sys.argv[1:])
