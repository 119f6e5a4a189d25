"""What a worker is asked to do, and the simplest worker: the caller's own process."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, TypeVarTuple

from testgen.domain.errors import FieldProblem, TooCostlyError
from testgen.messages import say

T = TypeVar("T")
Args = TypeVarTuple("Args")
INTERPRETER_MEBIBYTES = 45  # what a worker holds before its first job, measured


@dataclass(frozen=True)
class Job:
    """A kind of work and its limits. `what` completes the sentence "… took longer than 5 s"; `remedy` says what to do then.

    `seconds` are CPU time, so that a busy machine does not stop honest work; in real time it may take three times as long. `mebibytes`
    is the memory that the process may use in total, including the interpreter's own (`INTERPRETER_MEBIBYTES`).
    """

    what: str
    remedy: str
    pointer: str = ""
    seconds: float = 10.0
    mebibytes: int = 256

    @property
    def clock_s(self) -> float:
        """How long it may take in real time, in seconds."""
        return 3 * self.seconds

    def result(self, outcome: str, value: Any) -> Any:
        """What a worker's answer brings; raises what it tells of instead."""
        if outcome == "memory":
            raise self.too_large()
        if outcome == "raised":
            raise value
        return value

    def died(self, after_s: float) -> TooCostlyError:
        """The error for work whose process is gone, because of its deadline or a library that ends the process if memory runs short."""
        return self.too_long() if after_s >= self.seconds else self.too_large()

    def too_long(self) -> TooCostlyError:
        """The error for work that was stopped at its deadline."""
        return self._error(
            say(
                "{what} took longer than {seconds:g} s: {remedy}",
                what=self.what,
                seconds=self.seconds,
                remedy=self.remedy,
            )
        )

    def too_large(self) -> TooCostlyError:
        """The error for work that was stopped because it needed too much memory."""
        return self._error(
            say(
                "{what} needed more than {mebibytes} MiB of memory: {remedy}",
                what=self.what,
                mebibytes=self.mebibytes,
                remedy=self.remedy,
            )
        )

    def _error(self, message: str) -> TooCostlyError:
        return TooCostlyError([FieldProblem(self.pointer, message)], subject="")


class Workers(Protocol):
    """Where CPU-bound work is done."""

    async def run(self, job: Job, function: Callable[[*Args], T], *args: *Args) -> T:
        """Returns the result of the function. Function, arguments and result must be picklable; an exception of the function is raised
        here.

        Cancelling the caller stops the work at once.

        Raises:
            TooCostlyError: the work exceeded its deadline or its memory limit and was stopped.
            OverloadedError: all workers stayed busy.
        """
        ...


class _Here:
    """Does the work in the current process, for a command or a script, where nobody else has to wait."""

    async def run(self, job: Job, function: Callable[[*Args], T], *args: *Args) -> T:
        """See `Workers.run`. There are no limits."""
        del job
        return function(*args)


HERE: Workers = _Here()
