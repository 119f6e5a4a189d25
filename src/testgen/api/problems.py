"""Every error as an RFC 9457 problem document: ours, the framework's, and the unexpected."""

import http
import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from testgen.api.examples import PROBLEM
from testgen.api.reader import reader, shown
from testgen.domain.errors import EngineError, FieldProblem, InvalidInputError, OverloadedError, TestgenError
from testgen.domain.test_case import MOST_PROBLEMS, bounded, problem_of
from testgen.messages import Original, closed, joined, say

_UNPARSED = "There was an error parsing the body"  # what FastAPI says
_PHRASES = {"Not Found": say("Not Found"), "Method Not Allowed": say("Method Not Allowed")}
MEDIA_TYPE = "application/problem+json"
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": http.HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 401, 403, 408, 413, 415, 421, 422, 429, 500, 502, 503, 504)
}
RESPONSES[503]["content"][MEDIA_TYPE]["example"] = PROBLEM
for _status in (429, 503):
    RESPONSES[_status]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}


class Problem(BaseModel):
    """What went wrong, by RFC 9457."""

    type: str = Field(description="`urn:testgen:problem:CODE`; the code is stable.")
    title: str
    status: int
    detail: str = Field(description="What is wrong, and what to do.")
    errors: list[dict[str, str]] = Field(description="Wrong fields: `pointer` (RFC 6901) and `message` of each.")
    steps: list[dict[str, Any]] | None = Field(None, description="The steps that were complete, where there are some.")


def document(
    status: int, code: str, title: str, detail: str, errors: list[dict[str, str]] | None = None, **more: Any
) -> dict[str, Any]:
    """The members of a problem document, in the language of whoever asked; `type` is a URN that ends with our stable code."""
    return {
        "type": f"urn:testgen:problem:{code}",
        "title": shown(title),
        "status": status,
        "detail": closed(shown(detail), reader()),
        "errors": [{name: shown(text) for name, text in error.items()} for error in errors or []],
        **more,
    }


def of_error(error: TestgenError) -> dict[str, Any]:
    """The document of one of our errors; the steps that were complete come with it."""
    fields = (
        [{"pointer": problem.pointer, "message": problem.message} for problem in error.problems]
        if isinstance(error, InvalidInputError)
        else []
    )
    more: dict[str, Any] = {}
    if isinstance(error, EngineError) and error.steps:
        more["steps"] = [step.model_dump(mode="json") for step in error.steps]
    return document(error.http_status, error.code, error.title, str(error), fields, **more)


def response(problem: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    """The document as an HTTP answer."""
    told = {"Content-Language": reader(), "Vary": "Accept-Language"}
    return _ProblemResponse(problem, problem["status"], headers={**told, **(headers or {})})


class _ProblemResponse(JSONResponse):
    """An error is reported whatever it contains: a lone surrogate, which no encoding can represent, becomes a question mark."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """The document's bytes."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def retry_after(error: TestgenError) -> dict[str, str]:
    """`Retry-After` where coming back later helps."""
    if isinstance(error, OverloadedError):
        return {"Retry-After": str(error.retry_after_s)}
    return {"Retry-After": "10"} if error.http_status == 503 else {}


def unexpected() -> dict[str, Any]:
    """The document for a bug in testgen: it reveals no internals."""
    detail = say("tell your operator the X-Request-ID of this answer; the log has the rest")
    return document(500, "internal", say("Something went wrong in testgen"), detail)


def install(app: FastAPI) -> None:
    """Registers the handlers."""

    @app.exception_handler(TestgenError)
    async def ours(_: Request, error: TestgenError) -> JSONResponse:
        return response(of_error(error), retry_after(error))

    @app.exception_handler(RequestValidationError)
    async def validation(_: Request, error: RequestValidationError) -> JSONResponse:
        if any(detail["type"] == "json_invalid" for detail in error.errors()):
            return response(_of_json(error.errors()[0]))
        return response(_of_validation(error))

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        phrase = http.HTTPStatus(error.status_code).phrase
        path, method = request.url.path, request.method
        details = {
            404: say("there is nothing at {path}; see /docs", path=path),
            405: say("{method} is not supported at {path}; see /docs", method=method, path=path),
        }
        detail = details.get(error.status_code, str(error.detail))
        if error.detail == _UNPARSED:
            detail = say(
                "the body is JSON that cannot be read: send UTF-8, no numbers with thousands of digits, "
                "and only a few levels of nesting"
            )
        return response(
            document(error.status_code, phrase.lower().replace(" ", "-"), _PHRASES.get(phrase, phrase), detail),
            dict(error.headers or {}),
        )


def _of_json(detail: dict[str, Any]) -> dict[str, Any]:
    """A body that is no JSON, and where."""
    why = Original(str(detail.get("ctx", {}).get("error", detail["msg"])))
    where = joined(": ", (say("at character {place}", place=detail["loc"][-1]), why))
    told = joined(" ", (say("the body is not JSON"), where))
    return document(
        400, "unreadable-input", say("The request body is not JSON"), told, [{"pointer": "", "message": where}]
    )


def _problem(detail: dict[str, Any]) -> FieldProblem:
    source, *path = detail["loc"]
    problem = problem_of({**detail, "loc": tuple(path)})
    return problem if source == "body" else FieldProblem(f"?{path[0]}" if path else "", problem.message)


def _of_validation(error: RequestValidationError) -> dict[str, Any]:
    """Pointers are those of the body; a wrong query parameter is named as such."""
    problems = bounded([_problem(detail) for detail in error.errors()[:MOST_PROBLEMS]], len(error.errors()))
    fields = [{"pointer": problem.pointer, "message": problem.message} for problem in problems]
    told = joined("; ", (joined(": ", (field["pointer"] or "/", field["message"])) for field in fields))
    return document(
        422,
        InvalidInputError.code,
        InvalidInputError.title,
        joined(": ", (say("{subject} is not valid", subject=say("the request")), told)),
        fields,
    )
