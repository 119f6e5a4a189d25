"""The worker's side: one job after the other, each within its memory bound, until the other end closes."""

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
    """A message as it goes over the socket: its length, then itself."""
    return _SIZE.pack(len(data)) + data


def size_of(head: bytes) -> int:
    """The length that the first `HEAD` bytes of a message tell."""
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
    """Does one job within its bounds, and tells its outcome."""
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
    """Bounds the memory that this process may hold, None for no bound, and the processor's seconds until the system ends
    it, 0 for no bound; a signal that Python does not handle ends any library too."""
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
    """The memory that a process holds for itself, 0 where the system does not tell."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmData")).split()[1]) // 1024
    return 0


def collect_less() -> None:
    """Python searches for garbage after every 700 new objects, and now and then through all of them. Work that makes a million of them,
    as reading 10,000 procedures does, took three times as long for it, and ever longer the larger the file."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def settle() -> None:
    """Only the service decides when a worker ends; of the two the kernel shall kill the worker where memory is short."""
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
    """An exception that cannot be pickled is told by its type alone."""
    try:
        told = pickle.dumps(("raised", error))
        pickle.loads(told)  # noqa: S301 - our own
    except Exception:
        return pickle.dumps(("raised", RuntimeError(type(error).__name__)))
    return told
