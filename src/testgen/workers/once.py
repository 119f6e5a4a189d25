"""A single job in a separate process, for a command: a file from outside is read under the same limits as in the service."""

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
    """Returns the result of the function; an exception of the function is raised here. It forks, which takes milliseconds, and only the
    result must be picklable. If forking is not safe (other threads, an operating system other than Linux), the work is done in the
    current process, without limits.

    Raises:
        TooCostlyError: the work exceeded its deadline or its memory limit and was stopped.
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
    result: T = job.result(outcome, value)
    return result


def _work(channel: Connection, job: Job, function: Callable[..., object], args: tuple[object, ...]) -> None:
    """The fork starts with everything that the command holds in memory, which leaves the job no less room than a new worker would have."""
    settle()
    inherited = max(0, held_mebibytes(os.getpid()) - INTERPRETER_MEBIBYTES)
    channel.send_bytes(answer(function, args, job.seconds, job.mebibytes + inherited))
