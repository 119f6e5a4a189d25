"""One job in a process of its own, for a command: a file from outside is read under the same bounds as in the service."""

import multiprocessing
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar, TypeVarTuple

from testgen.workers.job import INTERPRETER_MEBIBYTES, Job
from testgen.workers.process import answer, held_mebibytes, settle

T = TypeVar("T")
Args = TypeVarTuple("Args")


def run_once(job: Job, function: Callable[[*Args], T], *args: *Args) -> T:
    """The function's result; what it raises is raised here. Forks, which takes milliseconds and needs nothing pickled but
    the result; where that is not safe (other threads, another system than Linux) the work is done in place, unbounded.

    Raises:
        TooCostlyError: the work passed its deadline or its memory bound, and was ended.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return function(*args)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, job, function, args), daemon=True)
    with ours:
        started = time.monotonic()
        process.start()
        theirs.close()
        try:
            if not ours.poll(job.clock_s):
                raise job.too_long()
            outcome, value = pickle.loads(ours.recv_bytes())  # noqa: S301 - from our own process
        except EOFError:
            raise job.died(time.monotonic() - started) from None
        finally:
            process.kill()
            process.join()
            process.close()
    if outcome == "memory":
        raise job.too_large()
    if outcome == "raised":
        raise value
    result: T = value
    return result


def _work(channel: Connection, job: Job, function: Callable[..., object], args: tuple[object, ...]) -> None:
    """The fork begins with all that the command holds, which leaves the job no less room than it has in a fresh worker."""
    settle()
    inherited = max(0, held_mebibytes(os.getpid()) - INTERPRETER_MEBIBYTES)
    channel.send_bytes(answer(function, args, job.seconds, job.mebibytes + inherited))
