"""What routes ask for: the application, the gate, the name of the caller."""

from typing import Annotated

from fastapi import Depends, Request

from testgen.api.admission import Gate
from testgen.api.auth import holder
from testgen.bootstrap import Application


# Coroutines, though they wait for nothing: FastAPI calls plain functions in a thread, which costs each request two changes of threads.
async def _application(request: Request) -> Application:
    application: Application = request.app.state.application
    return application


async def _gate(request: Request) -> Gate:
    gate: Gate = request.app.state.gate
    return gate


TheApplication = Annotated[Application, Depends(_application)]
TheGate = Annotated[Gate, Depends(_gate)]
KeyHolder = Annotated[str | None, Depends(holder)]
