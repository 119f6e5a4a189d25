"""What is asked of a worker, and the plainest one: the caller's own process."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar, TypeVarTuple

from testgen.domain.errors import FieldProblem, TooCostlyError
from testgen.messages import say

T = TypeVar("T")
Args = TypeVarTuple("Args")
INTERPRETER_MEBIBYTES = 45  # what a worker holds before its first job, measured


@dataclass(frozen=True)
class Job:
    """A kind of work and its bounds. `what` ends the sentence "… took longer than 5 s"; `remedy` says what to do then.

    `seconds` are the processor's, so that a busy machine ends no honest work; by the clock it may take three times as
    long. `mebibytes` is all the memory that the process may hold, the interpreter's own (`INTERPRETER_MEBIBYTES`) included.
    """

    what: str
    remedy: str
    pointer: str = ""
    seconds: float = 10.0
    mebibytes: int = 256

    @property
    def clock_s(self) -> float:
        """How long it may take by the clock, in seconds."""
        return 3 * self.seconds

    def died(self, after_s: float) -> TooCostlyError:
        """The error for work whose process is gone: by its deadline, or by a library that ends it where memory is short."""
        return self.too_long() if after_s >= self.seconds else self.too_large()

    def too_long(self) -> TooCostlyError:
        """The error for work that was ended at its deadline."""
        return self._error(
            say(
                "{what} took longer than {seconds:g} s: {remedy}",
                what=self.what,
                seconds=self.seconds,
                remedy=self.remedy,
            )
        )

    def too_large(self) -> TooCostlyError:
        """The error for work that was ended because it asked for too much memory."""
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
    """Where work on the processor is done."""

    async def run(self, job: Job, function: Callable[[*Args], T], *args: *Args) -> T:
        """The function's result. Function, arguments and result can be pickled; what the function raises is raised here.

        Cancelling the caller ends the work at once.

        Raises:
            TooCostlyError: the work passed its deadline or its memory bound, and was ended.
            OverloadedError: all workers stayed busy.
        """
        ...


class _Here:
    """Does the work in place: for a command or a script, which nobody else waits for."""

    async def run(self, job: Job, function: Callable[[*Args], T], *args: *Args) -> T:
        """See `Workers.run`; nothing is bounded."""
        del job
        return function(*args)


HERE: Workers = _Here()
