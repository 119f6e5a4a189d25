"""How much memory a process and all that it started hold together, watched all the time."""

import threading
import time
from contextlib import suppress
from pathlib import Path


def tree(pid: int) -> list[int]:
    """The process, and those that it started, in any depth."""
    children: list[str] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            children += thread.read_text().split()
    return [pid, *(number for child in children for number in tree(int(child)))]


def held_mib(pid: int) -> float:
    """What is theirs, and their part of what they share (PSS)."""
    total = 0
    for number in tree(pid):
        try:
            lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has just ended
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


class Watch:
    """`most` is the most they held at once, in MiB."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.most = 0.0

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)

    def _look(self) -> None:
        while not self._stop.is_set():
            self.most = max(self.most, held_mib(self._pid))
            time.sleep(0.05)
