"""`testgen serve`: the HTTP service."""

from typing import Annotated

import typer

from testgen.contract import API_PORT


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = API_PORT,
) -> None:
    """Serve the HTTP API (its documentation is at /docs). Settings come from TESTGEN_* or AWS."""
    from testgen.workers import Nursery

    nursery = Nursery().begin()
    from testgen.api.server import serve as run
    from testgen.bootstrap import Application
    from testgen.settings import load_settings

    run(Application(load_settings(), nursery=nursery), host, port)
