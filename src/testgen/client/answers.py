"""The answers of the service as testgen's own types: procedures, reviews and errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from testgen.domain.errors import (
    EngineError,
    FieldProblem,
    InternalError,
    InvalidInputError,
    OverloadedError,
    ServiceProtocolError,
    ServiceRefusedError,
    ServiceUnavailableError,
    TestgenError,
    restored,
)
from testgen.domain.procedure import Finding, Procedure, Readiness, Step
from testgen.messages import joined, say

Model = TypeVar("Model", bound=BaseModel)
PROBLEM = "urn:testgen:problem:"
MOST_SHOWN = 120  # characters of an answer that is not ours
COME_BACK_S = 10  # where the service says nothing


@dataclass(frozen=True)
class Reviewed:
    """The result of a review; `skipped` names the rules that need the test case, if there was none."""

    readiness: Readiness
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = ()


def procedure_of(data: Any) -> Procedure:
    """Reads a procedure.

    Raises:
        ServiceProtocolError: the answer is not a procedure.
    """
    return tolerant(Procedure, data)


def reviewed_of(data: Any) -> Reviewed:
    """Reads the answer to a review.

    Raises:
        ServiceProtocolError: the answer is not a review.
    """
    try:
        found = tuple(tolerant(Finding, entry) for entry in data["findings"])
        return Reviewed(data["readiness"], found, tuple(data.get("skipped", ())))
    except (TypeError, KeyError):
        raise _strange(say("a review")) from None


def parsed(content: bytes) -> Any:
    """Reads JSON.

    Raises:
        ServiceProtocolError: the answer is not JSON.
    """
    try:
        return json.loads(content)
    except ValueError:
        raise _strange("JSON", content) from None


def tolerant(kind: type[Model], data: Any) -> Model:
    """The model of an answer. It ignores fields that a newer service has and this version does not know.

    Raises:
        ServiceProtocolError: anything else is wrong with the answer.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
        if len(unknown) < len(details):
            raise _strange(kind.__name__) from None
    for *way, name in unknown:
        place = data
        for part in way:
            place = place[part]
        del place[name]
    return kind.model_validate(data)


def error_of(status: int, headers: Mapping[str, str], content: bytes) -> TestgenError:
    """The error that an answer reports, with the wait that its header asks for."""
    try:
        problem = json.loads(content)
    except ValueError:
        problem = None
    ours = isinstance(problem, dict) and str(problem.get("type", "")).startswith(PROBLEM)
    wait_s = _seconds(headers.get("retry-after", ""))
    error = error_of_problem(problem) if ours else _of_status(status, headers, content)
    if wait_s is not None:
        error.retry_after_s = wait_s
    return error


def error_of_problem(problem: Mapping[str, Any]) -> TestgenError:
    """The error that a problem document was made from; its message is the document's."""
    code, detail = str(problem.get("type", "")).removeprefix(PROBLEM), str(problem.get("detail", ""))
    kind = _KINDS.get(code)
    if kind is None:
        return ServiceRefusedError(detail or str(problem.get("title", "")), refusal=code)
    told: dict[str, Any] = {"detail": detail, "remedy": ""}
    if issubclass(kind, InvalidInputError):
        wrong = [entry for entry in problem.get("errors", ()) if isinstance(entry, dict)]
        told["problems"] = tuple(
            FieldProblem(str(entry.get("pointer", "")), str(entry.get("message", ""))) for entry in wrong
        )
    if issubclass(kind, EngineError):
        told["steps"] = tuple(tolerant(Step, entry) for entry in problem.get("steps") or ())
    if issubclass(kind, OverloadedError):
        told["retry_after_s"] = COME_BACK_S
    return restored(kind, (detail,), told)


def _kinds(kind: type[TestgenError]) -> dict[str, type[TestgenError]]:
    found = {kind.code: kind} if "code" in vars(kind) else {}
    for child in kind.__subclasses__():
        found |= _kinds(child)
    return found


_KINDS = _kinds(TestgenError)


def _of_status(status: int, headers: Mapping[str, str], content: bytes) -> TestgenError:
    """The error of an answer that does not come from the service, but from a load balancer, a firewall or a proxy."""
    said = f"HTTP {status}" + (f", {_quoted(content)}" if content.strip() else "")
    if status == 429:
        told = say(
            "a proxy or firewall in front of the service does not let any more requests through ({said})", said=said
        )
        return OverloadedError(told, retry_after_s=COME_BACK_S)
    if status in (502, 503, 504):
        return ServiceUnavailableError(
            say("the load balancer has no service that answers ({said})", said=said),
            remedy=say("try again in a minute"),
        )
    if 300 <= status < 400:
        there = headers.get("location", "")
        return ServiceProtocolError(
            say("the address redirects to {address} ({said})", address=there, said=said),
            remedy=say("give that address instead"),
        )
    if status == 500:
        return InternalError(
            say("the service failed ({said})", said=said), remedy=say("try again, or tell its operator")
        )
    if status in (401, 403, 407):
        told = say("a proxy or firewall in front of the service refuses the request ({said})", said=said)
        return ServiceRefusedError(told, remedy=say("ask whoever runs it"), refusal="forbidden")
    return ServiceProtocolError(
        say("there is no testgen service at this address ({said})", said=said), remedy=say("correct the address")
    )


def _strange(what: str, content: bytes = b"") -> ServiceProtocolError:
    told = say("the answer is not {what}", what=what)
    said = joined(" ", (told, f"({_quoted(content)})" if content.strip() else ""))
    return ServiceProtocolError(said, remedy=say("check that the address is that of a testgen service"))


def _quoted(content: bytes) -> str:
    text = " ".join(content.decode("utf-8", "replace").split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _seconds(text: str) -> int | None:
    """The seconds in `Retry-After`; a date is ignored."""
    return int(text) if text.isascii() and text.isdigit() else None
