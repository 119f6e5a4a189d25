"""Bodies are looked at before the framework reads them: a duplicate key is refused, and large ones are checked by a worker,
since to say what is wrong with 300,000 fields takes seconds, and all would wait."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.test_case import problems_of
from testgen.interchange.json_format import DuplicateKeyError, parsed
from testgen.messages import say
from testgen.workers import Job

CHECK = Job(say("checking the request"), say("send a smaller body, with fewer wrong fields"), seconds=3)
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
            elif kind is not None:
                _parsed(body)
            return await handle(request)

        return checked


def check(body: bytes, kind: Any) -> None:
    """Finds the wrong fields of a body; one that is not JSON is left to the framework.

    Raises:
        UnreadableInputError: an object has a key twice.
        InvalidInputError: there are some.
    """
    data = _parsed(body)
    if data is None:
        return
    try:
        TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject=say("the request")) from None


def _parsed(body: bytes) -> Any:
    """What a body says; None where the framework will say what is wrong. It would drop all values but one of a key that an object
    has twice."""
    try:
        return parsed(body)
    except DuplicateKeyError as error:
        raise UnreadableInputError([FieldProblem("", str(error))], subject=say("the request")) from None
    except (ValueError, RecursionError):
        return None
