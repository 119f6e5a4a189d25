"""What a process and its children use."""

import contextlib
import os
from pathlib import Path


def cpu_s(pid: int) -> float:
    """Seconds of processor that a process and its children have used."""
    total = 0.0
    for found in _with_children(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{found}/stat").read_text().rpartition(") ")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def rss_mb(pid: int) -> float:
    """Megabytes of memory of a process and its children."""
    pages = 0
    for found in _with_children(pid):
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{found}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _with_children(pid: int) -> list[int]:
    """This bench itself is counted alone: what it measures are its children."""
    direct: list[int] = []
    with contextlib.suppress(OSError):
        direct = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(deeper for each in direct if pid != os.getpid() for deeper in _with_children(each))]
