"""Large bodies are checked by a worker first: to say what is wrong with 300,000 fields takes seconds, and all would wait."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from testgen.domain.errors import InvalidInputError
from testgen.domain.test_case import problems_of
from testgen.workers import Job

CHECK = Job("checking the request", "send a smaller body, with fewer wrong fields", seconds=3)
SMALL = 65_536  # bytes; what is wrong with these is said within milliseconds


class CheckedRoute(APIRoute):
    """A route whose body is JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, behind the check."""
        handle = super().get_route_handler()
        kind = self.body_field.field_info.annotation if self.body_field else None

        async def checked(request: Request) -> Response:
            if kind is not None and len(body := await request.body()) > SMALL:
                await request.app.state.application.workers.run(CHECK, check, body, kind)
            return await handle(request)

        return checked


def check(body: bytes, kind: Any) -> None:
    """Finds the wrong fields of a body; one that is no JSON is left to the framework.

    Raises:
        InvalidInputError: there are some.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return
    try:
        TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject="the request") from None
