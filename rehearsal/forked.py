"""The `python` of a rehearsal's PATH: `rehearsal.forks` runs the module or script, in a fork of its own; this process stays until it ends.

It runs before every one of them, so it imports little. Without a server of forks it becomes the real interpreter.
"""

import json
import os
import socket
import sys

PLACE = "REHEARSAL_FORKS"  # the variable with the path of the server's socket


def main(python: str, arguments: list[str]) -> int:
    """The exit status of the fork; `python` is the real interpreter."""
    place, run = os.environ.get(PLACE), target(arguments)
    if not place or not run:
        os.execv(python, [python, *arguments])
    asked = {"run": run, "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(place)
        socket.send_fds(server, [b" "], [0, 1, 2])
        server.sendall(json.dumps(asked).encode() + b"\n")
        return int(server.makefile().readline() or 1)


def target(arguments: list[str]) -> list[str]:
    """`-m`, module and its arguments, or a script and its arguments; nothing where Python is asked for something else."""
    left = list(arguments)
    while left and left[0] in ("-u", "-W"):
        left = left[1 if left[0] == "-u" else 2 :]
    return left if left and (left[0] == "-m" or not left[0].startswith("-")) else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
