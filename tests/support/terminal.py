"""The command line on a terminal of its own: what arrives there, byte for byte."""

import os
import pty
from pathlib import Path

from support.cases import ROOT
from support.forks import Fork


def on_a_terminal(*arguments: str | bytes, folder: Path = ROOT, **environment: str) -> tuple[int, str]:
    """Exit code, and everything that stdout and stderr sent to the terminal."""
    controller, terminal = pty.openpty()
    variables = {**os.environ, "COLUMNS": "160", "TERM": "xterm", **environment}
    process = Fork([os.fsdecode(argument) for argument in arguments], folder, variables, (terminal, terminal, terminal))
    os.close(terminal)
    shown = b""
    while True:
        try:
            piece = os.read(controller, 4096)
        except OSError:  # what Linux says once the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(controller)
    return process.wait(60), shown.decode("utf-8", "surrogateescape")
