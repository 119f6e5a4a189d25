"""All errors that testgen raises on purpose, in one tree, with the HTTP status and exit code of each leaf.

TestgenError
├── InvalidInputError        422  2   a field of the input is wrong
│   ├── UnreadableInputError 400  2   the input is not in the format that it claims to be
│   ├── CaseTooLongError     422  2   the case does not fit the model's context
│   ├── TooCostlyError       422  2   the work on it exceeded its time or memory limit and was stopped
│   └── KeyReusedError       422  2   an idempotency key was used before, with a different request
├── ConfigError              500  2   a setting is wrong or cannot be read
├── OverloadedError          503  3   the queue is full: come back later
├── NotBegunError            503  3   the service is shutting down: send the case again
├── InternalError            500  1   a bug in testgen, found in one case of many
├── ServiceError             502  3   a service, as seen by its clients
│   ├── ServiceUnavailableError 503  3   nothing answers at its address, or the connection was lost
│   ├── ServiceRefusedError     502  2   it refuses the request, for example because the key is missing
│   └── ServiceProtocolError    502  3   the answer does not come from a testgen service
└── EngineError                       the drafting engine
    ├── EngineUnavailableError  503  3   no model server answers, or the connection to it was lost
    ├── ModelMissingError       503  3   the server does not have the model
    ├── EngineBusyError         503  3   the server refuses more work
    ├── EngineTimeoutError      504  3   the model was silent, or the whole took too long
    ├── EngineProtocolError     502  3   the server's answer does not follow its protocol
    ├── ContextExceededError    502  3   the server's context is smaller than the prompt; becomes CaseTooLongError
    └── DraftError                       the model answered, but the answer is not a procedure
        ├── InvalidOutputError      502  1   not rows, or rows that break a rule
        ├── WrongLanguageError      502  1   a row in another language
        └── IncompleteOutputError   502  1   cut off, and so was its continuation
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Self

from testgen.messages import joined, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from testgen.domain.procedure import Step


_INPUT = say("the input")


@dataclass(frozen=True)
class FieldProblem:
    """One wrong field: `pointer` (RFC 6901; in a sheet, its location), what is wrong and what to do, the value if it is short, and
    the line of the file, counted from 1, if it is known."""

    pointer: str
    message: str
    value: str = ""
    line: int = 0

    def __str__(self) -> str:
        value = f"({self.value})" if self.value else ""
        line = say("line {line}", line=self.line) if self.line else ""
        if self.pointer:
            return joined(": ", (joined(", ", (line, joined(" ", (self.pointer, value)))), self.message))
        return joined(": ", (line, joined(" ", (self.message, value))))


class TestgenError(Exception):
    """Base of all errors of testgen: a message for people, a stable code, and what to do."""

    __test__: ClassVar[bool] = False
    code: ClassVar[str] = "error"
    title: ClassVar[str] = say("testgen could not do this")
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1
    retry_after_s: int = 0  # when to come back, where somebody has said it; 0 where nobody has

    def __init__(self, detail: str, *, remedy: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy

    def __str__(self) -> str:
        return joined("; ", (self.detail, self.remedy))

    def __reduce__(self) -> tuple[Callable[..., TestgenError], tuple[Any, ...]]:
        """Pickles the error as it is, so that a worker's error arrives unchanged; the constructors differ too much to be called again."""
        return restored, (type(self), self.args, self.__dict__)


def restored(kind: type[TestgenError], args: tuple[Any, ...], state: Mapping[str, Any]) -> TestgenError:
    """An error as it was in another process or at a service."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class InvalidInputError(TestgenError):
    """Some fields of the input are wrong; `problems` has one entry per field."""

    code, title, http_status, exit_code = "invalid-input", say("The input is not valid"), 422, 2

    def __init__(
        self, problems: Sequence[FieldProblem], *, subject: str = _INPUT, source: str = "", remedy: str = ""
    ) -> None:
        wrong = say("{subject} is not valid", subject=subject) if subject else ""
        super().__init__(joined(": ", (source, wrong, joined("; ", map(str, problems)))), remedy=remedy)
        self.problems = tuple(problems)
        self._said_of = {"subject": subject, "source": source, "remedy": remedy}

    def with_problems(self, problems: Sequence[FieldProblem]) -> Self:
        """The same error with its fields named otherwise."""
        return type(self)(problems, **self._said_of)

    @classmethod
    def of(cls, pointer: str, message: str, value: str = "", *, source: str = "") -> Self:
        """The error of a single field or option, whose name says what it belongs to."""
        return cls([FieldProblem(pointer, message, value)], subject="", source=source)


class UnreadableInputError(InvalidInputError):
    """The bytes are not in the format that they claim to be."""

    code, title, http_status = "unreadable-input", say("The input cannot be read"), 400


class CaseTooLongError(InvalidInputError):
    """The case and the longest answer together do not fit the model's context."""

    code, title = "case-too-long", say("The test case is too long for the model")


class TooCostlyError(InvalidInputError):
    """The work on the input exceeded its deadline or its memory limit and was stopped; the detail says which, and what to do."""

    code, title = "too-costly", say("The input takes too much work")


class KeyReusedError(InvalidInputError):
    """The idempotency key was sent within the last hour with a different request; each request needs its own key."""

    code, title = "idempotency-key-reused", say("The idempotency key belongs to another request")


class ConfigError(TestgenError):
    """A setting is malformed or its source cannot be read; the detail names the parameter, never a secret's value."""

    code, title, exit_code = "config", say("The configuration is not valid"), 2


class OverloadedError(TestgenError):
    """All places are taken and the queue is full; `retry_after_s` is an estimate in seconds."""

    code, title, http_status, exit_code = "overloaded", say("Too many requests are waiting"), 503, 3

    def __init__(self, detail: str, *, retry_after_s: int) -> None:
        super().__init__(detail, remedy=say("try again in {seconds} s", seconds=retry_after_s))
        self.retry_after_s = retry_after_s


class NotBegunError(TestgenError):
    """The service did not start this case of a batch because it was shutting down; send it again."""

    code, title, http_status, exit_code = "not-begun", say("The case was not started"), 503, 3


class InternalError(TestgenError):
    """A bug in testgen, found in one case of many; the other cases continue."""

    code, title = "internal", say("Something went wrong in testgen")

    @classmethod
    def of(cls, error: Exception) -> Self:
        """The same for people: the kind of the exception and the line of code. Its message may quote a case, so it is left out."""
        frames = traceback.extract_tb(error.__traceback__)
        at = f", {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        told = say("testgen has a bug here ({name})", name=f"{type(error).__name__}{at}")
        return cls(told, remedy=say("report this, with your input"))


class ServiceError(TestgenError):
    """A testgen service elsewhere did not do what its client asked for."""

    code, title, http_status, exit_code = "service", say("The service could not do this"), 502, 3


class ServiceUnavailableError(ServiceError):
    """Nothing answers a client at the service's address, or the connection was lost; the same request may be sent again."""

    code, title, http_status = "service-unavailable", say("The service does not answer"), 503


class ServiceRefusedError(ServiceError):
    """The service refuses a client's request; `refusal` is the code of its problem document, such as `unauthorized`."""

    code, title, exit_code = "service-refused", say("The service refuses the request"), 2

    def __init__(self, detail: str, *, remedy: str = "", refusal: str = "") -> None:
        super().__init__(detail, remedy=remedy)
        self.refusal = refusal


class ServiceProtocolError(ServiceError):
    """The answer to a client does not come from a testgen service, but from a proxy, for example."""

    code, title = "service-protocol", say("The answer does not come from a testgen service")


class EngineError(TestgenError):
    """The engine could not draft; `steps` contains what was complete by then, so that nothing produced is lost."""

    code, title, http_status, exit_code = "engine", say("The drafting engine failed"), 502, 3
    steps: tuple[Step, ...] = ()


class EngineUnavailableError(EngineError):
    """No server answers at the address, or the connection was lost."""

    code, title, http_status = "engine-unavailable", say("The model server does not answer"), 503


class ModelMissingError(EngineError):
    """The server answers but does not have the model."""

    code, title, http_status = "model-missing", say("The server does not have the model"), 503


class EngineBusyError(EngineError):
    """The server's own queue is full."""

    code, title, http_status = "engine-busy", say("The model server is busy"), 503


class EngineTimeoutError(EngineError):
    """The model was silent too long, or the procedure took longer than allowed."""

    code, title, http_status = "engine-timeout", say("The model took too long"), 504


class EngineProtocolError(EngineError):
    """Something answered, but not like a server of that kind."""

    code, title = "engine-protocol", say("The answer does not come from a model server")


class ContextExceededError(EngineError):
    """The server says that the prompt does not fit its context; `limit` is that context in tokens, 0 if unknown."""

    code, title = "context-exceeded", say("The prompt does not fit the server's context")

    def __init__(self, detail: str, *, limit: int = 0) -> None:
        super().__init__(detail)
        self.limit = limit


class DraftError(EngineError):
    """The model answered, but the answer is not a procedure. `reason` may be sent to the model; it never quotes the answer. The
    first `good` steps can be kept if no other attempt does better."""

    exit_code = 1

    def __init__(self, detail: str, *, reason: str, remedy: str = "", good: int = 0) -> None:
        super().__init__(detail, remedy=remedy)
        self.reason = reason
        self.good = good


class InvalidOutputError(DraftError):
    """The answer is not rows, or the rows break a rule of the procedure."""

    code, title = "invalid-output", say("The model did not write a valid procedure")


class WrongLanguageError(DraftError):
    """A row is not in the requested language."""

    code, title = "wrong-language", say("The model wrote in the wrong language")


class IncompleteOutputError(DraftError):
    """The answer was cut off and could not be continued; `steps` has the complete ones."""

    code, title = "incomplete-output", say("The model's answer was cut off")
