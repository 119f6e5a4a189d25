"""The worker's side: does one job after the other, each within its memory limit, until the other end closes the socket."""

import contextlib
import gc
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

_SIZE = struct.Struct("!Q")


def frame(data: bytes) -> bytes:
    """A message as it is sent over the socket: its length, followed by its content."""
    return _SIZE.pack(len(data)) + data


def size_of(head: bytes) -> int:
    """The length given by the first `HEAD` bytes of a message."""
    length: int = _SIZE.unpack(head)[0]
    return length


HEAD = _SIZE.size


def serve(channel: socket.socket) -> None:
    """Answers `(function, args, seconds, mebibytes)` with `(outcome, value)`: `done`, `raised` or `memory`."""
    settle()
    with channel, channel.makefile("rb") as requests:
        while (request := _next(requests)) is not None:
            channel.sendall(frame(_answer_to(request)))


def _answer_to(request: bytes) -> bytes:
    try:
        function, args, seconds, mebibytes = pickle.loads(request)  # noqa: S301 - from our own process
    except Exception as error:
        return _raised(error)
    return answer(function, args, seconds, mebibytes)


def answer(function: Callable[..., Any], args: tuple[Any, ...], seconds: float, mebibytes: int) -> bytes:
    """Does one job within its limits, and returns its outcome."""
    try:
        bound(mebibytes, seconds)
        return pickle.dumps(("done", function(*args)))
    except MemoryError:
        bound(None, 0)  # the answer needs a little more
        return pickle.dumps(("memory", None))
    except Exception as error:
        return _raised(error)
    finally:
        bound(None, 0)


def bound(mebibytes: int | None, seconds: float) -> None:
    """Limits the memory that this process may use (None for no limit), and the CPU seconds until the system ends it (0 for no limit)
    with a signal that Python does not handle, which stops any library, too."""
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    soft = resource.RLIM_INFINITY if mebibytes is None else mebibytes * 1024 * 1024
    if hard != resource.RLIM_INFINITY:
        soft = hard if mebibytes is None else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    signal.setitimer(signal.ITIMER_PROF, seconds)


def held_mebibytes(pid: int) -> int:
    """The private memory of a process, 0 if the system does not report it."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmData")).split()[1]) // 1024
    return 0


def collect_less() -> None:
    """Makes Python's garbage collection less frequent. By default it runs after every 700 new objects, and now and then over all of
    them. Work that creates a million objects, such as reading 10,000 procedures, took three times as long because of that, and even
    longer the larger the file."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def settle() -> None:
    """Leaves it to the service when a worker ends, and lets the kernel kill the worker rather than the service if memory runs short."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    collect_less()


def _next(requests: BinaryIO) -> bytes | None:
    head = requests.read(HEAD)
    if len(head) < HEAD:
        return None
    request = requests.read(size_of(head))
    return request if len(request) == size_of(head) else None


def _raised(error: Exception) -> bytes:
    """An exception that cannot be pickled is reported only by its type."""
    try:
        told = pickle.dumps(("raised", error))
        pickle.loads(told)  # noqa: S301 - our own
    except Exception:
        return pickle.dumps(("raised", RuntimeError(type(error).__name__)))
    return told
