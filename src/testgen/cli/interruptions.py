"""What a long run does when it is told to stop: Ctrl-C, SIGTERM, or SIGHUP, which closing the terminal window sends."""

import asyncio
import os
import signal
from typing import Self

from testgen.cli.language import tell
from testgen.messages import say

_HANG_UP = getattr(signal, "SIGHUP", None)  # which Windows does not have


class Interruptions:
    """A first signal sets `stopping`, so that only running cases finish; a second one ends the command at once, except for SIGHUP, which
    both the kernel and the shell send. SIGHUP does not stop a run that was started with nohup."""

    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self.signal = 0
        obeyed = _HANG_UP is not None and signal.getsignal(_HANG_UP) != signal.SIG_IGN
        self._numbers = [signal.SIGINT, signal.SIGTERM, *([_HANG_UP] if _HANG_UP and obeyed else [])]

    def __enter__(self) -> Self:
        for number in self._numbers:
            asyncio.get_running_loop().add_signal_handler(number, self._came, number)
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def _came(self, number: int) -> None:
        self.signal = number
        self._leave()
        self.stopping.set()
        _tell(say("finishing the cases in progress; press Ctrl-C again to stop immediately"))

    def _leave(self) -> None:
        for number in self._numbers:
            asyncio.get_running_loop().remove_signal_handler(number)
        if self.signal == _HANG_UP:
            signal.signal(self.signal, signal.SIG_IGN)


def _tell(text: str) -> None:
    """Writes a line to stderr. If the terminal is gone, nobody reads it, and nothing must fail because of that."""
    try:
        tell(text)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
